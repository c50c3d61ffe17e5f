"""Customer types with how they are recognised; how to speak with whom; the stages."""

from __future__ import annotations

from complaint_rules.handbook.book import Block, Cell, Chapter, Entry, Grid, Heading, Mark, Simple
from complaint_rules.handbook.conditions import Conditions
from complaint_rules.handbook.lengths import length
from complaint_rules.handbook.pen import Pen, anchor
from complaint_rules.handbook.uses import Uses
from complaint_rules.policy import CustomerType, Guidance, Manner, Stage


def types(pen: Pen, uses: Uses) -> Chapter:
    """Return the chapter of customer types."""
    entries = tuple(_type(pen, each, uses) for each in pen.policy.types.values())
    return Chapter("types", pen.say("chapter.types"), entries)


def advice(pen: Pen, guidance: Guidance) -> tuple[tuple[str, tuple[Simple, ...]], ...]:
    """Return what to do and what to avoid, as rows of an entry."""
    return (
        (pen.say("label.do"), pen.para(pen.text(guidance.do))),
        (pen.say("label.avoid"), pen.para(pen.text(guidance.avoid))),
    )


def _type(pen: Pen, each: CustomerType, uses: Uses) -> Entry:
    seen = each.recognise
    known = pen.para(pen.say("given_only")) if seen is None else Conditions(pen).block(seen)
    confirm = pen.say("confirm_human") if each.confirm_human else ""
    expires = "" if each.expires is None else length(pen, each.expires)
    manner = pen.links("manner", uses.manner.get(each.id, ()))
    return Entry(
        anchor("type", each.id),
        pen.title("type", each.id),
        each.id,
        pen.text(each.text),
        rows=(
            (pen.say("label.recognised"), known),
            (pen.say("label.confirm"), pen.para(confirm)),
            (pen.say("label.expires"), pen.para(expires)),
            (pen.say("label.manner"), pen.para(*manner)),
            *advice(pen, each.guidance),
            *pen.common(each),
        ),
    )


def manner(pen: Pen) -> Chapter:
    """Return the chapter of how to speak."""
    entries = tuple(_manner(pen, each) for each in pen.policy.manner.values())
    return Chapter("manner", pen.say("chapter.manner"), entries)


def _manner(pen: Pen, each: Manner) -> Entry:
    return Entry(
        anchor("manner", each.id),
        pen.title("manner", each.id),
        each.id,
        pen.text(each.text),
        (Mark("plain", pen.speaker.say(f"phase.{each.phase}")),),
        (*advice(pen, each.guidance), *pen.common(each)),
    )


def stages(pen: Pen) -> Chapter:
    """Return the chapter of stages and side states."""
    blocks: list[Block | Heading] = [_stages(pen, pen.policy.stages, numbered=True)]
    if pen.policy.sides:
        blocks += [Heading(pen.say("heading.sides")), _stages(pen, pen.policy.sides)]
    return Chapter("stages", pen.say("chapter.stages"), tuple(blocks))


def _stages(pen: Pen, stages: tuple[Stage, ...], *, numbered: bool = False) -> Grid:
    rows = []
    for number, stage in enumerate(stages, 1):
        name = pen.title("stage", stage.id)
        told = f"{pen.speaker.number(number)}. {name}" if numbered else name
        text = pen.para(pen.text(stage.text))
        when = Cell((*text, *Conditions(pen).block(stage.when)))
        rows.append((pen.cell(told, head=True), when))
    return Grid((pen.say("head.stage"), pen.say("head.when")), tuple(rows))
