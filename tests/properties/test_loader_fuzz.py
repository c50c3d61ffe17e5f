"""The loader meets texts that nobody meant: it always reports, never crashes, never hangs."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.mutation import (
    mutated_bytes,
    mutated_folder,
    report_faults,
    shipped,
    small_texts,
)

from complaint_rules import check, decide
from complaint_rules.composition import MappingFolder, Root
from complaint_rules.loading.corridor import Walked, walk

LONGEST_S = 60
"""Seconds after which a small or a whole ruleset counts as hung, on a machine that is busy."""

AT = 1_793_000_000
SMALL, WHOLE, PARTS = 98_000, 2_000, 20


@contextmanager
def alarm(what: str) -> Iterator[None]:
    """Fail where something takes longer than `LONGEST_S`."""

    def ring(*_: object) -> None:
        raise TimeoutError(f"{what} hangs")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(LONGEST_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def small(seed: str) -> Walked:
    """Load a mutated small ruleset."""
    chance = Random(seed)
    text = chance.choice(small_texts())
    return walk(Root(MappingFolder({"ruleset.yaml": mutated_bytes(text, chance)})))


def whole(seed: str) -> Walked:
    """Load the packaged policy with some of its files mutated."""
    return walk(Root(MappingFolder(mutated_folder(Random(seed)))))


def loaded(make: Callable[[str], Walked], seeds: list[str]) -> int:
    """Load the texts of some seeds and look at every report; return how many were good."""
    good = 0
    for seed in seeds:
        with alarm(seed):
            walked = make(seed)
            assert report_faults(walked.report) == [], seed
            if walked.policy is not None:
                assert decide(walked.policy, {}, at=AT).at == AT, seed
        assert (walked.policy is not None) == walked.report.ok, seed
        good += walked.report.ok
    return good


def test_the_packaged_policy_loads_from_memory() -> None:
    """What is mutated here is good before it is mutated."""
    assert walk(Root(MappingFolder(shipped()))).report.problems == ()


def test_mutated_small_rulesets() -> None:
    """Copies of the corpus with a few edits end in a policy or in a report."""
    assert loaded(small, [f"small {number}" for number in range(1200)]) < 600


def test_mutated_packaged_rulesets() -> None:
    """Copies of the packaged policy with a few edits end in a policy or in a report."""
    assert loaded(whole, [f"whole {number}" for number in range(6)]) < 6


@settings(max_examples=80)
@given(st.text(max_size=300) | st.text(alphabet=" \n:-{}[]#&*!|>'\"a1,?%@`", max_size=200))
def test_any_text(text: str) -> None:
    """Whatever the text, `check` reports."""
    with alarm(repr(text)):
        assert report_faults(check(text.encode("utf-8", "surrogatepass"))) == []


@settings(max_examples=80)
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    """Whatever the bytes, `check` reports."""
    with alarm(repr(data)):
        assert report_faults(check(data)) == []


@pytest.mark.fuzz
@pytest.mark.parametrize("part", range(PARTS))
def test_a_hundred_thousand_texts(
    part: int, record_property: Callable[[str, object], None]
) -> None:
    """98,000 small rulesets and 2,000 whole packaged ones, mutated: no crash and no hang."""
    few, many = WHOLE // PARTS, SMALL // PARTS
    good = loaded(small, [f"small fuzz {part} {number}" for number in range(many)])
    good += loaded(whole, [f"whole fuzz {part} {number}" for number in range(few)])
    record_property("mutated small rulesets", many)
    record_property("mutated packaged rulesets", few)
    record_property("of these still good", good)
