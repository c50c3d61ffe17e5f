"""Every rule of the five source documents is accounted for, and what carries it is needed."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pytest
from docs.writers.sources import SEEDS, Trace, source_ids, trace

from complaint_rules.testing import Suite, read_suite
from complaint_rules.testing.playing import passes
from complaint_rules.testing.without import carriers, without

MOST_CLAIMS = 4
"""So many source rules at most may one carrier claim."""
AT_LEAST = 150
"""So many of the source rules must be encoded."""

SHIPPED = ("core", "finance", "hospitality", "retail", "saas", "telecom")
_OURS = re.compile(r"house-\d\d+")
"""A decision that no source document gives, numbered."""


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
    for source, carrying in found().carried.items():
        if not source.startswith(seed):
            continue
        for carrier in carrying:
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


@functools.cache
def suite_of(name: str) -> Suite:
    """Return the scenarios of a shipped ruleset, those of its parents among them."""
    return read_suite(Path("rulesets", name))


@pytest.mark.parametrize("name", SHIPPED)
def test_everything_has_a_story(name: str) -> None:
    """Every rule, target and remedy of a handbook has a scenario that shows one of its sources."""
    suite = suite_of(name)
    assert suite.policy is not None
    shown = {source for case in suite.cases for source in case.shows}
    told = [
        each
        for each in carriers(suite.policy)
        if each[0] in ("rules", "targets", "remedies") and not shown & set(each[1].source)
    ]
    assert told == []


@pytest.mark.parametrize("name", SHIPPED)
def test_every_decision_of_ours_is_needed(name: str) -> None:
    """Without what carries one of its own numbered decisions, a scenario that shows it fails."""
    suite, needless, pairs = suite_of(name), [], 0
    assert suite.policy is not None
    inherited = set() if name == "core" else _ours(suite_of("core"))
    for section, item in carriers(suite.policy):
        for source in set(item.source) & (_ours(suite) - inherited):
            pairs += 1
            less = without(suite.policy, section, item.id)
            own = [case for case in suite.cases if source in case.shows]
            if all(passes(less, case) for case in own):
                needless.append(f"{source}: {section} {item.id}")
    assert pairs
    assert needless == []


def _ours(suite: Suite) -> set[str]:
    """Return the numbered decisions of ours that items of a ruleset carry."""
    assert suite.policy is not None
    return {
        source
        for _, item in carriers(suite.policy)
        for source in item.source
        if _OURS.fullmatch(source)
    }
