"""A state that tells a mutant from its ruleset, sought from the states of the cases on."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from complaint_rules.decision import Decision
from complaint_rules.errors import StateError
from complaint_rules.explanation.change import Change, apply, frozen
from complaint_rules.explanation.search.ground import Ground
from complaint_rules.explanation.search.solve import Solver
from complaint_rules.intake import read_state
from complaint_rules.state import State
from complaint_rules.testing.mutation.board import Board, bits
from complaint_rules.testing.mutation.judging import Changed, Judge, Verdict, told
from complaint_rules.testing.mutation.mutant import Mutant
from complaint_rules.testing.mutation.named import named_by
from complaint_rules.testing.suggesting.given import as_given

MOST_TRIES: Final = 40
"""How many states are tried from each state the search begins at."""
_BASES: Final = 3
_WIDE: Final = 12
_DEEPEST: Final = 2
_KEPT: Final = frozenset({"received_at"})
"""What a state keeps so that its reader need not ask for it."""


@attrs.frozen(eq=False)
class Telling:
    """
    A state that a mutant decides otherwise than its ruleset.

    Attributes:
        state: The state; no fact of it can go but when the complaint was received.
        at: The instant to decide at, in whole seconds.
        before: What the ruleset decides.
        after: What the mutant decides; `None` where it refuses the state.
    """

    state: State
    at: int
    before: Decision
    after: Decision | None


class Teller:
    """
    Seeks states that tell mutants apart.

    Args:
        judge: Who judges the mutants.
    """

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.board: Board = judge.board
        self.policy = judge.policy

    def tell(self, mutant: Mutant, verdict: Verdict) -> Telling | None:
        """
        Return a small state that tells a mutant from its ruleset; `None` where none is found.

        At most 40 states are tried from each of four states, the empty one among them.

        Args:
            mutant: The mutant.
            verdict: What became of it: a moment it decides otherwise is such a state.
        """
        pair = _Pair(self.judge, mutant)
        if verdict.moment >= 0:
            seen = self.board.seen[verdict.moment]
            return pair.least(seen.state, seen.at)
        if not mutant.goals:
            return None
        for state, at in self._bases(mutant):
            found = self._from(pair, mutant, state, at)
            if found is not None:
                return pair.least(found, at)
        return None

    def _bases(self, mutant: Mutant) -> Iterator[tuple[State, int]]:
        """Yield states to begin at: nearly what it takes first, nothing known last."""
        board = self.board
        near = board.mentioned(named_by(self.policy, mutant.owner))
        held = 0
        for goals in mutant.goals:
            for condition, accept in goals:
                held |= board.true(condition) if True in accept else 0
        masks = (near & held, held, near, board.every)
        numbers = dict.fromkeys(n for mask in masks for n in itertools.islice(bits(mask), 2))
        chosen = list(numbers)[:_BASES]
        yield from ((board.seen[n].state, board.seen[n].at) for n in chosen)
        if chosen:
            empty = State(self.policy.fingerprint, {})
            yield empty, board.seen[chosen[0]].at

    def _from(self, pair: _Pair, mutant: Mutant, base: State, at: int) -> State | None:
        ground = Ground(self.policy, base, at, self.judge.engine)
        queue: list[tuple[int, int, int, Change]] = [(0, 0, 0, {})]
        met = {frozen({})}
        for _ in range(MOST_TRIES):
            if not queue:
                return None
            _, _, depth, change = heapq.heappop(queue)
            state = apply(base, change)
            if pair.tells(state, at):
                return state
            look = ground.look(change)
            if look is None or depth == _DEEPEST:
                continue
            solver = Solver(ground, change, look)
            ways = [solver.all_of(goals) for goals in mutant.goals]
            for fix in (f for way in ways for f in itertools.islice(way, _WIDE)):
                further = {**change, **fix}
                key = frozen(further)
                if key not in met:
                    met.add(key)
                    heapq.heappush(queue, (len(further) + 2 * depth, len(met), depth + 1, further))
        return None


class _Pair:
    """A ruleset and one mutant of it."""

    def __init__(self, judge: Judge, mutant: Mutant) -> None:
        self.judge = judge
        self.changed = Changed(judge.policy, mutant, judge.engine)

    def tells(self, state: State, at: int) -> Telling | None:
        """Return what both decide where that differs; `None` too where no host gives the state."""
        policy = self.judge.policy
        try:
            state = read_state(policy, as_given(policy, state))
        except StateError:
            return None
        before = self.judge.decide(state, at)
        if before is None:
            return None
        after = self.changed.decide(state, at)
        if after is not None and told(before) == told(after):
            return None
        return Telling(state, at, before, after)

    def least(self, state: State, at: int) -> Telling | None:
        """Return the same of a part of a state of which no one fact can go, save a few."""
        found = self.tells(state, at)
        size = len(state.values)
        while found is not None:
            smaller = (self.tells(each, at) for each in _smaller(found.state, size))
            less = next((each for each in smaller if each is not None), None)
            if less is not None:
                found = less
            elif size > 1:
                size //= 2
            else:
                break
        return found


def _smaller(state: State, size: int) -> Iterable[State]:
    """Yield a state without some of its facts; at last without one action, or word of a type."""
    names = sorted(set(state.values) - _KEPT)
    for start in range(0, len(names), max(size, 1)):
        gone = names[start : start + max(size, 1)]
        rest = {name: value for name, value in state.values.items() if name not in gone}
        yield attrs.evolve(state, values=rest)
    if size > 1:
        return
    for name in sorted(state.unknown):
        yield attrs.evolve(state, unknown=state.unknown - {name})
    for number, _ in enumerate(state.done):
        yield attrs.evolve(state, done=state.done[:number] + state.done[number + 1 :])
    for name in sorted(state.types):
        kept = {each: basis for each, basis in state.types.items() if each != name}
        yield attrs.evolve(state, types=kept)
    for name, value in sorted(state.values.items()):
        if isinstance(value, frozenset) and len(value) > 1:
            for word in sorted(value):
                yield attrs.evolve(state, values={**state.values, name: value - {word}})
