"""The search for a state that shows something: small changes of a known state first."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable
from typing import Final

import attrs

from complaint_rules.errors import StateError
from complaint_rules.explanation.change import Change, apply, frozen
from complaint_rules.explanation.search.ground import Ground
from complaint_rules.explanation.search.solve import Solver
from complaint_rules.facts import Value
from complaint_rules.intake import read_state
from complaint_rules.state import State
from complaint_rules.testing.coverage.eye import Eye
from complaint_rules.testing.coverage.points import Point
from complaint_rules.testing.suggesting.given import as_given
from complaint_rules.testing.suggesting.goals import fixes

MOST_TRIES: Final = 150
"""How many states are tried, for each state the search begins at, before it gives up."""

_WIDE: Final = 40
_DEEPEST: Final = 3


@attrs.frozen(eq=False)
class Situated:
    """
    A state and the instant at which it is decided.

    Attributes:
        state: The state.
        at: The instant, in whole seconds since 1970-01-01T00:00:00Z.
    """

    state: State
    at: int


@attrs.frozen(eq=False)
class Reached:
    """
    What a search came to.

    Attributes:
        found: The smallest state found; `None` where none was.
        tries: How many states were tried.
    """

    found: Situated | None
    tries: int


def reach(eye: Eye, point: Point, bases: Iterable[Situated]) -> Reached:
    """
    Return a small state that shows a point.

    Args:
        eye: Sees what a state shows of the policy.
        point: What is to be shown.
        bases: States to begin at, one after another; at most 150 states are tried from each.
    """
    tries = 0
    for base in bases:
        found, more = _from(eye, point, base)
        tries += more
        if found is not None:
            return Reached(Situated(least(eye, point, found, base.at), base.at), tries)
    return Reached(None, tries)


def _from(eye: Eye, point: Point, base: Situated) -> tuple[State | None, int]:
    """Return a state that shows a point, sought from one state on, and how many were tried."""
    ground = Ground(eye.policy, base.state, base.at, "index")
    queue: list[tuple[int, int, int, Change]] = [(0, 0, 0, {})]
    seen = {frozen({})}
    tries = 0
    while queue and tries < MOST_TRIES:
        _, _, depth, change = heapq.heappop(queue)
        state = apply(base.state, change)
        tries += 1
        if is_valid(eye, state) and eye.shows(point, state, base.at):
            return state, tries
        look = ground.look(change)
        if look is None or depth == _DEEPEST:
            continue
        ways = fixes(eye, point, ground, Solver(ground, change, look))
        for fix in itertools.islice(ways, _WIDE):
            further = {**change, **fix}
            key = frozen(further)
            if key not in seen:
                seen.add(key)
                cost = len(further) + 2 * depth
                heapq.heappush(queue, (cost, len(seen), depth + 1, further))
    return None, tries


def is_valid(eye: Eye, state: State) -> bool:
    """Return whether a host could give a state."""
    try:
        read_state(eye.policy, as_given(eye.policy, state))
    except StateError:
        return False
    return True


def least(eye: Eye, point: Point, state: State, at: int) -> State:
    """Return a part of a state that still shows a point, and of which no one fact can go."""
    changed = True
    while changed:
        changed = False
        for smaller in _smaller(state):
            if is_valid(eye, smaller) and eye.shows(point, smaller, at):
                state, changed = smaller, True
                break
    return state


def _smaller(state: State) -> Iterable[State]:
    """Yield a state without one fact, one action done, one thing said of a type."""
    for name in sorted(state.values):
        rest = {each: value for each, value in state.values.items() if each != name}
        yield attrs.evolve(state, values=rest)
    for name in sorted(state.unknown):
        yield attrs.evolve(state, unknown=state.unknown - {name})
    for number, _ in enumerate(state.done):
        yield attrs.evolve(state, done=state.done[:number] + state.done[number + 1 :])
    for name in sorted(state.types):
        kept = {each: basis for each, basis in state.types.items() if each != name}
        yield attrs.evolve(state, types=kept)
    for name, value in sorted(state.values.items()):
        for fewer in _fewer(value):
            yield attrs.evolve(state, values={**state.values, name: fewer})


def _fewer(value: Value) -> Iterable[Value]:
    """Yield a set without one of its words, a list without one of its records, or of its fields."""
    if isinstance(value, frozenset) and len(value) > 1:
        yield from (value - {word} for word in sorted(value))
    if not isinstance(value, tuple):
        return
    for n, record in enumerate(value):
        if len(value) > 1:
            yield value[:n] + value[n + 1 :]
        for field in sorted(record):
            rest = {name: each for name, each in record.items() if name != field}
            yield (*value[:n], rest, *value[n + 1 :])
