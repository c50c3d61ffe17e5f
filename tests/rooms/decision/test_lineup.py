"""Lineups: groups that are due together, ordered by which due time comes first."""

from __future__ import annotations

from itertools import product

import pytest
from tests.rooms.decision.shop import NOON, decided, ids, rule, shop

from complaint_rules.decision.gathering.lineup import Lines, Lineup, ranks_of
from complaint_rules.decision.gathering.order import Orders, ordered
from complaint_rules.decision.gathering.prepared import prepare
from complaint_rules.decision.gathering.wants import Want
from complaint_rules.decision.timing.alone import Dues, SameDues
from complaint_rules.decision.timing.pausing import NEVER
from complaint_rules.policy import DueNow

AFTER = {"c": ("b",)}
ORDERS = Orders(AFTER)


def wanted(name: str, dues: Dues) -> Want:
    """Return an action that a rule asks for."""
    return Want(name, "agent", ("r",), dues, None, (), ("r",))


@pytest.mark.parametrize("most", [1, 256])
def test_orders_are_kept_by_which_due_time_comes_first(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """What was found is found again for other instants of the same order, and for no others."""
    monkeypatch.setattr("complaint_rules.decision.gathering.lineup._MOST_ORDERS", most)
    groups = {"a": Dues(()), "b": Dues(()), "c": Dues(())}
    lineup = Lineup(Lines().groups(wanted(name, dues) for name, dues in groups.items()))
    cases: list[tuple[tuple[int | None, ...], tuple[str, ...]]] = [
        ((10, 20, None), ()),
        ((1_000, 2_000, None), ()),
        ((20, 10, None), ()),
        ((20, 20, None), ()),
        ((20, 20, None), ("b", "a")),
        ((20, None, 10), ("b", "a")),
        ((None, None, None), ("b", "a")),
    ]
    for dues, steps in cases * 2:
        times = [NEVER if due is None else due for due in dues]
        places = lineup.order(times, steps, ORDERS)
        by_name = dict(zip(groups, dues, strict=True))
        assert tuple("abc"[place] for place in places) == ordered(by_name, steps, AFTER)


def test_actions_of_one_due_time_stand_in_one_group() -> None:
    """A due time is looked at once, however many actions have it."""
    dues, other = Dues(()), Dues(())
    groups = Lines().groups([wanted("a", dues), wanted("b", other), wanted("c", dues)])
    assert [(each.dues, [name for name, *_ in each.lines]) for each in groups] == [
        (dues, ["a", "c"]),
        (other, ["b"]),
    ]
    assert [[action.id for action in each.plain] for each in groups] == [["a", "c"], ["b"]]


@pytest.mark.parametrize("most", [1, 4_096])
def test_equal_lines_and_groups_are_one_object(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """However many lineups have them; past the bound they are made again, and equal."""
    monkeypatch.setattr("complaint_rules.decision.gathering.lineup._MOST_LINES", most)
    dues, other, lines = Dues(()), Dues(()), Lines()
    (first,), (second,) = (lines.groups([wanted("a", each)]) for each in (dues, other))
    assert first.lines[0] is second.lines[0]
    assert first.plain[0] is second.plain[0]
    (wide,) = lines.groups([wanted("a", dues), wanted("b", dues)])
    assert wide.lines == (first.lines[0], ("b", "agent", None, ("r",)))
    (again,) = lines.groups([wanted("a", dues)])
    assert again == first
    assert (again is first) is (most > 1)


@pytest.mark.parametrize("most", [1, 1024])
def test_equal_due_times_are_one_object(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Past the bound they are made again."""
    monkeypatch.setattr("complaint_rules.decision.timing.alone._MOST_DUES", most)
    same = SameDues()
    now = same.of((DueNow(),))
    assert same.of((DueNow(),)) is now
    assert same.of(()).each == ()
    assert (same.of((DueNow(),)) is now) is (most > 1)


def test_a_lineup_knows_whether_it_moves() -> None:
    """Actions that are due at once move with the instant decided at."""
    for dues, moving in ((Dues((DueNow(),)), True), (Dues((DueNow(),), promised=True), False)):
        groups = Lines().groups([wanted("a", Dues(())), wanted("b", dues)])
        assert Lineup(groups).moving is moving


def test_ranks_tell_which_due_time_comes_first() -> None:
    """Equal instants have one rank; what is never due comes last."""
    assert ranks_of([500, NEVER, 7, 500]) == (1, 3, 0, 1)
    assert ranks_of([]) == ()


def test_a_policy_keeps_few_lineups_whatever_its_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound is on all lineups together, not on those of each set of rules that are true."""
    monkeypatch.setattr("complaint_rules.decision.gathering.asking._MOST_LINEUPS", 3)
    facts, names = ("a", "b", "c"), ("one", "two")
    of = shop(
        "facts: {" + ", ".join(f"{each}: {{kind: yes_no}}" for each in facts) + "}\n"
        "actions: {" + ", ".join(f"{each}: {{owner: agent}}" for each in names) + "}\n"
        "rules:\n" + "".join(f"  - {rule(x, f'{{{x}: yes}}', 'do: [one, two]')}\n" for x in facts)
    )
    for given in product((True, False), repeat=3):
        for done in ((), ("one",), ("two",), names):
            told = [{"action": each, "at": NOON} for each in done]
            state = {"received_at": NOON, "done": told, **dict(zip(facts, given, strict=True))}
            left = [each for each in names if each not in done] if any(given) else []
            assert ids(decided(of, state).actions) == left
            assert len(prepare(of).lineups) <= 3
