"""Amounts of remedies: reckoned exactly, in the complaint's currency (semantics 27)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from complaint_rules.conditions import unknown_facts
from complaint_rules.conditions.tree import Expression
from complaint_rules.decision.asks import waiting_of_table
from complaint_rules.decision.scene import Scene
from complaint_rules.decision.shape import Notice
from complaint_rules.decision.tables import look_up
from complaint_rules.facts import Fact, Kind, Value
from complaint_rules.money import Money, round_half_up
from complaint_rules.policy import Remedy, TableOf

CURRENCY_MISMATCH: Final = "currency-mismatch"
NUMBER_TOO_LONG: Final = "number-too-long"
MOST_DIGITS: Final = 4_000
"""Digits an amount has at most before its point; their sums can still be written."""
_MOST: Final = 10**MOST_DIGITS

NOTHING: Final[frozenset[str]] = frozenset()
ZERO: Final = Fraction(0)


@attrs.frozen
class Amount:
    """
    What a formula of money comes to.

    Attributes:
        money: Exact, not yet rounded; `None` where it is unknown.
        waiting: Unknown facts it waits for, derived ones by their own names.
        rows: Rows of a table it comes from.
    """

    money: Money | None
    waiting: frozenset[str] = NOTHING
    rows: tuple[str, ...] = ()


def amount_of(scene: Scene, remedy: Remedy, formula: Expression | TableOf) -> Amount:
    """Return what a remedy's amount comes to, whatever its currency."""
    situation = scene.situation
    if not isinstance(formula, TableOf):
        value = scene.value(formula, remedy.id)
        waiting = NOTHING if value is not None else unknown_facts(formula, situation)
        return Amount(in_bounds(scene, value, remedy.id), waiting)
    found = look_up(formula.table, formula.output, situation, Kind.MONEY)
    scene.notices.extend(Notice(code, remedy.id) for code in found.notices)
    waiting = NOTHING
    if found.value is None:
        waiting = waiting_of_table(formula, Fact(remedy.id, Kind.MONEY), situation)
    return Amount(in_bounds(scene, found.value, remedy.id), waiting, found.rows)


def in_currency(
    scene: Scene, formula: Expression, about: str
) -> tuple[Fraction | None, frozenset[str]]:
    """
    Return an amount in the complaint's currency, and the facts it waits for.

    An amount in another currency is unknown beside it, and noticed (semantics 27).

    Args:
        scene: The decision under way.
        formula: A cap, a cost, or the bound of an approval.
        about: The item it belongs to.
    """
    value = scene.value(formula, about)
    waiting = NOTHING if value is not None else unknown_facts(formula, scene.situation)
    return own(scene, value, about), waiting


def own(scene: Scene, value: Value | None, about: str) -> Fraction | None:
    """Return money as a number of the complaint's currency; `None`, noticed, in another one."""
    money = in_bounds(scene, value, about)
    if money is None:
        return None
    if money.currency != scene.situation.currency and money.amount:
        scene.notices.append(Notice(CURRENCY_MISMATCH, about))
        return None
    return Fraction(money.amount)


def in_bounds(scene: Scene, value: Value | None, about: str) -> Money | None:
    """Return money that can be reckoned with and told; `None`, noticed, if too long."""
    if not isinstance(value, Money):
        return None
    amount = value.amount
    small = amount.adjusted() < MOST_DIGITS if isinstance(amount, Decimal) else abs(amount) < _MOST
    if small:
        return value
    scene.notices.append(Notice(NUMBER_TOO_LONG, about))
    return None


def rounded(scene: Scene, amount: Fraction, currency: str) -> Money:
    """Return an amount as it is told: rounded once, half up, to the currency's decimals."""
    return Money(round_half_up(amount, scene.policy.decimals_of(currency)), currency)


def at_least_nothing(amount: Fraction) -> Fraction:
    """Return an amount, or nothing where it lies below that."""
    return ZERO if amount.numerator < 0 else amount
