"""Mutants of rules, targets, tables, actions and sequences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs

from complaint_rules.calendar import Duration
from complaint_rules.conditions.derived import Row, Table
from complaint_rules.conditions.tree import Condition, Constant
from complaint_rules.explanation.search.want import OPEN, YES
from complaint_rules.policy import Action, DueAfter, DueTarget, Policy, Rule, Sequence, Target
from complaint_rules.testing.mutation.board import Board
from complaint_rules.testing.mutation.mutant import Mutant, Proved, Touched, unproved, with_parts
from complaint_rules.testing.mutation.places import tables, with_row, with_rows
from complaint_rules.testing.mutation.reckoned import doubled
from complaint_rules.testing.mutation.together import Together
from complaint_rules.testing.mutation.wishes import (
    Wishes,
    for_action,
    for_actions,
    for_dues,
    for_sequence,
)

_ORDERED: Final = ("F", "P", "O", "R")


def of_items(policy: Policy) -> Iterator[Mutant]:
    """Yield every mutant whose fault is not in a condition."""
    together = Together(policy)
    for rule in policy.rules:
        yield from _of_rule(policy, rule)
    for target in policy.targets.values():
        yield from _of_target(policy, target)
    for owner, table in tables(policy):
        yield from _of_table(owner, table)
    for action in policy.actions.values():
        yield from _of_action(policy, action, together)
    for sequence in policy.sequences:
        yield from _of_sequence(policy, sequence, together)


# ------------------------------------------------------------------------ rules


def _of_rule(policy: Policy, rule: Rule) -> Iterator[Mutant]:
    condition = policy.conditions[rule.when]

    def mutant(kind: str, told: str, other: Rule) -> Mutant:
        def change(old: Policy) -> Policy:
            rules = tuple(other if each.id == rule.id else each for each in old.rules)
            return attrs.evolve(old, rules=rules)

        dues = for_dues(policy, (due for do in rule.do for due in do.due))
        goals = (((condition, YES),), ((condition, YES), *dues), ((condition, OPEN),))
        touched = _not_false(condition)
        return Mutant(kind, rule.id, told, rule.span, change, touched, goals=goals)

    for key, kind in _OUTPUTS:
        for number, output in enumerate(getattr(rule, key)):
            every = getattr(rule, key)
            rest = (*every[:number], *every[number + 1 :])
            told = f"`{key}: {_name(output)}` dropped"
            yield mutant(kind, told, with_parts(rule, {key: rest}))
    for number, (target, length) in enumerate(rule.target):
        longer = (*rule.target[:number], (target, twice(length)), *rule.target[number + 1 :])
        told = f"`target: {target}` takes twice as long"
        yield mutant("deadline doubled", told, attrs.evolve(rule, target=longer))
    for number, do in enumerate(rule.do):
        for due in doubled_dues(do.due):
            every = (*rule.do[:number], attrs.evolve(do, due=due), *rule.do[number + 1 :])
            told = f"`do: {do.action}` is due twice as late"
            yield mutant("deadline doubled", told, attrs.evolve(rule, do=every))
    for number, (name, cap) in enumerate(rule.cap):
        raised = (*rule.cap[:number], (name, doubled(cap)), *rule.cap[number + 1 :])
        yield mutant("cap changed", f"`cap: {name}` doubled", attrs.evolve(rule, cap=raised))


_OUTPUTS: Final = (
    ("do", "action dropped"),
    ("never", "prohibition dropped"),
    ("manner", "manner dropped"),
    ("mute", "mute dropped"),
    ("cap", "cap dropped"),
    ("withhold", "withhold dropped"),
    ("approver", "approver dropped"),
    ("escalate", "escalation dropped"),
    ("target", "deadline dropped"),
)


def _name(output: Any) -> str:
    if isinstance(output, str):
        return output
    return str(output[0] if isinstance(output, tuple) else output.action)


def _not_false(condition: Condition) -> Touched:
    return lambda board: board.not_false(condition)


# ---------------------------------------------------------------------- targets


def _of_target(policy: Policy, target: Target) -> Iterator[Mutant]:
    condition = policy.conditions[target.when]

    def mutant(kind: str, told: str, other: Target) -> Mutant:
        def change(old: Policy) -> Policy:
            return attrs.evolve(old, targets={**old.targets, target.id: other})

        goals = (((condition, YES),),)
        touched = _not_false(condition)
        return Mutant(kind, target.id, told, target.span, change, touched, goals=goals)

    if target.due is not None:
        other = attrs.evolve(target, due=twice(target.due))
        yield mutant("deadline doubled", "`due` doubled", other)
    if target.opens is not None:
        yield mutant("opening dropped", "`opens` dropped", attrs.evolve(target, opens=None))
    told = "`pauses` no longer" if target.pauses else "`pauses` though it must not"
    yield mutant("pause changed", told, attrs.evolve(target, pauses=not target.pauses))


def _of_table(owner: str, table: Table) -> Iterator[Mutant]:
    for row in table.rows:
        yield _dropped(owner, table, row)
        for name, output in row.outputs.items():
            if not isinstance(output, Constant) or not isinstance(output.value, Duration):
                continue
            longer = attrs.evolve(output, value=twice(output.value))
            other = attrs.evolve(row, outputs={**row.outputs, name: longer})

            def change(old: Policy, row: Row = row, other: Row = other) -> Policy:
                return with_row(old, owner, row, other)

            told = f"`{name}` doubled"
            touched, goals = _not_false(row.condition), (((row.condition, YES),),)
            yield Mutant("deadline doubled", row.id, told, row.span, change, touched, goals=goals)
    if table.hit in _ORDERED:
        yield from (_swapped(owner, table, number) for number in range(len(table.rows) - 1))


def _dropped(owner: str, table: Table, row: Row) -> Mutant:
    rest = tuple(each for each in table.rows if each is not row)

    def change(old: Policy) -> Policy:
        return with_rows(old, owner, lambda held: attrs.evolve(held, rows=rest))

    touched, goals = _not_false(row.condition), (((row.condition, YES),),)
    return Mutant("row dropped", row.id, "dropped", row.span, change, touched, goals=goals)


def _swapped(owner: str, table: Table, number: int) -> Mutant:
    rows = list(table.rows)
    rows[number], rows[number + 1] = rows[number + 1], rows[number]
    first, second = table.rows[number], table.rows[number + 1]

    def change(old: Policy) -> Policy:
        return with_rows(old, owner, lambda held: attrs.evolve(held, rows=tuple(rows)))

    def touched(board: Board) -> int:
        return board.not_false(first.condition) & board.not_false(second.condition)

    told, goals = (
        f"swapped with `{second.id}`",
        (((first.condition, YES), (second.condition, YES)),),
    )
    return Mutant("rows swapped", first.id, told, first.span, change, touched, goals=goals)


# ---------------------------------------------------------------------- actions


def _of_action(policy: Policy, action: Action, together: Together) -> Iterator[Mutant]:
    def touched(board: Board) -> int:
        return board.where(lambda seen: any(each.id == action.id for each in seen.decision.actions))

    def mutant(kind: str, told: str, other: Action, proved: Proved = unproved) -> Mutant:
        def change(old: Policy) -> Policy:
            return attrs.evolve(old, actions={**old.actions, action.id: other})

        return Mutant(kind, action.id, told, action.span, change, touched, proved, goals)

    goals: tuple[Wishes, ...] = (for_action(policy, action),)
    for due in doubled_dues(action.due):
        yield mutant("deadline doubled", "due twice as late", attrs.evolve(action, due=due))
    for each in action.after:
        rest = tuple(other for other in action.after if other != each)
        goals = ((*for_action(policy, action), *for_actions(policy, [each])),)
        other = attrs.evolve(action, after=rest)
        proved = together.never(action.id, each)
        yield mutant("order dropped", f"`after: {each}` dropped", other, proved)


def doubled_dues(dues: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Yield due times with one of them twice as late; a whole target is as late as can be."""
    for number, due in enumerate(dues):
        match due:
            case DueAfter(_, duration):
                other: Any = attrs.evolve(due, duration=twice(duration))
            case DueTarget(_, (part, whole)) if part * 2 <= whole:
                other = attrs.evolve(due, part=(part * 2, whole))
            case _:
                continue
        yield (*dues[:number], other, *dues[number + 1 :])


