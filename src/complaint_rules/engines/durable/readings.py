"""
What the network is told of a situation: one small value per field, nothing where it is unknown.

An absent field passes no test at all, whatever the operator; that is how unknown stays unknown.
Numbers are doubled units (see `numbers`), times seconds, levels ranks; set members, not-yet and
unknown are flags (semantics 37).
"""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from complaint_rules.conditions import truth
from complaint_rules.conditions.tree import Condition
from complaint_rules.engines.durable.numbers import MILLION, counted
from complaint_rules.errors import EngineError
from complaint_rules.facts import NOT_YET, Kind
from complaint_rules.money import Money

if TYPE_CHECKING:
    from complaint_rules.state import Situation

NAME: Final = "durable"
OTHER: Final = "\x01"
"""A word that no ruleset compares with: what is too long for the native code, or not yet."""
NEITHER: Final = 2
"""Neither yes (1) nor no (0)."""
LONGEST: Final = 60_000
"""Bytes of a text as it is written in JSON."""
UNITS: Final = {
    **dict.fromkeys((Kind.COUNT, Kind.NUMBER, Kind.MONEY), MILLION),
    **dict.fromkeys((Kind.DURATION, Kind.BUSINESS_DURATION, Kind.INSTANT, Kind.DATE), 1),
}
"""How many units one of a kind's values has."""

_NUMBERS: Final = (int, Decimal, Fraction)


def fits(text: str) -> bool:
    """Return whether the native code may see a text."""
    return len(text) <= LONGEST and len(json.dumps(text)) <= LONGEST


@attrs.frozen
class IsSaid:
    """1 where a fact is known, 0 where it is not."""

    fact: str

    def of(self, situation: Situation) -> int:
        """Return what is sent."""
        return int(situation.values.get(self.fact) is not None)


@attrs.frozen
class Waits:
    """1 where a known fact has not happened yet, 0 where it has."""

    fact: str

    def of(self, situation: Situation) -> int | None:
        """Return what is sent; `None` for nothing."""
        value = situation.values.get(self.fact)
        return None if value is None else int(value is NOT_YET)


@attrs.frozen
class Word:
    """
    A word; yes and no as 1 and 0.

    Attributes:
        fact: The fact.
        not_yet: What is sent for `NOT_YET`; `None` for nothing.
    """

    fact: str
    not_yet: str | int | None = None

    def of(self, situation: Situation) -> str | int | None:
        """Return what is sent; `None` for nothing."""
        value = situation.values.get(self.fact)
        if value is None:
            return None
        if value is NOT_YET:
            return self.not_yet
        if isinstance(value, bool):
            return int(value)
        if not isinstance(value, str):
            raise _strange(self.fact)
        return value if fits(value) else OTHER


@attrs.frozen
class Rank:
    """The place of a level in its order; a level that has none is sent as `NOT_YET` is."""

    fact: str
    values: tuple[str, ...]
    not_yet: int | None = None

    def of(self, situation: Situation) -> int | None:
        """Return what is sent; `None` for nothing."""
        value = situation.values.get(self.fact)
        if value is None:
            return None
        return 2 * self.values.index(value) if value in self.values else self.not_yet


@attrs.frozen
class Size:
    """
    A number, an amount, a duration, an instant or a date, in doubled units.

    Attributes:
        fact: The fact.
        kind: Its kind.
        currency: The currency amounts must have, those of 0 apart; empty for any.
        not_yet: What is sent for `NOT_YET`; `None` for nothing.
    """

    fact: str
    kind: Kind
    currency: str = ""
    not_yet: int | None = None

    def of(self, situation: Situation) -> int | None:
        """Return what is sent; `None` for nothing."""
        value = situation.values.get(self.fact)
        if value is None:
            return None
        if value is NOT_YET:
            return self.not_yet
        if isinstance(value, Money):
            if self.currency not in ("", value.currency) and value.amount:
                return None
            value = value.amount
        elif isinstance(value, datetime.date):
            value = value.toordinal()
        if not isinstance(value, _NUMBERS) or isinstance(value, bool):
            raise _strange(self.fact)
        return counted(value, UNITS[self.kind])


@attrs.frozen
class HasMember:
    """1 where a known set holds a member, 0 where it does not."""

    fact: str
    member: str

    def of(self, situation: Situation) -> int | None:
        """Return what is sent; `None` for nothing."""
        value = situation.values.get(self.fact)
        return int(self.member in value) if isinstance(value, frozenset) else None


@attrs.frozen
class Members:
    """How many members a known set has, in doubled units."""

    fact: str

    def of(self, situation: Situation) -> int | None:
        """Return what is sent; `None` for nothing."""
        value = situation.values.get(self.fact)
        return counted(len(value), MILLION) if isinstance(value, frozenset) else None


@attrs.frozen
class Hidden:
    """The truth of a part that is computed first (semantics 35): 1, 0, or nothing."""

    condition: Condition

    def of(self, situation: Situation) -> int | None:
        """Return what is sent; `None` for nothing."""
        found = truth(self.condition, situation)
        return None if found is None else int(found)


Reading: TypeAlias = IsSaid | Waits | Word | Rank | Size | HasMember | Members | Hidden


def _strange(fact: str) -> EngineError:
    return EngineError(f"the value of `{fact}` is not of its kind", engine=NAME)
