"""Every rule: what it says, when it holds, what follows, where it comes from, what shows it."""

from __future__ import annotations

from collections.abc import Iterator

from complaint_rules.handbook.book import Chapter, Entry, Line, Lines, Mark, Words
from complaint_rules.handbook.chapters.deadlines import when
from complaint_rules.handbook.dues import due
from complaint_rules.handbook.lengths import length
from complaint_rules.handbook.pen import Pen, anchor
from complaint_rules.handbook.sums import total
from complaint_rules.policy import Do, Rule


def rules(pen: Pen) -> Chapter:
    """Return the chapter of rules."""
    found = enumerate(pen.policy.rules, 1)
    entries = tuple(_rule(pen, number, each) for number, each in found)
    return Chapter("rules", pen.say("chapter.rules"), entries)


def _rule(pen: Pen, number: int, each: Rule) -> Entry:
    speaker = pen.speaker
    title = speaker.text(each.text or each.title, each.id)
    follows = tuple(Line((f"{label}: ", *words)) for label, words in _follows(pen, each))
    return Entry(
        anchor("rule", each.id),
        f"{speaker.number(number)}. {title}",
        each.id,
        marks=(Mark("law", speaker.say("law")),) if each.law else (),
        rows=(
            (pen.say("label.when"), when(pen, each.when) or pen.para(pen.say("always"))),
            (pen.say("label.then"), (Lines(follows),)),
            *pen.common(each),
        ),
    )


def _follows(pen: Pen, each: Rule) -> Iterator[tuple[str, Words]]:
    """Yield what a rule brings about, each kind with its label."""
    if each.do:
        yield pen.say("then.do"), pen.joined([_do(pen, one) for one in each.do])
    if each.never:
        yield (
            pen.say("then.never"),
            pen.joined([(pen.link("action", name),) for name in each.never]),
        )
    for name, duration in each.target:
        yield pen.say("then.target"), (pen.link("target", name), " – ", length(pen, duration))
    for label, kind, names in (
        ("then.manner", "manner", each.manner),
        ("then.mute", "manner", each.mute),
        ("then.withhold", "remedy", each.withhold),
    ):
        if names:
            yield pen.say(label), pen.joined([_remedy_or(pen, kind, name) for name in names])
    for name, cap in each.cap:
        yield pen.say("then.cap"), (*_remedy_or(pen, "remedy", name), " – ", total(pen, cap))
    for name, role in each.approver:
        told = pen.speaker.word(role)
        yield pen.say("then.approver"), (*_remedy_or(pen, "remedy", name), " – ", told)
    if each.escalate:
        roles = pen.speaker.list(pen.speaker.word(role) for role in each.escalate)
        yield pen.say("then.escalate"), (roles,)


def _do(pen: Pen, do: Do) -> Words:
    link = pen.link("action", do.action)
    if not do.due:
        return (link,)
    return (link, " (", *pen.joined([due(pen, each) for each in do.due]), ")")


def _remedy_or(pen: Pen, kind: str, name: str) -> Words:
    """Return a remedy, group, action or all remedies together, whichever has the name."""
    policy = pen.policy
    if kind == "remedy" and name == "total":
        return (pen.say("total"),)
    if kind == "remedy" and name not in policy.remedies:
        kind = "group" if name in policy.groups else "action"
    return (pen.link(kind, name),)
