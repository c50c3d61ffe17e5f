"""Compiling small rulesets: the head is always the same, a test writes the rest."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from complaint_rules.composition import MappingFolder, Root
from complaint_rules.loading.corridor import walk
from complaint_rules.policy import Policy
from complaint_rules.problem import Problem

HEAD = 'format: 1\nid: example\nedition: "1"\ntitle: Example\ncurrency: EUR\n'


@pytest.fixture
def problems() -> Callable[[str], list[Problem]]:
    """Return a function from a ruleset's text, without its head, to its problems."""

    def told(text: str) -> list[Problem]:
        files = {"ruleset.yaml": (HEAD + text).encode()}
        return list(walk(Root(MappingFolder(files))).report.problems)

    return told


@pytest.fixture
def only(problems: Callable[[str], list[Problem]]) -> Callable[[str], Problem]:
    """Return a function from a ruleset's text to its one problem."""

    def told(text: str) -> Problem:
        found = problems(text)
        assert len(found) == 1, found
        return found[0]

    return told


@pytest.fixture
def compiled() -> Callable[[str], Policy]:
    """Return a function from a ruleset's text to its policy; warnings are passed over."""

    def policy(text: str) -> Policy:
        files = {"ruleset.yaml": (HEAD + text).encode()}
        walked = walk(Root(MappingFolder(files)))
        assert walked.policy is not None, walked.report.problems
        return walked.policy

    return policy
