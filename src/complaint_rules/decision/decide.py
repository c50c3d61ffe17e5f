"""`decide`: one complaint at one instant in, what now out. Pure and total (design 4)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from operator import attrgetter
from typing import Final, TypeAlias

from complaint_rules.decision.actions import next_actions
from complaint_rules.decision.answer.as_json import FORMAT
from complaint_rules.decision.answer.fresh import blank
from complaint_rules.decision.answer.instants import whole_seconds
from complaint_rules.decision.answer.later import Later
from complaint_rules.decision.answer.shape import (
    Choice,
    DecidedAction,
    DecidedTarget,
    Decision,
    Notice,
    Owed,
    Withheld,
)
from complaint_rules.decision.gathering.agenda import agenda_of
from complaint_rules.decision.gathering.asks import Tracer
from complaint_rules.decision.gathering.prepared import prepare
from complaint_rules.decision.gathering.scene import Scene
from complaint_rules.decision.prohibitions import prohibitions
from complaint_rules.decision.reasons import reasons
from complaint_rules.decision.remedies.owed import owed_lines, room
from complaint_rules.decision.remedies.shares import voluntary
from complaint_rules.decision.review import review_at
from complaint_rules.decision.seeing.promises import promises
from complaint_rules.decision.seeing.situation import look
from complaint_rules.decision.timing.runs import Targets
from complaint_rules.decision.timing.targets import targets
from complaint_rules.decision.unset import unset_settings
from complaint_rules.engines import NAMES, Engine, build
from complaint_rules.errors import EngineError, StateError
from complaint_rules.money import Money
from complaint_rules.policy import Policy
from complaint_rules.problem import Problem, Report
from complaint_rules.state import State

_DECISION: Final = blank(Decision)
_REMEDY: Final = attrgetter("remedy")
_Ruled: TypeAlias = DecidedAction | DecidedTarget | Owed | Choice | Withheld


def decide(
    policy: Policy,
    state: State,
    *,
    at: int | str | datetime.datetime,
    engine: str | Engine = "index",
) -> Decision:
    """
    Return what a policy says of a complaint at an instant.

    The same policy, state and instant give the same decision for ever, whatever the order of the
    facts.

    Args:
        policy: The policy.
        state: A state validated for this policy.
        at: The instant: an aware datetime, RFC 3339 text, or whole seconds since
            1970-01-01T00:00:00Z. Fractions of a second are cut off.
        engine: Name of the engine that matches, or an engine built for this policy.

    Raises:
        StateError: The state was validated for another policy (`foreign-state`); `at` is no
            instant (`bad-instant`), has no offset (`naive-time`) or lies outside the years 1900
            to 2400 (`instant-out-of-range`); or a happening lies more than five minutes after it
            (`future-happening`).
        EngineError: There is no such engine, or it failed.
    """
    now = at if type(at) is int else whole_seconds(at)
    if state.fingerprint != policy.fingerprint:
        raise _foreign(policy)
    prepared = prepare(policy)
    matcher = prepared.engines.get(engine) if type(engine) is str else None
    if matcher is None:
        matcher = _matcher(policy, engine)
    seen = look(policy, state, now)
    situation = seen.situation
    match = matcher.match(situation)
    found = targets(policy, seen, match, matcher.match)
    agenda = agenda_of(policy, prepared, match, situation.event_date)
    scene = Scene(
        policy=policy,
        prepared=prepared,
        look=seen,
        situation=situation,
        match=match,
        combined=agenda.combined,
        agenda=agenda,
        clocks=found.clocks,
        tracer=Tracer(policy, situation),
        seeds=[*seen.seeds, *found.seeds],
        notices=[*seen.notices, *found.notices],
        moments=[],
        dues=[],
    )
    return _decided(scene, found)


def _matcher(policy: Policy, engine: str | Engine) -> Engine:
    if isinstance(engine, str):
        return engine_of(policy, engine)
    if not callable(getattr(engine, "match", None)):
        known = ", ".join(f"`{name}`" for name in NAMES)
        told = f"`engine` is neither the name of an engine nor an engine; names: {known}"
        raise EngineError(told, engine=type(engine).__name__)
    return engine


def engine_of(policy: Policy, name: str) -> Engine:
    """
    Return a policy's engine of a name; built at the first call and kept as long as the policy.

    Raises:
        EngineError: There is no such engine, or it cannot express the policy.
    """
    built = prepare(policy).engines
    engine = built.get(name)
    if engine is None:
        engine = built[name] = build(policy, name)
    return engine


def _foreign(policy: Policy) -> StateError:
    problem = Problem(
        "foreign-state",
        f"the state was validated for another ruleset than `{policy.id}` of this edition",
        help="validate the facts again with the policy that decides",
    )
    return StateError(Report.of([problem]))


def _decided(scene: Scene, found: Targets) -> Decision:
    """Go through the steps of design 4 from combining on: what waits is known last."""
    situation, seen = scene.situation, scene.look
    waiting = scene.agenda.waits.of(situation)
    scene.seeds.extend(filter(None, waiting))
    owed = owed_lines(scene)
    left = room(scene, owed)
    given = voluntary(scene, left, owed.lines)
    course = prohibitions(scene, waiting)
    promised = promises(seen)
    actions, asks = next_actions(scene, course, promised)
    scene.notices.extend(unset_settings(scene))
    decided = found.decided
    withheld = tuple(sorted((*owed.withheld, *given.withheld), key=_REMEDY))
    complaint_id = situation.values.get("complaint_id")
    made = _DECISION()
    made.format = FORMAT
    made.ruleset = scene.prepared.stamp
    made.at = situation.now
    made.complaint_id = complaint_id if isinstance(complaint_id, str) else None
    made.stage = seen.stage
    made.side = seen.sides
    made.types = seen.types
    made.actions = actions
    made.manner = scene.combined.manner
    made.targets = decided
    made.owed = owed.lines
    made.choices = given.choices
    made.goodwill = given.goodwill
    made.room = None if left.left is None else Money(left.left, situation.currency)
    made.withheld = withheld
    made.prohibitions = course.forbidden
    made.asks = asks
    made.escalations = scene.combined.escalations
    made.assumed = situation.assumed
    made.notices = _sorted(scene.notices) if scene.notices else ()
    made.review_at = review_at(
        scene.prepared.watch, seen, found, scene.moments, promised, scene.priced
    )
    made.reasons = Later(
        lambda: reasons(
            scene,
            course.named,
            _named(actions, decided, owed.lines, given.choices, given.goodwill, withheld),
        )
    )
    made.timezone = situation.calendar.timezone
    made.__class__ = Decision
    return made  # type: ignore[no-any-return]


def _named(*lines: Iterable[_Ruled]) -> set[str]:
    """Return the ids that lines of a decision name."""
    return {rule for each in lines for line in each for rule in line.rules}


def _sorted(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    return tuple(sorted(set(notices), key=lambda notice: (notice.code, notice.about)))
