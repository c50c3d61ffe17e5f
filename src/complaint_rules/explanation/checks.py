"""Checks in words: what one fact must be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import attrs

from complaint_rules.conditions.tree import (
    Among,
    Check,
    Compare,
    Contains,
    HasHappened,
    IsKnown,
    Within,
)
from complaint_rules.explanation.speaker import Speaker
from complaint_rules.facts import Fact, Kind, Value

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
COUNT: Final = Fact("", Kind.COUNT)


@attrs.frozen
class Checks:
    """
    Tells checks.

    Attributes:
        speaker: The voice.
        value: Tells a value of a fact.
        bound: Tells the computed bound of a comparison with a fact.
    """

    speaker: Speaker
    value: Callable[[Value, Fact], str]
    bound: Callable[[Compare, Fact], str]

    def words(self, check: Check, name: str, fact: Fact, *, wanted: bool = True) -> str:
        """
        Return a check as a sentence.

        Args:
            check: The check.
            name: What is checked, in words.
            fact: Its declaration.
            wanted: False tells that it does not pass.
        """
        match check:
            case Among(values, negated):
                return self._among(tuple(values), name, fact, wanted=wanted != negated)
            case Within():
                return self._within(check, name, fact, wanted=wanted)
            case Compare(op, _):
                bound = self.bound(check, fact)
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
                return self.words(check.check, number, COUNT, wanted=wanted)

    def _among(self, values: tuple[Value, ...], name: str, fact: Fact, *, wanted: bool) -> str:
        told = sorted(self.value(value, fact) for value in values)
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
        told = [self._relation(op, name, fact, self.value(value, fact)) for op, value in bounds]
        if len(told) == 2:
            told = [self.speaker.say("and", first=told[0], second=told[1])]
        return told[0] if wanted else self.speaker.say("test.not", test=told[0])

    def _relation(self, op: str, name: str, fact: Fact, value: str) -> str:
        key = _PHRASES[op]
        if fact.kind in _MOMENTS:
            key = _TIMES.get(op, key)
        return self.speaker.say(f"test.{key}", fact=name, value=value)

    def _contains(
        self, how: str, members: list[str], name: str, fact: Fact, *, wanted: bool
    ) -> str:
        told = self.value(frozenset(members), fact)
        if how == "all":
            words = self.speaker.say("test.has_all", fact=name, value=told)
            return words if wanted else self.speaker.say("test.not", test=words)
        key = "has_any" if (how == "any") == wanted else "has_none"
        return self.speaker.say(f"test.{key}", fact=name, value=told)
