"""Ids that two things share, or that decisions use for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaint_rules.compiler.remedies import GOODWILL
from complaint_rules.compiler.reserved import RESERVED_IDS

if TYPE_CHECKING:
    from complaint_rules.compiler.bench import Bench
    from complaint_rules.model.ruleset import RulesetModel
    from complaint_rules.source import Span

_SECTIONS = {"targets": "target", "remedies": "remedy", "groups": "group"}


def check_ids(bench: Bench, model: RulesetModel) -> None:
    """
    Tell of ids taken twice among rules, targets, remedies and groups, and of reserved ones.

    The reasons of a decision stand under the ids of rules, targets and remedies; caps and
    approvers name remedies and groups alike.
    """
    seen: dict[str, str] = {}
    for section, what in _SECTIONS.items():
        place = bench.section(section)
        for name in getattr(model, section):
            _check(bench, seen, name, what, place.key(name))
    for index, rule in enumerate(model.rules):
        _check(bench, seen, rule.id, "rule", bench.section("rules").at(index, "id").span)


def _check(bench: Bench, seen: dict[str, str], name: str, what: str, at: Span) -> None:
    if name in RESERVED_IDS:
        message = f"{what} `{name}` has an id that decisions use for something else"
        bench.root.error("reserved-id", message, "give it another id", at=at)
    other = seen.setdefault(name, what)
    if other != what and name != GOODWILL:
        message = f"{what} `{name}` has the id of a {other}"
        cure = "rules, targets, remedies and groups share their ids: rename one of them"
        bench.root.error("id-taken", message, cure, f"a {other} has it", at)
