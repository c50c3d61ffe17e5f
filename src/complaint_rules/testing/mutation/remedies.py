"""Mutants of remedies: amounts, caps, approval, groups, marks."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from complaint_rules.policy import Policy, Remedy
from complaint_rules.testing.mutation.board import Board, Seen
from complaint_rules.testing.mutation.items import doubled_dues
from complaint_rules.testing.mutation.mutant import Mutant, with_parts
from complaint_rules.testing.mutation.reckoned import a_cent_more, changed, halved
from complaint_rules.testing.mutation.wishes import Wishes, for_remedy


def of_remedies(policy: Policy) -> Iterator[Mutant]:
    """Yield every mutant of a remedy that is not in its condition."""
    for remedy in policy.remedies.values():
        goals = (for_remedy(policy, remedy),)
        for kind, told, other in _changed(remedy, policy.currency):
            mutant = _mutant(remedy, kind, told, other, goals)
            yield attrs.evolve(mutant, proved=_sure) if _alike(policy, remedy, other) else mutant


def _alike(policy: Policy, remedy: Remedy, other: Remedy) -> bool:
    """Return whether who approves is the lowest role either way: that of no tier at all."""
    roles = {tier.by for tier in (*remedy.approval, *other.approval)}
    return remedy.approval != other.approval and roles == set(policy.approvals[:1])


def _sure(_: int) -> bool:
    return True


def _mutant(
    remedy: Remedy, kind: str, told: str, other: Remedy, goals: tuple[Wishes, ...]
) -> Mutant:
    def change(old: Policy) -> Policy:
        return attrs.evolve(old, remedies={**old.remedies, remedy.id: other})

    def named(seen: Seen) -> bool:
        decision = seen.decision
        offered = [each.remedy for each in decision.owed]
        offered += [each.remedy for each in (*decision.choices, *decision.goodwill)]
        return remedy.id in (*offered, *(each.remedy for each in decision.withheld))

    def touched(board: Board) -> int:
        return board.where(named)

    return Mutant(kind, remedy.id, told, remedy.span, change, touched, goals=goals)


def _changed(remedy: Remedy, currency: str) -> Iterator[tuple[str, str, Remedy]]:
    if remedy.cap is not None:
        yield "cap changed", "`cap` dropped", attrs.evolve(remedy, cap=None)
        yield "cap changed", "`cap` halved", attrs.evolve(remedy, cap=halved(remedy.cap))
    for told, amount in changed(remedy.amount):
        yield "amount changed", told, attrs.evolve(remedy, amount=amount)
    yield from _approvals(remedy, currency)
    if remedy.group:
        yield "mark dropped", "`group` dropped", attrs.evolve(remedy, group="")
    if remedy.fits:
        yield "mark dropped", "`fits` dropped", attrs.evolve(remedy, fits=frozenset())
    for other in remedy.excludes:
        rest = tuple(each for each in remedy.excludes if each != other)
        yield "mark dropped", f"`excludes: {other}` dropped", attrs.evolve(remedy, excludes=rest)
    for flag in ("voucher", "statutory", "owed"):
        if getattr(remedy, flag):
            yield "mark dropped", f"`{flag}` dropped", with_parts(remedy, {flag: False})
    for due in doubled_dues(remedy.due):
        yield "deadline doubled", "due twice as late", attrs.evolve(remedy, due=due)


def _approvals(remedy: Remedy, currency: str) -> Iterator[tuple[str, str, Remedy]]:
    tiers = remedy.approval
    for number, tier in enumerate(tiers):
        rest = (*tiers[:number], *tiers[number + 1 :])
        told = f"tier {number + 1}, `{tier.by}`, dropped"
        yield "approval changed", told, attrs.evolve(remedy, approval=rest)
        if tier.up_to is not None:
            further = attrs.evolve(tier, up_to=a_cent_more(tier.up_to, currency))
            every = (*tiers[:number], further, *tiers[number + 1 :])
            told = f"tier {number + 1}, `{tier.by}`, reaches a cent further"
            yield "approval changed", told, attrs.evolve(remedy, approval=every)
