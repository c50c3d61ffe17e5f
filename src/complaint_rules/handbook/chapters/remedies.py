"""Remedies: amount in words, cap, who may have them, who approves, within which time."""

from __future__ import annotations

from complaint_rules.facts import Kind
from complaint_rules.handbook.book import (
    Block,
    Cell,
    Chapter,
    Entry,
    Grid,
    Heading,
    Line,
    Lines,
    Mark,
    Para,
    Simple,
    Words,
)
from complaint_rules.handbook.chapters.deadlines import when
from complaint_rules.handbook.chapters.people import advice
from complaint_rules.handbook.dues import dues
from complaint_rules.handbook.pen import Pen, anchor
from complaint_rules.handbook.sums import constant, total
from complaint_rules.handbook.tables import grids
from complaint_rules.handbook.uses import Uses
from complaint_rules.policy import Group, Remedy, TableOf


def remedies(pen: Pen, uses: Uses) -> Chapter:
    """Return the chapter of remedies: all in one table, then each by itself, then the groups."""
    policy = pen.policy
    blocks: list[Block | Heading] = [Para((pen.say("lead.remedies"),), "lead"), _overview(pen)]
    blocks += [_remedy(pen, each, uses) for each in policy.remedies.values()]
    if policy.groups:
        blocks.append(Heading(pen.say("heading.groups")))
        blocks += [_group(pen, each, uses) for each in policy.groups.values()]
    return Chapter("remedies", pen.say("chapter.remedies"), tuple(blocks))


def _overview(pen: Pen) -> Grid:
    heads = ("head.remedy", "label.amount", "label.cap", "label.approval", "label.payable")
    rows = tuple(
        (
            Cell(pen.para(pen.link("remedy", each.id)), head=True),
            Cell(_amount(pen, each)),
            pen.cell("" if each.cap is None else total(pen, each.cap)),
            Cell(_approval(pen, each)),
            Cell(dues(pen, each.due)),
        )
        for each in pen.policy.remedies.values()
    )
    return Grid(tuple(pen.say(head) for head in heads), rows)


def _amount(pen: Pen, each: Remedy) -> tuple[Simple, ...]:
    amount = each.amount
    if amount is None:
        return pen.para(pen.say("no_amount"))
    return pen.para(pen.say("by_table") if isinstance(amount, TableOf) else total(pen, amount))


def _approval(pen: Pen, each: Remedy) -> tuple[Simple, ...]:
    lines: list[Words] = []
    for tier in each.approval:
        role = pen.speaker.word(tier.by) if tier.by != "none" else pen.say("nobody")
        if tier.up_to is None:
            lines.append((pen.say("above", role=role) if lines else role,))
        else:
            lines.append((pen.say("up_to", role=role, amount=total(pen, tier.up_to)),))
    return tuple(Para(line) for line in lines)


def _marks(pen: Pen, each: Remedy) -> tuple[Mark, ...]:
    told = {
        "law": pen.speaker.say("law") if each.law or each.statutory else "",
        "owed": pen.say("owed") if each.owed else "",
        "plain": pen.say("voucher") if each.voucher else "",
    }
    return tuple(Mark(kind, words) for kind, words in told.items() if words)


def _remedy(pen: Pen, each: Remedy, uses: Uses) -> Entry:
    policy = pen.policy
    fits = constant(pen, each.fits, Kind.SET, "demand.kinds") if each.fits else ""
    group = (pen.link("group", each.group),) if each.group in policy.groups else ()
    cost = "" if each.cost is None else total(pen, each.cost)
    return Entry(
        anchor("remedy", each.id),
        pen.title("remedy", each.id),
        each.id,
        pen.text(each.text),
        _marks(pen, each),
        (
            (pen.say("label.eligible"), when(pen, each.when)),
            (pen.say("label.amount"), _amount(pen, each)),
            (pen.say("label.table"), _table(pen, each)),
            (pen.say("label.cap"), pen.para("" if each.cap is None else total(pen, each.cap))),
            (pen.say("label.approval"), _approval(pen, each)),
            (pen.say("label.payable"), dues(pen, each.due)),
            (pen.say("label.group"), pen.para(*group)),
            (pen.say("label.excludes"), pen.para(*pen.links("remedy", each.excludes))),
            (pen.say("label.fits"), pen.para(fits)),
            (pen.say("label.cost"), pen.para(cost)),
            *advice(pen, each.guidance),
            *_bounds(pen, each.id, uses),
            *pen.common(each),
        ),
    )


def _table(pen: Pen, each: Remedy) -> tuple[Simple | Grid, ...]:
    if not isinstance(each.amount, TableOf):
        return ()
    found = grids(pen, each.amount.table, each.amount.output)
    hit = pen.say(f"hit.{each.amount.table.hit}")
    return (Para((hit,), "note"), *(b for b in found if not isinstance(b, Entry)))


def _bounds(pen: Pen, name: str, uses: Uses) -> tuple[tuple[str, tuple[Simple, ...]], ...]:
    """Return the rules that withhold something, cap it or name who approves it."""
    told = (
        ("label.withheld", uses.withholds),
        ("label.capped", uses.caps),
        ("label.approved", uses.approves),
    )
    found = []
    for label, rules in told:
        lines = tuple(Line((pen.rule(rule),)) for rule in rules.get(name, ()))
        found.append((pen.say(label), (Lines(lines),) if lines else ()))
    return tuple(found)


def _group(pen: Pen, each: Group, uses: Uses) -> Entry:
    members = [r.id for r in pen.policy.remedies.values() if r.group == each.id]
    return Entry(
        anchor("group", each.id),
        pen.title("group", each.id),
        each.id,
        pen.text(each.text),
        rows=(
            (pen.say("label.members"), pen.para(*pen.links("remedy", members))),
            (pen.say("label.group_opens"), when(pen, each.opens)),
            (pen.say("label.cap"), pen.para("" if each.cap is None else total(pen, each.cap))),
            *_bounds(pen, each.id, uses),
            *pen.common(each),
        ),
    )
