"""Mutants of every condition of a policy."""

from __future__ import annotations

from collections.abc import Iterator

from complaint_rules.conditions.tree import Condition, IsKnown, Test
from complaint_rules.explanation.search.want import NO, OPEN, YES
from complaint_rules.policy import Policy
from complaint_rules.testing.coverage.places import Places
from complaint_rules.testing.mutation.mutant import Mutant
from complaint_rules.testing.mutation.places import Place, places, tables
from complaint_rules.testing.mutation.proofs import Prover
from complaint_rules.testing.mutation.variants import Variant, variants
from complaint_rules.testing.mutation.wishes import Wishes


def of_conditions(policy: Policy) -> Iterator[Mutant]:
    """Yield every mutant whose fault is in a condition."""
    prover = Prover(policy)
    written = Places(policy, [row for _, table in tables(policy) for row in table.rows])
    for place in places(policy):
        met: set[Condition] = {place.condition}
        for variant in variants(place.condition, place.facts):
            if variant.condition not in met:
                met.add(variant.condition)
                yield _mutant(place, variant, prover, written)


def _mutant(place: Place, variant: Variant, prover: Prover, written: Places) -> Mutant:
    def change(policy: Policy) -> Policy:
        return place.put(policy, variant.condition)

    def proved(most: int) -> bool:
        proof = place.proof
        return not proof.none and prover.same(
            place.condition,
            variant.condition,
            place.facts,
            most,
            unless=proof.unless,
            surely_only=proof.surely,
        )

    # Equal conditions share one tree: its tests stand where the first of them was written.
    stands = Test("", IsKnown(known=True), span=variant.span)
    return Mutant(
        kind=variant.kind,
        owner=place.owner,
        told=variant.told,
        span=written.of(stands, place.span, row="#" in place.owner),
        change=change,
        touched=place.touched(variant.condition),
        proved=proved,
        goals=_apart(place, variant.condition) if place.sought else (),
    )


def _apart(place: Place, after: Condition) -> tuple[Wishes, ...]:
    """Return the ways in which two conditions turn out differently, the plainest first."""
    before, besides = place.condition, place.besides
    ways = (
        ((before, YES), (after, NO)),
        ((before, NO), (after, YES)),
        ((before, YES), (after, OPEN)),
        ((before, OPEN), (after, YES)),
    )
    return (*((*way, *besides) for way in ways if besides), *ways)
