"""What no state can show, with the reason: only what is proved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from complaint_rules.compiler.overlaps import hides
from complaint_rules.conditions.derived import Row, Table
from complaint_rules.policy import Policy
from complaint_rules.testing.coverage.points import (
    Leaf,
    Point,
    leaves,
    owned_conditions,
    rows_of,
    side_of,
    tier_of,
)
from complaint_rules.testing.coverage.possible import Possible


def unreachable(policy: Policy) -> Mapping[Point, str]:
    """
    Return the points of a policy that no state can show, each with the reason.

    Proved are: sides of tests that all values of a fact, or none, pass; what rests on a condition
    that contradicts itself; rows behind one that holds wherever they do, under hit policy F; and
    the higher tiers of a remedy without an amount.
    """
    possible = Possible(policy)
    found: dict[Point, str] = {}
    for leaf in leaves(policy):
        found.update(_sides(possible, leaf))
    never = {
        (owned.section, owned.owner): reason
        for owned in owned_conditions(policy)
        if (reason := possible.never(owned.condition, owned.records))
    }
    for rule in policy.rules:
        if ("rules", rule.id) in never:
            found[Point("fired", "rules", rule.id, "", rule.span)] = never["rules", rule.id]
    for row, reason in _hidden(policy):
        found[Point("hit", "rows", row.id, "", row.span)] = reason
    for _, row in rows_of(policy):
        if ("rows", row.id) in never:
            found[Point("hit", "rows", row.id, "", row.span)] = never["rows", row.id]
    found.update(_remedies(policy, never))
    return found


def _sides(possible: Possible, leaf: Leaf) -> Iterator[tuple[Point, str]]:
    seen = possible.of(leaf.test, leaf.fact, leaf.records)
    if seen is None:
        return
    if not seen.true:
        yield side_of(leaf, "true"), seen.against(wanted=True)
    if not seen.false:
        yield side_of(leaf, "false"), seen.against(wanted=False)
    for number, threshold in enumerate(leaf.thresholds):
        if (number, True) not in seen.near:
            yield side_of(leaf, "inside", threshold), seen.far
        if (number, False) not in seen.near:
            yield side_of(leaf, "outside", threshold), seen.far


def _hidden(policy: Policy) -> Iterator[tuple[Row, str]]:
    tables: dict[int, Table] = {id(table): table for table, _ in rows_of(policy)}
    for table in tables.values():
        for place, row in enumerate(table.rows if table.hit == "F" else ()):
            above = (each for each in table.rows[:place] if hides(each, row, dict(policy.facts)))
            first = next(above, None)
            if first is not None:
                yield row, f"row `{first.id}` stands before it and holds wherever it does"


def _remedies(policy: Policy, never: Mapping[tuple[str, str], str]) -> Iterator[tuple[Point, str]]:
    for remedy in policy.remedies.values():
        reason = never.get(("remedies", remedy.id), "")
        if reason:
            yield Point("offered", "remedies", remedy.id, "", remedy.span), reason
        for number, _ in enumerate(remedy.approval):
            if reason:
                yield tier_of(remedy, number), reason
            elif number and remedy.amount is None:
                yield tier_of(remedy, number), f"`{remedy.id}` has no amount"
