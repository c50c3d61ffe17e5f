"""Corners of mutation: what is seldom written, asked of each part by itself."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

from complaint_rules import loads
from complaint_rules.conditions.derived import TableOf
from complaint_rules.conditions.tree import (
    All,
    Among,
    AtLeast,
    Call,
    Compare,
    Constant,
    FactValue,
    Truth,
    Within,
)
from complaint_rules.conditions.tree import Test as Asked
from complaint_rules.decision.decide import engine_of
from complaint_rules.decision.seeing.situation import look
from complaint_rules.facts import Fact, Kind
from complaint_rules.intake import read_state
from complaint_rules.money import Money
from complaint_rules.policy import Policy
from complaint_rules.state import State
from complaint_rules.testing.mutation import Mutant
from complaint_rules.testing.mutation.board import Board, Seen
from complaint_rules.testing.mutation.classes import values_of
from complaint_rules.testing.mutation.formulas import (
    FALSE,
    TRUE,
    UNKNOWN,
    First,
    Fixed,
    Leaf,
    Least,
    Mapped,
)
from complaint_rules.testing.mutation.judging import Fate, Judge, Verdict, decided
from complaint_rules.testing.mutation.listing import mutants
from complaint_rules.testing.mutation.places import Place, places, tables, with_rows
from complaint_rules.testing.mutation.proofs import Prover, _agree
from complaint_rules.testing.mutation.reckoned import changed
from complaint_rules.testing.mutation.telling import Teller, Telling, _Pair
from complaint_rules.testing.mutation.variants import _steps, variants
from complaint_rules.testing.mutation.wishes import for_remedy
from complaint_rules.testing.mutation.writing import as_scenario

AT = 1_795_518_000
POLICY: Policy = loads("""\
format: 1
id: pier
edition: "1"
title: A pier
currency: EUR
calendar: office
calendars:
  office: {timezone: Europe/Budapest, hours: {mon-fri: ["09:00-17:00"]}}
  night: {timezone: Europe/Lisbon, hours: {mon-fri: ["20:00-23:00"]}}
approvals: [agent, lead]
facts:
  severity: {kind: level, values: [s3, s2, s1], default: s3}
  contacts: {kind: count, default: 0}
  score: {kind: number, default: 0}
  vip: {kind: yes_no, default: no}
  loud: {kind: yes_no, default: no}
  told_at: {kind: instant, default: not_yet}
  notes: {kind: records, default: [], fields: {kept: {kind: yes_no}, size: {kind: count}}}
  kept: {kind: count, derive: {count: notes, where: {kept: yes, size: ">= 2"}}}
  busy: {kind: yes_no, derive: {when: {contacts: ">= 2"}}}
  size: {kind: count, derive: {first: [{when: {vip: yes}, is: contacts},
                                       {when: {loud: yes}, is: "7"}], else: "3"}}
  share: {kind: number, derive: {table: {hit: F, out: [n], else: {n: "1"},
                                         rows: [{severity: s1, n: "2"}, {vip: yes, n: "3"}]}}}
customer_types: {calm: {}, angry: {recognise: {loud: yes}, expires: 3 d}}
actions:
  thank: {title: Thank, owner: agent, due: now, source: [house]}
  write: {title: Write, owner: agent, source: [house]}
remedies:
  gift:
    title: G
    when: {vip: yes}
    amount: {table: {hit: F, out: [paid], else: {paid: 1 EUR},
                     rows: [{severity: s1, paid: 9 EUR}, {kept: 2, paid: 5 EUR}]}}
    approval: [{by: agent}]
rules:
  - {id: one, text: x, source: [house], when: {vip: yes, size: ">= 3", share: ">= 2"},
     then: {do: [thank]}}
  - {id: two, text: x, source: [house], when: {busy: yes, kept: ">= 1"}, then: {do: [write]}}
  - {id: three, text: x, source: [house], when: {customer_types: angry, loud: yes},
     then: {do: [write]}}
  - {id: four, text: x, source: [house], when: {told_at: happened}, then: {do: [write]}}
""")
ENGINE = engine_of(POLICY, "index")


def state(**facts: Any) -> State:
    """Return a state of the pier's complaints."""
    return read_state(POLICY, {"received_at": "2026-11-24T09:00:00+01:00", **facts})


