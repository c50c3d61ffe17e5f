"""Every rule of the five source documents is accounted for, and what carries it is needed."""

from __future__ import annotations

import functools

import pytest
from docs.writers.sources import SEEDS, Trace, source_ids, trace

from complaint_rules.testing.playing import passes
from complaint_rules.testing.without import without

MOST_CLAIMS = 4
"""So many source rules at most may one carrier claim."""
AT_LEAST = 150
"""So many of the source rules must be encoded."""


@functools.cache
def found() -> Trace:
    """Return what core says of the source rules."""
    return trace()


def test_every_source_rule_is_accounted_for() -> None:
    """Each of the 192 is either carried by something or excused with a reason, never both."""
    carried, excused = set(found().carried), set(found().excused)
    assert carried | excused == set(source_ids())
    assert carried & excused == set()
    assert len(source_ids()) == sum(SEEDS.values()) == 192
    assert len(carried) >= AT_LEAST
    assert all(len(reason) > 20 for reason in found().excused.values())


def test_no_carrier_claims_too_much() -> None:
    """A carrier claims at most four source rules."""
    many = {carrier: ids for carrier, ids in found().claims.items() if len(ids) > MOST_CLAIMS}
    assert many == {}


def test_every_encoded_rule_has_a_scenario() -> None:
    """Each encoded source rule is shown by a scenario, and scenarios show encoded ones only."""
    assert set(found().carried) == {each for each in found().shown if each in set(source_ids())}


@pytest.mark.parametrize("seed", list(SEEDS))
def test_every_carrier_is_needed(seed: str) -> None:
    """
    With a carrier taken out of the ruleset, a scenario of each source rule it claims fails.

    The numbers are printed: `make trace` shows them.
    """
    policy, needless, pairs = found().policy, [], 0
    for source, carriers in found().carried.items():
        if not source.startswith(seed):
            continue
        for carrier in carriers:
            pairs += 1
            less = without(policy, carrier.section, carrier.id)
            if all(passes(less, case) for case in found().shown.get(source, ())):
                needless.append(f"{source}: {carrier.section} {carrier.id}")
    encoded = sum(source.startswith(seed) for source in found().carried)
    print(
        f"\nsource {seed}: {encoded} of {SEEDS[seed]} rules encoded; {pairs} times a carrier "
        f"was taken out, {pairs - len(needless)} times a scenario failed"
    )
    assert needless == []
