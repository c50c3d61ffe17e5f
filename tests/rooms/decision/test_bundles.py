"""Derived facts that follow from a few values are worked out once for each of these."""

from __future__ import annotations

import datetime
from typing import Any

import attrs
import pytest
from tests.rooms.decision.hand import given_state, house, seen

from complaint_rules import load
from complaint_rules.decision.seeing import situation, starts
from complaint_rules.decision.seeing.bundles import Bundle, Part
from complaint_rules.decision.seeing.forms import form_of
from complaint_rules.decision.seeing.plan import plan_of
from complaint_rules.decision.seeing.situation import Look
from complaint_rules.decision.seeing.starts import start_of
from complaint_rules.policy import Policy

NOW = "2026-11-23 10:00"
DAY = datetime.date(2026, 11, 23)
FACTS = """
actions:
  reopen: {owner: handler, title: Reopen}
facts:
  where: {kind: choice, values: [shop, web, street]}
  rank: {kind: level, values: [low, mid, top]}
  least: {kind: level, values: [low, mid, top]}
  urgent: {kind: yes_no, default: no}
  tags: {kind: set, values: [a, b, c]}
  name: {kind: text}
  paid: {kind: money}
  owed: {kind: money}
  count: {kind: count}
  ended_at: {kind: instant, default: not_yet}
  begun_at: {kind: instant}
  noticed_at: {kind: instant, default: begun_at}
"""
"""What is derived in the tests below follows from these."""


def deriving(*derived: str) -> Policy:
    """Return a policy that derives these facts."""
    return house(FACTS + "".join(f"  {each}\n" for each in derived))


def parts(of: Policy, **facts: Any) -> list[tuple[set[str], set[str]]]:
    """Return the names in bundles and alone, part by part, where these facts are given."""
    return [
        ({name for name, _ in each.steps} if each else set(), {name for name, _ in alone})
        for each, alone in started(of, facts)
    ]


def started(of: Policy, facts: dict[str, Any]) -> tuple[Part, ...]:
    """Return the parts of the start where these facts are given."""
    plan, calendar = plan_of(of), of.calendars["office"]
    form = form_of(plan, given_state(of, facts))
    return start_of(of, plan, form, calendar, DAY, "EUR").parts


def bundle(of: Policy, **facts: Any) -> Bundle:
    """Return the first bundle where these facts are given."""
    found = started(of, facts)[0][0]
    assert isinstance(found, Bundle)
    return found


def reckoned(of: Policy, **facts: Any) -> int:
    """Return how many outcomes were worked out for a complaint of these facts."""
    outcomes = plan_of(of).outcomes
    before = len(outcomes)
    seen(of, NOW, **facts)
    return len(outcomes) - before


def test_the_same_few_values_are_worked_out_once() -> None:
    """Complaints that differ in what is not read, or not told apart, share an outcome."""
    of = deriving(
        "loud: {kind: yes_no, derive: {when: {where: [street, web], urgent: yes}}}",
        "tagged: {kind: yes_no, derive: {when: {tags: {any: [a, b]}}}}",
        "over: {kind: yes_no, derive: {when: {ended_at: happened}}}",
        "signed: {kind: yes_no, derive: {when: {name: known}}}",
        "many: {kind: yes_no, derive: {when: {count: '>= 3'}}}",
    )
    facts = {
        "where": "web",
        "urgent": True,
        "tags": ["a"],
        "name": "x",
        "count": 3,
        "ended_at": "2026-11-20 10:00",
        "paid": "1 EUR",
    }
    assert parts(of, **facts) == [
        ({"loud", "tagged", "over", "signed", "many", "stage", "side"}, set())
    ]
    assert reckoned(of, **facts) == 1
    same = (
        {"paid": "7 EUR"},
        {"tags": ["a", "c"]},
        {"name": "y"},
        {"count": 9},
        {"ended_at": "2026-11-19 10:00"},
    )
    assert [reckoned(of, **facts | each) for each in same] == [0] * 5
    others: tuple[dict[str, Any], ...] = (
        {"where": "shop"},
        {"urgent": False},
        {"tags": ["b"]},
        {"count": 2},
        {"ended_at": "not_yet"},
    )
    assert [reckoned(of, **facts | each) for each in others] == [1] * 5
    values = seen(of, NOW, **facts).situation.values
    assert all(values[name] for name in ("loud", "tagged", "over", "signed", "many"))


