"""What is known of a policy before any complaint is seen."""

from __future__ import annotations

import datetime
import gc
import pickle
import weakref
from typing import Any

from tests.rooms.decision.hand import NONE_YET, RECEIVED, YES, at, house, length, policy, state

from complaint_rules.conditions import tree
from complaint_rules.conditions.tree import Arithmetic, Compare, Now
from complaint_rules.decision.seeing.plan import plan_of
from complaint_rules.decision.seeing.situation import look
from complaint_rules.facts import Kind
from complaint_rules.policy import (
    Action,
    CustomerType,
    Do,
    DueAfter,
    DueNow,
    Group,
    Remedy,
    Row,
    Rule,
    Setting,
    Stage,
    Table,
    TableOf,
    Target,
    Tier,
    Validity,
)

NOW = Now()


def late(number: int) -> Arithmetic:
    """Return an expression that reads the clock, each time another one."""
    add = Arithmetic("+", NOW, NOW, Kind.DURATION)
    for _ in range(number):
        add = Arithmetic("+", add, NOW, Kind.DURATION)
    return add


def late_test(number: int) -> tree.Test:
    """Return a test that reads the clock, each time another one."""
    return tree.Test("received_at", Compare("<", late(number)))


def test_a_plan_is_made_once() -> None:
    """A policy has one plan as long as it lives, and the plan does not keep it alive."""
    of = policy()
    assert plan_of(of) is plan_of(of)
    watched = weakref.ref(of)
    del of
    gc.collect()
    assert watched() is None


def test_a_copied_policy_gets_an_equal_plan() -> None:
    """A policy that was pickled is planned anew."""
    of = house("facts: {colour: {kind: text, default: red}}")
    copied = pickle.loads(pickle.dumps(of))
    assert plan_of(copied) is not plan_of(of)
    assert plan_of(copied).constants == plan_of(of).constants


def test_every_place_that_reads_the_clock_is_found() -> None:
    """Expressions and conditions that read the clock are found wherever a policy has them."""
    table = Table("F", ("out",), (Row("r#1", late_test(1), {"out": late(1)}),), {"out": late(2)})
    looked_up = TableOf(table, "out")
    of = policy(
        conditions=(YES, late_test(2), late_test(2)),
        stages=(Stage(id="s", when=late_test(3)),),
        sides=(Stage(id="s", when=late_test(4)),),
        types={
            "angry": CustomerType(id="angry", recognise=late_test(5)),
            "calm": CustomerType(id="calm"),
        },
        targets={"t": Target(id="t", when=0, start=late(3), met_by=late(4))},
        groups={"g": Group(id="g", opens=0, cap=late(5)), "h": Group(id="h", opens=0)},
        rules=(
            Rule(
                id="r",
                when=0,
                cap=(("total", late(6)),),
                do=(Do("a", (DueAfter(late(7), length("1 h")), DueNow())),),
            ),
        ),
        actions={"a": Action(id="a", due=(DueNow(), DueAfter(late(8), length("1 h"))))},
        remedies={
            "one": Remedy(id="one", when=0, amount=looked_up),
            "free": Remedy(id="free", when=0),
            "two": Remedy(
                id="two",
                when=0,
                amount=late(9),
                cap=late(10),
                cost=late(11),
                approval=(Tier("lead", late(12)), Tier("manager")),
                due=(DueAfter(late(13), length("1 h")), DueNow()),
            ),
            "three": Remedy(
                id="three", when=0, amount=TableOf(Table("U", ("out",), ()), "out"), cap=RECEIVED
            ),
        },
    )
    plan = plan_of(of)
    priced = (1, 2, 9, 10, 11, 12)
    rest = sorted(str(late(number)) for number in range(1, 14) if number not in priced)
    assert sorted(map(str, plan.clocked)) == rest
    assert plan.priced == {"one": (late(1), late(2)), "two": tuple(map(late, (9, 10, 11, 12)))}
    assert sorted(map(str, plan.timed)) == sorted(str(late_test(number)) for number in range(1, 6))


def test_what_stands_still_is_not_looked_at() -> None:
    """A policy that nowhere reads the clock has nothing to look ahead for."""
    of = policy(targets={"t": Target(id="t", when=0, start=RECEIVED, met_by=NONE_YET)})
    plan = plan_of(of)
    assert (plan.timed, plan.clocked, plan.moving, plan.priced) == ((), (), {}, {})


def dated(*days: Any) -> Setting:
    """Return a setting with a value for each span of days."""
    values = tuple((Validity(*each), number) for number, each in enumerate(days))
    return Setting(id="limit", values=values)


def test_days_on_which_settings_change() -> None:
    """Settings may change on a first day and on the day after a last one."""
    first, last = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)
    of = policy(settings={"limit": dated((first, last), (None, datetime.date.max), (None, None))})
    assert plan_of(of).dates == (first, datetime.date(2027, 1, 1))
    seen = look(of, state({"received_at": at("2027-01-01 10:00")}), at("2027-01-02 10:00"))
    assert seen.situation.settings == {"limit": 1}
