"""What a handler's page of a decision says, part by part, as rows of words without a layout."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from complaint_rules.calendar import zone
from complaint_rules.cli.words import WORDS
from complaint_rules.decision import Decision
from complaint_rules.decision.answer.shape import (
    Ask,
    Choice,
    DecidedAction,
    DecidedTarget,
    Owed,
    Withheld,
)
from complaint_rules.explanation.speaker import RTL, Speaker
from complaint_rules.money import Money
from complaint_rules.policy import Policy

_UNITS: Final = (("d", 86_400, 2), ("h", 3_600, 1), ("m", 60, 1))
"""Unit, its seconds, and from how many on it is used."""


@attrs.frozen
class Part:
    """
    One titled part of the page.

    Attributes:
        title: Its title.
        heads: Keys of the columns' heads; empty where the part is a list of sentences.
        rows: The words, row by row, one for each column.
        states: The status of each row, by which it is coloured; empty where rows have none.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    states: tuple[str, ...] = ()


class Teller:
    """
    Tells one decision in one language.

    Args:
        policy: The policy that decided.
        decision: The decision.
        language: ``en``, ``fa``, ``hu`` or ``ar``.
    """

    def __init__(self, policy: Policy, decision: Decision, language: str) -> None:
        self.decision = decision
        self.speaker = Speaker(policy, language, decision.timezone)
        self.words: Mapping[str, str] = WORDS[language]
        self.right_to_left = language in RTL
        self.zone = zone(decision.timezone)

    def head(self) -> tuple[str, str]:
        """Return what the page is about, and by which ruleset and as of when."""
        say, decision, speaker = self.speaker.say, self.decision, self.speaker
        stamp = decision.ruleset
        about = [
            say("page.complaint", id=speaker.free(decision.complaint_id))
            if decision.complaint_id is not None
            else say("page.title"),
            say("page.stage", stage=speaker.name("stage", decision.stage))
            if decision.stage
            else "",
            say("page.side", side=speaker.names("stage", decision.side)) if decision.side else "",
            self._customer(),
        ]
        decided = say(
            "page.decided",
            at=speaker.instant(decision.at),
            zone=speaker.free(decision.timezone),
            ruleset=speaker.text(speaker.policy.title, stamp.id),
            edition=speaker.free(stamp.edition),
        )
        return " · ".join(word for word in about if word), decided

    def _customer(self) -> str:
        speaker = self.speaker
        told = []
        for each in self.decision.types:
            name = speaker.name("type", each.type)
            applied = each.status == "applied"
            told.append(name if applied else f"{name} ({speaker.say(f'type.{each.status}')})")
        return f"{speaker.say('section.types')}: {speaker.list(told)}" if told else ""

    def parts(self) -> Iterator[Part]:
        """Yield the parts that have something to say, most pressing first."""
        decision = self.decision
        for name, items, heads, row in (
            ("actions", decision.actions, ("", "action", "owner", "due", "status"), self._action),
            ("owed", decision.owed, ("remedy", "amount", "due", "waits"), self._owed),
            ("choices", decision.choices, _OFFER, self._offer),
            ("goodwill", decision.goodwill, _OFFER, self._offer),
            ("withheld", decision.withheld, ("remedy", "reason", "waits"), self._withheld),
        ):
            yield from self._part(name, items, heads, row)
        yield from self._part("prohibitions", decision.prohibitions, (), self._forbidden)
        yield from self._part("manner", decision.manner, (), self._manner)
        yield from self._part("asks", decision.asks, ("fact", "by", "unlocks"), self._ask)
        yield from self._part(
            "targets", decision.targets, ("target", "due", "status"), self._target
        )
        yield from self._part("escalations", decision.escalations, (), self._escalation)
        yield from self._part("notices", decision.notices, (), self._notice)

    def foot(self) -> str:
        """Return when to look again."""
        at = self.decision.review_at
        speaker = self.speaker
        return (
            speaker.say("page.no_review")
            if at is None
            else speaker.say("page.review", at=self.when(at))
        )

    def _part(
        self,
        name: str,
        items: Sequence[Any],
        heads: tuple[str, ...],
        row: Callable[[int, Any], tuple[str, ...]],
    ) -> Iterator[Part]:
        title = self.speaker.say(f"section.{name}")
        if items:
            rows = tuple(row(number, item) for number, item in enumerate(items, start=1))
            states = tuple(getattr(item, "status", "") for item in items)
            yield Part(title, heads, rows, states)
        elif name == "actions":
            yield Part(title, (), ((self.speaker.say("empty.actions"),),))

    # ------------------------------------------------------------------- words

    def when(self, instant: int | None) -> str:
        """Return an instant in the complaint's zone, with how far away it is."""
        if instant is None:
            return ""
        return f"{self._instant(instant)} ({self._away(instant - self.decision.at)})"

    def _instant(self, instant: int) -> str:
        """Return an instant, short where columns are written."""
        days = self.words["days"].split()
        if not days:
            return self.speaker.instant(instant)
        local = datetime.datetime.fromtimestamp(instant, self.zone)
        parts = {"day": days[local.weekday()], "date": f"{local:%Y-%m-%d}"}
        return self.words["instant"].format(time=f"{local:%H:%M}", **parts)

    def _away(self, seconds: int) -> str:
        for unit, length, least in _UNITS:
            count = abs(seconds) // length
            if count >= least:
                number = self.speaker.number(count)
                if seconds < 0:
                    return self.words[f"behind.{unit}"].format(count=number)
                told = self.speaker.say(f"unit.{unit}", count=number)
                return self.words["ahead"].format(length=told)
        return self.words["now"]

    def _money(self, amount: Money | None) -> str:
        return "" if amount is None else self.speaker.money(amount)

    def _status(self, status: str) -> str:
        return "" if status == "due" else self.speaker.say(f"status.{status}")

    def _facts(self, names: tuple[str, ...]) -> str:
        return self.speaker.names("fact", names)

    # -------------------------------------------------------------------- rows

    def _action(self, number: int, action: DecidedAction) -> tuple[str, ...]:
        speaker = self.speaker
        due = self.when(action.due)
        if action.opens is not None:
            due = "\n".join([speaker.say("opens", at=self.when(action.opens)), due])
        approval = action.approver and speaker.say("approval", role=speaker.word(action.approver))
        status = speaker.parts(self._status(action.status), approval or "")
        name = speaker.name("action", action.id)
        return (speaker.number(number), name, speaker.word(action.owner), due, status)

    def _owed(self, _: int, owed: Owed) -> tuple[str, ...]:
        name = self.speaker.name("remedy", owed.remedy)
        waits = self._facts(owed.waiting_for)
        return (name, self._money(owed.amount), self.when(owed.due), waits)

    def _offer(self, number: int, choice: Choice) -> tuple[str, ...]:
        speaker = self.speaker
        return (
            speaker.number(number),
            speaker.name("remedy", choice.remedy),
            self._money(choice.amount),
            speaker.word(choice.approver),
            speaker.names("remedy", choice.excludes),
        )

    def _withheld(self, _: int, withheld: Withheld) -> tuple[str, ...]:
        speaker = self.speaker
        reason = speaker.say(f"withheld.{withheld.reason}")
        waits = self._facts(withheld.waiting_for)
        return (speaker.name("remedy", withheld.remedy), reason, waits)

    def _forbidden(self, _: int, item: Any) -> tuple[str, ...]:
        speaker = self.speaker
        until = speaker.say("forbidden_unless") if item.basis == "unknown" else ""
        return (speaker.parts(speaker.name("prohibition", item.id), until),)

    def _manner(self, _: int, item: Any) -> tuple[str, ...]:
        speaker = self.speaker
        advice = speaker.text(speaker.policy.manner[item.id].guidance.do, "")
        return (speaker.parts(speaker.name("manner", item.id), advice),)

    def _ask(self, _: int, ask: Ask) -> tuple[str, ...]:
        speaker = self.speaker
        by = "" if ask.learn_by is None else speaker.name("action", ask.learn_by)
        return (speaker.name("fact", ask.fact), by, speaker.number(len(ask.blocks)))

    def _target(self, _: int, target: DecidedTarget) -> tuple[str, ...]:
        shown = target.due if target.met_at is None else target.met_at
        name = self.speaker.name("target", target.id)
        return (name, self.when(shown), self.speaker.say(f"status.{target.status}"))

    def _escalation(self, _: int, item: Any) -> tuple[str, ...]:
        return (self.speaker.word(item.to),)

    def _notice(self, _: int, item: Any) -> tuple[str, ...]:
        speaker = self.speaker
        return (f"{speaker.say(f'notice.{item.code}')}: {speaker.free(item.about)}",)


_OFFER: Final = ("", "remedy", "amount", "approver", "excludes")
