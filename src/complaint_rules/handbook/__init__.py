"""
A ruleset as a handbook: everything it says in words, to be read, printed and signed.

`handbook` makes the book as a tree; `as_html` and `as_markdown` write it. The book holds no date:
the same policy gives the same book for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from complaint_rules.handbook.book import Book, Chapter
from complaint_rules.handbook.chapters.deadlines import targets
from complaint_rules.handbook.chapters.doing import actions, prohibitions, sequences
from complaint_rules.handbook.chapters.front import front, reading
from complaint_rules.handbook.chapters.ground import calendars, facts, settings
from complaint_rules.handbook.chapters.parent import parents as deviations
from complaint_rules.handbook.chapters.people import manner, stages, types
from complaint_rules.handbook.chapters.remedies import remedies
from complaint_rules.handbook.chapters.rules import rules
from complaint_rules.handbook.forms.html import as_html
from complaint_rules.handbook.forms.markdown import as_markdown
from complaint_rules.handbook.pen import Pen, Reason, Story
from complaint_rules.handbook.stories import reasons, stories
from complaint_rules.handbook.uses import uses
from complaint_rules.policy import Policy

__all__ = [
    "FORMS",
    "Book",
    "Reason",
    "Story",
    "as_html",
    "as_markdown",
    "handbook",
    "reasons",
    "stories",
]

FORMS: Final[Mapping[str, Callable[[Book], str]]] = {"html": as_html, "md": as_markdown}
"""What writes each form; its name ends the file's."""


def handbook(
    policy: Policy,
    *,
    language: str = "en",
    stories: Mapping[str, Sequence[Story]] | None = None,
    parents: Sequence[Policy] = (),
    reasons: Sequence[Reason] = (),
) -> Book:
    """
    Return the handbook of a policy.

    Args:
        policy: The policy.
        language: ``en``, ``fa``, ``hu`` or ``ar``. A text that lacks it is told in English.
        stories: The scenarios that show each source, by the source's id.
        parents: The policies of the rulesets it extends, whose differences are told.
        reasons: Why it answers scenarios of its parents otherwise.

    Raises:
        StateError: There is no such language (`unknown-language`).
    """
    pen = Pen(policy, language, stories or {})
    used = uses(policy)
    found: list[Chapter | None] = [
        reading(pen),
        deviations(pen, parents, reasons),
        types(pen, used),
        manner(pen),
        stages(pen),
        targets(pen, used),
        prohibitions(pen, used),
        remedies(pen, used),
        actions(pen, used),
        sequences(pen),
        rules(pen),
        calendars(pen),
        settings(pen),
        facts(pen),
    ]
    chapters = tuple(chapter for chapter in found if chapter is not None and chapter.blocks)
    return Book(
        pen.speaker.text(policy.title, policy.id),
        language,
        front(pen),
        tuple(pen.speaker.number(number) for number, _ in enumerate(chapters, 1)),
        chapters,
    )