def judge(*seen: State) -> Judge:
    """Return who judges by some states of which nothing is expected."""
    moments = []
    for each in seen:
        decision = decided(POLICY, each, AT, ENGINE)
        assert decision is not None
        found = look(POLICY, each, AT)
        case: Any = None
        moments.append(Seen(case, {}, each, AT, (), found.situation, decision))
    return Judge(Board(POLICY, moments))


def mutant(kind: str, owner: str, words: str = "") -> Mutant:
    """Return the one mutant of a kind of an item that is told with some words."""
    found = [
        each
        for each in mutants(POLICY)
        if each.kind == kind and each.owner == owner and words in each.told
    ]
    assert len(found) == 1, [(e.kind, e.owner, e.told) for e in mutants(POLICY)]
    return found[0]


def is_(fact: str, value: Any) -> Asked:
    """Return the test that a fact is some value."""
    return Asked(fact, Among(frozenset({value})))


# --------------------------------------------------------------------- formulas


def test_what_is_always_the_same_waits_for_nothing() -> None:
    """A fixed formula has no choice to pick, and nothing beneath it."""
    with pytest.raises(AssertionError):
        Fixed(TRUE).pick([])
    assert list(Fixed(UNKNOWN).beneath([])) == []


def test_the_first_that_is_true() -> None:
    """What is told is that of the first formula that is true, or of none of them."""
    one, other = Leaf(0, (TRUE, FALSE), ()), Leaf(1, (TRUE, UNKNOWN), ())
    first = First((one, other), (TRUE, FALSE, UNKNOWN))
    assert first.mask([-1, -1]) == TRUE | FALSE | UNKNOWN
    assert first.mask([0, -1]) == TRUE
    assert first.mask([1, 0]) == FALSE
    assert first.mask([1, 1]) == UNKNOWN
    assert (first.pick([-1, -1]), first.pick([1, -1])) == (0, 1)
    assert list(first.beneath([1, 1])) == []


def test_what_is_unknown_either_way_may_wait_for_other_facts() -> None:
    """What two formulas wait for that are unknown in every class is settled by the open choice."""
    left, right = Leaf(0, (UNKNOWN, UNKNOWN), ("a",)), Leaf(0, (UNKNOWN, UNKNOWN), ("b",))
    assert _agree(left, left, [], [2], 100)
    assert not _agree(left, right, [], [2], 100)


def test_what_is_settled_is_not_waited_for() -> None:
    """Beneath what is unknown, a formula that is settled keeps nothing unknown."""
    settled = Mapped(Fixed(TRUE), (UNKNOWN, FALSE, FALSE))
    waiting = Leaf(0, (UNKNOWN, TRUE), ("a",))
    assert _agree(settled, settled, [], [2], 100)
    assert not _agree(Least(1, (settled,)), Least(1, (waiting,)), [], [2], 100)


def test_a_stage_that_none_may_be() -> None:
    """Where no stage holds for sure, the test of one may turn out either way."""
    prover = Prover(loads(POLICY_WITHOUT_LAST))
    assert not prover.never(is_("stage", "loud"))
    assert prover.never(is_("stage", "loud"), is_("loud", False))
    assert not prover.same(is_("stage", "loud"), is_("stage", "calm"))


POLICY_WITHOUT_LAST = """\
format: 1
id: quay
edition: "1"
title: A quay
currency: EUR
calendar: office
calendars: {office: {timezone: Europe/Budapest, hours: {mon-fri: ["09:00-17:00"]}}}
facts: {loud: {kind: yes_no}, vip: {kind: yes_no}}
stages: [{id: loud, when: {loud: yes}}, {id: calm, when: {vip: yes}}]
actions: {thank: {title: T, owner: agent, due: now, source: [house]}}
rules: [{id: thanks, text: x, source: [house], when: always, then: {do: [thank]}}]
"""


def test_amounts_of_two_currencies() -> None:
    """Amounts of two currencies have no order, so that their classes cannot be told."""
    paid = Fact("paid", Kind.MONEY)
    euros, dollars = Within(Money(5, "EUR")), Within(Money(5, "USD"))
    assert values_of(paid, [euros]) is not None
    assert values_of(paid, [euros, dollars]) is None


# --------------------------------------------------------------------- variants


