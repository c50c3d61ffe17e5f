"""When an action or a remedy is due (semantics 18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaint_rules.compiler.assign import of_kind
from complaint_rules.compiler.durations import duration
from complaint_rules.document import Mapping, Scalar
from complaint_rules.facts import Kind
from complaint_rules.grammar import DueFraction, DueName, Fault, parse_due
from complaint_rules.grammar import DueNow as NowSyntax
from complaint_rules.policy import Due, DueAfter, DueNow, DueTarget

if TYPE_CHECKING:
    from complaint_rules.compiler.scope import Scope
    from complaint_rules.compiler.site import Site
    from complaint_rules.source import Span


def dues(site: Site | None, scope: Scope) -> tuple[Due, ...]:
    """
    Return the due times at `site`: none where there is nothing; faults are reported.

    Args:
        site: The value of ``due``: one or a list.
        scope: What names mean.
    """
    if site is None:
        return ()
    found = (_due(item, scope) for item in site.items())
    return tuple(due for due in found if due is not None)


def _due(site: Site, scope: Scope) -> Due | None:
    if isinstance(site.node, Mapping):
        at = site.child("at")
        return _after(site, scope) if at is None else _due(at, scope)
    tree = parse_due(site.text)
    if isinstance(tree, Fault):
        site.fault(tree)
        return None
    if isinstance(tree, NowSyntax):
        return DueNow()
    if isinstance(tree, DueName | DueFraction):
        if tree.name not in scope.ids["targets"]:
            known, place = scope.ids["targets"], _place(site, tree.name)
            site.unknown("unknown-target", tree.name, known, verb="is due with", at=place)
            return None
        if isinstance(tree, DueName):
            return DueTarget(tree.name)
        return DueTarget(tree.name, (tree.part.numerator, tree.part.denominator))
    site.error(
        "due-without-start",
        f"is due in `{site.text}`, but not since when",
        f"write `{{from: received_at, due: {site.text.strip()}}}`, or name a target",
    )
    return None


def _place(site: Site, name: str) -> Span:
    start = site.text.rfind(name) if isinstance(site.node, Scalar) else -1
    return site.inner(start, start + len(name)) if start >= 0 else site.span


def _after(site: Site, scope: Scope) -> DueAfter | None:
    start = of_kind(site.at("from"), scope, Kind.INSTANT)
    length = duration(site.child("due"), scope)
    return None if start is None or length is None else DueAfter(start, length)
