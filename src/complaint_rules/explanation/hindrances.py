"""Which rules could bring an item about and why they do not; and what stands against it."""

from __future__ import annotations

from collections.abc import Iterator

from complaint_rules.conditions import truth
from complaint_rules.decision import Decision
from complaint_rules.decision.gathering.asks import learn_by
from complaint_rules.decision.seeing.promises import EXPLAIN_DELAY
from complaint_rules.decision.seeing.situation import Look
from complaint_rules.explanation.saying import Teller
from complaint_rules.explanation.search.goals import rules_for
from complaint_rules.explanation.search.valid import on_date
from complaint_rules.explanation.speaker import Speaker
from complaint_rules.explanation.tree import Explanation
from complaint_rules.policy import Item, Rule


def could_bring(speaker: Speaker, seen: Look, kind: str, name: str) -> tuple[Explanation, ...]:
    """
    Return what of the ruleset could bring an item about, each with the tests that fail.

    Args:
        speaker: The voice.
        seen: The complaint.
        kind: Kind of the item.
        name: Its id.

    Returns:
        One section, or nothing where no part of the ruleset brings the item about.
    """
    lines = tuple(_sources(Teller(speaker, seen.situation), seen, kind, name))
    if not lines:
        return ()
    return (Explanation("section", speaker.say("not.could"), lines),)


def _sources(teller: Teller, seen: Look, kind: str, name: str) -> Iterator[Explanation]:
    policy, speaker = seen.policy, teller.speaker
    for rule in rules_for(policy.rules, kind, name):
        yield _rule(teller, seen, rule, rule.when)
    if kind == "remedy" and name in policy.remedies:
        remedy = policy.remedies[name]
        yield _rule(teller, seen, remedy, remedy.when)
    elif kind == "remedy":
        yield Explanation("line", speaker.say("package.entitlement"))
    if kind == "target":
        target = policy.targets[name]
        yield _rule(teller, seen, target, target.when)
    if kind == "action":
        facts = sorted(fact for fact in policy.facts if learn_by(policy, fact) == name)
        if facts:
            told = speaker.say("not.learns", facts=speaker.names("fact", facts))
            yield Explanation("line", told, data={"facts": facts})
        if name == EXPLAIN_DELAY:
            yield Explanation("line", speaker.say("not.promise"))
    if kind == "type" and name in policy.types:
        recognise = policy.types[name].recognise
        under = () if recognise is None else teller.missing(recognise)
        yield Explanation("line", speaker.name("type", name), under)


def _rule(teller: Teller, seen: Look, item: Item, number: int) -> Explanation:
    """Return what keeps a rule, a remedy or a target from applying."""
    speaker, day = teller.speaker, seen.situation.event_date
    rule, data = speaker.rule(item.id), {"id": item.id}
    if not on_date(item, day):
        date = speaker.number(day.isoformat())
        return Explanation("rule", speaker.say("not.rule_dated", rule=rule, date=date), (), data)
    under = teller.missing(seen.policy.conditions[number])
    phrase = "rule_fails" if under else "rule_holds"
    return Explanation("rule", speaker.say(f"not.{phrase}", rule=rule), under, data)


def against(
    speaker: Speaker, seen: Look, decision: Decision, kind: str, name: str
) -> tuple[Explanation, ...]:
    """Return what stands against an item: one section, or nothing where nothing does."""
    teller = Teller(speaker, seen.situation)
    lines: list[Explanation] = []
    match kind:
        case "action":
            lines += _forbidden(speaker, decision, name)
            lines += _done(speaker, seen, name)
        case "remedy":
            lines += _withheld(teller, seen, decision, name)
        case "manner":
            for rule in seen.policy.rules:
                if name in rule.mute and _is_true(seen, rule):
                    lines.append(_line(speaker, "not.mutes", rule.id))
    if not lines:
        return ()
    return (Explanation("section", speaker.say("not.against"), tuple(lines)),)


def _line(speaker: Speaker, phrase: str, rule: str) -> Explanation:
    return Explanation("rule", speaker.say(phrase, rule=speaker.rule(rule)), (), {"id": rule})


def _is_true(seen: Look, rule: Rule) -> bool:
    held = truth(seen.policy.conditions[rule.when], seen.situation)
    return held is True and on_date(rule, seen.situation.event_date)


def _forbidden(speaker: Speaker, decision: Decision, name: str) -> Iterator[Explanation]:
    for each in decision.prohibitions:
        if each.id == name:
            yield from (_line(speaker, "not.forbids", rule) for rule in each.rules)


def _done(speaker: Speaker, seen: Look, name: str) -> Iterator[Explanation]:
    for each in seen.state.done:
        if each.action == name:
            yield Explanation("done", speaker.say("not.done", at=speaker.instant(each.at)))


def _withheld(teller: Teller, seen: Look, decision: Decision, name: str) -> Iterator[Explanation]:
    """Yield the rules that withhold a remedy, its closed group, and what the decision says."""
    speaker, policy = teller.speaker, seen.policy
    for rule in policy.rules:
        if name in rule.withhold and on_date(rule, seen.situation.event_date):
            held = truth(policy.conditions[rule.when], seen.situation)
            if held is not False:
                yield _line(speaker, "not.withholds", rule.id)
    remedy = policy.remedies.get(name)
    if remedy is not None and remedy.group:
        under = teller.missing(policy.conditions[policy.groups[remedy.group].opens])
        if under:
            yield Explanation("group", speaker.say("not.closed"), under)
    for each in decision.withheld:
        if each.remedy == name and each.reason in ("cap", "limit", "waiting"):
            waits = speaker.names("fact", each.waiting_for)
            told = speaker.say("waits", facts=waits) if waits else ""
            text = speaker.parts(speaker.say(f"withheld.{each.reason}"), told)
            yield Explanation("withheld", text, data={"reason": each.reason})
