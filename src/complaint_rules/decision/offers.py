"""Voluntary remedies: who is eligible, and for how much before the room is cut (semantics 29)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import attrs

from complaint_rules.conditions.tree import Expression
from complaint_rules.decision.agenda import Screened
from complaint_rules.decision.amounts import (
    ZERO,
    amount_of,
    at_least_nothing,
    converted,
    in_currency,
)
from complaint_rules.decision.prepared import TOTAL
from complaint_rules.decision.scene import Scene
from complaint_rules.decision.shape import Withheld
from complaint_rules.exactly import Exact
from complaint_rules.money import round_down
from complaint_rules.policy import Remedy, Rule

GOODWILL: Final = "goodwill"
"""The group whose remedies come after the fix and are listed apart."""


@attrs.frozen
class Offer:
    """
    A remedy that may be offered, as far as the remedy itself and rules say.

    Attributes:
        remedy: The remedy.
        amount: Exact, after its caps; `None` where it costs no money.
        cap: The smallest of its caps, rounded down; `None` where there is none.
        fits: Whether it answers the customer's demand; `None` where the demand is unknown.
        cost: What it costs, for the rank; `None` where that is unknown.
        rules: What has a say in its amount.
    """

    remedy: Remedy
    amount: Exact | None
    cap: Decimal | None
    fits: bool | None
    cost: Exact | None
    rules: tuple[str, ...]

    @property
    def rank(self) -> tuple[bool, bool, Exact, str]:
        """What fits the demand first, then what costs least, then by id (semantics 31)."""
        unknown = self.cost is None
        return (self.fits is not True, unknown, self.cost or ZERO, self.remedy.id)


@attrs.frozen
class _Cap:
    """The smallest of several caps, what the unknown ones wait for, and the rules that set it."""

    amount: Decimal | None = None
    unknown: bool = False
    waiting: frozenset[str] = frozenset()
    rules: tuple[str, ...] = ()


_NO_CAP: Final = _Cap()


def offers(scene: Scene) -> tuple[list[Offer], list[Withheld]]:
    """Return the voluntary remedies that pass all tests of their own, and those that do not yet."""
    passed: list[Offer] = []
    withheld: list[Withheld] = []
    for remedy, known, hangs in _screening(scene):
        if hangs and not scene.valid(remedy):
            continue
        refused = _screened(scene, remedy) if hangs else known
        found = _priced(scene, remedy) if refused is None else refused
        if isinstance(found, Offer):
            passed.append(found)
        elif found is not _ABSENT:
            withheld.append(found)
    return passed, withheld


_ABSENT: Final = Withheld("", "", (), ())
_MOST_KEPT: Final = 64


def _screening(scene: Scene) -> Screened:
    """Return the voluntary remedies there may be; what follows from the match alone is kept."""
    match, bits = scene.match, scene.prepared.offer_bits
    kept, key = scene.agenda.screened, (match.true & bits, match.unknown & bits)
    known = kept.get(key)
    if known is None:
        known = tuple(_screenings(scene, key[0] | key[1]))
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[key] = known
    return known


def _screenings(scene: Scene, possible: int) -> Iterator[tuple[Remedy, Withheld | None, bool]]:
    for remedy in scene.prepared.voluntary:
        if not possible >> remedy.when & 1:
            continue
        if _hangs(scene, remedy):
            yield remedy, None, True
        else:
            yield remedy, _screened(scene, remedy), False


def _hangs(scene: Scene, remedy: Remedy) -> bool:
    """Return whether more than the match says why a remedy is not reckoned: facts, or the day."""
    if scene.holds(remedy.when) is None or remedy.id in scene.combined.withhold_maybe:
        return True
    group = scene.policy.groups[remedy.group] if remedy.group else None
    if remedy.valid is not None or group is None:
        return remedy.valid is not None
    return group.valid is not None or scene.holds(group.opens) is None


def _screened(scene: Scene, remedy: Remedy) -> Withheld | None:
    """Return why a remedy is not even reckoned; `None` where it is (semantics 9, 22, 30)."""
    if scene.holds(remedy.when) is None:
        return _waiting(remedy, scene.wait_for(remedy.id, remedy.when))
    rules = scene.combined.withhold.get(remedy.id, ())
    if rules:
        return Withheld(remedy.id, "rule", (), rules)
    waiting = scene.combined.withhold_maybe.get(remedy.id, ())
    if waiting:
        return _withheld_maybe(scene, remedy, waiting)
    return _grouped(scene, remedy) if remedy.group else None


def _withheld_maybe(scene: Scene, remedy: Remedy, rules: tuple[Rule, ...]) -> Withheld:
    facts: set[str] = set()
    for rule in rules:
        facts.update(scene.wait_for(remedy.id, rule.when))
    ids = tuple(rule.id for rule in rules)
    return Withheld(remedy.id, "waiting", tuple(sorted(facts)), ids)


def _grouped(scene: Scene, remedy: Remedy) -> Withheld | None:
    group = scene.policy.groups[remedy.group]
    if not scene.valid(group):
        return _ABSENT
    held = scene.holds(group.opens)
    if held is None:
        return _waiting(remedy, scene.wait_for(remedy.id, group.opens))
    return None if held else Withheld(remedy.id, "later", (), (remedy.id,))


def _waiting(remedy: Remedy, facts: tuple[str, ...]) -> Withheld:
    return Withheld(remedy.id, "waiting", facts, (remedy.id,))


# -------------------------------------------------------------------- amounts


def _priced(scene: Scene, remedy: Remedy) -> Offer | Withheld:
    """Return a remedy with its amount after its own and all rules' caps."""
    scene.priced.add(remedy.id)
    if remedy.amount is None:
        return _offer(scene, remedy, None, _NO_CAP, ())
    found = amount_of(scene, remedy, remedy.amount)
    amount = converted(scene, found, remedy.id)
    if amount is None:
        return _waiting(remedy, scene.wait(remedy.id, found.waiting))
    cap = _cap_of(scene, remedy)
    if cap.unknown:
        return _waiting(remedy, scene.wait(remedy.id, cap.waiting))
    if cap.amount is not None:
        amount = min(amount, cap.amount)
    return _offer(scene, remedy, at_least_nothing(amount), cap, found.rows)


