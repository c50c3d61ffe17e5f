"""The handbook's voice: phrases, names that lead to their place, sources, stories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

import attrs

from complaint_rules.explanation.speaker import Speaker
from complaint_rules.handbook.book import (
    Cell,
    Code,
    Inline,
    Line,
    Lines,
    Link,
    Mark,
    Para,
    Simple,
    Words,
)
from complaint_rules.handbook.phrases import BY_LANGUAGE
from complaint_rules.policy import Item, Policy, Texts

_MOST_STORIES: Final = 4


@attrs.frozen
class Story:
    """
    One scenario that shows what a source asks for.

    Attributes:
        name: Its full name: file and id.
        text: Its line.
    """

    name: str
    text: str = ""


@attrs.frozen
class Reason:
    """Why a ruleset answers a scenario `of` a parent otherwise than the parent does."""

    of: str
    because: str


class Pen:
    """
    Writes one policy in one language.

    Args:
        policy: The policy.
        language: ``en``, ``fa``, ``hu`` or ``ar``.
        stories: The scenarios that show each source, by the source's id.

    Raises:
        StateError: There is no such language (`unknown-language`).
    """

    def __init__(
        self, policy: Policy, language: str, stories: Mapping[str, Sequence[Story]]
    ) -> None:
        self.policy = policy
        self.speaker = Speaker(policy, language, policy.calendars[policy.calendar].timezone)
        self.language = language
        self._phrases = BY_LANGUAGE[language]
        self._stories = stories

    # ------------------------------------------------------------------- words

    def say(self, phrase: str, **parts: str) -> str:
        """Return a phrase with its parts, which are words already."""
        return self._phrases[phrase].format(**parts)

    def counted(self, phrase: str, count: Decimal | int) -> str:
        """Return a phrase for so many, in the number this language's grammar asks for."""
        told = f"{phrase}.{_number(self.language, count)}"
        key = told if told in self._phrases else phrase
        return self.say(key, count=self.speaker.number(count))

    def text(self, texts: Texts) -> str:
        """Return a text of the ruleset; empty where there is none."""
        return self.speaker.text(texts, "")

    def percent(self, share: Decimal) -> str:
        """Return a share of a whole as a percentage."""
        hundredths = format((share * 100).normalize(), "f")
        return self.say("percent", count=self.speaker.number(hundredths))

    # ------------------------------------------------------------------- names

    def title(self, kind: str, name: str) -> str:
        """Return what an item is called."""
        return self.speaker.name(kind, name)

    def link(self, kind: str, name: str) -> Link:
        """Return an item's name as a link to its entry."""
        return Link(anchor(kind, name), self.title(kind, name))

    def links(self, kind: str, names: Iterable[str]) -> Words:
        """Return the names of several items, each leading to its entry."""
        return self.joined([(self.link(kind, name),) for name in names])

    def rule(self, name: str) -> Link:
        """Return a rule's text as a link to its entry."""
        rule = next(each for each in self.policy.rules if each.id == name)
        return Link(anchor("rule", name), self.speaker.text(rule.text or rule.title, name))

    def joined(self, parts: Sequence[Words]) -> Words:
        """Return several runs of words as one, a comma between them."""
        comma = self.speaker.say("list")
        found: list[Words] = []
        for number, part in enumerate(parts):
            found.append((comma, *part) if number else part)
        return tuple(word for part in found for word in part)

    # ------------------------------------------------------------------ blocks

    def para(self, *words: Inline) -> tuple[Simple, ...]:
        """Return a paragraph of words, or nothing where there are none."""
        kept = tuple(word for word in words if word)
        return (Para(kept),) if kept else ()

    def cell(self, *words: Inline, head: bool = False) -> Cell:
        """Return a cell with one paragraph, or an empty one."""
        return Cell(self.para(*words), head)

    def sources(self, sources: Iterable[str]) -> tuple[Simple, ...]:
        """Return the sources of an item; empty where it has none."""
        told: list[Words] = [(self._source(source),) for source in sources]
        return (Para(self.joined(told)),) if told else ()

    def _source(self, source: str) -> Inline:
        """
        Return a source: by its word, where the ruleset has one for it (a decision of ours).

        A word tells a numbered source too: ``house-07`` is the seventh of ``house``.
        """
        told = self.speaker.source(source)
        return Code(source) if told is None else Mark("ours", told)

    def common(self, item: Item) -> tuple[tuple[str, tuple[Simple, ...]], ...]:
        """Return what every entry ends with: dates, sources, the scenarios that show it."""
        return (
            (self.say("label.valid"), self.para(self.valid(item))),
            (self.say("label.source"), self.sources(item.source)),
            (self.say("label.shown"), self.shown(item.source)),
        )

    def valid(self, item: Item) -> str:
        """Return between which dates an item holds; empty for always."""
        valid, number = item.valid, self.speaker.number
        if valid is None or (valid.first is None and valid.last is None):
            return ""
        if valid.last is None:
            return self.say("valid.from", first=number(valid.first))
        if valid.first is None:
            return self.say("valid.to", last=number(valid.last))
        return self.say("valid.between", first=number(valid.first), last=number(valid.last))

    def shown(self, sources: Iterable[str]) -> tuple[Simple, ...]:
        """Return the scenarios that show some sources: names everywhere, the lines in English."""
        found = {story.name: story for each in sources for story in self._stories.get(each, ())}
        stories = list(found.values())
        if not stories:
            return ()
        if self.language == "en":
            lines = [self._story(story) for story in stories[:_MOST_STORIES]]
        else:
            codes: list[Words] = [(Code(story.name),) for story in stories[:_MOST_STORIES]]
            lines = [Line(self.joined(codes))]
        rest = len(stories) - _MOST_STORIES
        if rest > 0:
            lines.append(Line((self.counted("more", rest),)))
        return (Lines(tuple(lines)),)

    def _story(self, story: Story) -> Line:
        words = (self.speaker.free(story.text), " ") if story.text else ()
        return Line((*words, Code(story.name)))


def sentence(words: str) -> str:
    """Return words as the beginning of a sentence: a capital first where there are any."""
    return words[:1].upper() + words[1:]


def anchor(kind: str, name: str) -> str:
    """Return where links to an item lead."""
    return f"{kind}-{name}"


def _number(language: str, count: Decimal | int) -> str:
    """Return which form of a noun goes with a count: ``one``, ``two``, ``few`` or ``many``."""
    if count == 1:
        return "one"
    if language == "ar":
        if count == 2:
            return "two"
        if 3 <= count <= 10:
            return "few"
    return "many"
