"""What is taken from the blank complaint, or from bundles, is what would be reckoned anew."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rooms.decision.hand import at, given_state, house, is_, policy, seen, state

from complaint_rules import load
from complaint_rules.conditions.tree import Constant, FactValue, Truth
from complaint_rules.decision.decide import engine_of
from complaint_rules.decision.seeing import blank, forms, starts
from complaint_rules.decision.seeing.blank import blank_of
from complaint_rules.decision.seeing.forms import form_of
from complaint_rules.decision.seeing.plan import plan_of
from complaint_rules.decision.seeing.situation import Look, look
from complaint_rules.decision.seeing.starts import Start, begun, start_of
from complaint_rules.errors import StateError
from complaint_rules.facts import Fact, Kind
from complaint_rules.intake import read_state
from complaint_rules.policy import (
    CustomerType,
    Policy,
    Row,
    Stage,
    Table,
    TableOf,
    Validity,
)
from complaint_rules.testing.strategies import states

NOW = at("2026-11-23 10:00")
DAY = datetime.date(2026, 11, 23)
RICH = house(Path(__file__).with_name("rich.yaml").read_text(encoding="utf-8"))
MORE = house(
    """
    settings:
      limit: {value: 3}
      rate:
        value:
          - {valid: {from: 2026-11-20}, value: 6 EUR}
          - {valid: {from: 2025-01-01, to: 2026-11-19}, value: 5 EUR}
    facts:
      a: {kind: count, default: 0}
      b: {kind: count}
      c: {kind: count, default: 'a + 1'}
      d: {kind: yes_no, default: no}
      e: {kind: instant, default: not_yet}
      late: {kind: yes_no, derive: {when: {e: "<= now"}}}
      both: {kind: yes_no, derive: {when: {all: [{d: yes}, {a: "> 2"}, {b: "> 1"}]}}}
      one: {kind: yes_no, derive: {when: {any: [{both: yes}, {a: 0}, {c: "> limit"}]}}}
      not_so: {kind: yes_no, derive: {when: {none: [{b: known}, {d: yes}]}}}
      some: {kind: yes_no, derive: {when: {at_least: {n: 2, of: [{d: yes}, {a: 1}, {late: yes}]}}}}
      sum: {kind: count, derive: 'a + b'}
      paid: {kind: money, derive: 'rate * c'}
      broken: {kind: number, derive: '1 / (a - a)'}
      mended: {kind: yes_no, derive: {when: {broken: known}}}
      open: {kind: count, derive: {count: promises, where: {kept: no}}}
      first:
        kind: count
        derive: {first: [{when: {d: yes}, is: 1}, {when: {b: 1}, is: a}], else: 2}
      second:
        kind: count
        derive: {first: [{when: {d: yes}, is: 1}, {when: {a: 0}, is: c}], else: 2}
      tab:
        kind: count
        derive: {table: {hit: "C+", out: [tab], rows: [{a: 0, tab: 1}, {d: yes, tab: 2}]}}
    customer_types:
      angry: {recognise: {a: ">= 3"}}
      keen: {recognise: {b: ">= 3"}}
      silent: {recognise: {all: [{kind: none}, {d: yes}]}}
    stages:
      - {id: begun, when: {all: [{a: 1}, {d: yes}]}}
      - {id: known, when: {b: known}}
      - {id: rest, when: always}
    sides:
      - {id: noisy, when: {customer_types: angry}}
      - {id: odd, when: {b: 7}}
    """
)


@contextmanager
def all_open() -> Iterator[None]:
    """Take nothing from the blank complaint nor from bundles while the block runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(starts, "is_open", lambda *_: True)
        patch.setattr(starts, "in_parts", lambda steps, *_: ((None, tuple(steps)),))
        yield


def told(look: Look) -> dict[str, Any]:
    """Return all that a look tells, comparable."""
    found = {each.name: getattr(look, each.name) for each in attrs.fields(Look)}
    del found["policy"], found["state"]
    situation = found.pop("situation")
    found |= {each: getattr(situation, each) for each in situation.__slots__ if each[0] != "_"}
    del found["steady"]
    found["calendar"] = situation.calendar.id
    found["seeds"] = sorted(found["seeds"], key=str)
    return found


