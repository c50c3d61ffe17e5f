"""What one moment of a complaint shows of a ruleset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from complaint_rules.conditions import check_value, evaluate, truth
from complaint_rules.decision import Decision, decide
from complaint_rules.decision.decide import engine_of
from complaint_rules.decision.seeing.situation import look
from complaint_rules.engines import Match
from complaint_rules.errors import StateError
from complaint_rules.money import Money
from complaint_rules.policy import Policy, Remedy, Validity
from complaint_rules.state import Situation, State
from complaint_rules.testing.coverage.points import (
    Leaf,
    Point,
    leaves,
    of_leaf,
    rows_of,
    side_of,
    tier_of,
)
from complaint_rules.testing.coverage.thresholds import near


class Eye:
    """
    Sees what a moment shows of one policy.

    Attributes:
        policy: The policy.
        leaves: Every test of it in its place.
        tests: The tests by what is to be seen of them.
    """

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.leaves = leaves(policy)
        self.tests = {point: leaf for leaf in self.leaves for point in of_leaf(leaf)}
        self._rows = tuple(rows_of(policy))
        self._engine = engine_of(policy, "index")

    def match(self, situation: Situation) -> Match:
        """Return which conditions of the policy hold."""
        return self._engine.match(situation)

    def shows(self, point: Point, state: State, at: int) -> bool:
        """
        Return whether a state shows one point; one that cannot be decided shows none.

        Args:
            point: The point.
            state: The state.
            at: The instant, in whole seconds since 1970-01-01T00:00:00Z.
        """
        try:
            situation = look(self.policy, state, at).situation
            if point in self.tests:
                return point in self.sides(self.tests[point], situation)
            if point.side in ("fired", "hit"):
                match = self.match(situation)
                found = self.fired if point.side == "fired" else self.hits
                return point in found(match, situation)
            return point in self.remedies(situation, decide(self.policy, state, at=at))
        except StateError:
            return False

    def fired(self, match: Match, situation: Situation) -> Iterator[Point]:
        """Yield the rules that fire."""
        for rule in self.policy.rules:
            if match.true >> rule.when & 1 and _valid(rule.valid, situation):
                yield Point("fired", "rules", rule.id, "", rule.span)

    def hits(self, match: Match, situation: Situation) -> Iterator[Point]:
        """Yield the rows of tables that hit: under hit policy F the first alone."""
        taken: set[int] = set()
        for table, row in self._rows:
            if id(table) in taken or not _valid(row.valid, situation):
                continue
            number = row.number
            held = truth(row.condition, situation) if number < 0 else match.truth(number)
            if held:
                yield Point("hit", "rows", row.id, "", row.span)
                if table.hit == "F":
                    taken.add(id(table))

    def sides(self, leaf: Leaf, situation: Situation) -> Iterator[Point]:
        """Yield the sides of a test that are seen."""
        for value in values_of(leaf, situation):
            passed = check_value(leaf.test.check, value, leaf.fact, situation)
            if passed is None:
                continue
            yield side_of(leaf, "true" if passed else "false")
            for threshold in leaf.thresholds:
                if value is not None and near(threshold, value, leaf.fact, situation):
                    yield side_of(leaf, "inside" if passed else "outside", threshold)

    def remedies(self, situation: Situation, decision: Decision) -> Iterator[Point]:
        """Yield the remedies offered and withheld, and the tiers of approval reached."""
        remedies = self.policy.remedies
        for line in decision.withheld:
            yield Point("withheld", "remedies", line.remedy, "", remedies[line.remedy].span)
        offered = (*decision.choices, *decision.goodwill)
        for name in (*(each.remedy for each in decision.owed), *(each.remedy for each in offered)):
            if name in remedies:  # an entitlement is owed without any remedy of the ruleset
                yield Point("offered", "remedies", name, "", remedies[name].span)
        for choice in offered:
            remedy = remedies[choice.remedy]
            reached = _tiers(remedy, choice.amount, situation)
            yield from (tier_of(remedy, number) for number in reached[:1])


def values_of(leaf: Leaf, situation: Situation) -> Iterable[Any]:
    """Return the values a test looks at: its fact's, or its field's in each record."""
    if not leaf.records:
        return (situation.values.get(leaf.test.fact),)
    records = situation.values.get(leaf.records)
    found = records if isinstance(records, tuple) else ()
    return [record.get(leaf.test.fact) for record in found if isinstance(record, dict)]


def _valid(valid: Validity | None, situation: Situation) -> bool:
    return valid is None or valid.holds(situation.event_date)


def _tiers(remedy: Remedy, amount: Money | None, situation: Situation) -> list[int]:
    """Return the numbers, from 0, of the approval tiers of a remedy that an amount fits into."""
    paid = Fraction(0) if amount is None else Fraction(amount.amount)
    bounds = [None if t.up_to is None else evaluate(t.up_to, situation) for t in remedy.approval]
    return [
        number
        for number, (tier, bound) in enumerate(zip(remedy.approval, bounds, strict=True))
        if tier.up_to is None or (isinstance(bound, Money) and paid <= bound.amount)
    ]
