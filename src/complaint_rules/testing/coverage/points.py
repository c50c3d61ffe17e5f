"""Everything in a ruleset that a suite of scenarios can show, or leave unshown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal, TypeAlias

import attrs

from complaint_rules.conditions import walk
from complaint_rules.conditions.derived import FirstOf, OverRecords, Row, Table, TableOf, TruthOf
from complaint_rules.conditions.tree import Condition, Test
from complaint_rules.facts import Fact
from complaint_rules.policy import Derivation, Item, Policy, Remedy
from complaint_rules.source import Span
from complaint_rules.testing.coverage.places import Places
from complaint_rules.testing.coverage.thresholds import Threshold, thresholds

Side: TypeAlias = Literal[
    "fired", "hit", "true", "false", "inside", "outside", "offered", "withheld", "tier"
]
"""
What is to be seen: a rule fired; a row hit; a test true, false; a threshold from inside (the last
value that passes) and from outside (the first that fails); a remedy offered, withheld; a tier of
its approval reached.
"""

WORDS: Final[dict[Side, str]] = {
    "fired": "rules fired",
    "hit": "table rows hit",
    "true": "tests seen true",
    "false": "tests seen false",
    "inside": "thresholds seen from inside",
    "outside": "thresholds seen from outside",
    "offered": "remedies offered",
    "withheld": "remedies withheld",
    "tier": "approval tiers reached",
}


_TOLD: Final[dict[Side, str]] = {
    "inside": "just inside",
    "outside": "just outside",
    "tier": "reached",
}


@attrs.frozen
class Point:
    """
    One thing to be seen.

    Attributes:
        side: What is to be seen of it.
        section: Where in a ruleset its owner stands: ``rules``, ``rows``, ``facts`` …
        owner: The rule, row, remedy, target, stage, type or fact it belongs to.
        what: The test as written, the threshold, the approver; empty for the owner itself.
        span: Where it is written.
    """

    side: Side
    section: str
    owner: str
    what: str = ""
    span: Span | None = attrs.field(default=None, eq=False)

    @property
    def told(self) -> str:
        """Return it as a line of a report."""
        parts = (f"{self.owner}:", self.what) if self.what else (self.owner,)
        return " ".join((*parts, _TOLD.get(self.side, self.side)))


@attrs.frozen(eq=False)
class Leaf:
    """
    A test in its place.

    Attributes:
        section: Where in a ruleset its owner stands.
        owner: Whose condition it stands in.
        test: The test.
        fact: The fact, or the field of a record, it tests.
        records: The list of records it looks through; empty where it tests a fact.
        span: Where it is written.
        thresholds: The thresholds it has.
    """

    section: str
    owner: str
    test: Test
    fact: Fact
    records: str
    span: Span | None
    thresholds: tuple[Threshold, ...]

    @property
    def what(self) -> str:
        """Return the test as its author wrote it."""
        return f"`{self.test.fact}: {self.test.text}`" if self.test.text else f"`{self.test.fact}`"


def leaves(policy: Policy) -> tuple[Leaf, ...]:
    """Return every test of a policy in its place, each once an owner."""
    found, places = [], Places(policy, [row for _, row in rows_of(policy)])
    for owned in owned_conditions(policy):
        tests = dict.fromkeys(node for node in walk(owned.condition) if isinstance(node, Test))
        for test in tests:
            fact = fact_of(policy, owned.records, test)
            at = places.of(test, owned.span, row=owned.section == "rows")
            ends = thresholds(test.check, fact)
            found.append(Leaf(owned.section, owned.owner, test, fact, owned.records, at, ends))
    return tuple(found)


def fact_of(policy: Policy, records: str, test: Test) -> Fact:
    """Return the fact that a test looks at, or the field of a list's records."""
    return policy.facts[records].fields[test.fact] if records else policy.facts[test.fact]


