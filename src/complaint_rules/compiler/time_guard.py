"""Time enters only where its next effect can be foreseen (semantics 20)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from complaint_rules.compiler.told import (
    Owned,
    Priced,
    error,
    of_item,
    of_rules,
    priced,
    rows,
    tests,
)
from complaint_rules.conditions import Motion, Pace, motions, stepped
from complaint_rules.conditions.reading import reads_now
from complaint_rules.conditions.tree import Condition
from complaint_rules.policy import (
    Derivation,
    Due,
    DueAfter,
    FirstOf,
    OverRecords,
    TableOf,
    TruthOf,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from complaint_rules.compiler.site import Site
    from complaint_rules.policy import Policy
    from complaint_rules.problem import Problem
    from complaint_rules.source import Span

_CODE: Final = "unstepped-time"
_CURE: Final = "compare it, or count it in whole units, as in `whole(now - received_at, 1 h)`"


def check_time(policy: Policy, root: Site) -> Iterator[Problem]:
    """
    Yield a problem for each place where the next effect of time cannot be foreseen.

    Args:
        policy: The policy.
        root: The ruleset, for the places of facts and expressions.
    """
    known = motions(policy.derivations)
    section = root.at("facts")
    places = {name: section.key(name) for name in policy.facts}
    for name, move in known.items():
        if move.pace is Pace.WILD:
            message = f"fact `{name}` reckons with time that runs on"
            yield error(_CODE, message, _CURE, None, places.get(name))
    for name, expression in policy.defaults.items():
        if reads_now(expression):
            message = f"fact `{name}` has a default that moves with time"
            yield error(_CODE, message, "derive a fact from `now` instead", None, places.get(name))
    for owned in _conditions(policy, places):
        yield from _unsolved(owned, known)
    for name, derivation in policy.derivations.items():
        if isinstance(derivation, OverRecords):
            # Its tests name fields, which stand still whatever facts of the same name do.
            fields = policy.facts[derivation.records].fields
            others = {n: move for n, move in known.items() if n not in fields}
            where = Owned(derivation.where, f"fact `{name}`", places.get(name))
            yield from _unsolved(where, others)
    yield from _shown(policy, known, root)


def _unsolved(owned: Owned, known: Mapping[str, Motion]) -> Iterator[Problem]:
    for test in tests(owned.condition):
        if not stepped(test, known):
            message = f"{owned.owner} tests `{test.fact}` against a bound that moves with it"
            yield error(_CODE, message, _CURE, test, owned.span)


def _shown(policy: Policy, known: Mapping[str, Motion], root: Site) -> Iterator[Problem]:
    for owner, span, expression in _values(policy, root):
        if not stepped(expression, known, shown=True):
            message = f"{owner} has a value that changes every second"
            yield error(_CODE, message, _CURE, None, span)


def _conditions(policy: Policy, places: Mapping[str, Span]) -> Iterator[Owned]:
    for name, derivation in policy.derivations.items():
        for condition in _inside(derivation):
            yield Owned(condition, f"fact `{name}`", places.get(name))
    for kind in policy.types.values():
        if kind.recognise is not None:
            yield Owned(kind.recognise, f"customer type `{kind.id}`", kind.span)
    for stage in (*policy.stages, *policy.sides):
        yield Owned(stage.when, f"stage `{stage.id}`", stage.span)
    yield from of_rules(policy, policy.rules)
    yield from _of_items(policy)


def _of_items(policy: Policy) -> Iterator[Owned]:
    for target in policy.targets.values():
        yield of_item(policy, target.when, "target", target)
        yield from rows(target.table, f"target `{target.id}`")
    for remedy in policy.remedies.values():
        yield of_item(policy, remedy.when, "remedy", remedy)
        if isinstance(remedy.amount, TableOf):
            yield from rows(remedy.amount.table, f"remedy `{remedy.id}`")
    for group in policy.groups.values():
        yield of_item(policy, group.opens, "group", group)
    for sequence in policy.sequences:
        yield of_item(policy, sequence.when, "sequence", sequence)


def _inside(derivation: Derivation) -> tuple[Condition, ...]:
    match derivation:
        case TruthOf(condition):
            return (condition,)
        case FirstOf(cases, _):
            return tuple(condition for condition, _ in cases)
        case TableOf(table):
            return tuple(row.condition for row in table.rows)
        case _:
            return ()


def _values(policy: Policy, root: Site) -> Iterator[Priced]:
    yield from priced(policy, root)
    for target in policy.targets.values():
        owner, site = f"target `{target.id}`", root.at("targets", target.id)
        yield Priced(owner, site.at("from").span, target.start)
        yield Priced(owner, site.at("met_by").span, target.met_by)
    for action in policy.actions.values():
        place = root.at("actions", action.id, "due").span
        yield from _starts(f"action `{action.id}`", place, action.due)
    for remedy in policy.remedies.values():
        owner, site = f"remedy `{remedy.id}`", root.at("remedies", remedy.id)
        yield from _starts(owner, site.at("due").span, remedy.due)
        if remedy.cost is not None:
            yield Priced(owner, site.at("cost").span, remedy.cost)
    for rule in policy.rules:
        for each in rule.do:
            yield from _starts(f"rule `{rule.id}`", rule.span, each.due)


def _starts(owner: str, span: Span | None, dues: Iterable[Due]) -> Iterator[Priced]:
    return (Priced(owner, span, due.start) for due in dues if isinstance(due, DueAfter))
