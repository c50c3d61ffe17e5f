"""Happenings beside the instant decided at: none lies in the future (semantics 13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import attrs

from complaint_rules.calendar import in_range
from complaint_rules.decision.seeing.forms import Form
from complaint_rules.decision.seeing.plan import Plan
from complaint_rules.errors import StateError
from complaint_rules.facts import NOT_YET, Value
from complaint_rules.problem import Problem, Report
from complaint_rules.state import Done, State

_new: Final = tuple.__new__  # past the named tuple's own constructor, which is written in Python
GRACE: Final = 300
"""Seconds by which a host's clocks may differ: a happening so little ahead is read as now."""


class Moments(NamedTuple):
    """
    The given facts, none of them later than the instant decided at.

    Attributes:
        values: Given facts by name.
        done: Actions carried out.
        moved: The happenings that were read as that instant, as given.
    """

    values: Mapping[str, Value]
    done: tuple[Done, ...]
    moved: tuple[int, ...]


def _out_of_range() -> StateError:
    problem = Problem(
        "instant-out-of-range",
        "the instant to decide at lies outside the years 1900 to 2400",
        place="at",
        help="give an instant of those years",
    )
    return StateError(Report.of([problem]))


def happened(plan: Plan, form: Form, state: State, at: int) -> Moments:
    """
    Return what is given, with happenings of the next five minutes read as `at`.

    Args:
        plan: The policy's plan.
        form: The state's form.
        state: The state.
        at: The instant decided at, in whole seconds.

    Raises:
        StateError: `at` lies outside the years 1900 to 2400 (`instant-out-of-range`), or a
            happening later than that (`future-happening`); all of these are told.
    """
    if not in_range(at):
        raise _out_of_range()
    given: Mapping[str, Any] = state.values
    for name in form.happenings:
        moment = given[name]
        if moment is not NOT_YET and moment > at:
            break
    else:
        if not (state.done or form.happening_lists) or not _any_later(form, state, at):
            return _new(Moments, (given, state.done, ()))
    values = dict(state.values)
    late = dict(_late(plan, state, at))
    faults = [_fault(place) for place, moment in late.items() if moment > at + GRACE]
    if faults:
        raise StateError(Report.of(faults))
    for name, value in state.values.items():
        if name in plan.happenings and _later(value, at):
            values[name] = at
        elif name in plan.happening_fields and isinstance(value, tuple):
            fields = plan.happening_fields[name]
            values[name] = tuple(
                {
                    field: at if field in fields and _later(inner, at) else inner
                    for field, inner in record.items()
                }
                for record in value
            )
    done = tuple(attrs.evolve(each, at=min(each.at, at)) for each in state.done)
    return Moments(values, done, tuple(sorted(set(late.values()))))


def _later(value: object, at: int) -> bool:
    return isinstance(value, int) and value > at


def _any_later(form: Form, state: State, at: int) -> bool:
    """Return whether some action or listed record may lie after `at`; it errs to yes."""
    if any(state.values[name] for name in form.happening_lists):
        return True
    return bool(state.done) and any(each.at > at for each in state.done)


def _late(plan: Plan, state: State, at: int) -> Iterator[tuple[str, int]]:
    """Yield the place and the instant of every happening after `at`."""
    for name, value in state.values.items():
        if name in plan.happenings:
            if isinstance(value, int) and value > at:
                yield name, value
        elif name in plan.happening_fields and isinstance(value, tuple):
            for number, record in enumerate(value):
                for field in plan.happening_fields[name]:
                    moment = record.get(field)
                    if isinstance(moment, int) and moment > at:
                        yield f"{name}[{number}].{field}", moment
    for number, each in enumerate(state.done):
        if each.at > at:
            yield f"done[{number}].at", each.at


def _fault(place: str) -> Problem:
    return Problem(
        "future-happening",
        f"`{place}` lies more than five minutes after the instant decided at",
        place=place,
        help="leave out what has not happened yet, or decide at a later instant",
    )
