"""What holds of every decision, whatever the complaint: total, printable, and fair."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import jsonschema
import pytest
from tests.properties.rulesets import made_up
from tests.properties.states import DAY, HOUR, complaint, instant, shuffled

from complaint_rules import (
    Decision,
    Policy,
    StateError,
    decide,
    from_json,
    load,
    read_state,
    to_json,
)
from complaint_rules.decision import decision_schema, dumps

START = 1_793_000_000
CHANNELS = (
    "phone", "in_person", "chat", "email", "web_form", "messenger", "letter", "social_public",
    "review_own", "review_third_party", "regulator_portal",
)  # fmt: skip
TYPES = ("calm", "logical", "angry", "abusive", "frequent", "premium", "silent")


@pytest.fixture(scope="module")
def core() -> Policy:
    """Return the packaged policy."""
    return load("core")


def case(policy: Policy, seed: str) -> tuple[dict[str, Any], int]:
    """Return facts and an instant to decide them at."""
    chance = Random(seed)
    received = START + chance.randint(0, 90 * DAY)
    at = received + chance.choice((0, 1, chance.randint(0, DAY), chance.randint(0, 60 * DAY)))
    return complaint(policy, chance, received, at), at


def sound(policy: Policy, facts: dict[str, Any], at: int, *, schema: bool) -> Decision:
    """Decide, and look whether the decision holds together."""
    decision = decide(policy, facts, at=at)
    data = to_json(decision)
    assert from_json(json.loads(json.dumps(data))) == decision
    if schema:
        jsonschema.Draft202012Validator(decision_schema()).validate(data)
    named = [rule for line in _lines(decision) for rule in line.rules]
    assert set(named) <= set(decision.reasons)
    forbidden = {each.id for each in decision.prohibitions}
    lawful = {rule.id for rule in policy.rules if rule.law}
    for action in decision.actions:
        assert action.id not in forbidden or lawful & set(action.rules), action.id
    assert not ({each.remedy for each in decision.withheld} & _offered(decision))
    assert decision.review_at is None or decision.review_at > at
    return decision


def _lines(decision: Decision) -> list[Any]:
    parts = (decision.actions, decision.targets, decision.owed, decision.choices, decision.goodwill)
    return [line for part in (*parts, decision.withheld, decision.prohibitions) for line in part]


def _offered(decision: Decision) -> set[str]:
    return {each.remedy for each in (*decision.choices, *decision.goodwill)}


def paid(decision: Decision) -> set[str]:
    """Return the remedies that give money of the house's own accord."""
    return {c.remedy for c in (*decision.choices, *decision.goodwill) if c.amount is not None}


# --------------------------------------------------------------------------- total and sound


@pytest.mark.parametrize("part", range(2))
def test_decide_is_total_on_the_packaged_policy(core: Policy, part: int) -> None:
    """Every valid state of the packaged policy is decided, to JSON and back."""
    for number in range(60):
        facts, at = case(core, f"total {part} {number}")
        sound(core, facts, at, schema=number % 6 == 0)


def test_decide_is_total_on_made_up_policies() -> None:
    """So is every valid state of rulesets made up at random."""
    for number in range(6):
        text, policy = made_up(Random(f"total {number}"))
        assert policy is not None, text
        for each in range(12):
            facts, at = case(policy, f"made up total {number} {each}")
            sound(policy, facts, at, schema=each % 4 == 0)


@pytest.mark.fuzz
@pytest.mark.parametrize("part", range(10))
def test_many_decisions(
    part: int, core: Policy, record_property: Callable[[str, object], None]
) -> None:
    """The same of many more states and rulesets."""
    for number in range(1000):
        facts, at = case(core, f"total fuzz {part} {number}")
        sound(core, facts, at, schema=number % 10 == 0)
    for number in range(40):
        _, policy = made_up(Random(f"total fuzz {part} {number}"))
        for each in range(50 if policy else 0):
            assert policy is not None
            facts, at = case(policy, f"made up total fuzz {part} {number} {each}")
            sound(policy, facts, at, schema=each % 10 == 0)
    record_property("states decided", 1000 + 40 * 50)


