"""Good rulesets: what they mean, point by point of the semantics, on every engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from complaint_rules import StateError, decide, from_json, to_json
from complaint_rules.engines import NAMES
from tests.language.corpus import POINTS, Chunk, chunks, faults

CHUNKS = list(chunks())
CASES = [
    pytest.param(chunk, case, id=f"{chunk.file}-{chunk.number}-{number}")
    for chunk in CHUNKS
    for number, case in enumerate(chunk.cases, 1)
]
REFUSED = [
    pytest.param(chunk, id=f"{chunk.file}-{chunk.number}") for chunk in CHUNKS if chunk.problems
]


@pytest.mark.parametrize("engine", NAMES)
@pytest.mark.parametrize(("chunk", "case"), CASES)
def test_a_case_is_decided_as_written(
    chunk: Chunk, case: dict[str, Any], engine: str, tmp_path: Path
) -> None:
    """A state gives the decision its story tells, and that survives the way to JSON and back."""
    policy = chunk.policy(tmp_path)
    if "refused" in case:
        with pytest.raises(StateError) as refusal:
            decide(policy, case["state"], at=case["at"], engine=engine)
        assert [p.code for p in refusal.value.report.problems] == case["refused"]
        return
    decision = decide(policy, case["state"], at=case["at"], engine=engine)
    told = to_json(decision)
    assert faults(told, case["expect"]) == [], case["story"]
    assert to_json(from_json(told)) == told
    if "same_as" in case:
        assert to_json(decide(policy, case["same_as"], at=case["at"], engine=engine)) == told


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