def test_the_last_of_all_dropped() -> None:
    """Of a group with one test nothing is left but what always holds."""
    found = [each for each in variants(All((is_("vip", True),)), {}) if each.kind == "test dropped"]
    assert [each.condition for each in found] == [Truth()]


def test_the_last_of_several_stays() -> None:
    """The only test of which one must hold is not dropped: nothing would be left to hold."""
    found = variants(AtLeast(1, (is_("vip", True),)), {})
    assert [each.kind for each in found] == ["test negated"]


def test_a_fact_that_is_not_known() -> None:
    """Of a fact of which nothing is known only the whole test can be wrong."""
    test = Asked("odd", Within(2))
    found = list(variants(test, {}))
    assert [each.kind for each in found] == ["test dropped", "test negated"]


def test_as_few_and_as_many_as_can_be() -> None:
    """At least one becomes no less, and all of them no more."""
    items = (is_("vip", True), is_("loud", True))
    for n, other in ((1, 2), (2, 1)):
        found = [each for each in variants(AtLeast(n, items), {}) if each.kind == "threshold"]
        assert [each.condition for each in found] == [AtLeast(other, items)]


def test_bounds_of_open_time() -> None:
    """A computed bound of open time moves by a minute of it."""
    test = Asked("worked", Compare(">", FactValue("other", Kind.BUSINESS_DURATION)))
    found = list(variants(test, {"worked": Fact("worked", Kind.BUSINESS_DURATION)}))
    moved = [each.told for each in found if each.kind == "threshold"]
    assert moved == ["`worked`: bound raised by a step", "`worked`: bound lowered by a step"]


def test_a_third_has_no_last_digit() -> None:
    """A bound without a last digit is not moved; whether it counts itself may still be wrong."""
    test = Asked("score", Within(Fraction(1, 3)))
    found = list(variants(test, {"score": Fact("score", Kind.NUMBER)}))
    assert [each.kind for each in found] == ["test dropped", "test negated", "end"]


def test_what_always_holds_in_a_group() -> None:
    """A member of a group that tests nothing can be dropped too; it stands nowhere."""
    whole = All((Truth(), is_("vip", True)))
    first = next(variants(whole, {}))
    assert (first.told, first.span) == ("a condition dropped", None)
    assert first.condition == All((is_("vip", True),))


# --------------------------------------------------------------- places and items


def test_every_table_has_an_owner() -> None:
    """Tables of remedies and of facts are found, and changed where they stand."""
    found = dict(tables(POLICY))
    assert sorted(found) == ["gift", "share"]
    for owner, table in found.items():
        fewer = with_rows(POLICY, owner, lambda held: attrs.evolve(held, rows=held.rows[:1]))
        assert len(dict(tables(fewer))[owner].rows) == 1
        assert dict(tables(POLICY))[owner] is table


def test_rows_without_a_length_of_time() -> None:
    """A row of amounts or numbers has no length of time to be doubled, but it can be dropped."""
    rows = {row.id for _, table in tables(POLICY) for row in table.rows}
    kinds = {each.kind for each in mutants(POLICY) if each.owner in rows}
    assert "row dropped" in kinds
    assert "deadline doubled" not in kinds


def put_into(name: str, other: Any) -> list[Policy]:
    """Return the policies with another condition in each place of a derived fact."""
    found: list[Place] = [each for each in places(POLICY) if each.owner == name]
    return [each.put(POLICY, other) for each in found]


@pytest.mark.parametrize(
    ("name", "other", "facts", "values"),
    [
        ("busy", Truth(), {}, [True]),
        ("size", Truth(), {"contacts": 5}, [5, 7]),
        ("kept", Truth(), {"notes": [{"kept": False, "size": 1}]}, [1]),
    ],
)
def test_conditions_of_derived_facts(
    name: str, other: Any, facts: dict[str, Any], values: list[Any]
) -> None:
    """Each condition that a fact is worked out by can be changed by itself."""
    found = [
        look(policy, state(**facts), AT).situation.values[name] for policy in put_into(name, other)
    ]
    assert found == values


def test_where_a_count_differs() -> None:
    """A count of records may matter only where another condition counts otherwise."""
    kept = next(each for each in places(POLICY) if each.owner == "kept")
    board = judge(state(), state(notes=[{"kept": False, "size": 1}])).board
    assert kept.touched(Truth())(board) == 0b10