@pytest.mark.parametrize("number", range(4))
def test_the_order_of_facts_and_types_is_nothing(core: Policy, number: int) -> None:
    """The same facts in another order give the same bytes."""
    for each in range(10):
        facts, at = case(core, f"order {number} {each}")
        told = {
            dumps(decide(core, shuffled(facts, Random(seed)), at=at)) for seed in ("a", "b", "c")
        }
        assert told == {dumps(decide(core, facts, at=at))}


# ---------------------------------------------------------------------- nearly nothing known


@pytest.mark.parametrize("channel", CHANNELS)
def test_only_receipt_and_channel_are_known(core: Policy, channel: str) -> None:
    """It is asked for what lacks; nothing is refused and no money moves."""
    facts = {"received_at": instant(START), "channel": channel}
    for later in (0, HOUR, 3 * DAY, 30 * DAY):
        decision = decide(core, facts, at=START + later)
        assert decision.asks
        assert decision.actions
        assert paid(decision) == set()
        assert decision.owed == ()
        assert "decline_unreasonable_demand" not in {each.id for each in decision.actions}
        assert "rule" not in {each.reason for each in decision.withheld}


def test_every_channel_is_among_them(core: Policy) -> None:
    """The channels tested here are those of the policy."""
    assert set(CHANNELS) == set(core.facts["channel"].values) - {"none"}


# ---------------------------------------------------------------------------------- fairness


def test_threads_may_share_a_policy(core: Policy) -> None:
    """Threads that fill a fresh policy's stores at once answer byte for byte as one does alone."""
    cases = [case(core, f"threads {number}") for number in range(40)]
    alone = [dumps(decide(core, facts, at=at)) for facts, at in cases]
    fresh = load("core")

    def answers(seed: int) -> list[str]:
        order = Random(seed).sample(range(len(cases)), len(cases))
        found = {n: dumps(decide(fresh, cases[n][0], at=cases[n][1])) for n in order}
        return [found[n] for n in range(len(cases))]

    often = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(4) as threads:
            assert list(threads.map(answers, range(4))) == [alone] * 4
    finally:
        sys.setswitchinterval(often)


def dues(decision: Decision) -> Mapping[str, int]:
    """Return when each target that has a due time is due."""
    return {each.id: each.due for each in decision.targets if each.due is not None}


def test_no_type_lengthens_a_deadline_or_lifts_a_prohibition(core: Policy) -> None:
    """With one type more no target is due later, and nothing that was forbidden is allowed."""
    for number in range(40):
        facts, at = case(core, f"types {number}")
        facts = {**facts, "kind": "complaint"}
        chance = Random(f"types {number}")
        fewer = chance.sample(TYPES[1:6], chance.randint(0, 3))
        more = [*fewer, chance.choice([name for name in TYPES[1:6] if name not in fewer])]
        facts.pop("type_basis", None)
        one = decide(core, {**facts, "customer_types": fewer}, at=at)
        other = decide(core, {**facts, "customer_types": more}, at=at)
        late = {name: due for name, due in dues(one).items() if dues(other).get(name, due) > due}
        assert late == {}, (number, fewer, more)
        forbidden = {each.id for each in one.prohibitions} - {
            each.id for each in other.prohibitions
        }
        assert forbidden == set(), (number, fewer, more)


def ripe(facts: dict[str, Any], at: int) -> dict[str, Any]:
    """Return a complaint with what the remedies need to know, the rest as it was."""
    return {
        **{name: value for name, value in facts.items() if name not in ("resolved_at", "accepted")},
        "kind": "complaint",
        "channel": "email",
        "validity": "upheld",
        "fault": "company",
        "cause_code": "damaged",
        "goods_kept": True,
        "amount_paid": {"amount": "100", "currency": "EUR"},
        "solution_sent_at": instant(at),
    }


