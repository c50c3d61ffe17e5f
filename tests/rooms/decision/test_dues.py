"""When actions and remedies are due."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.rooms.decision.hand import NEVER, NONE_YET, OFFICE, RECEIVED, at, length, situation

from complaint_rules.calendar import BusinessCalendar
from complaint_rules.conditions.tree import FactValue
from complaint_rules.decision.answer.shape import DecidedTarget, Notice
from complaint_rules.decision.seeing.seeds import AskSeed
from complaint_rules.decision.timing.alone import NO_TIME, Dues
from complaint_rules.decision.timing.clocks import WARN_PART, Span, joined, span
from complaint_rules.decision.timing.dues import resolve
from complaint_rules.decision.timing.pausing import NEVER as NO_MORE
from complaint_rules.decision.timing.resolved import ResolvedDue
from complaint_rules.decision.timing.runs import TargetClock
from complaint_rules.facts import Kind
from complaint_rules.policy import DueAfter, DueNow, DueTarget

MONDAY = at("2026-11-23 09:00")
NOW = at("2026-11-23 10:00")
H = 3600


def clock(name: str, text: str, *, calendar: BusinessCalendar = OFFICE, **more: Any) -> TargetClock:
    """Return the clock of a target of so much time from Monday's opening on."""
    pauses = joined(more.pop("pauses", ()))
    held, unknown = more.pop("held", None), more.pop("unknown", frozenset())
    found = span(calendar, MONDAY, length(text), pauses)
    assert isinstance(found, Span)
    shown: dict[str, Any] = {
        "law": False,
        "start": MONDAY,
        "opens": None,
        "warn_at": found.reached(WARN_PART),
        "due": found.due,
        "met_at": None,
        "left_s": None,
        "rules": (),
        "status": "due",
        **more,
    }
    return TargetClock(DecidedTarget(id=name, **shown), found, held, unknown)


RESPONSE = clock("response", "4 h")
UPDATE = clock("update", "8 bh")
CLOCKS = {"response": RESPONSE, "update": UPDATE}
AFTER = DueAfter(RECEIVED, length("2 h"))


def due(*dues: Any, clocks: Any = CLOCKS, now: int = NOW, **facts: Any) -> ResolvedDue:
    """Return when something with these due times is due, by the long way and by the short one."""
    found = resolve(situation(facts, now), clocks, dues, "thank")
    turns: list[int] = []
    quick = Dues(dues).alone(clocks, now, turns)
    if quick is not None:
        assert quick == (found.due, found.status, found.target, found.opens)
        assert Dues(dues).moving == found.moving
        # Where all of a target is allowed, its clock tells when it turns.
        if not (dues and dues[0] == DueTarget("response")):
            assert turns == [turn for turn in (found.turn,) if turn != NO_MORE]
    assert Dues(dues, promised=True).alone(clocks, now, turns) is None
    assert not Dues(dues, promised=True).moving
    return found


def test_without_any_due_time() -> None:
    """An action without a due time has none and is simply to be done."""
    assert due() == ResolvedDue(None, status="due")


@pytest.mark.parametrize("status", ["met", "met_late"])
def test_a_met_target_makes_nothing_due(status: str) -> None:
    """Neither it nor a fraction of it, nor when it opens; other due times remain."""
    met = clock("response", "4 h", status=status, met_at=MONDAY, opens=MONDAY + H)
    clocks = {"response": met, "update": UPDATE}
    assert due(DueTarget("response"), DueTarget("response", (1, 4)), clocks=clocks) == due()
    found = due(DueTarget("response"), DueTarget("update"), clocks=clocks)
    assert (found.target, found.opens, found.status) == ("update", None, "due")


def test_now() -> None:
    """`now` is the instant decided at, never at risk or overdue."""
    found = due(DueNow())
    assert (found.due, found.status, found.moving, found.turn) == (NOW, "due", True, NO_MORE)


