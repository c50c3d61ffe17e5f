"""Values worth giving a fact: at the boundaries of a policy's tests, beside and beyond them."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from complaint_rules.conditions import check_value
from complaint_rules.conditions.tree import Check
from complaint_rules.decision.seeing.plan import plan_of
from complaint_rules.facts import NOT_YET, Fact, Kind, Value
from complaint_rules.money import Money
from complaint_rules.policy import Policy
from complaint_rules.state import Situation
from complaint_rules.testing.turns import lengths, turns

_DAY: Final = 86_400
_STEPS: Final = (0, 1, 60, 3_600, _DAY, 7 * _DAY, 40 * _DAY, 400 * _DAY)
_ENDS: Final = (0, 1, 10, 100, 1000)
_AHEAD: Final = frozenset({"due", "expected", "until"})
_WORDS: Final = ("en", "hu", "ایران")


class Values:
    """
    Values for the facts of one policy at one instant.

    Attributes:
        policy: The policy.
        at: The instant; whole seconds since 1970-01-01T00:00:00Z.
        waits: Lengths of time the policy knows, and a second beside each; seconds, ascending.
    """

    def __init__(self, policy: Policy, at: int) -> None:
        self.policy, self.at = policy, at
        near = {each + side for each in (*lengths(policy), *_STEPS) for side in (-1, 0, 1)}
        self.waits = tuple(each for each in sorted(near) if each >= 0)
        self._situation = nothing_known(policy, at)
        self._near: dict[str, tuple[Value, ...]] = {}

    def near(self, name: str, fact: Fact) -> tuple[Value, ...]:
        """Return values of a fact that are worth trying; none for records."""
        known = self._near.get(name)
        if known is None:
            found = self._candidates(name, fact)
            known = self._near[name] = tuple(dict.fromkeys(found))
        return known

    def passing(self, name: str, fact: Fact, check: Check, *, holds: bool) -> tuple[Value, ...]:
        """Return those of them that pass a check, or fail it; all where nobody can say."""
        every = self.near(name, fact)
        told = [(each, check_value(check, each, fact, self._situation)) for each in every]
        if all(truth is None for _, truth in told):
            return every
        return tuple(each for each, truth in told if truth is holds)

    def _candidates(self, name: str, fact: Fact) -> Iterable[Value]:
        marks = turns(self.policy).get(name, ())
        match fact.kind:
            case Kind.YES_NO:
                return (True, False)
            case Kind.CHOICE | Kind.LEVEL:
                return fact.values
            case Kind.SET:
                return _sets(fact.values, marks)
            case Kind.TEXT:
                return [*(each for each in marks if isinstance(each, str)), *_WORDS]
            case Kind.INSTANT:
                return self._instants(name)
            case Kind.DATE:
                days = [_day(self.at - wait) for wait in self.waits]
                return [*(each for each in marks if isinstance(each, datetime.date)), *days]
            case Kind.RECORD | Kind.RECORDS:
                return ()
            case _:
                return self._numbers(marks, fact.kind)

    def _instants(self, name: str) -> list[Value]:
        found: list[Value] = [NOT_YET, *(self.at - wait for wait in self.waits)]
        if name not in plan_of(self.policy).happenings and name.rpartition(".")[2] in _AHEAD:
            found += [self.at + wait for wait in self.waits]
        return found

    def _numbers(self, marks: Iterable[Value], kind: Kind) -> list[Value]:
        code = self.policy.currency
        cent = Decimal(1).scaleb(-self.policy.decimals_of(code))
        step = {Kind.MONEY: cent, Kind.NUMBER: Decimal("0.1")}.get(kind, Decimal(1))
        found = {Decimal(each) for each in _ENDS}
        for mark in [each for each in map(number, marks) if each is not None]:
            found |= {mark - step, mark, mark + step}
        make: Callable[[Decimal], Value] = {
            Kind.MONEY: lambda each: Money(each, code),
            Kind.NUMBER: lambda each: each,
        }.get(kind, int)
        low = None if kind is Kind.NUMBER else 0
        return [make(each) for each in sorted(found) if low is None or each >= low]


def nothing_known(policy: Policy, at: int) -> Situation:
    """Return a complaint of which nothing is known, for checks that name settings."""
    settings = {name: each.values[0][1] for name, each in policy.settings.items()}
    return Situation(
        values={},
        now=at,
        calendar=policy.calendars[policy.calendar],
        event_date=_day(at),
        settings=settings,  # type: ignore[arg-type] # a setting's value is a fact's
        done=(),
        round_start=at,
        currency=policy.currency,
    )


def _day(at: int) -> datetime.date:
    return datetime.datetime.fromtimestamp(at, datetime.UTC).date()


def _sets(values: tuple[str, ...], marks: Iterable[Value]) -> list[Value]:
    named = [each for each in marks if isinstance(each, str) and each in values]
    words = list(dict.fromkeys((*named, *values)))
    found: list[Value] = [frozenset(), *(frozenset({each}) for each in words)]
    found += [frozenset(pair) for pair in itertools.pairwise(words)]
    found += [frozenset(words[:size]) for size in range(3, len(words) + 1)]
    return found


def number(value: object) -> Decimal | None:
    """Return a number, an amount or a length of time as a number; `None` for anything else."""
    if isinstance(value, Money):
        value = value.amount
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        return None
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(value)


def plain(value: Value, kind: Kind) -> Any:
    """Return a value of a fact as a host gives it: JSON's own types only."""
    match value:
        case bool() | str():
            return value
        case frozenset():
            return sorted(value)
        case Money(amount, currency):
            return {"amount": f"{amount:f}", "currency": currency}
        case datetime.date():
            return value.isoformat()
        case _ if value is NOT_YET:
            return "not_yet"
        case int() if kind is Kind.INSTANT:
            return told(value)
        case int() if kind is Kind.DURATION:
            return f"{value} s"
        case int() if kind is Kind.BUSINESS_DURATION:
            return f"{value // 60} bm"
        case Decimal():
            return f"{value:f}"
        case _:
            return value


def told(at: int) -> str:
    """Return an instant (whole seconds since 1970-01-01T00:00:00Z) as a host gives it, in UTC."""
    return datetime.datetime.fromtimestamp(at, datetime.UTC).isoformat()
