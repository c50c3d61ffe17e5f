"""The search behind `why_not`, on every sort of condition, and its bounds."""

# ruff: noqa: E501 (each case on one line)

from __future__ import annotations

import datetime
from typing import Any

import attrs
import pytest
from tests.properties.turning import honest
from tests.rooms.explanation.hall import AT, HALL, hall, told

from complaint_rules.calendar import BusinessCalendar
from complaint_rules.conditions.tree import Condition, Truth, Within
from complaint_rules.decision import decide
from complaint_rules.explanation import UNKNOWN, why_not
from complaint_rules.explanation.search import ground as grounds
from complaint_rules.explanation.search import seek as seeking
from complaint_rules.explanation.search.candidates import candidates
from complaint_rules.explanation.search.ground import Ground
from complaint_rules.explanation.search.seek import Found, seek
from complaint_rules.explanation.search.solve import Solver
from complaint_rules.explanation.search.wait import waiting
from complaint_rules.explanation.search.want import NO, YES, Want, both
from complaint_rules.facts import NOT_YET, Fact, Kind
from complaint_rules.intake import read_state
from complaint_rules.loading import loads
from complaint_rules.policy import Policy
from complaint_rules.state import Done

_HEAD = HALL.partition("\nrules:")[0]
RECEIVED = {"received_at": "2026-11-24T10:00:00+01:00"}


def _policy(when: str, then: str = "do: [thank]", more: str = "") -> Policy:
    """Return the hall with one rule only."""
    rule = f"{{id: r, text: x, source: [x], when: {when}, then: {{{then}}}}}"
    return loads(f"{_HEAD}\nrules:\n  - {rule}\n{more}")