def _offer(
    scene: Scene, remedy: Remedy, amount: Exact | None, cap: _Cap, rows: tuple[str, ...]
) -> Offer:
    return Offer(
        remedy,
        amount,
        cap.amount,
        _fits(scene, remedy),
        _cost(scene, remedy, amount),
        tuple(sorted({remedy.id, *rows, *cap.rules})),
    )


def _fits(scene: Scene, remedy: Remedy) -> bool | None:
    kinds = scene.situation.values.get("demand.kinds")
    if not isinstance(kinds, frozenset):
        return None
    return remedy.id in kinds or not kinds.isdisjoint(remedy.fits)


def _cost(scene: Scene, remedy: Remedy, amount: Exact | None) -> Exact | None:
    if remedy.cost is None:
        return amount or ZERO
    return in_currency(scene, remedy.cost, remedy.id)[0]


def _cap_of(scene: Scene, remedy: Remedy) -> _Cap:
    """
    Return the smallest of a remedy's own cap, its group's, and those of true rules.

    The rules' names are the remedy, its group and ``total``. An unknown cap leaves the amount
    unbounded, so the remedy waits.
    """
    caps = _caps(scene, remedy)
    if not caps:
        return _NO_CAP
    decimals = scene.policy.decimals_of(scene.situation.currency)
    smallest: Decimal | None = None
    rules: set[str] = set()
    waiting: frozenset[str] = frozenset()
    unknown = False
    for rule, cap in caps:
        value, facts = in_currency(scene, cap, rule or remedy.id)
        if value is None:
            unknown, waiting = True, waiting | facts
            continue
        bound = round_down(at_least_nothing(value), decimals)
        if smallest is None or bound < smallest:
            smallest, rules = bound, set()
        if rule and bound == smallest:
            rules.add(rule)
    return _Cap(smallest, unknown, waiting, tuple(sorted(rules)))


def _caps(scene: Scene, remedy: Remedy) -> list[tuple[str, Expression]]:
    """Return all caps of a remedy with the rule that sets each, empty for those of items."""
    own = (remedy.cap, scene.policy.groups[remedy.group].cap if remedy.group else None)
    found = [("", cap) for cap in own if cap is not None]
    for name in (remedy.id, remedy.group, TOTAL):
        found.extend(scene.combined.caps.get(name, ()) if name else ())
    return found


def total_cap(scene: Scene) -> Exact | None:
    """Return the smallest cap of true rules on everything voluntary, if one is known."""
    caps = scene.combined.caps.get(TOTAL, ())
    known = [v for rule, cap in caps if (v := in_currency(scene, cap, rule)[0]) is not None]
    decimals = scene.policy.decimals_of(scene.situation.currency)
    return round_down(at_least_nothing(min(known)), decimals) if known else None
