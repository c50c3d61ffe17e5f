"""Cases played against a policy: pure, and quick; nothing is explained here."""

from __future__ import annotations

import enum
from typing import Final

import attrs

from complaint_rules.decision import Decision, decide
from complaint_rules.engines import Engine
from complaint_rules.errors import StateError
from complaint_rules.policy import Policy
from complaint_rules.problem import Problem
from complaint_rules.testing.cases import Case
from complaint_rules.testing.comparing import Difference, difference
from complaint_rules.testing.situations import Scene, placed, scenes_of


class Status(enum.Enum):
    """What became of a case."""

    PASSED = "passed"
    FAILED = "failed"
    EXPECTED = "failed as expected"
    DEVIATES = "deviating as stated"
    UNEXPECTED = "passed, though expected to fail"
    STALE = "answers as the parent, though a deviation is stated"
    BROKEN = "cannot be played"


GOOD: Final = (Status.PASSED, Status.EXPECTED, Status.DEVIATES)


@attrs.frozen(eq=False)
class Played:
    """
    One moment of a case, decided.

    Attributes:
        scene: The moment as the policy saw it.
        decision: What was decided.
        differences: What is not as expected.
    """

    scene: Scene
    decision: Decision
    differences: tuple[Difference, ...]


@attrs.frozen(eq=False)
class Outcome:
    """
    What became of a case.

    Attributes:
        case: The case.
        status: What became of it.
        played: Its moments; after a deviation that is not stated right, those of what is expected
            instead.
        problems: Why it cannot be played, if so.
    """

    case: Case
    status: Status
    played: tuple[Played, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether it is as it should be."""
        return self.status in GOOD

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What is not as expected, in all its moments."""
        return tuple(each for played in self.played for each in played.differences)


def play(policy: Policy, case: Case, *, engine: str | Engine = "index") -> Outcome:
    """
    Play one case against a policy, all moments of it, and tell what is not as expected.

    Args:
        policy: The policy: that of the case's ruleset, one that extends it, or a changed one.
        case: The case.
        engine: The engine that matches.

    Raises:
        EngineError: As for `decide`.
    """
    outcome = _plain(policy, case, engine)
    if case.because:
        return _deviating(policy, case, outcome, engine)
    if case.expected_failure and outcome.status is not Status.BROKEN:
        failed = outcome.status is Status.FAILED
        return attrs.evolve(outcome, status=Status.EXPECTED if failed else Status.UNEXPECTED)
    return outcome


def _deviating(policy: Policy, case: Case, outcome: Outcome, engine: str | Engine) -> Outcome:
    """Return what became of a parent's case that the ruleset means to answer otherwise."""
    if outcome.status is Status.PASSED:
        return attrs.evolve(outcome, status=Status.STALE)
    if case.instead is None:
        return attrs.evolve(outcome, status=Status.DEVIATES)
    instead = _plain(policy, case.instead, engine)
    status = Status.DEVIATES if instead.status is Status.PASSED else instead.status
    return attrs.evolve(instead, case=case, status=status)


def passes(policy: Policy, case: Case, *, engine: str | Engine = "index") -> bool:
    """
    Return whether a policy answers a case as it should, and stop at the first sign that not.

    The answer is that of ``play(policy, case).ok``; arguments and errors are those of `play`.
    """
    if case.because or case.expected_failure:
        return play(policy, case, engine=engine).ok
    scenes, problems = scenes_of(policy, case)
    if problems:
        return False
    for scene in scenes:
        decision = _decided(policy, scene, engine)
        if not isinstance(decision, Decision):
            return False
        if any(difference(check, decision) for check in scene.moment.checks):
            return False
    return True


def _plain(policy: Policy, case: Case, engine: str | Engine) -> Outcome:
    """Play a case without regard to what is said of it besides."""
    scenes, problems = scenes_of(policy, case)
    if problems:
        return Outcome(case, Status.BROKEN, (), problems)
    played: list[Played] = []
    for scene in scenes:
        decision = _decided(policy, scene, engine)
        if not isinstance(decision, Decision):
            return Outcome(case, Status.BROKEN, tuple(played), decision)
        found = (difference(check, decision) for check in scene.moment.checks)
        played.append(Played(scene, decision, tuple(each for each in found if each is not None)))
    failed = any(each.differences for each in played)
    return Outcome(case, Status.FAILED if failed else Status.PASSED, tuple(played))


def _decided(policy: Policy, scene: Scene, engine: str | Engine) -> Decision | tuple[Problem, ...]:
    assert scene.state is not None, "a state without problems was read"  # noqa: S101
    try:
        return decide(policy, scene.state, at=scene.at, engine=engine)
    except StateError as error:
        return tuple(placed(problem, scene.moment) for problem in error.report.problems)
