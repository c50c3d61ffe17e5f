"""Conditions in words, without any complaint at hand."""

from __future__ import annotations

from complaint_rules.conditions.tree import (
    All,
    Among,
    Any,
    AtLeast,
    Compare,
    Condition,
    Not,
    Test,
    Truth,
)
from complaint_rules.explanation.checks import Checks
from complaint_rules.facts import Fact, Kind, Value
from complaint_rules.handbook.book import Line, Lines, Para, Simple
from complaint_rules.handbook.pen import Pen, sentence
from complaint_rules.handbook.sums import constant, total


class Conditions:
    """
    Tells conditions.

    Args:
        pen: The voice.
        fields: The fields of the records a condition is about, where it is about records.
    """

    def __init__(self, pen: Pen, fields: dict[str, Fact] | None = None) -> None:
        self.pen, self.fields = pen, fields
        self._checks = Checks(pen.speaker, self._value, self._bound)

    def block(self, condition: Condition) -> tuple[Simple, ...]:
        """Return a condition as a list of what must all hold, or as the one thing that must."""
        lines = self.lines(condition)
        if len(lines) == 1 and not lines[0].under:
            return (Para(lines[0].words),)
        return (Lines(lines),)

    def lines(self, condition: Condition, *, wanted: bool = True) -> tuple[Line, ...]:
        """Return what must all hold for a condition to come out as wanted."""
        match condition:
            case Test():
                return (Line((self.test(condition, wanted=wanted),)),)
            case Truth(value):
                return (Line((sentence(self.pen.say("always" if value is wanted else "never")),)),)
            case Not(item):
                return self.lines(item, wanted=not wanted)
            case All(items) if wanted:
                return self._each(items, wanted=True)
            case Any(items) if not wanted:
                return self._each(items, wanted=False)
            case AtLeast(n, items):
                return self._some(n if wanted else len(items) - n + 1, items, wanted=wanted)
            case _:
                return self._some(1, condition.items, wanted=wanted)

    def _each(self, items: tuple[Condition, ...], *, wanted: bool) -> tuple[Line, ...]:
        return tuple(line for item in items for line in self.lines(item, wanted=wanted))

    def _some(self, n: int, items: tuple[Condition, ...], *, wanted: bool) -> tuple[Line, ...]:
        """Return that some of several things must hold; of those that need many, each as one."""
        speaker = self.pen.speaker
        if n == len(items):
            return self._each(items, wanted=wanted)
        under = []
        for item in items:
            lines = self.lines(item, wanted=wanted)
            both = Line((sentence(self.pen.say("all_of")),), lines)
            under.append(lines[0] if len(lines) == 1 else both)
        head = (
            speaker.say("test.any")
            if n == 1
            else speaker.say("test.at_least_n", count=speaker.number(n))
        )
        return (Line((sentence(head),), tuple(under)),)

    # -------------------------------------------------------------------- tests

    def test(self, test: Test, *, wanted: bool = True) -> str:
        """Return one test as a sentence; a yes-or-no fact as itself or its contrary."""
        return sentence(self._told(test, wanted=wanted))

    def _told(self, test: Test, *, wanted: bool) -> str:
        fact = self._fact(test.fact)
        name = self._name(test.fact)
        check = test.check
        if fact.kind is Kind.YES_NO and isinstance(check, Among) and len(check.values) == 1:
            holds = (next(iter(check.values)) is True) is (wanted is not check.negated)
            return name if holds else self.pen.speaker.say("test.not", test=name)
        return self._checks.words(test.check, name, fact, wanted=wanted)

    def _fact(self, name: str) -> Fact:
        return self.fields[name] if self.fields is not None else self.pen.policy.facts[name]

    def _name(self, name: str) -> str:
        if self.fields is None:
            return self.pen.title("fact", name)
        title = self.fields[name].title
        return self.pen.speaker.text(title, name) if title else self.pen.speaker.field(name)

    def _value(self, value: Value, fact: Fact) -> str:
        return constant(self.pen, value, fact.kind, fact.name)

    def _bound(self, check: Compare, fact: Fact) -> str:
        del fact
        return total(self.pen, check.bound)