def test_what_bounds_say_counts() -> None:
    """A level compared with another leans on both; instants compared, on what comes of it."""
    of = deriving(
        "enough: {kind: yes_no, derive: {when: {rank: '>= fact(least)'}}}",
        "late: {kind: yes_no, derive: {when: {ended_at: '> begun_at'}}}",
        "raised: {kind: level, like: rank, derive: 'raise(rank, 1)'}",
        "higher: {kind: yes_no, derive: {when: {raised: '> fact(least)'}}}",
    )
    known = bundle(
        of, rank="mid", least="low", ended_at="2026-11-20 10:00", begun_at="2026-11-19 10:00"
    )
    assert known.values == ("least", "rank")
    assert known.sorts == ("begun_at", "ended_at")
    assert len(known.tests) == 1
    for rank, least, more in (("mid", "low", True), ("low", "top", False)):
        values = seen(of, NOW, rank=rank, least=least).situation.values
        assert values["enough"] is more
        assert values["higher"] is more


def test_a_bound_is_not_read_where_nothing_has_happened() -> None:
    """A test of what has not happened is false whatever its bound, unless that is not known."""
    of = deriving(
        "late: {kind: yes_no, derive: {when: {any: [{ended_at: '> begun_at'}, {urgent: yes}]}}}",
        "grand: {kind: yes_no, derive: {when: {any: [{rank: '> fact(least)'}, {urgent: yes}]}}}",
    )
    known = bundle(of, urgent=True, begun_at="2026-11-20 10:00", least="low")
    assert known.values == ("urgent",)
    assert known.sorts == ("least",)
    assert known.tests == ()


def test_what_follows_from_more_stands_alone() -> None:
    """Amounts, arithmetic, records, tables and what was done are reckoned for each complaint."""
    of = deriving(
        "left: {kind: money, derive: 'owed - paid'}",
        "settled: {kind: yes_no, derive: {when: {paid: '>= owed'}}}",
        "calls: {kind: count, derive: 'done_count(reopen)'}",
        "kept: {kind: count, derive: {count: promises, where: {kept: yes}}}",
        "which: {kind: count, derive: {table: {hit: F, out: [which], rows: ["
        "{urgent: yes, which: 1}], else: {which: 0}}}}",
        "none_left: {kind: yes_no, derive: {when: {left: known, urgent: yes}}}",
        "since: {kind: instant, derive: begun_at}",
        "soon: {kind: yes_no, derive: {when: {noticed_at: '>= now - 1 h'}}}",
    )
    facts = {
        "paid": "1 EUR",
        "owed": "2 EUR",
        "urgent": True,
        "begun_at": "2026-11-20 10:00",
        "promises": [],
        "done": [{"action": "reopen", "at": "2026-11-20 10:00"}],
    }
    first, second = parts(of, **facts)
    assert first[1] == {"left", "settled", "calls", "kept", "which", "since", "soon"}
    assert second == ({"none_left"}, set())
    assert seen(of, NOW, **facts).situation.values["none_left"] is True


def test_a_default_that_reads_what_was_done_may_not_be_bound_to_few_values() -> None:
    """A bound that asks what was done is read anew, also beside a fact that never varies."""
    of = deriving(
        "again: {kind: yes_no, derive: {when: {any: [{urgent: yes}, "
        "{begun_at: '> done_at(reopen)'}]}}}",
    )
    assert "again" in parts(of, urgent=True)[0][1]


