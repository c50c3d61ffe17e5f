"""What a ruleset does otherwise than those it extends, and why its scenarios say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from complaint_rules.handbook.book import (
    Block,
    Cell,
    Chapter,
    Code,
    Grid,
    Heading,
    Link,
    Mark,
    Para,
    Simple,
)
from complaint_rules.handbook.deviations import Deviation, deviations
from complaint_rules.handbook.pen import Pen, Reason, anchor
from complaint_rules.handbook.settings import figure
from complaint_rules.policy import Policy, Setting

_KINDS: Final = {
    "settings": "setting",
    "calendars": "calendar",
    "types": "type",
    "stages": "stage",
    "sides": "stage",
    "targets": "target",
    "remedies": "remedy",
    "groups": "group",
    "actions": "action",
    "manner": "manner",
    "rules": "rule",
    "sequences": "sequence",
}
_LINKED: Final = frozenset(
    {"calendar", "type", "target", "remedy", "group", "manner", "rule", "sequence"}
)


def parents(pen: Pen, above: Sequence[Policy], reasons: Sequence[Reason]) -> Chapter | None:
    """Return the chapter of deviations; `None` where a ruleset extends no other."""
    if not above:
        return None
    heads = (pen.say("head.what"), pen.say("head.item"), pen.say("head.how"))
    rows = tuple(_row(pen, each) for each in deviations(pen.policy, above))
    blocks: list[Block | Heading] = [Para((pen.say("lead.deviations"),), "lead")]
    blocks.append(Grid(heads, rows) if rows else Para((pen.say("no_deviation"),)))
    if reasons:
        blocks += [Heading(pen.say("heading.reasons")), _reasons(pen, reasons)]
    return Chapter("deviations", pen.say("chapter.deviations"), tuple(blocks))


def _row(pen: Pen, each: Deviation) -> tuple[Cell, ...]:
    how = pen.say(f"deviation.{each.how}")
    changed = pen.speaker.list(_labels(pen, each.parts))
    told: tuple[Simple, ...] = (Para((Mark("plain", how), f" {changed}" if changed else "")),)
    if isinstance(each.item, Setting) and each.how != "left_out":
        told += figure(pen, each.item)
        if isinstance(each.before, Setting):
            before = (Para((pen.say("before"),), "note"), *figure(pen, each.before))
            told += before
    kind = _KINDS[each.section]
    return (pen.cell(pen.say(f"kind.{kind}")), Cell(_name(pen, each, kind), head=True), Cell(told))


def _name(pen: Pen, each: Deviation, kind: str) -> tuple[Simple, ...]:
    item = each.item
    texts = getattr(item, "text", {}) if kind == "rule" else getattr(item, "title", {})
    if kind == "calendar":
        texts = getattr(pen.policy.openings.get(each.id), "title", {})
    name = pen.speaker.text(texts, each.id)
    if each.how == "left_out" or kind not in _LINKED:
        return pen.para(name, " ", Code(each.id))
    return pen.para(Link(anchor(kind, each.id), name), " ", Code(each.id))


def _labels(pen: Pen, parts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(pen.say(f"part.{_PARTS.get(part, 'other')}") for part in parts))


_PARTS: Final = {
    "title": "words",
    "text": "words",
    "guidance": "words",
    "source": "source",
    "valid": "valid",
    "law": "law",
    "values": "figure",
    "default_of_ours": "source",
    "when": "when",
    "recognise": "when",
    "opens": "when",
    "hours": "hours",
    "start": "due",
    "met_by": "due",
    "due": "due",
    "table": "due",
    "pauses": "due",
    "calendar": "due",
    "expires": "due",
    "amount": "amount",
    "cap": "amount",
    "cost": "amount",
    "approval": "approval",
    "approver": "approval",
    "owner": "owner",
    "steps": "steps",
}


def _reasons(pen: Pen, reasons: Sequence[Reason]) -> Grid:
    """Return the scenarios of the parent that are meant to be answered otherwise, with reasons."""
    told = pen.language == "en"
    heads = (pen.say("head.scenario"), pen.say("head.because")) if told else ()
    rows = tuple(
        (Cell((Para((Code(each.of),)),), head=True), pen.cell(pen.speaker.free(each.because)))
        if told
        else (Cell((Para((Code(each.of),)),), head=True),)
        for each in reasons
    )
    return Grid(heads or (pen.say("head.scenario"),), rows)
