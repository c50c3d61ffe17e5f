"""Good rulesets: what they mean, point by point of the semantics, on every engine."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.differential.needs import engines
from tests.language.corpus import POINTS, Chunk, chunks, faults

from complaint_rules import Policy, StateError, decide, from_json, to_json
from complaint_rules.decision import decision_schema, dumps
from complaint_rules.engines import NAMES

SCHEMA = Draft202012Validator(decision_schema())
KEYS = [
    *("format", "ruleset", "at", "complaint_id", "stage", "side", "types", "actions", "manner"),
    *("targets", "owed", "choices", "goodwill", "room", "withheld", "prohibitions", "asks"),
    *("escalations", "assumed", "notices", "review_at", "reasons", "timezone"),
]
"""The keys of a decision, in their order."""
LINES = ("actions", "manner", "targets", "owed", "choices", "goodwill", "withheld")
"""Keys whose entries name rules; prohibitions and escalations do too."""
CHUNKS = list(chunks())
CASES = [
    pytest.param(chunk, case, id=f"{chunk.name}-{number}")
    for chunk in CHUNKS
    for number, case in enumerate(chunk.cases, 1)
]
REFUSED = [pytest.param(chunk, id=chunk.name) for chunk in CHUNKS if chunk.problems]


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Chunk], Policy]:
    """Return what compiles a chunk's ruleset, once."""

    @functools.cache
    def compiled(chunk: Chunk) -> Policy:
        return chunk.policy(tmp_path_factory.mktemp("rulesets"))

    return compiled


@pytest.mark.parametrize("engine", engines(NAMES))
@pytest.mark.parametrize(("chunk", "case"), CASES)
def test_a_case_is_decided_as_written(
    chunk: Chunk, case: dict[str, Any], engine: str, policies: Callable[[Chunk], Policy]
) -> None:
    """A state gives the decision its story tells, and that survives the way to JSON and back."""
    policy = policies(chunk)
    if "refused" in case:
        with pytest.raises(StateError) as refusal:
            decide(policy, case["state"], at=case["at"], engine=engine)
        assert [p.code for p in refusal.value.report.problems] == case["refused"]
        return
    decision = decide(policy, case["state"], at=case["at"], engine=engine)
    told = to_json(decision)
    assert faults(told, case["expect"]) == [], case["story"]
    assert to_json(from_json(told)) == told
    for state in (case.get("same_as"), dict(reversed(case["state"].items()))):
        if state is not None:
            again = decide(policy, state, at=case["at"], engine=engine)
            assert dumps(again) == dumps(decision)
    check_shape(told)


def check_shape(told: dict[str, Any]) -> None:
    """Assert what holds for every decision: its keys, its schema, a reason for every rule named."""
    assert list(told) == KEYS
    SCHEMA.validate(told)
    lines = [line for key in (*LINES, "prohibitions", "escalations") for line in told[key]]
    named = {rule for line in lines for rule in (*line["rules"], *line.get("overrode", ()))}
    assert list(told["reasons"]) == sorted(named)
    assert all(line["rules"] == sorted(line["rules"]) for line in lines)


@pytest.mark.parametrize("chunk", [c for c in CHUNKS if c.cases], ids=lambda c: c.name)
def test_what_was_asked_before_does_not_matter(
    chunk: Chunk, policies: Callable[[Chunk], Policy], tmp_path: Path
) -> None:
    """A policy that answered other cases before answers as one that is asked for the first time."""
    asked = [case for case in chunk.cases if "refused" not in case]
    used, fresh = policies(chunk), chunk.policy(tmp_path)
    for case in reversed(asked):
        first = decide(fresh, case["state"], at=case["at"])
        assert dumps(decide(used, case["state"], at=case["at"])) == dumps(first)


@pytest.mark.parametrize("chunk", REFUSED)
def test_a_text_is_refused_with_its_codes(chunk: Chunk, tmp_path: Path) -> None:
    """A text that format 1 does not allow is refused, with exactly the problems written."""
    assert chunk.codes(tmp_path) == list(chunk.problems)


def test_every_point_has_a_case() -> None:
    """Each numbered point of the semantics that a decision can show is cited by a chunk."""
    cited = {point for chunk in CHUNKS for point in chunk.cites}
    assert set(POINTS) - cited == set()
    assert cited <= set(POINTS)


def test_every_chunk_says_something() -> None:
    """A chunk has cases or problems, and every case expects something."""
    for chunk in CHUNKS:
        assert bool(chunk.cases) != bool(chunk.problems), (chunk.file, chunk.number)
        for case in chunk.cases:
            assert case["story"]
            assert case.get("expect") or case.get("refused")
