"""Tests and conditions in words, with what the facts are instead."""

from __future__ import annotations

from typing import Final

from complaint_rules.conditions import evaluate, truth
from complaint_rules.conditions.tree import (
    All,
    Among,
    Any,
    AtLeast,
    Check,
    Compare,
    Condition,
    Contains,
    HasHappened,
    IsKnown,
    Not,
    Test,
    Truth,
    Within,
)
from complaint_rules.decision.shown import shown
from complaint_rules.explanation.speaker import Speaker
from complaint_rules.explanation.tree import Explanation
from complaint_rules.explanation.values import worded
from complaint_rules.facts import NOT_YET, Fact, Kind, Value
from complaint_rules.state import Situation

_OPPOSITE: Final = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_PHRASES: Final = {
    "=": "is",
    "!=": "is_not",
    "<": "less",
    "<=": "at_most",
    ">": "more",
    ">=": "at_least",
}
_TIMES: Final = {"<": "before", "<=": "until", ">": "after", ">=": "from"}
_MOMENTS: Final = (Kind.INSTANT, Kind.DATE)
_COUNT: Final = Fact("", Kind.COUNT)


class Teller:
    """
    Tells what keeps a condition from being true (or from being false) in a situation.

    Args:
        speaker: The voice.
        situation: What is known of the complaint.
    """

    def __init__(self, speaker: Speaker, situation: Situation) -> None:
        self.speaker, self.situation = speaker, situation

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
        words = self._check(test.check, self.speaker.name("fact", test.fact), fact, wanted=wanted)
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

    def _check(self, check: Check, name: str, fact: Fact, *, wanted: bool) -> str:
        match check:
            case Among(values, negated):
                return self._among(tuple(values), name, fact, wanted=wanted != negated)
            case Within():
                return self._within(check, name, fact, wanted=wanted)
            case Compare(op, _):
                bound = self._bound(check, fact)
                return self._relation(op if wanted else _OPPOSITE[op], name, fact, bound)
            case IsKnown(known):
                return self.speaker.say(
                    "test.known" if known == wanted else "test.unknown", fact=name
                )
            case HasHappened(happened):
                key = "test.happened" if happened == wanted else "test.not_happened"
                return self.speaker.say(key, fact=name)
            case Contains(how, members):
                return self._contains(how, sorted(members), name, fact, wanted=wanted)
            case _:
                number = self.speaker.say("test.number", fact=name)
                return self._check(check.check, number, _COUNT, wanted=wanted)

    def _among(self, values: tuple[Value, ...], name: str, fact: Fact, *, wanted: bool) -> str:
        told = sorted(self._value(value, fact) for value in values)
        key = ("is" if wanted else "is_not") if len(told) == 1 else ""
        key = key or ("one_of" if wanted else "none_of")
        return self.speaker.say(f"test.{key}", fact=name, value=self.speaker.list(told))

    def _within(self, check: Within, name: str, fact: Fact, *, wanted: bool) -> str:
        bounds = []
        if check.low is not None:
            bounds.append((">=" if check.low_closed else ">", check.low))
        if check.high is not None:
            bounds.append(("<=" if check.high_closed else "<", check.high))
        if len(bounds) == 1 and not wanted:
            op, value = bounds[0]
            bounds, wanted = [(_OPPOSITE[op], value)], True
        told = [self._relation(op, name, fact, self._value(value, fact)) for op, value in bounds]
        if len(told) == 2:
            told = [self.speaker.say("and", first=told[0], second=told[1])]
        return told[0] if wanted else self.speaker.say("test.not", test=told[0])

    def _relation(self, op: str, name: str, fact: Fact, value: str) -> str:
        key = _PHRASES[op]
        if fact.kind in _MOMENTS:
            key = _TIMES.get(op, key)
        return self.speaker.say(f"test.{key}", fact=name, value=value)

    def _bound(self, check: Compare, fact: Fact) -> str:
        value = evaluate(check.bound, self.situation)
        if value is None:
            return self.speaker.say("unknown")
        return self._value(value, _COUNT if isinstance(value, str) else fact)

    def _contains(
        self, how: str, members: list[str], name: str, fact: Fact, *, wanted: bool
    ) -> str:
        told = self._value(frozenset(members), fact)
        if how == "all":
            words = self.speaker.say("test.has_all", fact=name, value=told)
            return words if wanted else self.speaker.say("test.not", test=words)
        key = "has_any" if (how == "any") == wanted else "has_none"
        return self.speaker.say(f"test.{key}", fact=name, value=told)
