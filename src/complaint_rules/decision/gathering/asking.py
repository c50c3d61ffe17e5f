"""Which actions are next: what rules ask for, and what slipping promises and waiting items do."""

from __future__ import annotations

from typing import Final, NamedTuple

import attrs

from complaint_rules.decision.gathering.agenda import Course, want_of
from complaint_rules.decision.gathering.awaited import Waited
from complaint_rules.decision.gathering.combine import Ids
from complaint_rules.decision.gathering.lineup import Lineup
from complaint_rules.decision.gathering.scene import Scene
from complaint_rules.decision.gathering.wants import Want
from complaint_rules.decision.seeing.promises import EXPLAIN_DELAY
from complaint_rules.decision.timing.alone import Dues

_MOST_LINEUPS: Final = 4_096
"""How many lineups a policy keeps: they differ by the rules, what was done and what is awaited."""
PROMISE: Final = "promise"
"""Id of the reason for it."""


class Asking(NamedTuple):
    """
    What the next actions follow from.

    Attributes:
        course: What must not be done, and what rules ask for.
        closed: The actions among them that are not to be done again.
        waited: What waits, and the actions that learn it; `None` before that is asked.
        delayed: A promise slips, which asks for its explanation.
    """

    course: Course
    closed: frozenset[str]
    waited: Waited | None = None
    delayed: bool = False


def lineup_of(scene: Scene, asking: Asking) -> Lineup:
    """Return the actions that are next; made once of what they follow from."""
    kept = scene.prepared.lineups
    known: Lineup | None = kept.get(asking)
    if known is None:
        known = _made(scene, asking)
        if len(kept) >= _MOST_LINEUPS:
            kept.clear()
        kept[asking] = known
    return known


def _made(scene: Scene, asking: Asking) -> Lineup:
    course, closed, waited, delayed = asking
    wants = {each.name: each for each in course.wants if each.name not in closed}
    if delayed and _join(scene, wants, EXPLAIN_DELAY, (PROMISE,), closed):
        # It is due with the promise, apart from all others.
        mine = wants[EXPLAIN_DELAY]
        wants[EXPLAIN_DELAY] = attrs.evolve(mine, dues=Dues(mine.dues.each, promised=True))
    for name, rules in waited.learners if waited is not None else ():
        if name not in course.barred:
            _join(scene, wants, name, rules, closed)
    return Lineup(scene.prepared.lines.groups(wants.values()))


def _join(
    scene: Scene, wants: dict[str, Want], name: str, others: Ids, closed: frozenset[str]
) -> bool:
    """Take an action that others than rules ask for; return whether it is one (15)."""
    mine = wants.get(name)
    if mine is None and name not in closed:
        day = scene.situation.event_date
        mine = want_of(scene.policy, scene.prepared, scene.agenda, name, day)
    if mine is None:
        return False
    wants[name] = mine.joined_by(others)
    return True