def test_with_a_target() -> None:
    """An action may be due with a target, and is at risk and overdue with it."""
    found = due(DueTarget("response"))
    assert (found.due, found.target) == (MONDAY + 4 * H, "response")
    found_ = [
        due(DueTarget("response"), now=MONDAY + seconds)
        for seconds in (3 * H - 1, 3 * H, 4 * H, 4 * H + 1)
    ]
    assert [each.status for each in found_] == ["due", "at_risk", "at_risk", "overdue"]
    late = MONDAY + 4 * H + 1
    assert [each.turn for each in found_] == [MONDAY + 3 * H, late, late, NO_MORE]


def test_a_fraction_runs_on_the_targets_clock() -> None:
    """A quarter of a target is reached when a quarter of it has run, pauses left out (18)."""
    assert due(DueTarget("response", (1, 4))).due == MONDAY + H
    assert due(DueTarget("update", (1, 2))).due == at("2026-11-23 13:00")
    paused = {"response": clock("response", "4 h", pauses=[(MONDAY + H, MONDAY + 3 * H)])}
    half = due(DueTarget("response", (1, 2)), clocks=paused)
    assert (half.due, half.warn_at) == (MONDAY + 4 * H, MONDAY + 3 * H + H // 2)


def test_the_earliest_of_several() -> None:
    """Of several due times the earliest rules, whatever it comes from."""
    found = due(DueTarget("update"), AFTER, DueTarget("response"), received_at=MONDAY)
    assert (found.due, found.target) == (MONDAY + 2 * H, None)
    later = due(DueTarget("update"), AFTER, DueTarget("response"), received_at=MONDAY + 3 * H)
    assert (later.due, later.target) == (MONDAY + 4 * H, "response")


def test_equal_due_times_name_the_target() -> None:
    """Of equal due times one of a target is named, the first by id."""
    found = due(AFTER, DueTarget("response"), received_at=MONDAY + 2 * H)
    assert (found.due, found.target) == (MONDAY + 4 * H, "response")
    clocks = {name: clock(name, "4 h") for name in ("b", "a")}
    assert due(DueTarget("b"), DueTarget("a"), clocks=clocks).target == "a"


def test_targets_that_do_not_stand_give_no_time() -> None:
    """A target that is absent, not started or paused gives no due time and nothing to ask."""
    waiting = TargetClock(attrs.evolve(RESPONSE.decided, status="not_started", due=None))
    paused = clock("response", "4 h", held=NOW)
    for clocks in ({}, {"response": waiting}, {"response": paused}):
        found = due(DueTarget("response"), clocks=clocks)
        assert (found.due, found.status, found.unknown) == (None, "due", frozenset())


def test_unknown_starts_are_asked() -> None:
    """A due time whose start is unknown is null and asked; with another known, still asked."""
    unknown = {"response": TargetClock(RESPONSE.decided, unknown=frozenset({"received_at"}))}
    found = due(DueTarget("response"), clocks=unknown)
    assert (found.due, found.status, found.unknown) == (None, "unknown", {"received_at"})
    assert found.seeds("thank") == (AskSeed("thank", frozenset({"received_at"})),)
    after = due(AFTER)
    assert (after.due, after.status, after.unknown) == (None, "unknown", {"received_at"})
    both = due(AFTER, DueTarget("response"))
    assert (both.due, both.status, both.unknown) == (RESPONSE.decided.due, "due", {"received_at"})
    assert due(DueNow()).seeds("thank") == ()


def test_so_long_after_an_instant() -> None:
    """A due time of its own runs from an instant on the complaint's calendar."""
    days = DueAfter(RECEIVED, length("1 bd"))
    found = due(days, received_at=NOW)
    assert (found.due, found.warn_at) == (at("2026-11-24 10:00"), at("2026-11-23 16:00"))
    assert due(DueAfter(NONE_YET, length("1 h"))) == ResolvedDue(None, status="due")


def test_opens_with_its_target() -> None:
    """An action opens with the target it is due with; until then it has not started."""
    survey = {"survey": clock("survey", "48 h", opens=MONDAY + 24 * H)}
    found = due(DueTarget("survey"), clocks=survey)
    assert (found.opens, found.status) == (MONDAY + 24 * H, "not_started")
    assert found.turn == MONDAY + 24 * H
    assert due(DueTarget("survey"), clocks=survey, now=MONDAY + 24 * H).status == "due"


def test_opens_with_the_latest_and_never_past_its_due_time() -> None:
    """Of several the latest opens; one past the due time is dropped, with a notice."""
    clocks = {
        "a": clock("a", "48 h", opens=MONDAY + 5 * H),
        "b": clock("b", "72 h", opens=MONDAY + 9 * H),
        "c": clock("c", "96 h", opens=MONDAY + 60 * H),
    }
    assert due(DueTarget("a"), DueTarget("b"), clocks=clocks).opens == MONDAY + 9 * H
    late = due(DueTarget("a"), DueTarget("c"), clocks=clocks)
    assert (late.opens, late.notices) == (None, (Notice("opens-after-due", "thank"),))


def test_now_never_opens_later() -> None:
    """What is due at once may start at once."""
    survey = {"survey": clock("survey", "48 h", opens=MONDAY + 24 * H)}
    found = due(DueTarget("survey"), DueNow(), clocks=survey)
    assert (found.due, found.opens, found.notices) == (NOW, None, ())


def test_now_gives_way_to_what_has_passed() -> None:
    """Beside a target `now` moves until the target's due time has come, and then stands."""
    both = (DueNow(), DueTarget("response"))
    before = due(*both)
    assert (before.due, before.turn) == (NOW, MONDAY + 4 * H)
    after = due(*both, now=MONDAY + 5 * H)
    assert (after.due, after.status, after.target) == (MONDAY + 4 * H, "overdue", "response")


def test_a_paused_target_that_opens_later() -> None:
    """A paused target still says when an action opens."""
    paused = {"survey": clock("survey", "48 h", opens=MONDAY + 24 * H, held=NOW)}
    found = due(DueTarget("survey"), clocks=paused)
    assert (found.due, found.opens, found.status) == (None, MONDAY + 24 * H, "not_started")


@pytest.mark.parametrize(
    ("calendar", "start", "notice"),
    [
        (OFFICE, at("2055-01-04 09:00"), Notice("holidays-unknown", "office")),
        (NEVER, MONDAY, Notice("never-open", "thank")),
    ],
)
def test_notices(calendar: BusinessCalendar, start: int, notice: Notice) -> None:
    """Unknown holidays, and open time that never comes, are noticed."""
    instant = FactValue("received_at", Kind.INSTANT)
    of = situation({"received_at": start}, calendar=calendar)
    found = resolve(of, {}, [DueAfter(instant, length("1 bd"))], "thank")
    assert found.notices == (notice,)


@pytest.mark.parametrize("part", [(1, 1), (1, 2)])
def test_most_due_times_are_told_by_their_target_alone(part: tuple[int, int]) -> None:
    """One target that runs, does not stand or is met tells all; for all else more is asked."""
    alone = Dues((DueTarget("response", part),)).alone
    for now in range(MONDAY, MONDAY + 5 * H, H // 2):
        found = due(DueTarget("response", part), now=now)
        assert alone(CLOCKS, now, []) == (found.due, found.status, "response", None)
    met = clock("response", "4 h", status="met", met_at=MONDAY)
    assert alone({"response": met}, NOW, []) is alone({}, NOW, []) is NO_TIME
    opening = clock("response", "4 h", opens=MONDAY + H)
    unknown = TargetClock(RESPONSE.decided, unknown=frozenset({"received_at"}))
    for each in (opening, unknown, clock("response", "4 h", held=NOW)):
        assert alone({"response": each}, NOW, []) is None
    assert Dues((DueTarget("response", part), DueNow())).alone(CLOCKS, NOW, []) is None


def test_what_is_due_now_or_never_is_told_at_once() -> None:
    """No target has a say in it."""
    assert Dues((DueNow(),)).alone({}, NOW, []) == (NOW, "due", None, None)
    assert Dues(()).alone(CLOCKS, NOW, []) is NO_TIME