def twice(duration: Duration) -> Duration:
    """Return a duration of twice the amount; of no time at all, a day."""
    return attrs.evolve(duration, amount=duration.amount * 2 or 1)


# -------------------------------------------------------------------- sequences


def _of_sequence(policy: Policy, sequence: Sequence, together: Together) -> Iterator[Mutant]:
    steps = sequence.steps
    for number in range(len(steps) - 1):
        other = list(steps)
        other[number], other[number + 1] = other[number + 1], other[number]
        pair = {steps[number], steps[number + 1]}

        def change(old: Policy, other: list[str] = other) -> Policy:
            changed = attrs.evolve(sequence, steps=tuple(other))
            every = tuple(changed if each.id == sequence.id else each for each in old.sequences)
            return attrs.evolve(old, sequences=every)

        def touched(board: Board, pair: set[str] = pair) -> int:
            return board.where(lambda seen: pair <= {each.id for each in seen.decision.actions})

        told = f"`{steps[number]}` and `{steps[number + 1]}` swapped"
        goals = (for_sequence(policy, sequence, steps[number : number + 2]),)
        proved = together.never(steps[number], steps[number + 1], when=sequence.when)
        yield Mutant(
            "steps swapped", sequence.id, told, sequence.span, change, touched, proved, goals
        )