POLICIES = (RICH, MORE, load("core"), house("facts: {colour: {kind: text}}"))
TWICE = {policy: attrs.evolve(policy) for policy in POLICIES}
"""The same policies once more: for them nothing is taken from the blank complaint."""


@pytest.mark.parametrize("of", POLICIES, ids=["rich", "more", "core", "plain"])
@given(st.data())
def test_nothing_is_otherwise_than_reckoned_anew(of: Policy, data: st.DataObject) -> None:
    """A look that starts from the blank complaint sees what one that reckons all of it sees.

    So do complaints whose few values were met before; of many drawn some are.
    """
    facts = data.draw(states(of, at=NOW))
    given = read_state(of, facts)
    with all_open():
        anew = look(TWICE[of], given, NOW)
    assert told(look(of, given, NOW)) == told(anew)


@pytest.mark.parametrize("of", POLICIES, ids=["rich", "more", "core", "plain"])
@given(st.data())
def test_what_complaints_begun_alike_have_in_common(of: Policy, data: st.DataObject) -> None:
    """An engine that looks up only what varies between them answers as one that looks at all."""
    engine = engine_of(of, "index")
    facts = data.draw(states(of, at=NOW))
    for each in (facts, {name: facts[name] for name in sorted(facts)[1:]}):
        try:
            situation = look(of, read_state(of, each), NOW).situation
        except StateError:
            continue  # a field of what was left out
        assert situation.steady is not None
        plain = attrs.evolve(situation)
        assert plain.steady is None
        assert engine.match(situation) == engine.match(plain)


def test_complaints_begun_alike_differ_in_what_varies_only() -> None:
    """Facts that do not vary have one value, or none, in complaints that give the same facts."""
    situations = [
        seen(MORE, "2026-11-23 10:00", a=a, d=d, customer_types=types).situation
        for a in (0, 1, 5)
        for d in (True, False)
        for types in ([], ["angry"], ["keen", "silent"])
    ]
    first = situations[0]
    assert first.steady is not None
    assert {"a", "d", "both", "customer_types", "was_silent"} <= set(first.steady.varying)
    for each in situations:
        assert each.steady is first.steady
        for name in {*each.values, *first.values} - set(first.steady.varying):
            assert each.values[name] == first.values[name]


def steps(of: Policy, **facts: Any) -> set[str]:
    """Return the derived facts that are reckoned for these facts."""
    plan, given = plan_of(of), given_state(of, facts)
    found = blank_of(of, plan, of.calendars["office"], DAY, "EUR")
    return steps_of(begun(found, form_of(plan, given)))


def steps_of(start: Start) -> set[str]:
    """Return the derived facts that are reckoned from a start."""
    bundled = {name for each, _ in start.parts if each is not None for name, _ in each.steps}
    return bundled | {name for _, alone in start.parts for name, _ in alone}


def test_what_nothing_given_has_a_say_in_is_not_reckoned() -> None:
    """Where a state gives nothing, only what follows from the instant is reckoned."""
    assert steps(MORE) == {"broken", "mended", "stage", "side"}
    assert steps(MORE, e="2026-11-20 10:00") == {"late", "some"} | steps(MORE)


def test_a_group_stays_until_all_that_settles_it_may_change() -> None:
    """An `all` that two items make false stays false as long as one of them does."""
    assert "both" not in steps(MORE, a=5)
    assert "both" in steps(MORE, a=5, d=True)
    assert "one" not in steps(MORE, d=True)
    assert "one" in steps(MORE, a=1)


def test_cases_after_the_chosen_one_are_not_waited_for() -> None:
    """A case behind the one that holds has no say; nor has one behind an unknown one."""
    assert {"first", "second"} & steps(MORE, d=True) == {"first", "second"}
    assert "first" in steps(MORE, b=1)
    assert "second" not in steps(MORE, b=1)


