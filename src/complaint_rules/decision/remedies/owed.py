"""What is owed, and the room it leaves for what is given freely (semantics 28, 29)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import attrs

from complaint_rules.decision.answer.shape import Owed, Withheld
from complaint_rules.decision.gathering.scene import Scene
from complaint_rules.decision.remedies.amounts import (
    amount_of,
    at_least_nothing,
    in_bounds,
    own,
    rounded,
)
from complaint_rules.decision.timing.dues import resolve
from complaint_rules.exactly import minus, times
from complaint_rules.money import Money, round_down
from complaint_rules.policy import Remedy

ENTITLEMENT: Final = "entitlement"
"""Id of the owed line, and of its reason, that a given entitlement makes."""
_KINDS: Final = "entitlement.kinds"
_AMOUNT: Final = "entitlement.amount"
ROOM_SHARE: Final = Decimal("1.5")
"""The share of `amount_paid` that all that is not statutory stays within."""


_WAITING: Final = {
    (False, False): frozenset[str](),
    (True, False): frozenset({"amount_paid"}),
    (False, True): frozenset({"voluntary_given"}),
    (True, True): frozenset({"amount_paid", "voluntary_given"}),
}
"""What the room waits for, by whether `amount_paid` and `voluntary_given` are missing."""


@attrs.frozen
class Room:
    """
    What may still be given voluntarily.

    Attributes:
        left: The amount, rounded down to the currency's decimals; `None` where it is unknown.
        waiting: Unknown facts it waits for.
    """

    left: Decimal | None
    waiting: frozenset[str]


@attrs.frozen
class OwedLines:
    """
    Everything owed.

    Attributes:
        lines: By remedy id.
        withheld: Owed remedies of which it is not known yet whether they are owed.
        counted: What counts against the room: amounts, `None` where one is unknown.
        waiting: What the unknown amounts among them wait for.
    """

    lines: tuple[Owed, ...]
    withheld: tuple[Withheld, ...]
    counted: tuple[Money | None, ...]
    waiting: frozenset[str]


_NOTHING_OWED: Final = OwedLines((), (), (), frozenset())


def owed_lines(scene: Scene) -> OwedLines:
    """Return what is owed: by the ruleset's remedies, and by the given entitlement."""
    possible = (scene.match.true | scene.match.unknown) & scene.prepared.owed_bits
    entitled = _entitlement(scene)
    if not possible and entitled is None:
        return _NOTHING_OWED
    lines: list[Owed] = []
    withheld: list[Withheld] = []
    counted: list[Money | None] = []
    waiting: set[str] = set()
    for remedy in scene.prepared.owed:
        if not possible >> remedy.when & 1 or not scene.valid(remedy):
            continue
        held, facts = _holds(scene, remedy)
        if held is None:
            withheld.append(Withheld(remedy.id, "waiting", facts, (remedy.id,)))
        line = _line(scene, remedy) if held else None
        if line is None:
            continue
        lines.append(line)
        if not remedy.statutory and remedy.amount is not None:
            counted.append(line.amount)
            waiting.update(line.waiting_for)
    if entitled is not None:
        lines.append(entitled)
        if not _statutory(scene) and (entitled.amount is not None or entitled.waiting_for):
            counted.append(entitled.amount)
            waiting.update(entitled.waiting_for)
    lines.sort(key=lambda line: line.remedy)
    return OwedLines(tuple(lines), tuple(withheld), tuple(counted), frozenset(waiting))


def _holds(scene: Scene, remedy: Remedy) -> tuple[bool | None, tuple[str, ...]]:
    """Return whether a remedy is owed, and the facts that keep this unknown."""
    held = scene.holds(remedy.when)
    if held is None:
        return None, scene.wait_for(remedy.id, remedy.when)
    if not held or not remedy.voucher:
        return held, ()
    accepted = scene.situation.values.get("accepted")
    if not isinstance(accepted, frozenset):
        return None, scene.wait(remedy.id, {"accepted"})
    return bool(accepted & {remedy.id, *remedy.fits}), ()


def _line(scene: Scene, remedy: Remedy) -> Owed | None:
    """Return what a remedy owes; `None` where that comes to nothing."""
    scene.priced.add(remedy.id)
    due = resolve(scene.situation, scene.clocks, remedy.due, remedy.id)
    scene.seeds.extend(due.seeds(remedy.id))
    scene.notices.extend(due.notices)
    scene.show(due)
    if remedy.amount is None:
        return Owed(remedy.id, None, due.due, (), (remedy.id,))
    amount = amount_of(scene, remedy, remedy.amount)
    rules = tuple(sorted({remedy.id, *amount.rows}))
    if amount.amount is None:
        waiting = scene.wait(remedy.id, amount.waiting)
        return Owed(remedy.id, None, due.due, waiting, rules)
    told = rounded(scene, amount.amount, amount.currency)
    return Owed(remedy.id, told, due.due, (), rules) if told.amount > 0 else None


def _entitlement(scene: Scene) -> Owed | None:
    """Return the line of the given entitlement; `None` where it names neither kind nor amount."""
    values = scene.situation.values
    amount, kinds = values.get(_AMOUNT), values.get(_KINDS)
    money = None if amount is None else in_bounds(scene, amount, ENTITLEMENT)
    if money is not None and money.amount:
        told = rounded(scene, money.amount, money.currency)
        return Owed(ENTITLEMENT, told, None, (), (ENTITLEMENT,))
    if not kinds or not isinstance(kinds, frozenset):
        return None
    waiting: tuple[str, ...] = ()
    if amount is None and kinds & scene.prepared.paid:
        waiting = scene.wait(ENTITLEMENT, {_AMOUNT})
    return Owed(ENTITLEMENT, None, None, waiting, (ENTITLEMENT,))


def _statutory(scene: Scene) -> bool:
    """Return whether a given entitlement is statutory: all it names is, in the ruleset."""
    kinds = scene.situation.values.get(_KINDS)
    return isinstance(kinds, frozenset) and bool(kinds) and kinds <= scene.prepared.statutory


def room(scene: Scene, owed: OwedLines) -> Room:
    """
    Return what may still be given voluntarily.

    It is 150 % of `amount_paid`, less what is owed but not by statute, less `voluntary_given`,
    and at least 0 (semantics 29).
    """
    values = scene.situation.values
    paid, given = values.get("amount_paid"), values.get("voluntary_given")
    bound, used = own(scene, paid, "amount_paid"), own(scene, given, "voluntary_given")
    left = None
    if bound is not None and used is not None:
        left = minus(times(ROOM_SHARE, bound), used)
    for money in owed.counted:
        part = own(scene, money, "room")
        left = None if left is None or part is None else minus(left, part)
    if left is None:
        return Room(None, _WAITING[paid is None, given is None] | owed.waiting)
    decimals = scene.policy.decimals_of(scene.situation.currency)
    return Room(round_down(at_least_nothing(left), decimals), frozenset())
