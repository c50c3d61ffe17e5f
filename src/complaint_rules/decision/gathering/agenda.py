"""
What a set of fired rules asks for and forbids, made ready before any complaint is looked at.

One agenda serves every complaint in which the same rules are true and the same ones unknown. It
refers to parts of the policy, never to the policy.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

import attrs

from complaint_rules.decision.answer.shape import Choice, Prohibition, Withheld
from complaint_rules.decision.gathering.combine import Combined, Ids, Wanted, combine, set_bits
from complaint_rules.decision.gathering.prepared import Prepared
from complaint_rules.decision.gathering.terms import Tariff
from complaint_rules.decision.gathering.waits import Waits
from complaint_rules.decision.gathering.wants import ONCE, Want, is_there, want
from complaint_rules.decision.seeing.promises import EXPLAIN_DELAY
from complaint_rules.engines import Match
from complaint_rules.policy import Action, Policy, Remedy, Rule

_MOST_KEPT: Final = 1024
_MOST_COURSES: Final = 64
"""How many sets of doubtful prohibitions an agenda keeps; one or two are usual."""

Doubt: TypeAlias = tuple[tuple[str, int], ...]
"""Unknown rules that forbid something, each with its place among all unknown ones."""


@attrs.frozen(eq=False)
class Voluntary:
    """What may be given freely: choices and goodwill by rank, and what is withheld."""

    choices: tuple[Choice, ...]
    goodwill: tuple[Choice, ...]
    withheld: tuple[Withheld, ...]


@attrs.frozen(eq=False)
class Screened:
    """
    Voluntary remedies that there may be.

    Attributes:
        withheld: Those that are withheld, and why.
        priced: Those of which nothing but their amount is left to be asked.
        hanging: Those of which facts or the day say whether they are withheld.
        nothing: What may be given where nothing is priced nor hanging, nor capped in total: nothing
            at all; `None` elsewhere.
    """

    withheld: tuple[Withheld, ...]
    priced: tuple[Remedy, ...]
    hanging: tuple[Remedy, ...]
    nothing: Voluntary | None


@attrs.frozen(eq=False)
class Course:
    """
    What is forbidden, and what that leaves of what rules ask for.

    Attributes:
        forbidden: What must not be said or done, sorted.
        barred: The same, by id alone.
        wants: What rules ask for; of what is forbidden only what law asks for.
        named: Ids of the rules that forbid, whose action that takes out, that bid how to speak,
            and that bring in roles; sorted.
    """

    forbidden: tuple[Prohibition, ...]
    barred: frozenset[str]
    wants: tuple[Want, ...]
    named: Ids


@attrs.frozen(eq=False)
class Agenda:
    """
    What fired rules ask for and forbid.

    Attributes:
        combined: What they bring about together.
        wants: What they ask for, by action; conduct and what is not valid left out.
        forbidden: What true rules forbid, and unknown ones that wait for nothing an action
            learns; sorted.
        doubtful: Names that only unknown rules forbid and that are actions by which a fact is
            learned, with those rules and their places in `waits`: one of those facts may be what
            they wait for. Sorted.
        waits: The unknown rules, in the ruleset's order, with what they wait for.
        once: Actions that anything may ask for and that are done once a round.
        repeated: Those of them that are done otherwise.
        screened: Voluntary remedies by what is true and what unknown of `Prepared.offer_bits`;
            see `offers`.
        tariffs: On what terms they are offered, by season of settings and currency; likewise.
        others: Actions that no rule asks for, as they come to be wanted by other things; `None`
            for what is no action on these dates.
    """

    combined: Combined
    wants: tuple[Want, ...]
    forbidden: tuple[Prohibition, ...]
    doubtful: tuple[tuple[str, Doubt], ...]
    waits: Waits
    once: frozenset[str]
    repeated: tuple[Action, ...]
    screened: dict[tuple[int, int], Screened] = attrs.field(init=False, factory=dict)
    tariffs: dict[tuple[int, str], Tariff] = attrs.field(init=False, factory=dict)
    others: dict[str, Want | None] = attrs.field(init=False, factory=dict)
    _courses: dict[tuple[Ids, ...], Course] = attrs.field(init=False, factory=dict)

    def course(self, binding: tuple[Ids, ...]) -> Course:
        """
        Return what is forbidden and what is left.

        Args:
            binding: For each of the doubtful names the unknown rules that still forbid it.
        """
        known = self._courses.get(binding)
        if known is None:
            if len(self._courses) >= _MOST_COURSES:
                self._courses.clear()
            known = self._courses[binding] = _course(self, binding)
        return known


def _course(agenda: Agenda, binding: tuple[Ids, ...]) -> Course:
    combined, found = agenda.combined, list(agenda.forbidden)
    for (name, _), rules in zip(agenda.doubtful, binding, strict=True):
        if rules:
            found.append(Prohibition(name, "unknown", overrode(combined, name), rules))
    found.sort(key=lambda each: each.id)
    barred = frozenset(each.id for each in found)
    left = [each.by_law if each.name in barred else each for each in agenda.wants]
    return Course(
        forbidden=tuple(found),
        barred=barred,
        wants=tuple([each for each in left if each is not None]),
        named=tuple(sorted(_named(found, combined))),
    )


def _named(forbidden: Sequence[Prohibition], combined: Combined) -> set[str]:
    lines = (forbidden, combined.manner, combined.escalations)
    named = {rule for each in lines for line in each for rule in line.rules}
    return named.union(*(each.overrode for each in forbidden))


def agenda_of(policy: Policy, prepared: Prepared, match: Match, day: datetime.date) -> Agenda:
    """
    Return what the rules of a policy ask for and forbid; made once for the same match.

    Args:
        policy: The policy.
        prepared: The same, prepared.
        match: Which conditions are true and which unknown.
        day: The event date: a rule outside its validity is absent (semantics 21).
    """
    season = bisect_right(prepared.dates, day) if prepared.dates else 0
    key = (match.true & prepared.rule_bits, match.unknown & prepared.rule_bits, season)
    kept = prepared.agendas
    known: Agenda | None = kept.get(key)
    if known is None:
        true, unknown = (tuple(_rules(prepared, mask, day)) for mask in key[:2])
        known = _make(policy, prepared, combine(true, unknown, policy.manner, day), day)
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[key] = known
    return known


def _rules(prepared: Prepared, mask: int, day: datetime.date) -> Iterator[Rule]:
    for number in set_bits(mask):
        for rule in prepared.rules_at[number]:
            if rule.valid is None or rule.valid.holds(day):
                yield rule


def want_of(
    policy: Policy, prepared: Prepared, agenda: Agenda, name: str, day: datetime.date
) -> Want | None:
    """Return an action that no rule asks for as something wants it; `None` where it is absent."""
    if name in agenda.others:
        return agenda.others[name]
    action = policy.actions.get(name)
    found = None
    if is_there(action, day):
        found = want(policy, agenda.combined, action, Wanted(()), prepared.dues)
    agenda.others[name] = found
    return found


def overrode(combined: Combined, name: str) -> Ids:
    """Return the rules whose action a prohibition takes out; those that are law stay."""
    wanted, by_law = combined.doing.get(name), combined.by_law.get(name)
    if wanted is None:
        return ()
    kept = () if by_law is None else by_law.rules
    return tuple(rule for rule in wanted.rules if rule not in kept)


def _make(policy: Policy, prepared: Prepared, combined: Combined, day: datetime.date) -> Agenda:
    same, wants = prepared.dues, []
    for name in sorted(combined.doing):
        action = policy.actions.get(name)
        if not is_there(action, day):
            continue
        found = want(policy, combined, action, combined.doing[name], same)
        law = combined.by_law.get(name)
        if law is not None:
            found = attrs.evolve(found, by_law=want(policy, combined, action, law, same))
        wants.append(found)
    forbidden: list[Prohibition] = []
    doubtful: list[tuple[str, Doubt]] = []
    places = {rule.id: place for place, rule in enumerate(combined.waiting)}
    for name in sorted({*combined.never, *combined.never_maybe}):
        rules, basis = combined.never.get(name, ()), "true"
        if not rules:
            if name in prepared.learning:
                maybe = combined.never_maybe[name]
                doubtful.append((name, tuple((rule.id, places[rule.id]) for rule in maybe)))
                continue
            basis, rules = "unknown", tuple(rule.id for rule in combined.never_maybe[name])
        forbidden.append(Prohibition(name, basis, overrode(combined, name), rules))
    waits = Waits(prepared.waiting(policy, rule) for rule in combined.waiting)
    names = {each.name for each in wants} | prepared.learning | {EXPLAIN_DELAY}
    asked = [policy.actions[name] for name in sorted(names & policy.actions.keys())]
    return Agenda(
        combined,
        tuple(wants),
        tuple(forbidden),
        tuple(doubtful),
        waits,
        frozenset(action.id for action in asked if action.repeat == ONCE),
        tuple(action for action in asked if action.repeat != ONCE),
    )
