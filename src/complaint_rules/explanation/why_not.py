"""Why a decision does not give an item, and the smallest change of facts that would."""

from __future__ import annotations

import datetime

import attrs

from complaint_rules.decision import whole_seconds
from complaint_rules.decision.seeing.situation import Look
from complaint_rules.engines import Engine
from complaint_rules.explanation.change import UNKNOWN, Change, New, apply, change_data
from complaint_rules.explanation.items import find
from complaint_rules.explanation.saying import Teller
from complaint_rules.explanation.speaker import Speaker
from complaint_rules.explanation.tree import Explanation
from complaint_rules.explanation.values import worded
from complaint_rules.facts import Fact, Kind
from complaint_rules.policy import Policy
from complaint_rules.state import State


@attrs.frozen(eq=False)
class WhyNot:
    """
    Why an item is not in a decision.

    Attributes:
        kind: Kind of the item: ``action``, ``remedy``, ``target`` and so on.
        item: Its id.
        outcome: ``given`` (the decision has it), ``found`` (a change was found), ``not_found``
            (none was found in `tries` tries; there may be one), ``conduct`` (it can only be
            forbidden) or ``nothing`` (no part of the ruleset brings it about).
        change: New values by fact, empty where none was found. `apply` makes the state of it, in
            which the decision gives the item; no proper part of the change does.
        tries: How many changes were decided.
        explanation: The same in words, with the tests that fail.
    """

    kind: str
    item: str
    outcome: str
    change: Change
    tries: int
    explanation: Explanation

    @property
    def found(self) -> bool:
        """A change was found."""
        return self.outcome == "found"

    @property
    def given(self) -> bool:
        """The decision gives the item as it is."""
        return self.outcome == "given"


def why_not(
    policy: Policy,
    state: State,
    item: str,
    *,
    at: int | str | datetime.datetime,
    engine: str | Engine = "index",
    language: str = "en",
) -> WhyNot:
    """
    Return why a decision does not give an item, and the smallest change of facts found for it.

    The change was decided: with it the item is given, with any proper part of it not. At most
    eight facts are changed; the search is bounded, and says so where it finds nothing.

    Args:
        policy: The policy.
        state: A state validated for it.
        item: Id of an action, remedy, target, manner or customer type, of a role to bring in, or
            of what could be forbidden; with its kind in front where needed:
            ``prohibition:thank``. A remedy that is only withheld counts as not given.
        at: The instant to decide at, as for `decide`.
        engine: The engine that matches.
        language: ``en``, ``fa``, ``hu`` or ``ar``.

    Raises:
        StateError: The ruleset knows no such item (`unknown-item`), there is no such language
            (`unknown-language`), or `decide` refuses the state or the instant.
        EngineError: As for `decide`.
    """
    # The search is half of this room, and who only decides need not wait for it.
    from complaint_rules.explanation.hindrances import against, could_bring  # noqa: PLC0415
    from complaint_rules.explanation.search.goals import given  # noqa: PLC0415
    from complaint_rules.explanation.search.ground import Ground  # noqa: PLC0415
    from complaint_rules.explanation.search.seek import MOST_FACTS, seek  # noqa: PLC0415

    now = whole_seconds(at)
    kind, name = find(policy, item)
    ground = Ground(policy, state, now, engine)
    decision, seen = ground.first()
    speaker = Speaker(policy, language, decision.timezone)
    change: Change = {}
    hindrances: tuple[Explanation, ...] = ()
    if given(decision, kind, name):
        outcome = "given"
    elif kind == "action" and policy.actions[name].conduct:
        outcome = "conduct"
    else:
        could = could_bring(speaker, seen, kind, name)
        hindrances = (*could, *against(speaker, seen, decision, kind, name))
        found = seek(ground, kind, name)
        change = found.change or {}
        outcome = "not_found" if found.change is None else "found"
        if outcome == "not_found" and not could:
            outcome = "nothing"
    told = _told(speaker, seen, outcome, change, (MOST_FACTS, ground.tries))
    title = speaker.say("not.title", item=speaker.name(kind, name))
    data = {
        "language": language,
        "item": f"{kind}:{name}",
        "outcome": outcome,
        "change": change_data(policy, seen.situation.calendar, change),
        "tries": ground.tries,
    }
    tree = Explanation("why_not", title, (*hindrances, told), data)
    return WhyNot(kind, name, outcome, change, ground.tries, tree)


def _told(
    speaker: Speaker, seen: Look, outcome: str, change: Change, bounds: tuple[int, int]
) -> Explanation:
    """Return the answer itself: the change, or that none was found within most facts and tries."""
    if outcome == "found":
        teller = Teller(speaker, seen.situation)
        lines = tuple(_line(teller, seen, name, change[name]) for name in sorted(change))
        return Explanation("section", speaker.say("not.change"), lines)
    if outcome == "not_found":
        size, number = map(speaker.number, bounds)
        return Explanation("line", speaker.say("not.not_found", size=size, tries=number))
    return Explanation("line", speaker.say(f"not.{outcome}"))


def _line(teller: Teller, seen: Look, name: str, new: New) -> Explanation:
    speaker = teller.speaker
    data = change_data(speaker.policy, seen.situation.calendar, {name: new})[name]
    if name in speaker.policy.facts:
        fact, old = speaker.policy.facts[name], teller.value(name)
    else:
        fact, old = Fact(name, Kind.INSTANT), speaker.say("unknown")
    if new is UNKNOWN:
        value = speaker.say("unknown")
    elif name == "done":
        old = _done(speaker, seen.state)
        value = _done(speaker, apply(seen.state, {name: new}))
    elif fact.kind is Kind.RECORDS:
        value = _records(speaker, fact, data)
    else:
        value = worded(speaker, data, fact)
    text = speaker.say("not.change_line", fact=speaker.name("fact", name), value=value, old=old)
    return Explanation("change", text, data={"fact": name, "value": data})


def _done(speaker: Speaker, state: State) -> str:
    told = (
        speaker.say(
            "done_entry", action=speaker.name("action", each.action), at=speaker.instant(each.at)
        )
        for each in state.done
    )
    return speaker.list(told) or speaker.say("none")


def _records(speaker: Speaker, fact: Fact, records: list[dict[str, object]]) -> str:
    """Return a list of records, each with its fields."""
    told = []
    for record in records:
        fields = (
            f"{speaker.field(name)} = {worded(speaker, record[name], fact.fields[name])}"
            for name in record
        )
        told.append(f"({speaker.list(fields)})")
    return speaker.list(told) or speaker.say("none")
