"""When to look again: never too late, and not too often."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rooms.decision.hand import OFFICE, at, given_state, house, seen

from complaint_rules.calendar import LAST
from complaint_rules.decision.answer.shape import Decision
from complaint_rules.decision.decide import decide
from complaint_rules.decision.gathering.prepared import prepare
from complaint_rules.decision.review import review_at, steady
from complaint_rules.decision.timing.pausing import NEVER
from complaint_rules.policy import Policy

NOW = "2026-11-23 10:00"
MONDAY = "2026-11-23 09:00"
DAY = 86_400


def review(sections: str, now: str = NOW, **facts: Any) -> int | None:
    """Return when a complaint is to be looked at again."""
    of = house(sections)
    return decide(of, given_state(of, {"received_at": MONDAY, **facts}), at=at(now)).review_at


PLAIN = """
facts: {resolved_at: {kind: instant, default: not_yet}}
targets: {answer: {from: received_at, met_by: resolved_at, due: 4 h, opens: 90 m, pauses: yes}}
"""


def test_a_target_opens_warns_and_runs_out() -> None:
    """A target changes when it opens, when it is at risk, and a second after it is due."""
    assert review(PLAIN) == at("2026-11-23 10:30")
    assert review(PLAIN, "2026-11-23 10:30") == at("2026-11-23 12:00")
    assert review(PLAIN, "2026-11-23 12:00") == at("2026-11-23 13:00:01")
    assert review(PLAIN, "2026-11-23 13:00:01") is None


def test_what_is_met_changes_no_more() -> None:
    """A target that was met, or has not started, changes nothing by itself."""
    assert review(PLAIN, resolved_at="2026-11-23 09:30") is None
    survey = PLAIN.replace(
        "from: received_at, met_by: resolved_at", "from: resolved_at, met_by: received_at"
    )
    assert review(survey) is None


def test_paused_without_a_start_may_still_be_breached() -> None:
    """Where the customer is waited for from now on, the due time may still pass."""
    assert review(PLAIN, "2026-11-23 12:30", pending_on="customer") == at("2026-11-23 13:00:01")


def test_expiries() -> None:
    """A type that ends changes what applies."""
    basis = {"angry": {"expires_at": "2026-11-23 18:00"}}
    found = review("customer_types: {angry: {}}", customer_types=["angry"], type_basis=basis)
    assert found == at("2026-11-23 18:00")


def test_a_silence_that_fell_away_still_ends() -> None:
    """`silent` is not listed while there is a complaint, but its end changes `was_silent`."""
    basis = {"silent": {"expires_at": "2026-11-23 18:00"}}
    found = review("customer_types: {silent: {}}", customer_types=["silent"], type_basis=basis)
    assert found == at("2026-11-23 18:00")


def test_each_signal_of_a_type_is_shown() -> None:
    """A type stays recognised while one of its signals turns: the signals shown are others then."""
    sections = """
    facts:
      loud: {kind: yes_no}
      hours_open: {kind: duration, derive: 'now - received_at'}
    customer_types: {angry: {recognise: {any: [{loud: yes}, {hours_open: "> 30 h"}]}}}
    """
    assert review(sections, loud=True) == at("2026-11-24 15:00:01")


def test_promises() -> None:
    """A promise changes a day before it is due, and once more a second after it."""
    sections = "actions: {explain_delay: {owner: agent}}"
    promise = [{"due": "2026-11-25 10:00"}]
    assert review(sections, promises=promise) == at("2026-11-24 10:00")
    assert review(sections, "2026-11-24 10:00", promises=promise) == at("2026-11-25 10:00:01")


def test_a_happening_ahead_comes() -> None:
    """A happening read as now is looked at again when it has come."""
    found = review("facts: {colour: {kind: text}}", received_at="2026-11-23 10:03")
    assert found == at("2026-11-23 10:03")


def test_the_event_date_may_follow_the_instant() -> None:
    """Without a receipt the event date is that of the instant, and changes at midnight."""
    of = house("facts: {colour: {kind: text}}")
    found = decide(of, given_state(of, {}), at=at(NOW))
    assert found.review_at == at("2026-11-24 00:00")


def test_conditions_that_read_the_clock() -> None:
    """A condition over elapsed time turns a second after its bound where it says `>`."""
    rules = """
    facts: {hours_open: {kind: duration, derive: 'now - received_at'}}
    rules:
      - {id: old, text: x, source: [x], when: {hours_open: "> 30 h"}, then: {escalate: [lead]}}
    """
    assert review(rules) == at("2026-11-24 15:00:01")
    assert review(rules.replace("> 30 h", ">= 30 h")) == at("2026-11-24 15:00")
    assert review(rules, "2026-11-25 10:00") is None


def test_amounts_that_grow_with_time() -> None:
    """An amount that counts days or hours changes when they are full."""
    remedies = """
    remedies:
      refund: {owed: yes, amount: '2 EUR * whole(now - received_at, 6 h)'}
    """
    assert review(remedies) == at("2026-11-23 15:00")


def test_due_times_without_a_target() -> None:
    """What is due after an instant warns and runs out, or changes no more."""
    of = house("facts: {colour: {kind: text}}")
    look_ = seen(of, NOW, received_at=MONDAY)
    watch, turns = prepare(of).watch, [at("2026-11-23 12:00:01"), at("2026-11-23 11:00"), NEVER]
    assert review_at(watch, look_, dues=turns) == at("2026-11-23 11:00")
    assert review_at(watch, look_, dues=turns[2:]) is None


def test_what_is_due_now_moves_past_other_due_times() -> None:
    """It changes places with them when they come, whichever of both is an action or is owed."""
    late = "due: {from: received_at, due: 2 h}"
    both = f"actions: {{a: {{owner: x, {late}}}, b: {{owner: x, due: now}}}}"
    mixed = f"actions: {{a: {{owner: x, {late}}}}}\nremedies: {{b: {{owed: yes, due: now}}}}"
    rules = "rules: [{id: r, text: T., source: house, when: always, then: {do: [a, b]}}]"
    for sections in (f"{both}\n{rules}\n", f"{mixed}\n{rules.replace(', b', '')}\n"):
        assert review(sections, "2026-11-23 10:45") == at("2026-11-23 11:00")
        assert review(sections, "2026-11-23 11:00") == at("2026-11-23 11:00:01")


def test_nothing_is_looked_for_past_the_end_of_time() -> None:
    """A change after the year 2400 is none."""
    of = house(PLAIN)
    last = decide(of, given_state(of, {"received_at": shown(LAST)}), at=LAST)
    assert [target.due for target in last.targets] == [LAST]
    assert last.review_at is None


def test_expired_types_still_count_for_targets_that_read_the_clock() -> None:
    """A target that reads the types of its start changes by conditions over those types."""
    rules = """
    facts:
      resolved_at: {kind: instant, default: not_yet}
      hours_open: {kind: duration, derive: 'now - received_at'}
    customer_types: {angry: {}}
    targets: {t: {from: received_at, met_by: resolved_at, due: 30 d}}
    rules:
      - id: old
        text: An angry customer does not wait
        source: [x]
        when: {customer_types: angry, hours_open: ">= 30 h"}
        then: {target: {t: 2 d}}
    """
    angry = {
        "customer_types": ["angry"],
        "type_basis": {"angry": {"expires_at": "2026-11-23 09:30"}},
    }
    assert review(rules, **angry) == at("2026-11-24 15:00")
    of = house(rules)
    state = given_state(of, {"received_at": MONDAY, **angry})
    assert [
        decide(of, state, at=at(now)).targets[0].due
        for now in ("2026-11-24 14:59:59", "2026-11-24 15:00")
    ] == [at("2026-12-23 09:00"), at("2026-11-25 09:00")]


# -------------------------------------------------------------------- generated

RICH = Path(__file__).with_name("rich.yaml").read_text(encoding="utf-8")
PAST = ["first_response_at", "last_update_at", "resolved_at", "reopened_at", "pending_since"]


def shown(moment: int) -> str:
    """Return an instant as a host gives it."""
    return datetime.datetime.fromtimestamp(moment, OFFICE.zone).isoformat()


def complaint(received: int, chance: random.Random) -> dict[str, Any]:
    """Return facts of a complaint, none of them later than its receipt but what may be."""

    def ahead() -> str:
        return shown(received + chance.randint(-DAY, 9 * DAY))

    def before() -> str:
        return shown(received - chance.randint(0, 3 * DAY))

    def basis() -> dict[str, Any]:
        return {"angry": {"expires_at": ahead()}, "premium": {"since": before()}}

    choices: dict[str, tuple[float, Callable[[], Any]]] = {
        **dict.fromkeys(PAST, (0.3, before)),
        "received_at": (0.9, lambda: shown(received)),
        "customer_types": (0.4, lambda: chance.sample(["angry", "premium", "silent"], 2)),
        "type_basis": (0.4, basis),
        "sentiment": (0.7, lambda: chance.choice(["-0.9", "-0.3", "0.5"])),
        "severity": (0.3, lambda: chance.choice(["s1", "s2", "s4"])),
        "promises": (0.3, lambda: [{"due": ahead()}, {"due": ahead(), "expected": ahead()}]),
        "pending_on": (0.3, lambda: "customer"),
        "pauses": (0.2, lambda: [{"from": before(), "to": shown(received)}]),
        "fixed_by": (0.3, lambda: ahead()[:10]),
        "done": (0.3, lambda: [{"action": "send_update", "at": before()}]),
    }
    facts = {name: make() for name, (odds, make) in choices.items() if chance.random() < odds}
    if chance.random() < 0.1:
        facts["pauses"] = [{"from": before()}]
    return facts


def changed(of: Policy, first: Decision, later: Decision) -> list[str]:
    """Return the parts in which two decisions differ, what moves with the clock apart."""
    one, other = steady(of, first), steady(of, later)
    return [
        name
        for name in one.__slots__
        if name[0] != "_" and getattr(one, name) != getattr(other, name)
    ]


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 60 * DAY), st.randoms(use_true_random=False))
def test_no_change_is_missed(offset: int, chance: random.Random) -> None:
    """Between an instant and its review no decision differs; the walk is short (semantics 20)."""
    of = house(RICH)
    received = at("2026-10-20 00:00") + offset
    state = given_state(of, complaint(received, chance))
    decision = decide(of, state, at=received)
    for _ in range(300):
        until = decision.review_at
        if until is None or decision.at > received + 6 * DAY:
            break
        assert until > decision.at
        between = {decision.at + 1, until - 1, chance.randint(decision.at, until - 1)}
        for moment in sorted(between - {until}):
            assert changed(of, decision, decide(of, state, at=moment)) == []
        decision = decide(of, state, at=until)
    else:
        pytest.fail("more than 300 steps")


@pytest.mark.fuzz
@settings(max_examples=15, deadline=None)
@given(st.integers(0, 60 * DAY), st.randoms(use_true_random=False))
def test_minute_by_minute(offset: int, chance: random.Random) -> None:
    """A scan of every minute of a day finds no change between an instant and its review."""
    of = house(RICH)
    received = at("2026-10-20 00:00") + offset
    state = given_state(of, complaint(received, chance))
    decision = decide(of, state, at=received)
    for moment in range(received, received + DAY, 60):
        later = decide(of, state, at=moment)
        if decision.review_at is None or moment < decision.review_at:
            assert changed(of, decision, later) == []
        else:
            decision = later
