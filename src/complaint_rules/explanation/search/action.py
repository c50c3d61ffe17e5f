"""What keeps an action from being next: nobody asks for it, it is forbidden, it was done."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from complaint_rules.conditions import evaluate, truth
from complaint_rules.conditions.tree import Condition
from complaint_rules.decision import Decision
from complaint_rules.decision.gathering.asks import learn_by
from complaint_rules.decision.seeing.promises import EXPLAIN_DELAY, promises
from complaint_rules.explanation.change import UNKNOWN
from complaint_rules.explanation.search.reach import reaches
from complaint_rules.explanation.search.solve import Solver
from complaint_rules.explanation.search.valid import ruled, unruled, validity
from complaint_rules.explanation.search.wait import waiting
from complaint_rules.explanation.search.want import YES, Fix, Want, both, fewest
from complaint_rules.facts import NOT_YET, Value
from complaint_rules.policy import Action, Target

_MOST_WAITING: Final = 12
_FAR: Final = 60 * 86_400
"""Longer than a promise is warned of before it is due."""


def action_obstacles(solver: Solver, decision: Decision, name: str) -> Iterator[list[Fix]]:
    """Yield the ways to overcome what keeps an action from being next."""
    policy = solver.policy
    action = policy.actions[name]
    yield from validity(solver, action)
    undone = _undone(solver, decision, action)
    if undone:
        yield [*undone, *_promise(solver, name)]
    asking = tuple(rule for rule in policy.rules if any(do.action == name for do in rule.do))
    forbidding = [rule for rule in policy.rules if name in rule.never]
    for rule in forbidding:
        if any(name == each.id and rule.id in each.rules for each in decision.prohibitions):
            by_law = ruled(solver, (each for each in asking if each.law))
            yield fewest([*unruled(solver, rule), *by_law])
    asked = any(each.learn_by == name for each in decision.asks) or any(
        truth(policy.conditions[rule.when], solver.situation) and not validity(solver, rule)
        for rule in asking
    )
    if not asked and not (name == EXPLAIN_DELAY and _late(solver)):
        learned = _learning(solver, name)
        yield [*ruled(solver, asking), *_promise(solver, name), *learned]


# ----------------------------------------------------------------------- done


def _undone(solver: Solver, decision: Decision, action: Action) -> list[Fix]:
    """Return ways to have an action still to be done; empty where it is, or may be."""
    done, present = solver.look.state.done, solver.look.present
    repeat = action.repeat
    mine = [each for each in done if each.action == action.id]
    if repeat.ever is not None:
        spare = len(mine) - repeat.ever + 1
        if spare <= 0:
            return []
        places = [place for place, each in enumerate(done) if each.action == action.id]
        late = places[-spare:]
        return [{"done": tuple(each for place, each in enumerate(done) if place not in late)}]
    found: list[Fix] = []
    rest = tuple(each for each in done if each not in mine or not present.holds(each.at))
    if rest != done:
        found.append({"done": rest})
    met = [each for each in decision.targets if each.id == repeat.each and each.met_at is not None]
    for target in met:
        want = Want(partial(_lies_before, target.start or 0))
        found += solver.value(solver.policy.targets[target.id].met_by, want)
    if met or (repeat.each is None and rest != done):
        return fewest(found)
    listed = any(each.id == repeat.each for each in decision.targets)
    return [] if listed else found


def _lies_before(start: int, value: Value | None) -> bool:
    """Return whether an instant has not happened, or happened before a start."""
    return value is NOT_YET or (type(value) is int and value < start)


# ---------------------------------------------------------------------- asking


def _late(solver: Solver) -> bool:
    return any(promise.late for promise in promises(solver.look))


def _promise(solver: Solver, name: str) -> list[Fix]:
    """Return the promise about to be missed that asks for an explanation (semantics 19)."""
    if name != EXPLAIN_DELAY:
        return []
    records = solver.situation.values.get("promises")
    kept = records if isinstance(records, tuple) else ()
    now = solver.situation.now
    due = now + _FAR
    late = {"due": now, "kept": False}
    # No explanation that was given before can be of this one.
    fresh = {"due": due, "kept": False, "expected": due + 1, "slipped_at": now}
    return [{"promises": (*kept, late)}, {"promises": (*kept, fresh)}]


def _learning(solver: Solver, name: str) -> list[Fix]:
    """Return ways to have something wait for a fact that the action learns."""
    policy, found = solver.policy, list[Fix]()
    for fact in sorted(policy.facts):
        if learn_by(policy, fact) != name or not _may_be_unknown(solver, fact):
            continue
        unknown: Fix = {fact: UNKNOWN} if fact in solver.situation.values else {}
        further = solver.after(unknown) if unknown else solver
        if further is not None:
            found += [{**unknown, **fix} for fix in _waiting(further, fact)]
        found.append(unknown)
    return fewest(fix for fix in found if fix)


def _may_be_unknown(solver: Solver, name: str) -> bool:
    fact = solver.policy.facts[name]
    return not fact.derived and not fact.fields


def _waiting(solver: Solver, fact: str) -> Iterator[Fix]:
    """Yield ways to have a condition wait for a fact that is unknown."""
    nodes = [node for node in _asked(solver) if reaches(solver.policy, node, fact)]
    for node in nodes[:_MOST_WAITING]:
        yield from waiting(solver, node, fact)
    for remedy in solver.policy.remedies.values():
        amount = remedy.amount
        if amount is not None and reaches(solver.policy, amount, fact):
            yield from solver.hold(solver.policy.conditions[remedy.when], YES)
    for target in solver.policy.targets.values():
        for read in (target.start, target.met_by):
            if reaches(solver.policy, read, fact) and evaluate(read, solver.situation) is None:
                yield from solver.hold(solver.policy.conditions[target.when], YES)
        yield from _rows(solver, target, fact)


def _rows(solver: Solver, target: Target, fact: str) -> Iterator[Fix]:
    """Yield ways to have a row of a target wait for a fact: the target starts besides."""
    rows = () if target.table is None else target.table.rows
    reached = [row.condition for row in rows if reaches(solver.policy, row.condition, fact)]
    if reached:
        begun = solver.value(target.start, Want(_is_instant))
        stands = solver.hold(solver.policy.conditions[target.when], YES)
        for node in reached[:_MOST_WAITING]:
            yield from both([list(waiting(solver, node, fact)), begun, stands], solver.now)


def _is_instant(value: Value | None) -> bool:
    return type(value) is int


def _asked(solver: Solver) -> list[Condition]:
    """Return every condition whose unknown facts are asked."""
    policy = solver.policy
    found = list(policy.conditions)
    found += [each.when for each in (*policy.stages, *policy.sides)]
    found += [each.recognise for each in policy.types.values() if each.recognise is not None]
    return found
