"""
How a value moves while time passes: read off the text, without a situation (semantics 20).

A value stands still, moves in steps (a count of days), or runs (``now - received_at``). Where a
running value is compared with another one the next change can only be found if their difference
goes one way; the compiler refuses what it cannot (`stepped`).
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Final, NamedTuple

from complaint_rules.calendar import Duration, Unit
from complaint_rules.conditions.derived import FirstOf, Formula, OverRecords, TableOf, TruthOf
from complaint_rules.conditions.reading import walk
from complaint_rules.conditions.tree import (
    All,
    Any,
    Arithmetic,
    AtLeast,
    Call,
    Compare,
    Condition,
    Constant,
    Expression,
    FactValue,
    Negation,
    Not,
    Now,
    SettingValue,
    Test,
    Truth,
)
from complaint_rules.facts import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from complaint_rules.conditions.derived import Derivation


class Pace(enum.IntEnum):
    """How a value moves with time."""

    STILL = 0
    STEPS = 1
    RUNS = 2
    WILD = 3
    """It runs, and when it passes a bound cannot be found."""


class Motion(NamedTuple):
    """
    How a value moves.

    Attributes:
        pace: Its pace.
        rise: 1 or -1 for a running value that only grows or shrinks; 0 where that is not known.
        straight: It runs exactly as the clock does.
    """

    pace: Pace
    rise: int = 0
    straight: bool = False


_STILL: Final = Motion(Pace.STILL)
_STEPS: Final = Motion(Pace.STEPS)
_WILD: Final = Motion(Pace.WILD)
_JOINED: Final = frozenset({"min", "max", "earliest", "latest"})
_BY_DAY: Final = frozenset(
    {"days_between", "business_days_between", "start_of_day", "end_of_day", "date_of"}
)


def motions(derivations: Mapping[str, Derivation]) -> dict[str, Motion]:
    """Return how each derived fact moves, given derivations in dependency order."""
    known: dict[str, Motion] = {}
    for name, derivation in derivations.items():
        known[name] = _derived(derivation, known)
    return known


def stepped(
    node: Condition | Expression,
    known: Mapping[str, Motion] | None = None,
    *,
    shown: bool = False,
) -> bool:
    """
    Return whether time enters a condition or an expression only in a way that can be solved.

    Args:
        node: The condition or expression.
        known: How the derived facts move that it may read; see `motions`.
        shown: The value itself matters, as an amount's or a due time's does, not only what it is
            compared with: then it may move in steps but not run.
    """
    known = known or {}
    if not isinstance(node, Truth | Test | All | Any | Not | AtLeast):
        return motion(node, known).pace <= (Pace.STEPS if shown else Pace.RUNS)
    return all(_solved(each, known) for each in walk(node) if isinstance(each, Test))


def _solved(test: Test, known: Mapping[str, Motion]) -> bool:
    left = known.get(test.fact, _STILL)
    if isinstance(test.check, Compare):
        right = motion(test.check.bound, known)
        return _joined(left, _turned(right)).pace is not Pace.WILD
    return left.pace is not Pace.WILD


def motion(expression: Expression, known: Mapping[str, Motion]) -> Motion:
    """Return how the value of an expression moves."""
    match expression:
        case Now():
            return Motion(Pace.RUNS, 1, straight=True)
        case FactValue(name):
            return known.get(name, _STILL)
        case Negation(operand):
            return _turned(motion(operand, known))
        case Arithmetic(op, left, right):
            return _reckoned(op, motion(left, known), motion(right, known), (left, right))
        case Call(function, arguments):
            return _called(function, [motion(each, known) for each in arguments], arguments)
        case _:
            return _STILL


def _reckoned(op: str, left: Motion, right: Motion, parts: Iterable[Expression]) -> Motion:
    if op in ("*", "/"):
        return _stepping((left, right), most=Pace.STEPS)
    return _joined(left, right if op == "+" else _turned(right), bent=any(map(_bends, parts)))


def _called(function: str, moves: list[Motion], arguments: tuple[Expression, ...]) -> Motion:
    if function in _BY_DAY:
        return _stepping(moves, most=Pace.RUNS)
    if function == "whole":
        return _WILD if moves[1].pace > Pace.STEPS else _stepping(moves, most=Pace.RUNS)
    if function in _JOINED:
        return _together(moves)
    if function == "open_time_between":
        return _joined(_turned(moves[0]), moves[1], bent=True)
    if function == "add":
        return _joined(moves[0], moves[1], bent=_bends(arguments[1]))
    if function == "abs" and moves[0].pace is Pace.RUNS:
        return Motion(Pace.RUNS)
    return moves[0] if function == "fact" else _stepping(moves, most=Pace.STEPS)


def _bends(length: Expression) -> bool:
    """Return whether a running value with a duration added may run otherwise than the clock."""
    if isinstance(length, Constant) and isinstance(length.value, Duration):
        return length.value.unit not in (Unit.M, Unit.H)
    return isinstance(length, SettingValue) or length.kind is Kind.BUSINESS_DURATION


def _turned(move: Motion) -> Motion:
    return Motion(move.pace, -move.rise, move.straight)


def _stepping(moves: Iterable[Motion], most: Pace) -> Motion:
    """Return the motion of what moves in steps if no part of it is past the pace `most`."""
    pace = max((each.pace for each in moves), default=Pace.STILL)
    if pace > most:
        return _WILD
    return _STEPS if pace else _STILL


def _joined(left: Motion, right: Motion, *, bent: bool = False) -> Motion:
    """Return the motion of a sum."""
    pace = max(left.pace, right.pace)
    if left.pace is not Pace.RUNS or right.pace is not Pace.RUNS:
        runner = left if left.pace is pace else right
        return Motion(pace, runner.rise, runner.straight and not bent)
    if left.rise == right.rise != 0:
        return Motion(Pace.RUNS, left.rise)
    still = left.straight and right.straight and not bent
    return _STILL if still else _WILD


def _together(moves: list[Motion]) -> Motion:
    """Return the motion of the least or greatest of several values."""
    pace = max((each.pace for each in moves), default=Pace.STILL)
    runners = {each.rise for each in moves if each.pace is Pace.RUNS}
    if pace is not Pace.RUNS:
        return Motion(pace)
    if len(moves) == 1:
        return moves[0]
    rise = runners.pop()
    one = not runners and (rise or sum(each.pace is Pace.RUNS for each in moves) == 1)
    return Motion(Pace.RUNS, rise) if one else _WILD


def _derived(derivation: Derivation, known: Mapping[str, Motion]) -> Motion:
    match derivation:
        case Formula(expression):
            return motion(expression, known)
        case FirstOf(cases, otherwise):
            conditions = [condition for condition, _ in cases]
            values = [motion(value, known) for _, value in cases]
            return _either([*values, motion(otherwise, known)], _moves(conditions, known))
        case TruthOf(condition) | OverRecords(_, _, _, condition):
            return _STEPS if _moves([condition], known) else _STILL
        case TableOf(table):
            rows = [row.condition for row in table.rows]
            outputs = [each for row in table.rows for each in row.outputs.values()]
            moves = [motion(each, known) for each in (*outputs, *table.otherwise.values())]
            shown = _stepping(moves, most=Pace.STEPS)
            return _STEPS if shown is _STILL and _moves(rows, known) else shown
        case _:
            return _STILL


def _either(moves: list[Motion], moved: bool) -> Motion:
    """Return the motion of a value that is now one of several."""
    pace = max(each.pace for each in moves)
    if pace is not Pace.RUNS:
        return Motion(max(pace, Pace.STEPS) if moved else pace)
    rises = {each.rise for each in moves if each.pace is Pace.RUNS}
    return Motion(Pace.RUNS, rises.pop() if len(rises) == 1 else 0)


def _moves(conditions: Iterable[Condition], known: Mapping[str, Motion]) -> bool:
    """Return whether time alone may change one of the conditions."""
    return any(moves(each, known) for each in conditions)


def moves(node: Condition | Expression, known: Mapping[str, Motion]) -> bool:
    """Return whether time alone may change a condition or an expression, in any situation."""
    for each in walk(node):
        match each:
            case Now():
                return True
            case FactValue(name) | Test(name) if known.get(name, _STILL).pace:
                return True
            case _:
                pass
    return False