@pytest.mark.parametrize(
    ("when", "facts", "names"),
    [
        ("{clean: no}", {}, {"flags"}),
        ("{clean: unknown}", {}, {"flags"}),
        ("{not: {clean: unknown}}", {"flags": "unknown", "severity": "unknown"}, {"flags"}),
        ("{graver: unknown}", {}, {"live"}),
        ("{graver: mid}", {}, {"live"}),
        ("{tier: small}", {"order_value": {"amount": "600", "currency": "EUR"}}, {"order_value"}),
        ("{tier: unknown}", {"order_value": {"amount": "600", "currency": "EUR"}}, {"order_value"}),
        ("{rude_visits: unknown}", {}, {"visited"}),
        ("{rude_visits: '0'}", {"visited": [{"on": "2026-11-01T10:00:00+01:00", "rude": True}]}, {"visited"}),
        ("{last_rude: not_yet}", {"visited": [{"on": "2026-11-01T10:00:00+01:00", "rude": True}]}, {"visited"}),
        ("{last_rude: '< now - 3 d'}", {}, {"visited"}),
        ("{round_start: '< now - 3 d'}", RECEIVED, {"received_at"}),
        ("{was_silent: yes}", {}, {"customer_types"}),
        ("{was_silent: yes}", {"kind": "none"}, {"customer_types", "kind"}),
        ("{was_silent: no}", {"customer_types": ["silent"]}, {"kind"}),
        ("{customer_types: unknown}", {}, {"customer_types"}),
        ("{customer_types: {none: [vip]}}", {"customer_types": ["vip"]}, {"customer_types"}),
        ("{customer_types: {all: [angry, vip]}}", {"customer_types": ["vip"]}, {"customer_types"}),
        ("{customer_types: calm}", {"mood": "-1"}, {"customer_types"}),
        ("{customer_types: {count: '2'}}", {}, {"customer_types"}),
        ("{done: unknown}", {}, {"done"}),
        ("{done: {all: [call, sorry]}}", {"done": [{"action": "call", "at": "2026-11-20T10:00:00+01:00"}]}, {"done"}),
        ("{done: {none: [call]}}", {"done": [{"action": "call", "at": "2026-11-20T10:00:00+01:00"}]}, {"done"}),
        ("{asked_times: '3'}", {}, {"done"}),
        ("{asked_at: '< now - 2 d'}", {}, {"done"}),
        ("{asked_at: '<= answered_at'}", {**RECEIVED, "answered_at": "2026-11-24T11:00:00+01:00"}, {"done"}),
        ("{stage: not(fresh)}", RECEIVED, {"answered_at"}),
        ("{side: {none: [aside]}}", {"live": True}, {"live"}),
        ("{side: {count: '1'}}", {}, {"live"}),
        ("{open_for: '> 3 d'}", {}, {"received_at"}),
        ("{worked: '> 3 bh'}", {}, {"received_at"}),
        ("{days: '[30..31]'}", {}, {"received_at"}),
        ("{bought_on: '< 2026-01-01'}", {}, {"bought_on"}),
        ("{bought_on: '= 9999-12-31'}", {}, {"bought_on"}),
        ("{promised_for: '> now + 3 d'}", {}, {"promised_for"}),
        ("{hours_given: '(2 h..3 h)'}", {}, {"hours_given"}),
        ("{mood: '(0.25..0.5)'}", {}, {"mood"}),
        ("{visits: '> asked_times + 2'}", {}, {"visits"}),
        ("{flags: {count: '> visits'}}", {}, {"flags"}),
        ("{flags: {all: [a, b]}, severity: high}", {}, {"flags", "severity"}),
        ("{order_value: '> 2 * harm.cost'}", {}, {"order_value", "harm.cost"}),
        ("{order_value: '> 2 * harm.cost'}", {"order_value": {"amount": "1", "currency": "EUR"}, "harm": {"cost": {"amount": "9", "currency": "EUR"}}}, {"order_value"}),
        ("{answered_at: '<= round_start', open_for: '< 1 h'}", RECEIVED, {"answered_at", "received_at"}),
        ("{answered_at: '>= promised_for'}", {}, {"answered_at", "promised_for"}),
        ("{at_least: {n: 2, of: [{live: yes}, {visits: '1'}, {channel: web}]}}", {}, {"live", "visits"}),
        ("{not: {at_least: {n: 2, of: [{live: no}, {visits: '0'}, {channel: web}]}}}", {"channel": "web"}, {"live", "visits"}),
        ("{any: [{all: [{live: yes}, {visits: '7'}]}, {channel: web}]}", {}, {"channel"}),
        ("{not: {all: [{live: no}, {visits: '0'}]}}", {}, {"live"}),
        ("{none: [{live: no}, {visits: '0'}]}", {}, {"live", "visits"}),
        ("{accepted: {count: '>= 2'}}", {}, {"accepted"}),
        ("{size: l}", {}, {"live"}),
        ("{size: s}", {"live": True, "visits": 8}, {"live", "visits"}),
        ("{scores: '4'}", {}, {"visits"}),
        ("{scores: unknown}", {}, {"live"}),
        ("{total_cost: '> 50 EUR'}", {}, {"harm.cost", "order_value"}),
        ("{gap: '< 0 h'}", {**RECEIVED, "answered_at": "2026-11-24T11:00:00+01:00"}, {"answered_at"}),
        ("{two: yes}", {}, {"live", "visits"}),
        ("{two: unknown, channel: unknown, visits: '1'}", {"channel": "web"}, {"channel", "visits"}),
        ("{done: reopen}", RECEIVED, {"done"}),
        ("{calendar: unknown}", {}, {"calendar"}),
    ],
)  # fmt: skip
def test_a_change_is_found_for_every_sort_of_condition(
    when: str, facts: dict[str, Any], names: set[str]
) -> None:
    """A rule with this condition is made true by a change of these facts, and by no part of it."""
    policy = _policy(when)
    state = read_state(policy, facts)
    found = why_not(policy, state, "thank", at=AT)
    assert found.outcome == "found"
    assert set(found.change) == names
    assert not honest(policy, state, found.change, "action", "thank", AT)


