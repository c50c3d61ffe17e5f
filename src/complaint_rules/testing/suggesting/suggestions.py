"""The missing cases of a ruleset: for all that no scenario shows, a small state that does."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import attrs

from complaint_rules.calendar.clock import instant
from complaint_rules.decision import Decision, decide
from complaint_rules.intake import read_state
from complaint_rules.policy import Policy
from complaint_rules.testing.cases import Case
from complaint_rules.testing.coverage import Coverage, Point
from complaint_rules.testing.coverage.eye import Eye
from complaint_rules.testing.coverage.watch import Watch
from complaint_rules.testing.situations import scenes_of
from complaint_rules.testing.suggesting.reaching import Situated, reach

_BASES: Final = 6
"""How many known states a search begins at, besides the one of which nearly nothing is known."""
_SOME_DAY: Final = datetime.date(2026, 11, 24)
"""A Tuesday; the day of suggestions for a ruleset without scenarios."""
_TEN_O_CLOCK: Final = 36_000
_SINCE: Final = (1_800, 90 * 86_400)
"""How long before the complaint was received, in seconds."""


@attrs.frozen(eq=False)
class Suggestion:
    """
    A missing case.

    Attributes:
        points: What it shows that no scenario shows, and no suggestion before it.
        situated: Its state and instant.
        decision: What is decided of it.
    """

    points: tuple[Point, ...]
    situated: Situated
    decision: Decision


@attrs.frozen(eq=False)
class Suggestions:
    """
    The missing cases of a ruleset.

    Attributes:
        policy: The policy.
        at: The instant at which most of them are decided, in whole seconds.
        found: The cases.
        not_reached: The points for which none was found, each with how many states were tried.
        unreachable: The points that no state shows, each with the reason.
    """

    policy: Policy
    at: int
    found: tuple[Suggestion, ...]
    not_reached: Mapping[Point, int]
    unreachable: Mapping[Point, str]


def _unseen(_done: int, _total: int) -> None:
    return None


def suggest(
    coverage: Coverage,
    cases: Iterable[Case] = (),
    *,
    on_point: Callable[[int, int], None] = _unseen,
) -> Suggestions:
    """
    Return the missing cases of a ruleset.

    For each point that no case shows a state is sought: from hardly anything known on, then from
    the states of cases that show something else of the same rule, remedy or fact. What is found is
    made as small as it goes. The search is bounded and always comes to the same.

    Args:
        coverage: What the scenarios show.
        cases: The scenarios.
        on_point: Called after each point, with how many are done and how many there are.
    """
    policy = coverage.policy
    eye, watch, known = Eye(policy), Watch(policy), _Known(coverage, cases)
    found: list[Suggestion] = []
    tries: dict[Point, int] = {}
    for number, point in enumerate(coverage.missed, 1):
        if point not in watch.shown:
            reached = reach(eye, point, known.bases(point))
            tries[point] = reached.tries
            if reached.found is not None:
                state, at = reached.found.state, reached.found.at
                decision = decide(policy, state, at=at)
                watch.see(state, at, decision, by=str(len(found)))
                found.append(Suggestion((), reached.found, decision))
        on_point(number, len(coverage.missed))
    shown: list[list[Point]] = [[] for _ in found]
    not_reached: dict[Point, int] = {}
    for point in coverage.missed:  # only now: a later state may show what a search did not find
        if point in watch.shown:
            shown[int(watch.shown[point])].append(point)
        else:
            not_reached[point] = tries[point]
    cases_found = (
        attrs.evolve(each, points=tuple(points)) for each, points in zip(found, shown, strict=True)
    )
    return Suggestions(policy, known.at, tuple(cases_found), not_reached, coverage.unreachable)


class _Known:
    """The states that searches begin at."""

    def __init__(self, coverage: Coverage, cases: Iterable[Case]) -> None:
        self.policy = coverage.policy
        self._cases = {case.name: case for case in cases}
        self._by: dict[tuple[str, str], dict[str, None]] = {}
        for point, name in coverage.shown.items():
            if name in self._cases:
                self._by.setdefault((point.section, point.owner), {})[name] = None
        self.at = self._usual()

    def _usual(self) -> int:
        """Return the instant at which most cases begin; else ten o'clock of some working day."""
        firsts: Counter[int] = Counter()
        for case in self._cases.values():
            scenes, _ = scenes_of(self.policy, attrs.evolve(case, moments=case.moments[:1]))
            firsts.update(scene.at for scene in scenes)
        if firsts:
            return max(sorted(firsts), key=lambda at: firsts[at])
        here = self.policy.calendars[self.policy.calendar]
        return instant(here.zone, _SOME_DAY.toordinal(), _TEN_O_CLOCK)

    def bases(self, point: Point) -> Iterator[Situated]:
        """Yield the states to begin at for one point."""
        for ago in _SINCE:
            received = datetime.datetime.fromtimestamp(self.at - ago, datetime.UTC).isoformat()
            yield Situated(read_state(self.policy, {"received_at": received}), self.at)
        yield Situated(read_state(self.policy, {}), self.at)
        for name in list(self._by.get((point.section, point.owner), ()))[:_BASES]:
            scenes, _ = scenes_of(self.policy, self._cases[name])
            states = [Situated(each.state, each.at) for each in scenes if each.state is not None]
            yield from states[-1:]