def test_types_are_settled_once_where_nothing_tells_of_them() -> None:
    """Customer types are settled anew where the host gives some or a sign of one is given."""
    assert "customer_types" not in steps(MORE, e="2026-11-20 10:00")
    several: tuple[dict[str, Any], ...] = (
        {"a": 5},
        {"customer_types": []},
        {"type_basis": {"angry": {"signals": ["x"]}}},
    )
    for facts in several:
        assert "customer_types" in steps(MORE, **facts)


def test_a_silent_type_waits_for_the_kind() -> None:
    """Where all are silent, whether there is a complaint settles it."""
    of = policy(types={"silent": CustomerType(id="silent", recognise=Truth(True))})
    assert "customer_types" in steps_of(start(of, {"kind": "none"}))
    assert look(of, state({"kind": "none"}), NOW).situation.values["customer_types"] == {"silent"}
    assert look(of, state(), NOW).situation.values["was_silent"] is True


def start(of: Policy, values: dict[str, Any]) -> Start:
    """Return where a look at these values starts."""
    plan = plan_of(of)
    found = blank_of(of, plan, of.calendars[of.calendar], DAY, "EUR")
    return begun(found, form_of(plan, state(values)))


def test_dated_items_are_asked_each_time() -> None:
    """What holds on some days only follows from the event date."""
    never = Validity(None, datetime.date(2020, 1, 1))
    row = Row("r#1", is_("a", 1), {"out": FactValue("a", Kind.COUNT)}, valid=never)
    of = policy(
        kinds={"a": Kind.COUNT},
        facts={"t": Fact("t", Kind.COUNT, derived=True)},
        derivations={"t": TableOf(Table("F", ("out",), (row,)), "t")},
        types={"angry": CustomerType(id="angry", recognise=is_("a", 1), valid=never)},
        stages=(Stage(id="s", when=Truth(False), valid=never), Stage(id="t", when=Truth(False))),
    )
    found = start(of, {})
    assert {"t", "customer_types"} <= steps_of(found)
    assert [each.id for each in (*found.stages, *found.recognised)] == ["s", "angry"]


def test_a_policy_that_settles_no_types_has_none() -> None:
    """Without the package's own fact of types nobody is calm."""
    of = policy()
    without = {name: each for name, each in of.derivations.items() if name != "customer_types"}
    of = attrs.evolve(of, derivations=without)
    assert look(of, state(), NOW).types == ()


def test_listed_by_default() -> None:
    """Records that a default lists take the defaults of their fields, and count each time."""
    of = house(
        """
        facts:
          visits: {kind: records, fields: {kept: {kind: yes_no, default: no}}}
          open: {kind: count, derive: {count: visits, where: {kept: no}}}
        """
    )
    listed = {**of.defaults, "visits": Constant(({},), Kind.RECORDS)}
    of = attrs.evolve(of, defaults=listed)
    assert seen(of, "2026-11-23 10:00").situation.values["open"] == 1


def test_an_early_default_is_never_taken_from_the_blank_complaint() -> None:
    """The receipt may be another fact's value: what follows from it is reckoned each time."""
    of = house(
        """
        facts:
          seen_at: {kind: instant}
          received_at: {default: seen_at}
          age: {kind: count, derive: 'days_between(received_at, received_at)'}
        """
    )
    assert "age" not in seen(of, "2026-11-23 10:00").situation.values
    assert seen(of, "2026-11-23 10:00", seen_at="2026-11-20 10:00").situation.values["age"] == 0


def test_an_early_default_beside_what_is_unknown() -> None:
    """What is said to be unknown has no value, also where a receipt follows from another fact."""
    of = house(
        """
        facts:
          seen_at: {kind: instant}
          a: {kind: count, default: 1}
          received_at: {default: seen_at}
        """
    )
    values = seen(of, "2026-11-23 10:00", a="unknown", seen_at="2026-11-20 10:00").situation.values
    assert "a" not in values
    assert values["received_at"] == values["round_start"] == at("2026-11-20 10:00")


