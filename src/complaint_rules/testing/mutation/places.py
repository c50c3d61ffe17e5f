"""Every condition of a policy in its place: how to read it, and how to put another there."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

from complaint_rules.conditions.derived import FirstOf, OverRecords, Row, Table, TableOf, TruthOf
from complaint_rules.conditions.tree import Condition
from complaint_rules.decision.seeing.derive import derive
from complaint_rules.facts import Fact
from complaint_rules.policy import Policy
from complaint_rules.source import Span
from complaint_rules.testing.mutation.board import Seen
from complaint_rules.testing.mutation.mutant import Touched, with_parts
from complaint_rules.testing.mutation.wishes import Wishes, for_actions, for_remedy


@attrs.frozen
class Proof:
    """
    What must be proved of two conditions for it not to matter which stands in a place.

    Attributes:
        unless: They need not agree where one of these is true.
        surely: Whether they are true is all that counts.
        none: Nothing will do: more is shown of the condition than how it turns out.
    """

    unless: tuple[Condition, ...] = ()
    surely: bool = False
    none: bool = False


@attrs.frozen(eq=False)
class Place:
    """
    Where a condition stands.

    Attributes:
        owner: Id of what it belongs to.
        span: Where that is written.
        condition: The condition.
        facts: The facts its tests name.
        put: Makes the policy with another condition here.
        touched: From the other condition: the moments to which it may matter.
        proof: What must be proved of another condition for it to change nothing.
        sought: It is a condition of a complaint, so that a state can be sought for it.
        besides: What must hold besides for the condition to show.
    """

    owner: str
    span: Span | None
    condition: Condition
    facts: Mapping[str, Fact]
    put: Callable[[Policy, Condition], Policy]
    touched: Callable[[Condition], Touched]
    proof: Proof = Proof()
    sought: bool = True
    besides: Wishes = ()


def places(policy: Policy) -> Iterator[Place]:
    """Yield every condition of a policy in its place."""
    yield from _numbered(policy)
    yield from _rows(policy)
    yield from _lists(policy)
    yield from _derived(policy)


def _plain(before: Condition) -> Callable[[Condition], Touched]:
    def touched(after: Condition) -> Touched:
        return lambda board: board.parted(before, after)

    return touched


def _signalled(before: Condition) -> Callable[[Condition], Touched]:
    """Touch what a type's condition is true of besides: its signals are shown."""

    def touched(after: Condition) -> Touched:
        return lambda board: board.parted(before, after) | board.not_false(before)

    return touched


def _numbered(policy: Policy) -> Iterator[Place]:
    def place(
        section: str,
        item: Any,
        key: str,
        unless: tuple[Condition, ...] = (),
        besides: Wishes = (),
    ) -> Place:
        condition = policy.conditions[getattr(item, key)]

        def put(old: Policy, other: Condition) -> Policy:
            number = len(old.conditions)
            changed = attrs.evolve(item, **{key: number})
            held = getattr(old, section)
            items: Any = (
                {**held, item.id: changed}
                if isinstance(held, Mapping)
                else tuple(changed if each is item else each for each in held)
            )
            return with_parts(old, {"conditions": (*old.conditions, other), section: items})

        touched = _plain(condition)
        return Place(
            item.id,
            item.span,
            condition,
            policy.facts,
            put,
            touched,
            Proof(unless),
            besides=besides,
        )

    for rule in policy.rules:
        yield place("rules", rule, "when")
    for target in policy.targets.values():
        yield place("targets", target, "when")
    for remedy in policy.remedies.values():
        yield place("remedies", remedy, "when", besides=for_remedy(policy, remedy)[1:])
    for group in policy.groups.values():
        first = next((e for e in policy.remedies.values() if e.group == group.id), None)
        opened = () if first is None else for_remedy(policy, attrs.evolve(first, group=""))
        yield place("groups", group, "opens", besides=opened)
    for number, sequence in enumerate(policy.sequences):
        earlier = [each for each in policy.sequences[:number] if each.valid is None]
        unless = tuple(policy.conditions[each.when] for each in earlier)
        steps = for_actions(policy, sequence.steps[:2])
        yield place("sequences", sequence, "when", unless, steps)


def with_rows(policy: Policy, owner: str, change: Callable[[Table], Table]) -> Policy:
    """
    Return a policy with one table changed.

    Args:
        policy: The policy.
        owner: The target, remedy or fact whose table it is.
        change: Makes the other table.
    """
    target = policy.targets.get(owner)
    if target is not None and target.table is not None:
        other = attrs.evolve(target, table=change(target.table))
        return attrs.evolve(policy, targets={**policy.targets, owner: other})
    remedy = policy.remedies.get(owner)
    if remedy is not None and isinstance(remedy.amount, TableOf):
        amount = attrs.evolve(remedy.amount, table=change(remedy.amount.table))
        changed = attrs.evolve(remedy, amount=amount)
        return attrs.evolve(policy, remedies={**policy.remedies, owner: changed})
    derivation = policy.derivations[owner]
    assert isinstance(derivation, TableOf)  # noqa: S101 - the only other owner of a table
    table = attrs.evolve(derivation, table=change(derivation.table))
    return attrs.evolve(policy, derivations={**policy.derivations, owner: table})


