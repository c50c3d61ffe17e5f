"""Tests and conditions in words, with what the facts are instead."""

from __future__ import annotations

from complaint_rules.conditions import evaluate, truth
from complaint_rules.conditions.tree import (
    All,
    Any,
    AtLeast,
    Compare,
    Condition,
    HasHappened,
    IsKnown,
    Not,
    Test,
    Truth,
)
from complaint_rules.decision.answer.shown import shown
from complaint_rules.explanation.checks import COUNT, Checks
from complaint_rules.explanation.speaker import Speaker
from complaint_rules.explanation.tree import Explanation
from complaint_rules.explanation.values import worded
from complaint_rules.facts import NOT_YET, Fact, Value
from complaint_rules.state import Situation


class Teller:
    """
    Tells what keeps a condition from being true (or from being false) in a situation.

    Args:
        speaker: The voice.
        situation: What is known of the complaint.
    """

    def __init__(self, speaker: Speaker, situation: Situation) -> None:
        self.speaker, self.situation = speaker, situation
        self._checks = Checks(speaker, self._value, self._bound)

    def missing(self, node: Condition, *, wanted: bool = True) -> tuple[Explanation, ...]:
        """Return what would have to hold for a condition to come out as wanted; () if it does."""
        if truth(node, self.situation) is wanted:
            return ()
        match node:
            case Test():
                return (self._test(node, wanted=wanted),)
            case Not(item):
                return self.missing(item, wanted=not wanted)
            case Truth():
                return (Explanation("test", self.speaker.say("test.never")),)
            case All(items) if wanted:
                return self._each(items, wanted=True)
            case Any(items) if not wanted:
                return self._each(items, wanted=False)
            case AtLeast(n, items):
                return self._at_least(n if wanted else len(items) - n + 1, items, wanted=wanted)
            case _:
                under = self._each(node.items, wanted=wanted)
                return (Explanation("group", self.speaker.say("test.any"), under),)

    def _at_least(
        self, n: int, items: tuple[Condition, ...], *, wanted: bool
    ) -> tuple[Explanation, ...]:
        """Return how many more of some items would have to come out as wanted, and which."""
        ready = sum(truth(item, self.situation) is wanted for item in items)
        text = self.speaker.say("test.at_least_n", count=self.speaker.number(n - ready))
        return (Explanation("group", text, self._each(items, wanted=wanted)),)

    def _each(self, items: tuple[Condition, ...], *, wanted: bool) -> tuple[Explanation, ...]:
        return tuple(line for item in items for line in self.missing(item, wanted=wanted))

    def value(self, name: str) -> str:
        """Return the present value of a fact in words."""
        fact, value = self.speaker.policy.facts[name], self.situation.values.get(name)
        return self._value(value, fact)

    def _value(self, value: Value | None, fact: Fact) -> str:
        told = None if value is None else shown(value, fact, self.situation.calendar)
        return worded(self.speaker, told, fact)

    def _test(self, test: Test, *, wanted: bool) -> Explanation:
        say, fact = self.speaker.say, self.speaker.policy.facts[test.fact]
        words = self._checks.words(
            test.check, self.speaker.name("fact", test.fact), fact, wanted=wanted
        )
        value = self.situation.values.get(test.fact)
        if isinstance(test.check, IsKnown | HasHappened) and value in (None, NOT_YET):
            text = words
        elif value is None:
            text = say("test.but_unknown", test=words)
        elif value is NOT_YET:
            text = say("test.but_not_yet", test=words)
        else:
            text = say("test.but", test=words, value=self._value(value, fact))
        return Explanation("test", text, data={"fact": test.fact, "test": test.text})

    def _bound(self, check: Compare, fact: Fact) -> str:
        value = evaluate(check.bound, self.situation)
        if value is None:
            return self.speaker.say("unknown")
        return self._value(value, COUNT if isinstance(value, str) else fact)