def test_a_least_of_one() -> None:
    """Of the least of one amount no part is left out; inside it parts still are."""
    paid, five = FactValue("amount_paid", Kind.MONEY), Constant(Money(5, "EUR"), Kind.MONEY)
    inner = Call("max", (paid, five), Kind.MONEY)
    found = [told for told, _ in changed(Call("min", (inner,), Kind.MONEY))]
    assert found == [
        "`amount` doubled",
        "part 1 of `max` left out",
        "part 2 of `max` left out",
    ]


def test_wishes_of_a_remedy_with_a_table() -> None:
    """The facts that the rows of its table test are wished to be known."""
    remedy = POLICY.remedies["gift"]
    assert isinstance(remedy.amount, TableOf)
    wished = [goal.fact for goal, _ in for_remedy(POLICY, remedy)[1:] if isinstance(goal, Asked)]
    assert wished == ["amount_paid", "kept", "severity"]


# -------------------------------------------------------------- judging and telling


def test_a_state_that_is_refused() -> None:
    """Nothing is decided of a happening that is still to come."""
    later = state(told_at="2026-11-25T09:00:00+01:00")
    assert decided(POLICY, later, AT, ENGINE) is None
    pair = _Pair(judge(state()), mutant("test dropped", "four"))
    assert pair.tells(later, AT) is None
    assert pair.tells(state(), AT) is not None


def test_a_state_that_no_host_gives() -> None:
    """A state that cannot be read back tells nothing."""
    pair = _Pair(judge(state()), mutant("test dropped", "four"))
    odd = attrs.evolve(state(), values={**state().values, "contacts": -1})
    assert pair.tells(odd, AT) is None


def test_a_state_that_does_not_tell() -> None:
    """No smaller state is sought where the whole one does not tell."""
    pair = _Pair(judge(state()), mutant("test dropped", "four"))
    assert pair.least(state(told_at="2026-11-24T09:00:00+01:00"), AT) is None


def test_types_that_do_not_count_go() -> None:
    """What is told of a type goes where the rest tells without it."""
    basis = {"angry": {"since": "2026-11-23T09:00:00+01:00"}}
    given = state(customer_types=["angry"], type_basis=basis)
    known = judge(given)
    found = Teller(known).tell(mutant("test dropped", "four"), Verdict(Fate.SNAPSHOT, 0))
    assert found is not None
    assert not found.state.types


# ------------------------------------------------------------------------ writing


@pytest.fixture
def told() -> Callable[..., str]:
    """Return how to write a state that tells the fourth rule's test dropped."""

    def write(given: State, *, refused: bool = False) -> str:
        changed = mutant("test dropped", "four")
        found = _Pair(judge(state()), changed).tells(given, AT)
        assert found is not None
        telling = Telling(given, AT, found.before, None) if refused else found
        return as_scenario(POLICY, changed, telling)

    return write


def test_a_state_with_its_calendar(told: Any) -> None:
    """A calendar that is given stays, and times are told by it; else the ruleset's is told."""
    assert "    calendar: office\n" in told(state())
    other = told(state(calendar="night"))
    assert "    calendar: night\n" in other
    assert other.count("calendar: ") == 1
    assert "    received_at: 2026-11-24 08:00\n" in other


def test_a_state_that_the_mutant_refuses(told: Any) -> None:
    """Where a mutant refuses a state all that the ruleset decides is expected."""
    found = told(state(vip=True, severity="s1", contacts=3), refused=True)
    assert "  # the mutant refuses this state\n" in found
    assert "    actions: {exactly: [thank]}\n" in found


def test_a_whole_bound_of_a_number_moves_by_one() -> None:
    """A number tested against a whole one is moved to its neighbours, not by a minute."""
    fact = Fact("score", Kind.NUMBER)
    assert list(_steps(2, fact)) == [Decimal(1), Decimal(3)]
    assert list(_steps(Decimal("0.5"), fact)) == [Decimal("0.4"), Decimal("0.6")]


def test_decimals_and_fractions_stand_in_one_row() -> None:
    """Classes of a number lie between its constants, be they decimals or fractions."""
    checks = [Within(low=Fraction(1, 3)), Within(high=Decimal("0.5"))]
    found = values_of(Fact("score", Kind.NUMBER), checks)
    assert found is not None
    assert {Fraction(1, 3), Fraction(1, 2), Fraction(5, 12)} <= set(found)