@pytest.mark.parametrize(
    ("when", "facts", "change"),
    [
        ("{fault: us}", {"fault": "us"}, {"fault"}),
        ("{all: [{fault: us}, {visits: '4'}]}", {"fault": "them"}, {"fault", "visits"}),
        ("{any: [{fault: us}, {visits: '0'}]}", {"fault": "them"}, {"fault", "visits"}),
        ("{not: {fault: us}}", {"fault": "us"}, {"fault"}),
        ("{at_least: {n: 2, of: [{fault: us}, {visits: '4'}, {live: yes}]}}", {"fault": "them"}, {"fault", "visits"}),
        ("{blamed: yes}", {"fault": "us"}, {"fault"}),
        ("{blame: us}", {"fault": "them"}, {"fault", "live"}),
        ("{channel: '= fact(fault)'}", {"fault": "us"}, {"fault", "channel"}),
        ("{channel: web, customer_types: '= fact(fault)'}", {"fault": "us", "channel": "web"}, {"fault"}),
    ],
)  # fmt: skip
def test_what_learns_a_fact_comes_when_something_waits_for_it(
    when: str, facts: dict[str, Any], change: set[str]
) -> None:
    """An action that only learns a fact comes by the fact being unknown where it decides."""
    derived = (
        "  blamed: {kind: yes_no, derive: {when: {fault: us}}}\n"
        "  blame: {kind: choice, like: fault, derive: {first: [{when: {live: no}, is: fault}, {when: {fault: us}, is: fault}], else: fault}}\n"
    )
    text = _HEAD.partition("\nremedies:")[0].replace(
        "\ncustomer_types:", f"\n{derived}customer_types:", 1
    )
    tail = "\nstages:" + _HEAD.partition("\nstages:")[2]
    rule = f"{{id: r, text: x, source: [x], when: {when}, then: {{manner: [plain]}}}}"
    policy = loads(
        f"{text}{tail}\nrules:\n  - {rule}\n".replace(
            "channel: {kind: choice, values: [email, phone, web]",
            "channel: {kind: choice, values: [us, them, web]",
        )
    )
    state = read_state(policy, facts)
    found = why_not(policy, state, "investigate", at=AT)
    assert found.outcome == "found"
    assert set(found.change) <= change
    assert found.change["fault"] is UNKNOWN
    assert not honest(policy, state, found.change, "action", "investigate", AT)


def test_a_fact_that_a_target_starts_from_is_waited_for() -> None:
    """What only a target's start waits for is found too."""
    text = HALL.replace(
        "promised_for: {kind: instant}", "promised_for: {kind: instant, learn_by: never_asked}"
    )
    text = text.replace("  ruled: {from: received_at", "  ruled: {from: promised_for")
    policy = loads(text)
    state = read_state(policy, {"promised_for": "2026-12-01T10:00:00+01:00"})
    found = why_not(policy, state, "never_asked", at=AT)
    assert found.change == {"promised_for": UNKNOWN}


def test_a_slipping_promise_that_is_kept_back_is_not_the_obstacle() -> None:
    """Where a promise slips already, only what forbids or was done is taken away."""
    policy = _policy("{live: yes}", "never: [explain_delay]")
    late = [{"due": "2026-11-24T10:00:00+01:00"}]
    state = read_state(policy, {"live": True, "promises": late})
    assert why_not(policy, state, "explain_delay", at=AT).change == {"live": False}
    none = why_not(policy, read_state(policy, {"promises": "unknown"}), "explain_delay", at=AT)
    assert list(none.change) == ["promises"]


def test_a_law_gets_past_a_prohibition() -> None:
    """Where the prohibition cannot be turned, a rule that is law is made true."""
    policy = _policy(
        "always",
        "never: [thank]",
        "  - {id: l, text: x, source: [x], law: yes, when: {live: yes}, then: {do: [thank]}}\n",
    )
    assert why_not(policy, read_state(policy, {}), "thank", at=AT).change == {"live": True}


