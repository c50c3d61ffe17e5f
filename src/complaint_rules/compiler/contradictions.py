"""Conditions that can never hold, and tests that always do: warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaint_rules.compiler.ranges import disjoint, is_whole
from complaint_rules.conditions.tree import All, Condition, Test

if TYPE_CHECKING:
    from complaint_rules.compiler.scope import Scope
    from complaint_rules.compiler.site import Site

_MOST = 200


def judge(condition: Condition, site: Site, scope: Scope) -> None:
    """Warn of tests in one group of which no two can hold, and of tests that always hold."""
    parts = condition.items if isinstance(condition, All) else (condition,)
    tests = [part for part in parts if isinstance(part, Test)][:_MOST]
    told: set[str] = set()
    for number, test in enumerate(tests):
        fact = scope.testable(test.fact)
        assert fact is not None, "only tests of known facts are compiled"  # noqa: S101
        if is_whole(test.check, fact):
            site.warning(
                "always-true",
                f"tests `{test.fact}` for `{test.text}`, which every value passes",
                "test `known` if that is meant, or leave the test out",
                at=test.span,
            )
        for other in tests[:number]:
            if other.fact != test.fact or test.fact in told:
                continue
            if disjoint(other.check, test.check, fact):
                told.add(test.fact)
                _contradiction(other, test, site)


def _contradiction(one: Test, other: Test, site: Site) -> None:
    site.warning(
        "never-true",
        f"never holds: `{one.fact}` cannot be both `{one.text}` and `{other.text}`",
        "write one interval for a range, or put alternatives under `any`",
        at=other.span,
    )