def test_mood_buys_nothing(core: Policy) -> None:
    """Angry, premium or frequent: the remedies, their amounts and caps are the same."""
    for number in range(40):
        facts, at = case(core, f"mood {number}")
        facts = ripe(facts, at)
        moods = ("sentiment", "anger_signals", "tier", "contacts_30d", "complaints_90d", "emotion")
        facts = {
            k: v for k, v in facts.items() if k not in (*moods, "type_basis", "premium_contract")
        }
        calm = decide(core, {**facts, "customer_types": []}, at=at)
        for mood in ("angry", "premium", "frequent"):
            other = decide(core, {**facts, "customer_types": [mood]}, at=at)
            for part in ("owed", "room"):
                assert getattr(other, part) == getattr(calm, part)
            for part in ("choices", "goodwill"):
                assert [(c.remedy, c.amount, c.cap) for c in getattr(other, part)] == [
                    (c.remedy, c.amount, c.cap) for c in getattr(calm, part)
                ]


def test_the_unknown_pays_nothing(core: Policy) -> None:
    """Facts taken away never bring money, save the interim credit that waits for the fault."""
    some = 0
    for number in range(40):
        facts, at = case(core, f"unknown {number}")
        facts = ripe(facts, at)
        chance = Random(f"unknown {number}")
        known = paid(decide(core, facts, at=at))
        some += bool(known)
        for name in chance.sample(("validity", "fault", "cause_code", "amount_paid"), 2):
            less = decide(core, {**facts, name: "unknown"}, at=at)
            assert paid(less) - known <= {"interim_credit"} | _unlisted(core, facts, at), number
    assert some > 20


def _unlisted(policy: Policy, facts: dict[str, Any], at: int) -> set[str]:
    """Return remedies that were only crowded out: beyond the four shown, or past the room."""
    decision = decide(policy, facts, at=at)
    return {each.remedy for each in decision.withheld if each.reason in ("limit", "cap")}


def test_what_was_done_does_not_return(core: Policy) -> None:
    """An action done in this round is not asked for again, unless it says that it repeats."""
    for number in range(40):
        facts, at = case(core, f"done {number}")
        facts = {**facts, "received_at": facts.get("received_at", instant(at))}
        once = [a for a in decide(core, facts, at=at).actions if _once(core, a.id)]
        for action in once[:2]:
            done = [*facts.get("done", ()), {"action": action.id, "at": instant(at)}]
            again = decide(core, {**facts, "done": done}, at=at)
            assert action.id not in {each.id for each in again.actions}, number


def _once(policy: Policy, action: str) -> bool:
    repeat = policy.actions[action].repeat
    return repeat.each is None and repeat.ever is None and action not in ("explain_delay", "reopen")


def test_time_never_heals_a_breach(core: Policy) -> None:
    """A target that is overdue stays overdue, whatever time passes and whatever type expires."""
    for number in range(25):
        facts, at = case(core, f"breach {number}")
        if "received_at" not in facts:
            continue
        state = read_state(core, facts)
        late: set[str] = set()
        for later in (0, HOUR, DAY, 4 * DAY, 40 * DAY, 200 * DAY):
            decision = decide(core, state, at=at + later)
            now_late = {each.id for each in decision.targets if each.status == "overdue"}
            assert late <= now_late, (number, later)
            late = now_late


def test_a_foreign_or_future_state_is_refused_not_decided(core: Policy) -> None:
    """What cannot be decided is a StateError that says what to mend."""
    for facts in ({"received_at": instant(START + HOUR)}, {"chanel": "email"}, {"csat": -1}):
        with pytest.raises(StateError) as refused:
            decide(core, facts, at=START)
        assert all(problem.help for problem in refused.value.report.problems)