def tables(policy: Policy) -> Iterator[tuple[str, Table]]:
    """Yield every table of a policy with the id of its owner."""
    for target in policy.targets.values():
        if target.table is not None:
            yield target.id, target.table
    for remedy in policy.remedies.values():
        if isinstance(remedy.amount, TableOf):
            yield remedy.id, remedy.amount.table
    for name, derivation in policy.derivations.items():
        if isinstance(derivation, TableOf):
            yield name, derivation.table


def with_row(policy: Policy, owner: str, row: Row, other: Row) -> Policy:
    """Return a policy with one row of a table changed."""

    def change(table: Table) -> Table:
        return attrs.evolve(
            table, rows=tuple(other if each.id == row.id else each for each in table.rows)
        )

    number = len(policy.conditions)
    added = attrs.evolve(policy, conditions=(*policy.conditions, other.condition))
    other = attrs.evolve(other, number=number)
    return with_rows(added, owner, change)


def _rows(policy: Policy) -> Iterator[Place]:
    for owner, table in tables(policy):
        for row in table.rows:

            def put(old: Policy, other: Condition, owner: str = owner, row: Row = row) -> Policy:
                return with_row(old, owner, row, attrs.evolve(row, condition=other))

            before = row.condition
            yield Place(row.id, row.span, before, policy.facts, put, _plain(before))


def _lists(policy: Policy) -> Iterator[Place]:
    for section in ("stages", "sides"):
        for place, stage in enumerate(getattr(policy, section)):

            def put(
                old: Policy, other: Condition, section: str = section, name: str = stage.id
            ) -> Policy:
                held = [
                    attrs.evolve(each, when=other) if each.id == name else each
                    for each in getattr(old, section)
                ]
                return with_parts(old, {section: tuple(held)})

            # Only the first stage that holds is told, but every side state.
            earlier = policy.stages[:place] if section == "stages" else ()
            proof = Proof(tuple(each.when for each in earlier if each.valid is None))
            before = stage.when
            yield Place(stage.id, stage.span, before, policy.facts, put, _plain(before), proof)
    for kind in policy.types.values():
        if kind.recognise is not None:

            def recognised(old: Policy, other: Condition, name: str = kind.id) -> Policy:
                changed = attrs.evolve(old.types[name], recognise=other)
                return attrs.evolve(old, types={**old.types, name: changed})

            before = kind.recognise
            touched = _signalled(before)
            yield Place(
                kind.id, kind.span, before, policy.facts, recognised, touched, Proof(none=True)
            )


def _derived(policy: Policy) -> Iterator[Place]:
    for name, derivation in policy.derivations.items():
        match derivation:
            case TruthOf(condition):
                put = _computed(name, derivation, lambda _, new: TruthOf(new))
                yield Place(name, None, condition, policy.facts, put, _plain(condition))
            case FirstOf(cases):
                for number, (condition, _) in enumerate(cases):
                    put = _computed(name, derivation, functools.partial(_with_case, number))
                    yield Place(name, None, condition, policy.facts, put, _plain(condition))
            case OverRecords(records=records, where=where):
                fields = policy.facts[records].fields
                put = _computed(name, derivation, lambda old, new: attrs.evolve(old, where=new))
                touched = _counted(derivation, policy.facts[name])
                yield Place(
                    name, None, where, fields, put, touched, Proof(surely=True), sought=False
                )
            case _:
                pass


def _computed(
    name: str, before: Any, make: Callable[[Any, Condition], Any]
) -> Callable[[Policy, Condition], Policy]:
    def put(old: Policy, other: Condition) -> Policy:
        changed = make(before, other)
        return attrs.evolve(old, derivations={**old.derivations, name: changed})

    return put


def _counted(before: OverRecords, fact: Fact) -> Callable[[Condition], Touched]:
    def touched(other: Condition) -> Touched:
        after = attrs.evolve(before, where=other)

        def differs(seen: Seen) -> bool:
            situation = seen.situation
            return derive(before, fact, situation, []) != derive(after, fact, situation, [])

        return lambda board: board.where(differs)

    return touched


def _with_case(number: int, old: FirstOf, new: Condition) -> FirstOf:
    cases = list(old.cases)
    cases[number] = (new, cases[number][1])
    return attrs.evolve(old, cases=tuple(cases))
