"""Amounts of remedies: reckoned exactly, in the complaint's currency (semantics 27)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import attrs

from complaint_rules.conditions import unknown_facts
from complaint_rules.conditions.expressions import compute
from complaint_rules.conditions.inner import Amount, Scope
from complaint_rules.conditions.tree import Expression
from complaint_rules.decision.answer.shape import Notice
from complaint_rules.decision.gathering.asks import waiting_of_table
from complaint_rules.decision.gathering.scene import Scene
from complaint_rules.decision.seeing.tables import look_up
from complaint_rules.exactly import Exact
from complaint_rules.facts import Fact, Kind, Value
from complaint_rules.money import Money, round_half_up
from complaint_rules.policy import Remedy, TableOf

CURRENCY_MISMATCH: Final = "currency-mismatch"
NUMBER_TOO_LONG: Final = "number-too-long"
MOST_DIGITS: Final = 4_000
"""Digits an amount has at most before its point; their sums can still be written."""
_MOST: Final = 10**MOST_DIGITS

NOTHING: Final[frozenset[str]] = frozenset()
ZERO: Final = Decimal(0)


@attrs.frozen
class Reckoned:
    """
    What a formula of money comes to.

    Attributes:
        amount: Exact, not yet rounded; `None` where it is unknown.
        currency: Its currency; empty where it is unknown.
        waiting: Unknown facts it waits for, derived ones by their own names.
        rows: Rows of a table it comes from.
    """

    amount: Exact | None
    currency: str = ""
    waiting: frozenset[str] = NOTHING
    rows: tuple[str, ...] = ()


def amount_of(scene: Scene, remedy: Remedy, formula: Expression | TableOf) -> Reckoned:
    """Return what a remedy's amount comes to, whatever its currency."""
    if not isinstance(formula, TableOf):
        return Reckoned(*_reckoned(scene, formula, remedy.id))
    situation = scene.situation
    found = look_up(formula.table, formula.output, situation, Kind.MONEY)
    scene.notices.extend(Notice(code, remedy.id) for code in found.notices)
    waiting = NOTHING
    if found.value is None:
        waiting = waiting_of_table(formula, Fact(remedy.id, Kind.MONEY), situation)
    money = in_bounds(scene, found.value, remedy.id)
    if money is None:
        return Reckoned(None, waiting=waiting, rows=found.rows)
    return Reckoned(money.amount, money.currency, waiting, found.rows)


def _reckoned(
    scene: Scene, formula: Expression, about: str
) -> tuple[Exact | None, str, frozenset[str]]:
    """
    Return the amount an expression of money comes to, its currency, and what it waits for.

    What breaks it is noticed.
    """
    scope = scene.pricing
    if scope is None:
        scope = scene.pricing = Scope(scene.situation, notices=[])
    value = compute(formula, scope)
    codes = scope.notices
    if codes:
        scene.notices.extend([Notice(code, about) for code in codes])
        codes.clear()
    if value is None:
        return None, "", unknown_facts(formula, scene.situation)
    if type(value) is not Amount:
        return None, "", NOTHING
    amount, currency = value
    if type(amount) is not Decimal and abs(amount) >= _MOST:
        scene.notices.append(Notice(NUMBER_TOO_LONG, about))
        return None, "", NOTHING
    return amount, currency, NOTHING


def in_currency(
    scene: Scene, formula: Expression, about: str
) -> tuple[Exact | None, frozenset[str]]:
    """
    Return an amount in the complaint's currency, and the facts it waits for.

    An amount in another currency is unknown beside it, and noticed (semantics 27).

    Args:
        scene: The decision under way.
        formula: An amount, a cap, a cost, or the bound of an approval.
        about: The item it belongs to.
    """
    amount, currency, waiting = _reckoned(scene, formula, about)
    if amount is None or not _is_own(scene, amount, currency, about):
        return None, waiting
    return amount, waiting


def converted(scene: Scene, found: Reckoned, about: str) -> Exact | None:
    """Return an amount as a number of the complaint's currency; `None`, noticed, in another."""
    amount = found.amount
    if amount is None or not _is_own(scene, amount, found.currency, about):
        return None
    return amount


def _is_own(scene: Scene, amount: Exact, currency: str, about: str) -> bool:
    """Return whether an amount is in the complaint's currency, or nothing; else it is noticed."""
    if currency == scene.situation.currency or not amount:
        return True
    scene.notices.append(Notice(CURRENCY_MISMATCH, about))
    return False


def own(scene: Scene, value: Value | None, about: str) -> Exact | None:
    """Return money as a number of the complaint's currency; `None`, noticed, in another one."""
    if type(value) is not Money:
        return None
    amount, is_own = value.amount, value.currency == scene.situation.currency
    if is_own and type(amount) is Decimal and amount.adjusted() < MOST_DIGITS:
        return amount  # nearly always
    if in_bounds(scene, value, about) and _is_own(scene, amount, value.currency, about):
        return amount
    return None


def in_bounds(scene: Scene, value: Value | None, about: str) -> Money | None:
    """Return money that can be reckoned with and told; `None`, noticed, if too long."""
    if type(value) is not Money:
        return None
    amount = value.amount
    small = amount.adjusted() < MOST_DIGITS if isinstance(amount, Decimal) else abs(amount) < _MOST
    if small:
        return value
    scene.notices.append(Notice(NUMBER_TOO_LONG, about))
    return None


def rounded(scene: Scene, amount: Exact, currency: str) -> Money:
    """Return an amount as it is told: rounded once, half up, to the currency's decimals."""
    return Money(round_half_up(amount, scene.policy.decimals_of(currency)), currency)


def at_least_nothing(amount: Exact) -> Exact:
    """Return an amount, or nothing where it lies below that."""
    return ZERO if amount < 0 else amount
