"""What the rules that are true, and those that are unknown, bring about together (semantics 22)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias, TypeVar

import attrs

from complaint_rules.conditions.tree import Expression
from complaint_rules.decision.answer.shape import DecidedManner, Escalation
from complaint_rules.policy import Due, Manner, Rule

T = TypeVar("T")
Ids: TypeAlias = tuple[str, ...]


@attrs.frozen
class Wanted:
    """
    An action that something asks for.

    Attributes:
        rules: Who asks for it, sorted.
        dues: Due times of their own, which come beside the action's.
    """

    rules: Ids
    dues: tuple[Due, ...] = ()


@attrs.frozen(eq=False)
class Combined:
    """
    All that rules bring about, targets apart.

    Attributes:
        doing: Actions asked for, by id.
        by_law: The same, by rules that are law only: no prohibition touches these.
        never: True rules that forbid, by what they forbid.
        never_maybe: Unknown rules that forbid, by what they forbid.
        manner: How to speak, less what is muted; sorted by id.
        caps: True rules and their caps, by remedy, group or ``total``.
        withhold: True rules that withhold, by remedy.
        withhold_maybe: Unknown rules that withhold, by remedy.
        approvers: True rules and the role they name, by what they name it for.
        escalations: Roles to bring in, sorted.
        waiting: Unknown rules, in the ruleset's order.
    """

    doing: Mapping[str, Wanted]
    by_law: Mapping[str, Wanted]
    never: Mapping[str, Ids]
    never_maybe: Mapping[str, tuple[Rule, ...]]
    manner: tuple[DecidedManner, ...]
    caps: Mapping[str, tuple[tuple[str, Expression], ...]]
    withhold: Mapping[str, Ids]
    withhold_maybe: Mapping[str, tuple[Rule, ...]]
    approvers: Mapping[str, tuple[tuple[str, str], ...]]
    escalations: tuple[Escalation, ...]
    waiting: tuple[Rule, ...]


def highest(
    approvals: tuple[str, ...], combined: Combined, names: Iterable[str], role: str | None
) -> tuple[str | None, Ids]:
    """
    Return the highest of a role and the roles that true rules name, and the rules that raise it.

    Args:
        approvals: The ruleset's roles, lowest first.
        combined: What rules bring about.
        names: What the rules may name: a remedy, its group, ``total``; or an action.
        role: The role it starts from; `None` for nobody.
    """
    named = [pair for name in names for pair in combined.approvers.get(name, ())]
    if not named:
        return role, ()
    ranks = {each: rank for rank, each in enumerate(approvals)}
    best = max(ranks.get(each, -1) for _, each in named)
    if best <= (-1 if role is None else ranks.get(role, -1)):
        return role, ()
    winner = approvals[best]
    return winner, tuple(sorted({rule for rule, each in named if each == winner}))


def set_bits(mask: int) -> Iterator[int]:
    """Yield the numbers of the set bits, highest first."""
    while mask:
        number = mask.bit_length() - 1
        yield number
        mask ^= 1 << number


def combine(
    true: tuple[Rule, ...],
    unknown: tuple[Rule, ...],
    manner: Mapping[str, Manner],
    day: datetime.date,
) -> Combined:
    """
    Return what these rules bring about; their order does not matter.

    Args:
        true: Rules whose condition is true.
        unknown: Rules whose condition is unknown.
        manner: The ruleset's manner, by id.
        day: The event date.
    """
    true = tuple(sorted(true, key=_id))
    unknown = tuple(sorted(unknown, key=_id))
    return Combined(
        doing=_doing(true),
        by_law=_doing(rule for rule in true if rule.law),
        never=_by_name((name, rule.id) for rule in true for name in rule.never),
        never_maybe=_by_name((name, rule) for rule in unknown for name in rule.never),
        manner=_manner(true, manner, day),
        caps=_by_name((name, (rule.id, cap)) for rule in true for name, cap in rule.cap),
        withhold=_by_name((name, rule.id) for rule in true for name in rule.withhold),
        withhold_maybe=_by_name((name, rule) for rule in unknown for name in rule.withhold),
        approvers=_by_name(
            (name, (rule.id, role)) for rule in true for name, role in rule.approver
        ),
        escalations=tuple(
            Escalation(role, rules)
            for role, rules in sorted(
                _by_name((role, rule.id) for rule in true for role in rule.escalate).items()
            )
        ),
        waiting=unknown,
    )


def _id(rule: Rule) -> str:
    return rule.id


def _by_name(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    found: dict[str, list[T]] = {}
    for name, value in pairs:
        values = found.setdefault(name, [])
        if value not in values:
            values.append(value)
    return {name: tuple(values) for name, values in found.items()}


def _doing(rules: Iterable[Rule]) -> dict[str, Wanted]:
    asked = _by_name((do.action, (rule.id, do.due)) for rule in rules for do in rule.do)
    return {
        action: Wanted(
            tuple(dict.fromkeys(rule for rule, _ in each)),
            tuple(dict.fromkeys(due for _, dues in each for due in dues)),
        )
        for action, each in asked.items()
    }


def _manner(
    rules: tuple[Rule, ...], manner: Mapping[str, Manner], day: datetime.date
) -> tuple[DecidedManner, ...]:
    muted = {name for rule in rules for name in rule.mute}
    spoken = _by_name((name, rule.id) for rule in rules for name in rule.manner)
    return tuple(
        DecidedManner(name, manner[name].phase, spoken[name])
        for name in sorted(spoken)
        if name not in muted and ((valid := manner[name].valid) is None or valid.holds(day))
    )