def told(seen: Look) -> tuple[object, ...]:
    """Return what a look shows of types, stage and side states."""
    return seen.types, seen.stage, seen.sides, set(seen.seeds), seen.situation.values


TYPED = """
    customer_types:
      angry: {recognise: {count: ">= 3"}, expires: 30 d}
      silent: {recognise: {all: [{kind: none}, {urgent: yes}]}}
    stages:
      - {id: begun, when: {where: shop, name: known}}
      - {id: was, when: {was_silent: yes}}
      - {id: odd, when: {rank: top}}
      - {id: rest, when: always}
    sides:
      - {id: noisy, when: {customer_types: angry}}
      - {id: late, when: {noticed_at: "<= now - 3 d"}}
    """


@pytest.mark.parametrize(
    "facts",
    [
        {"where": "shop"},
        {"where": "shop", "name": "x"},
        {"where": "web", "count": 3, "customer_types": []},
        {"where": "web", "count": 3, "customer_types": "unknown"},
        {"where": "web", "customer_types": ["silent"]},
        {"customer_types": ["silent"], "kind": "none"},
        {"customer_types": ["angry"], "type_basis": {"angry": {"since": "2026-11-01 10:00"}}},
        {"customer_types": ["angry"], "type_basis": {"angry": {"since": "2026-10-01 10:00"}}},
        {"where": "web", "begun_at": "2026-11-01 10:00"},
    ],
)
def test_types_stages_and_sides_are_as_they_would_be(facts: dict[str, Any]) -> None:
    """What was worked out for another complaint is told as if it were worked out for this."""
    of = house(FACTS, TYPED)
    anew = attrs.evolve(of)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(starts, "in_parts", lambda steps, *_: ((None, tuple(steps)),))
        wanted = told(seen(anew, NOW, **facts))
    for _ in range(2):
        assert told(seen(of, NOW, **facts)) == wanted


def test_side_states_that_time_turns_stand_alone() -> None:
    """Types, the stage and what follows from these are bundled; what reads the instant is not."""
    of = house(FACTS, TYPED)
    facts = {"where": "web", "count": 3, "customer_types": ["angry"]}
    assert parts(of, **facts, begun_at="2026-11-01 10:00") == [
        ({"customer_types", "stage"}, {"side"})
    ]
    basis = {"angry": {"since": "2026-11-01 10:00"}}
    assert "customer_types" in parts(of, **facts, type_basis=basis)[0][1]


def test_what_is_noticed_is_noticed_each_time() -> None:
    """A comparison of two currencies is noticed of every complaint, not only of the first."""
    of = house(
        """
        facts:
          fee: {kind: money, default: 5 EUR}
          urgent: {kind: yes_no, default: no}
          dear: {kind: yes_no, derive: {when: {fee: "> 4 GBP", urgent: yes}}}
        """
    )
    for _ in range(2):
        notices = [each.about for each in seen(of, NOW, urgent=True).notices]
        assert notices == ["dear"]


def test_so_many_outcomes_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the bound all are forgotten and worked out anew."""
    monkeypatch.setattr(situation, "MOST_OUTCOMES", 2)
    monkeypatch.setattr(starts, "_MOST_OF_BLANK", 2)
    of = attrs.evolve(deriving("loud: {kind: yes_no, derive: {when: {where: [street, web]}}}"))
    for where in ("shop", "web", "street", "shop"):
        assert seen(of, NOW, where=where).situation.values["loud"] is (where != "shop")
        assert len(plan_of(of).outcomes) <= 2


def test_forms_share_bundles() -> None:
    """States that give other facts besides, which derived facts do not read, share a bundle."""
    of = load("core")
    facts = {"channel": "email", "received_at": "2026-11-20 10:00"}
    assert bundle(of, **facts) is bundle(of, **facts, amount_paid="10 EUR")