def rows_of(policy: Policy) -> Iterator[tuple[Table, Row]]:
    """Yield every row of every table, with its table."""
    tables = [each.table for each in policy.targets.values() if each.table is not None]
    amounts = [each.amount for each in policy.remedies.values()]
    tables += [each.table for each in amounts if isinstance(each, TableOf)]
    tables += [each.table for each in policy.derivations.values() if isinstance(each, TableOf)]
    once = {id(each): each for each in tables}
    for table in once.values():
        yield from ((table, row) for row in table.rows)


@attrs.frozen(eq=False)
class Owned:
    """
    A condition and whose it is.

    Attributes:
        section: Where in a ruleset the owner stands.
        owner: Its id.
        span: Where it is written; `None` of a derived fact.
        condition: The condition.
        records: The list of records it looks through; empty where it tests facts.
    """

    section: str
    owner: str
    span: Span | None
    condition: Condition
    records: str = ""


def owned_conditions(policy: Policy) -> Iterator[Owned]:
    """Yield every condition of a policy with its owner, in the order of the ruleset."""
    numbered: Iterable[tuple[str, Item, int]] = [
        *(("rules", each, each.when) for each in policy.rules),
        *(("targets", each, each.when) for each in policy.targets.values()),
        *(("remedies", each, each.when) for each in policy.remedies.values()),
        *(("groups", each, each.opens) for each in policy.groups.values()),
        *(("sequences", each, each.when) for each in policy.sequences),
    ]
    for section, item, number in numbered:
        yield Owned(section, item.id, item.span, policy.conditions[number])
    for _, row in rows_of(policy):
        yield Owned("rows", row.id, row.span, row.condition)
    for section, places in (("stages", policy.stages), ("sides", policy.sides)):
        yield from (Owned(section, each.id, each.span, each.when) for each in places)
    for kind in policy.types.values():
        if kind.recognise is not None:
            yield Owned("types", kind.id, kind.span, kind.recognise)
    for name, derivation in policy.derivations.items():
        yield from _of_fact(name, derivation)


def _of_fact(name: str, derivation: Derivation) -> Iterator[Owned]:
    match derivation:
        case TruthOf(condition):
            yield Owned("facts", name, None, condition)
        case FirstOf(cases):
            yield from (Owned("facts", name, None, condition) for condition, _ in cases)
        case OverRecords(records=records, where=where):
            yield Owned("facts", name, None, where, records)
        case _:
            pass


def points(policy: Policy) -> tuple[Point, ...]:
    """Return everything of a policy that scenarios can show, in the order of the ruleset."""
    found: list[Point] = [Point("fired", "rules", each.id, "", each.span) for each in policy.rules]
    found += [Point("hit", "rows", row.id, "", row.span) for _, row in rows_of(policy)]
    for leaf in leaves(policy):
        found += of_leaf(leaf)
    for remedy in policy.remedies.values():
        found += _of_remedy(remedy)
    return tuple(dict.fromkeys(found))


def of_leaf(leaf: Leaf) -> Iterator[Point]:
    """Yield what is to be seen of a test: both sides of it, and of each threshold it has."""
    yield side_of(leaf, "true")
    yield side_of(leaf, "false")
    for threshold in leaf.thresholds:
        yield side_of(leaf, "inside", threshold)
        yield side_of(leaf, "outside", threshold)


def side_of(leaf: Leaf, side: Side, threshold: Threshold | None = None) -> Point:
    """Return one side of a test, or of a threshold of it."""
    what = leaf.what
    if threshold is not None and len(leaf.thresholds) > 1:
        what = f"{what} {threshold.end}"
    return Point(side, leaf.section, leaf.owner, what, leaf.span)


def _of_remedy(remedy: Remedy) -> Iterator[Point]:
    yield Point("offered", "remedies", remedy.id, "", remedy.span)
    if not remedy.owed:
        yield Point("withheld", "remedies", remedy.id, "", remedy.span)
    for number, _ in enumerate(remedy.approval):
        yield tier_of(remedy, number)


def tier_of(remedy: Remedy, number: int) -> Point:
    """Return the point of a tier of a remedy's approval, numbered from 0."""
    what = f"tier {number + 1}, {remedy.approval[number].by}"
    return Point("tier", "remedies", remedy.id, what, remedy.span)
