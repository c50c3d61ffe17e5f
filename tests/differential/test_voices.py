"""Two engines and a naive interpreter give one answer: true, false and unknown, for every rule."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.differential import needs
from tests.differential.generated import EVERYTHING, Census, pairs_of, policies, voices_of
from tests.differential.naive.conditions import both, either, opposite
from tests.differential.voices import Disagreement, Pair, Voices, model_of
from tests.language.corpus import Chunk, chunks

from complaint_rules import load
from complaint_rules.decision.answer.instants import whole_seconds
from complaint_rules.testing import read_suite, scenes_of

pytestmark = needs.durable
CHUNKS = [chunk for chunk in chunks() if chunk.cases]
RULESETS = ("core", "finance", "hospitality", "retail", "saas", "telecom")
MANY = int(os.environ.get("COMPLAINT_RULES_FUZZ_PAIRS", "1000000"))
PARTS, EACH = 20, 1_000
FEW_POLICIES, FEW_PAIRS = 18, 30


def told(found: list[Disagreement]) -> str:
    """Return disagreements as a test shows them."""
    return "\n".join(map(str, found))


@pytest.mark.parametrize("chunk", CHUNKS, ids=lambda chunk: chunk.name)
def test_the_language_corpus(chunk: Chunk, tmp_path: Path) -> None:
    """Every case of the language: the voices agree on every item."""
    policy = chunk.policy(tmp_path)
    if "\n" not in chunk.ruleset:
        model = model_of(chunk.ruleset)
    elif chunk.parents:
        model = model_of(tmp_path / "corpus")
    else:
        model = model_of(chunk.text(), text=True)
    voices = Voices(policy, model)
    pairs: list[Pair] = [
        (case["state"], whole_seconds(case["at"])) for case in chunk.cases if "refused" not in case
    ]
    assert told(voices.disagreements(pairs, 3)) == ""
    voices.close()


def scenarios(ruleset: str, root: Path, step: int) -> list[Pair]:
    """Return every moment of a shipped ruleset's scenarios, and each so manieth it inherits."""
    policy = load(ruleset)
    cases = read_suite(root / "rulesets" / ruleset).cases
    inherited = 0 if ruleset == "core" else len(read_suite(root / "rulesets" / "core").cases)
    own = len(cases) - inherited
    return [
        (scene.facts, scene.at)
        for case in (*cases[:own], *cases[own::step])
        for scene in scenes_of(policy, case)[0]
        if scene.state is not None
    ]


def play(ruleset: str, pairs: list[Pair]) -> None:
    """Check that the voices agree on moments of a shipped ruleset, and durable refuses nothing."""
    voices = Voices(load(ruleset), model_of(ruleset))
    assert len(pairs) >= 10
    assert told(voices.disagreements(pairs, 3)) == ""
    voices.close()


@pytest.mark.parametrize("ruleset", RULESETS)
def test_every_scenario(
    ruleset: str, root: Path, record_property: Callable[[str, object], None]
) -> None:
    """Every moment of its own scenarios, and some of those inherited: the voices agree."""
    pairs = scenarios(ruleset, root, 20)
    play(ruleset, pairs)
    record_property("scenario moments on three voices", len(pairs))


@pytest.mark.fuzz
@pytest.mark.parametrize("ruleset", RULESETS)
def test_every_inherited_scenario(
    ruleset: str, root: Path, record_property: Callable[[str, object], None]
) -> None:
    """Every moment of those inherited, too."""
    pairs = scenarios(ruleset, root, 1)
    play(ruleset, pairs)
    record_property("scenario moments on three voices", len(pairs))


@pytest.mark.parametrize("ruleset", RULESETS)
def test_made_up_complaints_on_shipped_rulesets(ruleset: str) -> None:
    """Facts made up near the boundaries of a shipped ruleset: the voices agree."""
    policy = load(ruleset)
    voices = Voices(policy, model_of(ruleset))
    assert told(voices.disagreements(pairs_of(policy, f"shipped {ruleset}", 60), 3)) == ""
    voices.close()


def compared(seed: str, count: int, each: int) -> Census:
    """Compare the voices on generated pairs; return what they went through."""
    census = Census()
    for number, (text, policy) in enumerate(policies(seed, count)):
        voices = voices_of(text, policy)
        pairs = pairs_of(policy, f"{seed} {number}", each)
        found = voices.disagreements(pairs)
        assert found == [], f"{told(found)}\n{text}"
        seen = [each for each in map(voices.seen, pairs) if each is not None]
        census.add(voices, [situation.values for _, situation in seen])
        voices.close()
    return census


def test_generated_pairs(record_property: Callable[[str, object], None]) -> None:
    """Made-up policies and states: no disagreement, and everything of the language is met."""
    census = compared("few", FEW_POLICIES, FEW_PAIRS)
    assert census.rare() == [], census.table()
    record_property("pairs on three voices", census.pairs)


@pytest.mark.fuzz
@pytest.mark.parametrize("part", range(PARTS))
def test_a_million_generated_pairs(
    part: int, record_property: Callable[[str, object], None]
) -> None:
    """A million pairs over a thousand policies, in parts; each part prints what it met."""
    count = MANY // PARTS // EACH
    census = compared(f"many {part}", count, EACH)
    print(f"\npart {part}: {count} policies, {census.pairs:,} pairs, 0 disagreements")
    print(census.table())
    assert census.rare() == []
    record_property("pairs on three voices", census.pairs)
    record_property("generated policies", count)


def test_the_census_misses_nothing() -> None:
    """What must be met is every kind, operator and grouping; of nothing, all of it is rare."""
    census = Census()
    census.pairs = 1
    assert census.rare() == list(EVERYTHING)
    assert census.table() == ""


def test_a_disagreement_is_told_with_the_smallest_state() -> None:
    """The report names the rule, the few facts it takes, and what each voice said."""
    text, policy = next(policies("few", 1))
    voices = voices_of(text, policy)
    right = voices.heard

    def lying(pairs: Any) -> Any:
        found = right(pairs)
        for (facts, _), said in zip(pairs, found, strict=True):
            if said and "paid" in facts:
                said["index"] = dict.fromkeys(said["index"])
                said["naive"] = dict.fromkeys(said["naive"], True)
        return found

    voices.heard = lying  # type: ignore[method-assign]
    pairs = pairs_of(policy, "shrink", 60)
    found = voices.disagreements(pairs)
    assert [list(each.facts) for each in found] == [["paid"]]
    assert "index: unknown" in str(found[0])
    assert "naive: true" in str(found[0])
    assert f"{found[0].key[0]} `{found[0].key[1]}`" in str(found[0])
    voices.close()


TABLE = {True: "T", False: "F", None: "U"}


def test_three_values() -> None:
    """The naive interpreter's and, or and not are those of Kleene's strong logic."""
    values = (True, None, False)
    said = "".join(TABLE[both((a, b))] for a in values for b in values)
    assert said == "TUFUUFFFF"
    assert "".join(TABLE[either((a, b))] for a in values for b in values) == "TTTTUUTUF"
    assert "".join(TABLE[opposite(a)] for a in values) == "FUT"
