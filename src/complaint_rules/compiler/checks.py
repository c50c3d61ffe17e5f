"""One member of a test as checks on one fact's value; and the checks that hold where it fails."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from complaint_rules.compiler.expressions import build, word_value
from complaint_rules.compiler.kinds import CALLED, WRITTEN, Typed, comparable
from complaint_rules.compiler.ranges import is_empty
from complaint_rules.compiler.scope import NUMBERS, Scope
from complaint_rules.compiler.values import bound_value, is_zero
from complaint_rules.conditions.tree import (
    Among,
    Check,
    Compare,
    Constant,
    Contains,
    HasHappened,
    IsKnown,
    Within,
)
from complaint_rules.facts import NOT_YET, Fact, Kind, Value
from complaint_rules.grammar import tree as syntax
from complaint_rules.money import Money

if TYPE_CHECKING:
    from complaint_rules.compiler.site import Site
    from complaint_rules.source import Span

Tested: TypeAlias = tuple[Check, ...]
"""Checks that hold together."""

ORDERED: Final = frozenset(
    {
        *NUMBERS,
        Kind.MONEY,
        Kind.DURATION,
        Kind.BUSINESS_DURATION,
        Kind.INSTANT,
        Kind.DATE,
        Kind.LEVEL,
    }
)
_TURNED: Final = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def member_check(site: Site, scope: Scope, fact: Fact, member: syntax.Member) -> Tested | None:
    """
    Return the checks that one member of a test means; None after its faults were reported.

    Args:
        site: The scalar it stands in.
        scope: What names mean.
        fact: What is tested.
        member: The member as written.
    """
    match member:
        case syntax.KnownTest(word):
            return _known(site, fact, member, word)
        case syntax.Equal(value):
            return _compared(site, scope, fact, "=", value)
        case syntax.Compare(op, bound):
            if op in ("=", "!=") or _ordered(site, fact, member):
                return _compared(site, scope, fact, op, bound)
            return None
        case _:
            return _interval(site, scope, fact, member) if _ordered(site, fact, member) else None


def complement(tested: Tested) -> Tested:
    """Return checks of which one holds just where `tested` fails, `not_yet` failing both."""
    return tuple(turned for check in tested for turned in _turned(check))


def _turned(check: Check) -> Tested:
    match check:
        case Among(values, negated):
            return (Among(values, not negated),)
        case Within(low, low_closed, high, high_closed):
            below = () if low is None else (Within(high=low, high_closed=not low_closed),)
            above = () if high is None else (Within(low=high, low_closed=not high_closed),)
            return (*below, *above)
        case Compare(op, bound):
            return (Compare(_TURNED[op], bound),)
        case IsKnown(known):
            return (IsKnown(not known),)
        case HasHappened(happened):
            return (HasHappened(not happened),)
        case _:
            assert isinstance(check, Contains), "no member of a test counts"  # noqa: S101
            return (Contains("none" if check.how == "any" else "any", check.values),)


def _known(site: Site, fact: Fact, member: syntax.KnownTest, word: str) -> Tested | None:
    if word in ("known", "unknown"):
        return (IsKnown(word == "known"),)
    if fact.kind is Kind.INSTANT:
        return (HasHappened(word == "happened"),)
    at = site.inner(member.start, member.end)
    message = f"tests whether `{fact.name}`, {CALLED[fact.kind]}, has happened"
    site.error("wrong-kind", message, "only instants happen; test `known` or a value", at=at)
    return None


def _ordered(site: Site, fact: Fact, member: syntax.Member) -> bool:
    if fact.kind in ORDERED:
        return True
    site.error(
        "wrong-kind",
        f"asks for more or less of `{fact.name}`, which is {CALLED[fact.kind]}",
        "only levels, numbers, amounts and times have an order; list the values that are meant",
        at=site.inner(member.start, member.end),
    )
    return False


def _compared(
    site: Site, scope: Scope, fact: Fact, op: str, operand: syntax.Expression
) -> Tested | None:
    typed = _operand(site, scope, fact, operand)
    return None if typed is None else (_check(op, typed, fact, scope),)


def _operand(site: Site, scope: Scope, fact: Fact, operand: syntax.Expression) -> Typed | None:
    """Return the bound of a comparison, if it can be compared with the fact's values."""
    at = site.inner(operand.start, operand.end)
    if isinstance(operand, syntax.Word | syntax.TextLiteral) and (fact.values or _words(fact)):
        word = operand.text if isinstance(operand, syntax.Word) else operand.value
        if fact.kind is Kind.TEXT:
            return Typed(Constant(word, Kind.TEXT), Kind.TEXT)
        if word in fact.values:
            return word_value(word, fact)
        site.unknown("unknown-value", word, fact.values, verb=f"tests `{fact.name}` for", at=at)
        return None
    typed = build(site, scope, operand)
    if typed is None or _may_be_compared(typed, fact):
        return _fixed(site, typed, at)
    site.error(
        "wrong-kind",
        f"tests `{fact.name}`, {CALLED[fact.kind]}, against {CALLED[typed.kind]}",
        WRITTEN[fact.kind],
        f"{CALLED[typed.kind]}",
        at,
    )
    return None


