"""Expressions in words: amounts, caps, starts of clocks."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from complaint_rules.calendar import Duration
from complaint_rules.conditions.tree import (
    Arithmetic,
    Call,
    Constant,
    Expression,
    FactValue,
    FieldValue,
    Negation,
    Now,
    SettingValue,
)
from complaint_rules.decision.answer.shown import shown
from complaint_rules.explanation.values import worded
from complaint_rules.facts import Fact, Kind
from complaint_rules.handbook.lengths import length
from complaint_rules.handbook.pen import Pen
from complaint_rules.money import Money

_SIGNS: Final = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_RANK: Final = {"+": 1, "-": 1, "*": 2, "/": 2}
_OF_ACTIONS: Final = ("done_at", "done_count")


def total(pen: Pen, expression: Expression) -> str:
    """
    Return an expression in words; a setting stands as its figure.

    Args:
        pen: The voice.
        expression: What is computed.
    """
    match expression:
        case Constant(value, kind):
            return constant(pen, value, kind)
        case FactValue(name):
            return pen.title("fact", name)
        case SettingValue(name, kind):
            return setting(pen, name, kind)
        case FieldValue(name):
            return pen.speaker.field(name)
        case Now():
            return pen.say("now")
        case Negation(operand):
            return f"−{_within(pen, operand, 3)}"
        case Arithmetic():
            return _arithmetic(pen, expression)
        case _:
            return _call(pen, expression)


def constant(pen: Pen, value: object, kind: Kind, name: str = "") -> str:
    """
    Return a value that never changes, in words.

    Args:
        pen: The voice.
        value: The value.
        kind: Its kind.
        name: The fact whose value it is, if any: its words may differ.
    """
    if isinstance(value, Duration):
        return length(pen, value)
    fact = pen.policy.facts.get(name) or Fact(name, kind)
    calendar = pen.policy.calendars[pen.policy.calendar]
    return worded(pen.speaker, shown(value, fact, calendar), fact)  # type: ignore[arg-type]


def setting(pen: Pen, name: str, kind: Kind) -> str:
    """Return the figure of a setting, in the ruleset's currency; its name where it has dates."""
    figures = pen.policy.settings[name].values
    if len({valid for valid, _ in figures}) > 1:
        return pen.title("setting", name)
    values = [value for _, value in figures]
    own = [v for v in values if isinstance(v, Money) and v.currency == pen.policy.currency]
    return constant(pen, (own or values)[0], kind)


def figure(pen: Pen, value: object, kind: Kind) -> str:
    """Return a figure; a broken number between 0 and 1 is a share, told as a percentage."""
    if isinstance(value, Decimal) and 0 < value < 1:
        return pen.percent(value)
    return constant(pen, value, kind)


def _arithmetic(pen: Pen, sum_: Arithmetic) -> str:
    rank = _RANK[sum_.op]
    left = _within(pen, sum_.left, rank)
    right = _within(pen, sum_.right, rank + (sum_.op in "-/"))
    return f"{left} {_SIGNS[sum_.op]} {right}"


def _within(pen: Pen, expression: Expression, rank: int) -> str:
    """Return a part of a sum, in brackets where it would else be read another way."""
    if isinstance(expression, Constant):
        return figure(pen, expression.value, expression.kind)
    told = total(pen, expression)
    weaker = isinstance(expression, Arithmetic) and _RANK[expression.op] < rank
    return f"({told})" if weaker else told


def _call(pen: Pen, call: Call) -> str:
    if call.function in _OF_ACTIONS:
        action = call.arguments[0]
        name = str(action.value) if isinstance(action, Constant) else ""
        return pen.say(f"call.{call.function}", item=pen.title("action", name))
    told = [total(pen, argument) for argument in call.arguments]
    items = pen.speaker.parts(*told)
    return pen.say(f"call.{call.function}", items=items, first=told[0], last=told[-1])
