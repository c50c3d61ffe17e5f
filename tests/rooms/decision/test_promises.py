"""Promises that are about to be missed."""

from __future__ import annotations

from typing import Any

import pytest
from tests.rooms.decision.hand import NEVER, OFFICE, at, house, length, policy, seen, state

from complaint_rules.decision.seeing.promises import PromiseSeen, promises
from complaint_rules.decision.seeing.situation import look
from complaint_rules.policy import Setting

DUE = at("2026-11-25 10:00")


def found(*given: dict[str, Any], now: str = "2026-11-23 10:00", settings: str = "") -> Any:
    """Return the promises of a complaint that are not kept."""
    of = house(settings or "facts: {colour: {kind: text}}")
    return promises(seen(of, now, received_at="2026-11-20 10:00", promises=list(given)))


def test_a_promise_in_good_time_does_not_slip() -> None:
    """More than a day before its due time a promise is only waited for (semantics 19)."""
    assert found({"due": "2026-11-25 10:00"}) == (PromiseSeen(0, DUE, DUE - 86_400, late=False),)


def test_a_day_before_its_due_time_it_slips() -> None:
    """From the warning on, 24 hours before, the delay is to be explained."""
    (late,) = found({"due": "2026-11-25 10:00"}, now="2026-11-24 10:00")
    assert late.slips
    (early,) = found({"due": "2026-11-25 10:00"}, now="2026-11-24 09:59:59")
    assert not early.slips


def test_expected_later_than_due_slips_at_once() -> None:
    """A promise that is expected late slips, long before its warning."""
    (late,) = found({"due": "2026-11-25 10:00", "expected": "2026-11-25 10:00:01"})
    assert late.slips
    (fine,) = found({"due": "2026-11-25 10:00", "expected": "2026-11-25 10:00"})
    assert not fine.slips


def test_kept_and_dateless_promises_do_not_count() -> None:
    """A kept promise, and one without a due time, asks for nothing."""
    assert found({"due": "2026-11-22 10:00", "kept": "yes"}, {"what": "call"}) == ()
    assert found() == ()


def test_promises_come_by_due_time() -> None:
    """The promise that is due first stands first, whatever its place in the list."""
    listed = found({"due": "2026-11-26 10:00"}, {"due": "2026-11-25 10:00"})
    assert [each.number for each in listed] == [1, 0]


def test_the_warning_is_a_setting() -> None:
    """`promise_warning` says how long before, by the clock or by the calendar's days."""
    hours = "settings: {promise_warning: {value: 2 h}}"
    assert found({"due": "2026-11-25 10:00"}, settings=hours)[0].warn_at == DUE - 7_200
    days = "settings: {promise_warning: {value: 2 d}}"
    (over_dst,) = found({"due": "2027-03-29 10:00"}, settings=days)
    assert over_dst.warn_at == at("2027-03-27 10:00")


@pytest.mark.parametrize(
    ("calendar", "warning", "warn_at"),
    [
        (OFFICE, length("4 bh"), DUE - 20 * 3_600),
        (OFFICE, 3_600, DUE - 3_600),
        (OFFICE, "soon", DUE),
        (NEVER, length("4 bh"), DUE),
    ],
)
def test_warnings_of_other_kinds(calendar: Any, warning: Any, warn_at: int) -> None:
    """Open time counts on the calendar; what never comes, or is no time, gives no warning."""
    of = policy(calendars={"office": calendar}, settings=setting(warning))
    promised = state({"promises": ({"due": DUE},)})
    (promise,) = promises(look(of, promised, at("2026-11-20 10:00")))
    assert promise.warn_at == warn_at


def setting(warning: Any) -> dict[str, Setting]:
    """Return the setting by this value."""
    return {"promise_warning": Setting(id="promise_warning", values=((None, warning),))}