def test_what_cannot_be_true_is_not_found() -> None:
    """A condition that nothing fulfils ends the search early."""
    policy = _policy("{visits: '< 0'}")
    found = why_not(policy, read_state(policy, {}), "thank", at=AT)
    assert (found.outcome, found.change) == ("not_found", {})
    policy = _policy(
        "{visits: '< 0'}",
        more="  - {id: n, text: x, source: [x], when: {live: no}, then: {never: [thank]}}\n",
    )
    found = why_not(policy, read_state(policy, {}), "thank", at=AT)
    assert found.outcome == "not_found"
    assert found.tries < 9


def test_the_search_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither decisions nor looks are spent without end, and what is no state is passed over."""
    monkeypatch.setattr(seeking, "MOST_TRIES", 0)
    assert seek(Ground(hall(), told(), AT, "index"), "action", "thank") == Found(None, 0)
    monkeypatch.undo()
    stand = Ground(hall(), told(), AT, "index")
    late = {"answered_at": AT + 9_999}
    assert stand.look(late) is None
    assert stand.decide(late) is None
    monkeypatch.setattr(grounds, "MOST_LOOKS", 1)
    assert stand.glance(late) is None
    assert stand.glance({"visits": 9}) is None
    seen = stand.look({})
    assert seen is not None
    solver = Solver(stand, {}, seen)
    assert solver.after({"visits": 9}) is None
    known = Ground(hall(), told({"fault": "us"}), AT, "index")
    assert seek(known, "action", "investigate").change == {"fault": UNKNOWN}
    monkeypatch.undo()
    more = {"fault": "us", "channel": "web"}
    monkeypatch.setattr(seeking, "together", lambda *_, **__: ([more], []))
    policy = _policy("{fault: us}")
    stand = Ground(policy, read_state(policy, {}), AT, "index")
    assert seek(stand, "action", "thank").change == {"fault": "us"}
    monkeypatch.setattr(seeking, "together", lambda *_, **__: ([late], []))
    stand = Ground(hall(), told(), AT, "index")
    assert seek(stand, "action", "thank") == Found(None, 2)


def test_a_part_that_suffices_is_found_among_all_parts() -> None:
    """Where leaving out one fact never works but leaving out two does, that part is named."""
    of = "[{all: [{live: no}, {visits: '0'}]}, {all: [{live: yes}, {visits: '1'}]}]"
    policy = _policy(f"{{channel: web, any: {of}}}")
    stand = Ground(policy, read_state(policy, {}), AT, "index")
    change = {"channel": "web", "live": True, "visits": 1}
    assert seeking._least(stand, "action", "thank", change) == {"channel": "web"}


def test_changes_of_one_set_are_added_up() -> None:
    """Two wishes about one set, or about what was done, are fulfilled by one new value."""
    now = {"flags": frozenset({"a"}), "done": (Done("ask", 1),)}
    sets = both([[{"flags": frozenset({"a", "b"})}], [{"flags": frozenset({"c"})}]], now)
    assert sets == [{"flags": frozenset({"b", "c"})}]
    done = both([[{"done": (Done("ask", 1), Done("call", 2))}], [{"done": ()}]], now)
    assert done == [{"done": (Done("call", 2),)}]
    agreed = both([[{"visits": 1}, {"visits": 2}], [{"visits": 2}]], now)
    assert agreed == [{"visits": 2}]
    # Where nothing agrees, the later wish stands, and `decide` has the last word.
    assert both([[{"visits": 1}], [{"visits": 2}]], now) == [{"visits": 2}]
    assert both([[{"visits": 1}], []], now) == []


def test_truths_are_given() -> None:
    """What is always or never true needs nothing, or cannot be had."""
    stand = Ground(hall(), told(), AT, "index")
    seen = stand.look({})
    assert seen is not None
    solver = Solver(stand, {}, seen)
    assert solver.hold(Truth(True), YES) == [{}]
    assert solver.hold(Truth(True), NO) == []
    assert solver.all_of([(Truth(True), YES)]) == [{}]
    assert list(waiting(solver, Truth(True), "fault")) == []
    assert solver.fact("visits", Want(lambda value: value == 0)) == [{}]
    assert solver.given("visits", Want(lambda value: value == 3))[0] == {"visits": 3}


def _solver(when: str, facts: dict[str, Any]) -> tuple[Solver, Condition]:
    """Return the solver of a complaint, and a condition of a rule."""
    policy = _policy(when)
    stand = Ground(policy, read_state(policy, facts), AT, "index")
    seen = stand.look({})
    assert seen is not None
    return Solver(stand, {}, seen), policy.conditions[policy.rules[0].when]


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        ({"visits": 4}, {}),
        ({"live": True}, {}),
        ({"visits": 4, "live": True}, {"visits": 3}),
        ({"channel": "unknown"}, {}),
        ({"channel": "web"}, {"live": True}),
    ],
)
def test_of_at_least_so_many_only_what_is_lacking_or_too_much_changes(
    facts: dict[str, Any], first: dict[str, Any]
) -> None:
    """One of three that holds or may hold is enough for another one to decide whether two do."""
    of = "[{fault: us}, {live: yes}, {visits: '4'}, {channel: phone}]"
    solver, node = _solver(f"{{at_least: {{n: 2, of: {of}}}}}", {"channel": "web", **facts})
    assert min(waiting(solver, node, "fault"), key=len) == first


@pytest.mark.parametrize(
    ("when", "ways"),
    [
        ("{fault: known}", []),
        ("{any: [{fault: unknown}, {fault: us}]}", []),
        ("{all: [{fault: known}, {fault: us}]}", []),
        ("{all: [{fault: us}, {live: yes}]}", [{"live": True}]),
    ],
)
def test_what_waits_for_a_fact_leaves_it_unknown(when: str, ways: list[dict[str, Any]]) -> None:
    """A test for known waits for nothing, and a fact that is made known is not waited for."""
    solver, node = _solver(when, {})
    assert [fix for fix in waiting(solver, node, "fault") if UNKNOWN not in fix.values()] == ways


def test_candidates_stay_within_the_years_there_are() -> None:
    """On a calendar that never opens, and at the end of time, values are still offered."""
    stand = Ground(hall(), told(), AT, "index")
    seen = stand.look({})
    assert seen is not None
    never = BusinessCalendar("never", "Europe/Budapest", ((),) * 7)
    situation = attrs.evolve(seen.situation, calendar=never)
    fact = Fact("answered_at", Kind.INSTANT)
    values = candidates(hall(), situation, fact, (Within(low=7_200),))
    assert NOT_YET in values
    assert AT - 7_200 in values
    days = candidates(
        hall(), situation, Fact("bought_on", Kind.DATE), (Within(low=datetime.date.max),)
    )
    assert datetime.date.max in days


def test_a_decision_that_needs_no_room_is_reached() -> None:
    """Money waits for what is owed; the search makes that known, or nothing."""
    owed = {"entitlement": {"kinds": ["refund"]}, "amount_paid": {"amount": "9", "currency": "EUR"}}
    state = told({**owed, "fault": "us", "order_value": {"amount": "5", "currency": "EUR"}})
    found = why_not(hall(), state, "refund", at=AT)
    assert found.outcome == "found"
    assert not honest(hall(), state, found.change, "remedy", "refund", AT)
    assert decide(hall(), state, at=AT).room is None


def test_rivals_make_room() -> None:
    """A choice that takes all the room is made to go, where no money helps."""
    state = told(
        {
            **RECEIVED,
            "fault": "us",
            "flags": ["a"],
            "answered_at": "2026-11-24T11:00:00+01:00",
            "order_value": {"amount": "107999", "currency": "EUR"},
            "amount_paid": {"amount": "4", "currency": "EUR"},
        }
    )
    found = why_not(hall(), state, "gift", at=AT)
    assert found.change == {"fault": "them"}
