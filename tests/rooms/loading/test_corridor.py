"""The walk from stage to stage: what a later stage says of what an earlier one has told."""

from __future__ import annotations

from typing import Any

import pytest

from complaint_rules.composition import MappingFolder, Root
from complaint_rules.loading import corridor
from complaint_rules.loading.corridor import walk
from complaint_rules.model.reading import Reading
from complaint_rules.problem import Problem

ROOT = Root(MappingFolder({"ruleset.yaml": b"format: 1\n"}))


def test_nothing_is_compiled_without_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing at all can be read of a ruleset, its problems are all there is."""
    told = Problem("wrong-shape", "nothing fits", help="begin anew")
    monkeypatch.setattr(corridor, "read_model", lambda node: Reading(None, node, (told,)))
    walked = walk(ROOT)
    assert walked.policy is None
    assert walked.report.problems == (told,)


def test_problems_without_a_place_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A problem of the compiler that has no span is told whatever the text's faults are."""
    told = Problem("wrong-kind", "somewhere", help="look")

    def compiled(*_: Any) -> tuple[None, list[Problem]]:
        return None, [told]

    monkeypatch.setattr(corridor, "compile_ruleset", compiled)
    assert told in walk(ROOT).report.problems


def test_only_the_first_fault_of_a_word_is_told() -> None:
    """A text with a comma in braces is not told a second time as a list."""
    text = 'format: 1\nid: a\nedition: "1"\ncurrency: EUR\ntitle: {en: One thing, two things}\n'
    report = walk(Root(MappingFolder({"ruleset.yaml": text.encode()}))).report
    assert [problem.code for problem in report.problems] == ["missing-brackets"]
    assert report.problems[0].help.endswith('quotes: `en: "One thing, two things"`')