def test_a_field_whose_default_cannot_be_reckoned() -> None:
    """A default of a listed record's field that divides by zero is noticed, and none is taken."""
    of = house(
        """
        facts:
          zero: {kind: count, default: 0}
          visits: {kind: records, fields: {cost: {kind: number, default: '1 / zero'}}}
        """
    )
    look = seen(of, "2026-11-23 10:00", visits=[{}])
    assert look.situation.values["visits"] == ({},)
    assert [each.about for each in look.notices] == ["visits.cost"]


def test_instants_that_are_given_are_taken_by_default() -> None:
    """A default that is an instant given, or the latest of it and of what may not be, is that."""
    of = house(
        """
        facts:
          seen_at: {kind: instant}
          heard_at: {kind: instant}
          e: {kind: instant, default: not_yet}
          days: {kind: count}
          one_at: {kind: instant, default: seen_at}
          two_at: {kind: instant, default: 'latest(seen_at, e)'}
          three_at: {kind: instant, default: 'earliest(seen_at, heard_at)'}
          four_at: {kind: instant, default: 'seen_at + 1 h'}
          five: {kind: count, default: days}
        """
    )
    facts = {"seen_at": "2026-11-20 10:00", "days": 3}
    seen_at = at("2026-11-20 10:00")
    named = ("one_at", "two_at", "three_at", "four_at", "five")

    def copied(**more: Any) -> dict[str, str]:
        return dict(form_of(plan_of(of), given_state(of, facts | more)).copied)

    def values(**more: Any) -> list[Any]:
        situation = seen(of, "2026-11-23 10:00", **facts | more).situation
        for name in named:
            assert (name in situation.assumed) is (name in situation.values)
        return [situation.values.get(name) for name in named]

    assert copied() == {"one_at": "seen_at", "two_at": "seen_at"}
    assert values() == [seen_at, seen_at, None, seen_at + 3600, 3]
    assert copied(e="2026-11-21 10:00") == {"one_at": "seen_at"}
    assert values(e="2026-11-21 10:00")[:2] == [seen_at, at("2026-11-21 10:00")]
    assert copied(e="unknown") == {"one_at": "seen_at"}
    assert values(e="unknown", heard_at="2026-11-19 10:00")[1:3] == [None, at("2026-11-19 10:00")]
    assert copied(seen_at="unknown") == {}
    assert values(seen_at="unknown") == [None, None, None, None, 3]


def test_few_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of blank complaints, starts and forms so many are kept; then all are made again."""
    for module, name in ((blank, "_MOST_BLANKS"), (starts, "_MOST"), (forms, "_MOST")):
        monkeypatch.setattr(module, name, 2)
    monkeypatch.setattr(forms, "_MOST_ORDERS", 2)
    of = house("facts: {a: {kind: count}, b: {kind: yes_no, derive: {when: {a: 1}}}}", "")
    plan = plan_of(of)
    for currency in ("EUR", "GBP", "HUF"):
        found = blank_of(of, plan, of.calendars["office"], DAY, currency)
        assert blank_of(of, plan, of.calendars["office"], DAY, currency) is found
    assert len(plan.blanks) == 1
    for facts in ({}, {"a": 1}, {"owner": "x"}):
        form = form_of(plan, state(facts))
        begun = [start_of(of, plan, form, of.calendars["office"], DAY, "EUR") for _ in range(2)]
        assert begun[0] is begun[1]
    assert len(plan.starts) == 1
    plan.forms.clear()
    plan.told.clear()
    for values in ({}, {"a": 1}, {"owner": "x"}):
        assert form_of(plan, state(values)) is form_of(plan, state(values))
    assert len(plan.forms) == len(plan.told) == 1


def test_the_order_of_facts_does_not_count() -> None:
    """States that give the same facts in another order have one form."""
    of = house("facts: {a: {kind: count}, b: {kind: count}}", "")
    plan = plan_of(of)
    there, back = ({"a": 1, "b": 2}, {"b": 2, "a": 1})
    assert form_of(plan, state(there)) is form_of(plan, state(back))
    assert (len(plan.forms), len(plan.told)) == (1, 2)
