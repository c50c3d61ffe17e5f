"""A cell as a condition: one fact's unary test, list of tests, or mapping over a set."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence as Several
from typing import TYPE_CHECKING, Final
from typing import Any as Anything

import attrs

from complaint_rules.compiler.checks import Tested, complement, member_check
from complaint_rules.compiler.kinds import CALLED, WRITTEN
from complaint_rules.compiler.scope import WORDS, Scope
from complaint_rules.conditions.tree import (
    All,
    Among,
    Any,
    Check,
    Compare,
    Condition,
    Contains,
    Counts,
    Test,
    Truth,
    Within,
)
from complaint_rules.document import Mapping
from complaint_rules.facts import Fact, Kind
from complaint_rules.grammar import Dash, Fault, NotTest, TestList, parse_test

if TYPE_CHECKING:
    from complaint_rules.compiler.site import Site

ANYTHING: Final = Truth()


def cell(site: Site, scope: Scope, fact: Fact) -> Condition:
    """
    Return what the cell at `site` says of `fact`.

    A fault is reported and the cell then says nothing (`ANYTHING`), so that the reading goes on.

    Args:
        site: A scalar (a test), a list (one of these) or a mapping (over a set).
        scope: What names mean.
        fact: What is tested; a field inside a ``where``.
    """
    if fact.kind in (Kind.RECORD, Kind.RECORDS):
        site.error("wrong-kind", f"tests `{fact.name}` itself", WRITTEN[fact.kind])
        return ANYTHING
    sheet = _Sheet(site, scope, fact)
    if isinstance(site.node, Mapping):
        return sheet.over_set()
    parts = [part for item in site.items() for part in sheet.scalar(item)]
    return sheet.one_of(parts) if parts else ANYTHING


@attrs.frozen(eq=False)
class _Sheet:
    """One cell being read: its tests all carry its text and place."""

    site: Site
    scope: Scope
    fact: Fact

    def test(self, check: Check) -> Test:
        order = self.fact.values if self.fact.kind is Kind.LEVEL else ()
        return Test(self.fact.name, check, self.site.span, self.site.text, values=order)

    def scalar(self, site: Site) -> list[Condition]:
        """Return the tests of which one must hold; none after a fault."""
        tree = parse_test(site.text, words=self.fact.kind in WORDS)
        if isinstance(tree, Fault):
            site.fault(tree)
            return []
        if isinstance(tree, Dash):
            return [ANYTHING]
        members = tree.tests if isinstance(tree, TestList | NotTest) else (tree,)
        tested = [member_check(site, self.scope, self.fact, member) for member in members]
        known = [self.in_set(each) for each in tested if each is not None]
        if not isinstance(tree, NotTest):
            return [_joined(All, [self.test(check) for check in each]) for each in known]
        return [self.none_of(known)] if known else []

    def in_set(self, tested: Tested) -> Tested:
        """Read a set's value as membership, and an order where there is one as a range."""
        if self.fact.kind is not Kind.SET:
            return tested
        return tuple(
            Contains("none" if c.negated else "any", frozenset(map(str, c.values)))
            if isinstance(c, Among)
            else c
            for c in tested
        )

    def one_of(self, parts: list[Condition]) -> Condition:
        """Return that one of the parts holds; single values are gathered into one test."""
        if len(parts) == 1:
            return parts[0]
        among = [c for c in map(_plain_check, parts) if isinstance(c, Among) and not c.negated]
        any_of = [c for c in map(_plain_check, parts) if isinstance(c, Contains) and c.how == "any"]
        others = [p for p in parts if _plain_check(p) not in (*among, *any_of)]
        if among:
            others.append(self.test(Among(_union(among))))
        if any_of:
            others.append(self.test(Contains("any", _union(any_of))))
        return ANYTHING if ANYTHING in others else _joined(Any, others)

    def none_of(self, tested: list[Tested]) -> Condition:
        """Return that none holds: each is turned round, so that `not_yet` passes neither way."""
        turned = [complement(each) for each in tested]
        single = [each[0] for each in turned if len(each) == 1]
        among = [c for c in single if isinstance(c, Among) and c.negated]
        none = [c for c in single if isinstance(c, Contains) and c.how == "none"]
        parts: list[Condition] = [
            _joined(Any, [self.test(check) for check in each])
            for each in turned
            if len(each) != 1 or each[0] not in (*among, *none)
        ]
        if among:
            parts.append(self.test(Among(_union(among), negated=True)))
        if none:
            parts.append(self.test(Contains("none", _union(none))))
        return _joined(All, parts)

    def over_set(self) -> Condition:
        """Return what ``{all: …, any: …, none: …, count: …}`` says of a set."""
        if self.fact.kind is not Kind.SET:
            message = f"tests `{self.fact.name}`, {CALLED[self.fact.kind]}, with a mapping"
            cure = WRITTEN[self.fact.kind]
            self.site.error("wrong-kind", message, cure)
            return ANYTHING
        parts: list[Condition] = []
        for key, child in self.site.entries():
            if key == "count":
                parts += self.counted(child)
            else:
                parts.append(self.test(Contains(key, frozenset(self.words(child)))))
        return _joined(All, parts) if parts else ANYTHING

    def words(self, site: Site) -> list[str]:
        """Return the values a list over a set names."""
        words = [item.text.strip() for item in site.items()]
        for item, word in zip(site.items(), words, strict=True):
            if word not in self.fact.values:
                verb = f"tests `{self.fact.name}` for"
                item.unknown("unknown-value", word, self.fact.values, verb=verb)
        return words

    def counted(self, site: Site) -> list[Condition]:
        """Return the tests on the number of a set's members."""
        number = cell(site, self.scope, Fact(self.fact.name, Kind.COUNT))
        if number == ANYTHING:
            return []
        tests = number.items if isinstance(number, All) else (number,)
        found: list[Condition] = []
        for test in tests:
            if isinstance(test, Test) and isinstance(test.check, Within | Among | Compare):
                found.append(self.test(Counts(test.check)))
            else:
                site.error(
                    "wrong-kind",
                    "tests the number of members with more than one comparison",
                    "write one comparison, a list of numbers or one interval",
                )
        return found


def _joined(how: type[All | Any], parts: Several[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else how(tuple(parts))


def _plain_check(part: Condition) -> Check | None:
    return part.check if isinstance(part, Test) else None


def _union(checks: Iterable[Among | Contains]) -> frozenset[Anything]:
    return frozenset().union(*(check.values for check in checks))
