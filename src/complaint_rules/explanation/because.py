"""Why a line of a decision is there: the rules behind it, their sources and facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from complaint_rules.decision.answer.as_json import to_json
from complaint_rules.decision.answer.shape import Decision
from complaint_rules.explanation.speaker import Speaker
from complaint_rules.explanation.tree import Explanation
from complaint_rules.explanation.values import worded


class Account:
    """
    A decision with the voice that tells it.

    Attributes:
        speaker: The voice.
        decision: The decision.
        data: The decision as JSON has it, for the data of each line.
    """

    def __init__(self, speaker: Speaker, decision: Decision) -> None:
        self.speaker, self.decision = speaker, decision
        self.data: dict[str, Any] = to_json(decision)

    def because(self, rules: Iterable[str]) -> tuple[Explanation, ...]:
        """Return the reasons of these ids, in their order."""
        return tuple(self._reason(name) for name in rules)

    def _reason(self, name: str) -> Explanation:
        speaker, reason = self.speaker, self.decision.reasons[name]
        phrase = "perhaps" if reason.truth == "unknown" else "because"
        under: list[Explanation] = []
        if reason.facts:
            told = speaker.list(self._fact(fact, value) for fact, value in reason.facts.items())
            under.append(Explanation("facts", speaker.say("given_that", facts=told)))
        source = place = ""
        if reason.source:
            told = speaker.list(
                speaker.free(speaker.source(each) or each) for each in reason.source
            )
            source = speaker.say("source", source=told)
        if reason.span is not None:
            where = f"{reason.span.file}:{reason.span.line}"
            place = speaker.say("written", place=speaker.free(where))
        if source or place:
            under.append(Explanation("source", speaker.parts(source, place)))
        text = speaker.say(phrase, rule=speaker.rule(name))
        data = {"id": name, **self.data["reasons"][name]}
        return Explanation("reason", text, tuple(under), data)

    def _fact(self, name: str, value: object) -> str:
        speaker = self.speaker
        told = worded(speaker, value, speaker.policy.facts[name])
        return f"{speaker.name('fact', name)} = {told}"
