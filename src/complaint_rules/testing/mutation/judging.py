"""Mutants judged: each is played against the moments whose decision it may change."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from complaint_rules.decision import Decision, decide
from complaint_rules.decision.decide import engine_of
from complaint_rules.decision.seeing.situation import look
from complaint_rules.engines import Engine
from complaint_rules.errors import StateError
from complaint_rules.policy import Policy
from complaint_rules.state import State
from complaint_rules.testing.cases import Case
from complaint_rules.testing.comparing import difference
from complaint_rules.testing.mutation.board import Board, Seen, bits
from complaint_rules.testing.mutation.listing import mutants
from complaint_rules.testing.mutation.matching import Extended
from complaint_rules.testing.mutation.mutant import Mutant
from complaint_rules.testing.mutation.named import named_by
from complaint_rules.testing.playing import play

_LINES = (
    "actions",
    "manner",
    "targets",
    "owed",
    "choices",
    "goodwill",
    "withheld",
    "prohibitions",
    "escalations",
)


class Fate(enum.Enum):
    """What became of a mutant."""

    KILLED = "killed"
    SNAPSHOT = "changes a decision, but nothing that is expected"
    SURVIVED = "survived"
    EQUIVALENT = "equivalent"


@attrs.frozen(eq=False)
class Verdict:
    """
    What became of a mutant.

    Attributes:
        fate: What became of it.
        moment: Number of the moment that killed it, or that it decides otherwise; -1 for none.
    """

    fate: Fate
    moment: int = -1


def moments(policy: Policy, cases: Iterable[Case]) -> tuple[Seen, ...]:
    """
    Return the moments of all sound cases as a policy decides them.

    Unreviewed cases, failing ones and those expected to fail kill nothing and are left out; of a
    case that the ruleset means to answer otherwise, what it answers instead counts.
    """
    return tuple(_seen(policy, cases))


def _seen(policy: Policy, cases: Iterable[Case]) -> Iterator[Seen]:
    for case in cases:
        if case.unreviewed or case.expected_failure or (case.because and case.instead is None):
            continue
        outcome = play(policy, case)
        if not outcome.ok:
            continue
        for each in outcome.played:
            scene = each.scene
            assert scene.state is not None, "what was decided was read"  # noqa: S101
            seen = look(policy, scene.state, scene.at)
            yield Seen(
                case,
                scene.facts,
                scene.state,
                scene.at,
                scene.moment.checks,
                seen.situation,
                each.decision,
                ageing=bool(seen.ends),
            )


class Judge:
    """
    Judges the mutants of one policy by the moments of its cases.

    Attributes:
        board: The moments.
        policy: The policy.
        mutants: All its mutants.
        engine: Its engine.
    """

    def __init__(self, board: Board) -> None:
        self.board = board
        self.policy = board.policy
        self.mutants = mutants(board.policy)
        self.engine = engine_of(board.policy, "index")

    def verdict(self, mutant: Mutant) -> Verdict:
        """Return what becomes of one mutant; whether a survivor is one is for others to prove."""
        touched = mutant.touched(self.board)
        otherwise = -1
        if touched:
            changed = Changed(self.policy, mutant, self.engine)
            for number in self._order(touched, mutant):
                seen = self.board.seen[number]
                decision = changed.decide(seen.state, seen.at)
                if decision is None or any(difference(each, decision) for each in seen.checks):
                    return Verdict(Fate.KILLED, number)
                if otherwise < 0 and told(decision) != told(seen.decision):
                    otherwise = number
        if otherwise >= 0:
            return Verdict(Fate.SNAPSHOT, otherwise)
        return Verdict(Fate.SURVIVED)

    def decide(self, state: State, at: int) -> Decision | None:
        """Return what the ruleset decides of a state at an instant; `None` where it refuses."""
        return decided(self.policy, state, at, self.engine)

    def _order(self, touched: int, mutant: Mutant) -> Iterator[int]:
        """Yield the moments to look at, those first that expect something of what was changed."""
        first = touched & self.board.mentioned(named_by(self.policy, mutant.owner))
        yield from bits(first)
        yield from bits(touched & ~first)


class Changed:
    """A mutant's policy with its engine."""

    def __init__(self, policy: Policy, mutant: Mutant, engine: Engine) -> None:
        self.policy = mutant.change(policy)
        self._engine = Extended.of(engine, policy, self.policy)

    def decide(self, state: State, at: int) -> Decision | None:
        """Return what it decides of a state at an instant; `None` where it refuses."""
        return decided(self.policy, state, at, self._engine)


def decided(policy: Policy, state: State, at: int, engine: Engine) -> Decision | None:
    """Return what a policy decides of a state at an instant; `None` where it refuses."""
    try:
        return decide(policy, state, at=at, engine=engine)
    except StateError:
        return None


def told(decision: Decision) -> Decision:
    """Return a decision without what only says by which rules it came about."""
    lines = {name: tuple(map(_plain, getattr(decision, name))) for name in _LINES}
    made: Decision = attrs.evolve(decision, reasons={}, **lines)  # type: ignore[arg-type]
    return made


def _plain(line: Any) -> Any:
    parts = {name: () for name in ("rules", "overrode") if hasattr(line, name)}
    return attrs.evolve(line, **parts)
