"""What is done and what never: actions, prohibitions, and the order of an answer."""

from __future__ import annotations

from collections.abc import Sequence as Listed

from complaint_rules.handbook.book import (
    Block,
    Chapter,
    Entry,
    Heading,
    Line,
    Lines,
    Para,
    Simple,
)
from complaint_rules.handbook.chapters.deadlines import when
from complaint_rules.handbook.chapters.people import advice
from complaint_rules.handbook.dues import dues
from complaint_rules.handbook.pen import Pen, anchor
from complaint_rules.handbook.uses import Uses
from complaint_rules.policy import Action, Repeat, Sequence


def actions(pen: Pen, uses: Uses) -> Chapter:
    """Return the chapter of actions."""
    entries = tuple(_action(pen, a, uses) for a in pen.policy.actions.values() if not a.conduct)
    return Chapter("actions", pen.say("chapter.actions"), entries)


def prohibitions(pen: Pen, uses: Uses) -> Chapter:
    """Return the chapter of what is never said or done."""
    actions = pen.policy.actions.values()
    never = tuple(_never(pen, each, uses) for each in actions if each.conduct)
    lead = Para((pen.say("lead.prohibitions"),), "lead")
    blocks: list[Block | Heading] = [lead, *never]
    times = [_never(pen, a, uses) for a in actions if not a.conduct and a.id in uses.forbids]
    if times:
        blocks += [Heading(pen.say("heading.at_times")), *times]
    return Chapter("prohibitions", pen.say("chapter.prohibitions"), tuple(blocks))


def rules_named(pen: Pen, rules: Listed[str]) -> tuple[Simple, ...]:
    """Return rules as a list of links; nothing where there are none."""
    lines = tuple(Line((pen.rule(rule),)) for rule in rules)
    return (Lines(lines),) if lines else ()


def _action(pen: Pen, each: Action, uses: Uses) -> Entry:
    speaker = pen.speaker
    owner = () if not each.owner else (speaker.word(each.owner),)
    channel = "" if each.channel is None else speaker.word(each.channel, "channel")
    return Entry(
        anchor("action", each.id),
        pen.title("action", each.id),
        each.id,
        pen.text(each.text),
        rows=(
            (pen.say("label.owner"), pen.para(*owner)),
            (pen.say("label.due"), dues(pen, each.due)),
            (pen.say("label.channel"), pen.para(channel)),
            (pen.say("label.after"), pen.para(*pen.links("action", each.after))),
            (pen.say("label.repeat"), _repeat(pen, each.repeat)),
            *advice(pen, each.guidance),
            (pen.say("label.asked"), rules_named(pen, uses.asks.get(each.id, ()))),
            (pen.say("label.approved"), rules_named(pen, uses.approves.get(each.id, ()))),
            *pen.common(each),
        ),
    )


def _repeat(pen: Pen, repeat: Repeat) -> tuple[Simple, ...]:
    if repeat.each is not None:
        return pen.para(pen.say("repeat.each"), " ", pen.link("target", repeat.each))
    if repeat.ever is not None:
        return pen.para(pen.counted("repeat.ever", repeat.ever))
    return ()


def _never(pen: Pen, each: Action, uses: Uses) -> Entry:
    kind = "action" if each.conduct else "never"
    return Entry(
        anchor(kind, each.id),
        pen.title("prohibition", each.id),
        each.id,
        pen.text(each.text),
        rows=(
            *(advice(pen, each.guidance) if each.conduct else ()),
            (pen.say("label.forbidden"), rules_named(pen, uses.forbids.get(each.id, ()))),
            *(pen.common(each) if each.conduct else ()),
        ),
    )


def sequences(pen: Pen) -> Chapter:
    """Return the chapter of the orders of an answer."""
    entries = tuple(_sequence(pen, each) for each in pen.policy.sequences)
    lead = Para((pen.say("lead.sequences"),), "lead")
    return Chapter("sequences", pen.say("chapter.sequences"), (lead, *entries))


def _sequence(pen: Pen, each: Sequence) -> Entry:
    steps = tuple(Line((pen.link("action", step),)) for step in each.steps)
    return Entry(
        anchor("sequence", each.id),
        pen.speaker.text(each.title, each.id),
        each.id,
        pen.text(each.text),
        rows=(
            (pen.say("label.when"), when(pen, each.when) or pen.para(pen.say("always"))),
            (pen.say("label.steps"), (Lines(steps, ordered=True),)),
            *pen.common(each),
        ),
    )
