"""Faults put into the engines one by one: the comparison of voices finds every one of them."""

from __future__ import annotations

import functools
import importlib.util
import pickle
import sys
from pathlib import Path

import pytest
from tests.differential import needs
from tests.differential.faults import PROGRAMS, Seed, faulty, seeds
from tests.differential.generated import pairs_of, policies, voices_of
from tests.differential.voices import Pair, Voices

from complaint_rules import EngineError, Policy
from complaint_rules.engines.durable import Durable
from complaint_rules.engines.durable.plan import Plan
from complaint_rules.engines.durable.worker import LIBRARY, PROGRAM, Worker

pytestmark = needs.durable
POLICIES, PAIRS = 20, 40


@functools.cache
def cases() -> list[tuple[str, Policy, list[Pair]]]:
    """Return policies with pairs of theirs, always the same."""
    return [
        (text, policy, pairs_of(policy, f"faults {number}", PAIRS))
        for number, (text, policy) in enumerate(policies("faults", POLICIES))
    ]


def unread(policy: Policy) -> Policy:
    """Return a copy of a policy whose trees have not been read: they keep how they are read."""
    copied = pickle.loads(pickle.dumps(policy))
    assert isinstance(copied, Policy)
    return copied


def differs(voices: Voices, pairs: list[Pair]) -> bool:
    """Return whether the voices differ somewhere, or an engine itself says that all is not well."""
    try:
        heard = voices.heard(pairs)
    except EngineError:
        return True
    finally:
        voices.close()
    return any(
        len({said[key] for said in each.values()}) > 1
        for each in heard
        if each is not None
        for key, _ in voices.items
    )


def test_without_a_fault_they_agree() -> None:
    """The very pairs by which the faults are found show nothing without one."""
    assert not any(differs(voices_of(text, policy), pairs) for text, policy, pairs in cases())


@pytest.mark.parametrize("seed", seeds(), ids=lambda seed: seed.__name__.strip("_"))
def test_a_fault_is_found(seed: Seed, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of an engine, or of what both engines share, makes the voices differ."""
    listed = [(text, unread(policy), pairs) for text, policy, pairs in cases()]
    seed(monkeypatch)
    assert any(differs(voices_of(text, policy), pairs) for text, policy, pairs in listed)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_fault_of_the_child_is_found(name: str, tmp_path: Path) -> None:
    """So does a fault of the program that runs the native code."""
    program = tmp_path / "child.py"
    program.write_text(faulty(PROGRAM, name), encoding="utf-8")
    found = importlib.util.find_spec(LIBRARY)
    assert found is not None
    command = [sys.executable, "-I", "-S", str(program), str(Path(str(found.origin)).parent)]

    def wrong(policy: Policy) -> Durable:
        plan = Plan.of(policy.conditions, policy.facts)
        return Durable(plan, worker=Worker(plan.shards, command=command))

    assert any(
        differs(voices_of(text, policy, durable=wrong(policy)), pairs)
        for text, policy, pairs in cases()
    )


def test_there_are_twenty_faults_and_more() -> None:
    """At least twenty faults are tried."""
    assert len(seeds()) + len(PROGRAMS) >= 20