def _words(fact: Fact) -> bool:
    return fact.kind in (Kind.TEXT, Kind.CHOICE, Kind.LEVEL, Kind.SET)


def _may_be_compared(typed: Typed, fact: Fact) -> bool:
    if fact.kind is Kind.SET and typed.kind in (Kind.CHOICE, Kind.TEXT):
        return True
    return comparable(typed, fact)


def _fixed(site: Site, typed: Typed | None, at: Span) -> Typed | None:
    """Refuse a constant of which no check can be made: a month, or `not_yet` as a bound."""
    constant = None if typed is None else typed.constant
    if constant is None or bound_value(constant) is not None:
        if constant is None or constant.value is not NOT_YET:
            return typed
        site.error(
            "wrong-kind", "compares with `not_yet`", "test `not_yet` or `happened` alone", at=at
        )
        return None
    site.error(
        "bad-duration",
        "compares with a length of time that differs from month to month or day to day",
        "write m, h, d or w, or for open time bm or bh",
        at=at,
    )
    return None


def _check(op: str, typed: Typed, fact: Fact, scope: Scope) -> Check:
    """Return a comparison with a constant as a set of values or a range; else as it is."""
    constant = typed.constant
    if constant is None or {typed.kind, fact.kind} == {Kind.INSTANT, Kind.DATE}:
        return Compare(op, typed.expression)
    if fact.kind is Kind.SET and isinstance(constant.value, frozenset):
        return Contains("any" if op == "=" else "none", constant.value)
    value = _value(constant, fact, scope)
    if op in ("=", "!="):
        return Among(frozenset({value}), negated=op == "!=")
    if op in (">", ">="):
        return Within(low=value, low_closed=op == ">=")
    return Within(high=value, high_closed=op == "<=")


def _value(constant: Constant, fact: Fact, scope: Scope) -> Value:
    value = bound_value(constant)
    assert value is not None, "bounds without a value were refused"  # noqa: S101
    if fact.kind is Kind.MONEY and is_zero(constant):
        return Money(Decimal(0), scope.currency)
    return value


def _interval(site: Site, scope: Scope, fact: Fact, member: syntax.Interval) -> Tested | None:
    low = _operand(site, scope, fact, member.low)
    high = _operand(site, scope, fact, member.high)
    if low is None or high is None:
        return None
    first = _check(">=" if member.low_closed else ">", low, fact, scope)
    last = _check("<=" if member.high_closed else "<", high, fact, scope)
    if not (isinstance(first, Within) and isinstance(last, Within)):
        return (first, last)
    whole = Within(first.low, first.low_closed, last.high, last.high_closed)
    if is_empty(whole, fact):
        site.error(
            "impossible-interval",
            f"tests `{fact.name}` for an interval that nothing lies in",
            "write the lower end first; where both ends are equal, close both",
            at=site.inner(member.start, member.end),
        )
    return (whole,)
