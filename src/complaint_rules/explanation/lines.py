"""Every line of a decision in words, section by section."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from complaint_rules.decision.answer.shape import (
    Ask,
    Choice,
    DecidedAction,
    DecidedManner,
    DecidedTarget,
    DecidedType,
    Escalation,
    Notice,
    Owed,
    Prohibition,
    Withheld,
)
from complaint_rules.explanation.because import Account
from complaint_rules.explanation.speaker import Speaker
from complaint_rules.explanation.tree import Explanation

Lines: TypeAlias = tuple[tuple[str, Explanation], ...]
"""Ids and the lines that tell them."""


def section(account: Account, name: str) -> Lines:
    """
    Return the lines of one section of a decision.

    Args:
        account: The decision and the voice.
        name: A key of the decision that holds a list: ``actions``, ``targets`` and so on.
    """
    kind, words = _WORDS[name]
    items: Sequence[Any] = getattr(account.decision, name)
    data: Sequence[Any] = account.data[name]
    found = []
    for number, item in enumerate(items):
        told = words(account.speaker, item)
        if name == "actions":
            told = f"{account.speaker.number(number + 1)}. {told}"
        reasons = account.because(getattr(item, "rules", ()))
        found.append((_id(item), Explanation(kind, told, reasons, data[number])))
    return tuple(found)


def _id(item: Any) -> str:
    names = ("id", "remedy", "type", "to", "fact", "about")
    return next(str(getattr(item, name)) for name in names if hasattr(item, name))


def _by(speaker: Speaker, what: str, who: str) -> str:
    return f"{what} ({speaker.word(who)})" if who else what


def _at(speaker: Speaker, phrase: str, at: int | None) -> str:
    return "" if at is None else speaker.say(phrase, at=speaker.instant(at))


def _approval(speaker: Speaker, role: str | None) -> str:
    return speaker.say("approval", role=speaker.word(role)) if role else ""


def _action(speaker: Speaker, action: DecidedAction) -> str:
    target = action.target
    plain = action.status == "due" and action.due is None
    return speaker.parts(
        _by(speaker, speaker.name("action", action.id), action.owner),
        _at(speaker, "opens", action.opens),
        _at(speaker, "due", action.due),
        "" if plain else speaker.say(f"status.{action.status}"),
        "" if target is None else speaker.say("of_target", target=speaker.name("target", target)),
        _approval(speaker, action.approver),
    )


def _type(speaker: Speaker, each: DecidedType) -> str:
    signals = speaker.list(
        speaker.name("fact", name) if each.basis == "recognised" else speaker.free(name)
        for name in each.signals
    )
    return speaker.parts(
        speaker.name("type", each.type),
        speaker.say(f"type.{each.status}"),
        speaker.say(f"type.{each.basis}", signals=signals),
        signals if each.basis == "given" else "",
        _at(speaker, "until", each.expires_at),
    )


def _manner(speaker: Speaker, manner: DecidedManner) -> str:
    guidance = speaker.policy.manner[manner.id].guidance
    advice = (speaker.text(texts, "") for texts in (guidance.do, guidance.avoid))
    return speaker.parts(
        speaker.name("manner", manner.id), speaker.say(f"phase.{manner.phase}"), *advice
    )


def _target(speaker: Speaker, target: DecidedTarget) -> str:
    left = target.left_s
    return speaker.parts(
        speaker.name("target", target.id),
        _at(speaker, "opens", target.opens),
        _at(speaker, "due", target.due),
        speaker.say(f"status.{target.status}"),
        _at(speaker, "met_at", target.met_at),
        "" if left is None else speaker.say("left", length=speaker.length(left)),
        speaker.say("law") if target.law else "",
    )


def _waiting(speaker: Speaker, facts: tuple[str, ...]) -> str:
    return speaker.say("waits", facts=speaker.names("fact", facts)) if facts else ""


def _owed(speaker: Speaker, owed: Owed) -> str:
    amount = "" if owed.amount is None else speaker.money(owed.amount)
    if owed.waiting_for:
        amount = speaker.say("amount_unknown")
    return speaker.parts(
        speaker.name("remedy", owed.remedy),
        amount,
        _at(speaker, "due", owed.due),
        _waiting(speaker, owed.waiting_for),
    )


def _choice(speaker: Speaker, choice: Choice) -> str:
    cap, beside = choice.cap, choice.excludes
    return speaker.parts(
        speaker.name("remedy", choice.remedy),
        "" if choice.amount is None else speaker.money(choice.amount),
        "" if cap is None else speaker.say("cap", amount=speaker.money(cap)),
        _approval(speaker, choice.approver),
        speaker.say("fits") if choice.fits else "",
        speaker.say("excludes", items=speaker.names("remedy", beside)) if beside else "",
    )


def _withheld(speaker: Speaker, withheld: Withheld) -> str:
    return speaker.parts(
        speaker.name("remedy", withheld.remedy),
        speaker.say(f"withheld.{withheld.reason}"),
        _waiting(speaker, withheld.waiting_for),
    )


def _prohibition(speaker: Speaker, each: Prohibition) -> str:
    overrode = speaker.list(speaker.free(name) for name in each.overrode)
    return speaker.parts(
        speaker.name("prohibition", each.id),
        speaker.say("forbidden_unless") if each.basis == "unknown" else "",
        speaker.say("overrode", rules=overrode) if overrode else "",
    )


def _ask(speaker: Speaker, ask: Ask) -> str:
    learn_by = ask.learn_by
    items = speaker.list(speaker.rule(name) for name in ask.blocks)
    return speaker.parts(
        speaker.name("fact", ask.fact),
        speaker.say("learn_by", action=speaker.name("action", learn_by)) if learn_by else "",
        speaker.say("unlocks", items=items) if items else "",
    )


def _escalation(speaker: Speaker, escalation: Escalation) -> str:
    return speaker.word(escalation.to)


def _notice(speaker: Speaker, notice: Notice) -> str:
    return f"{speaker.say(f'notice.{notice.code}')}: {speaker.free(notice.about)}"


_WORDS: Final[Mapping[str, tuple[str, Callable[[Speaker, Any], str]]]] = {
    "actions": ("action", _action),
    "owed": ("remedy", _owed),
    "choices": ("remedy", _choice),
    "goodwill": ("remedy", _choice),
    "withheld": ("remedy", _withheld),
    "prohibitions": ("prohibition", _prohibition),
    "manner": ("manner", _manner),
    "targets": ("target", _target),
    "escalations": ("escalation", _escalation),
    "types": ("type", _type),
    "asks": ("ask", _ask),
    "notices": ("notice", _notice),
}
LISTED: Final = tuple(_WORDS)
"""The sections whose lines tell an item each, in the order they are told: what to do first."""
