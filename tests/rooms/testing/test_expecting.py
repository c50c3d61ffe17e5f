"""What `expect` says, and what is told where the answer is another."""

from __future__ import annotations

from typing import Any

import pytest

HOLDS = [
    "stage: open",
    "side: none",
    "room: 150 EUR",
    "room: 150",
    "assumed: {has: severity, lacks: [channel]}",
    "types: {exactly: [calm], status: {calm: applied}, signals: {calm: none}}",
    "types: {basis: {calm: default}, expires_at: {calm: none}}",
    "actions: thank",
    "actions: [thank]",
    "actions: {exactly: [thank], first: thank, order: [thank], lacks: [call, apologise]}",
    "actions: {owner: {thank: agent}, due: {thank: +0 m}, opens: {thank: none}}",
    "actions: {approver: {thank: none}, target: {thank: none}, status: {thank: due}}",
    "manner: {has: warm, phase: {warm: listening}}",
    "targets: {due: {answer: 2026-11-24 11:00}, status: {answer: due}, law: {answer: no}}",
    "targets: {due: {answer: 2026-11-24T10:00:00Z}, start: {answer: -1 h}, left_s: {answer: none}}",
    "targets: {due: {solution: 2026-11-29 09:00}, warn_at: {solution: 2026-11-28 03:00}}",
    "owed: none",
    "owed: ~",
    "owed: {exactly: none}",
    "choices: {exactly: [voucher, card], order: [card, voucher], first: [card, voucher]}",
    "choices: {amount: {voucher: 8 EUR, card: 3}, cap: {card: none}, rank: {card: 1, voucher: 2}}",
    "choices: {approver: {voucher: lead, card: agent}, group: {card: gifts}, fits: {card: none}}",
    "choices: {excludes: {voucher: [card], card: voucher}}",
    "goodwill: none",
    "withheld: {has: [flowers], reason: {flowers: later}, waiting_for: {flowers: []}}",
    "prohibitions: {has: excuse, basis: {excuse: 'true'}}",
    "asks: {lacks: severity}",
    "escalations: {lacks: manager}",
    "notices: {lacks: table-broken}",
    "review_at: 2026-11-24 10:30:00",
]


@pytest.mark.parametrize("expect", HOLDS)
def test_what_is_decided_holds(lab: Any, expect: str) -> None:
    """Every section, and every field of its items, may be expected."""
    lab.one(f"expect: {{{expect}}}")
    assert lab.differences() == []


FAILS = [
    ("stage: answered", ("stage", "answered", "open")),
    ("stage: none", ("stage", "none", "open")),
    ("room: none", ("room", "none", "150.00 EUR")),
    ("side: reviewed", ("side.has", "`reviewed`", "none")),
    ("actions: call", ("actions.has", "`call`", "thank")),
    ("actions: {lacks: thank}", ("actions.lacks", "no `thank`", "thank")),
    ("actions: {exactly: [call]}", ("actions.exactly", "exactly call", "thank")),
    ("actions: {exactly: []}", ("actions.exactly", "exactly none", "thank")),
    ("actions: {first: call}", ("actions.first", "first call", "thank")),
    ("actions: {order: [thank, call]}", ("actions.order", "in this order: thank, call", "thank")),
    (
        "choices: {order: [voucher, card]}",
        ("choices.order", "in this order: voucher, card", "card, voucher"),
    ),
    ("manner: none", ("manner", "none", "warm")),
    ("actions: {owner: {call: lead}}", ("actions.owner.call", "lead", "`call` is not there")),
    ("actions: {owner: {thank: lead}}", ("actions.owner.thank", "lead", "agent")),
    ("choices: {rank: {card: 2}}", ("choices.rank.card", "2", "1")),
    ("choices: {amount: {card: 3 USD}}", ("choices.amount.card", "3 USD", "3.00 EUR")),
    ("choices: {amount: {card: 4}}", ("choices.amount.card", "4", "3.00 EUR")),
    ("choices: {cap: {card: 4}}", ("choices.cap.card", "4", "none")),
    ("choices: {excludes: {card: none}}", ("choices.excludes.card", "none", "voucher")),
    ("choices: {excludes: {card: []}}", ("choices.excludes.card", "none", "voucher")),
    ("targets: {law: {answer: yes}}", ("targets.law.answer", "yes", "no")),
    ("targets: {left_s: {answer: 90 m}}", ("targets.left_s.answer", "90 m", "none")),
    (
        "targets: {due: {answer: +30 m}}",
        ("targets.due.answer", "2026-11-24T10:30:00+01:00 (+30 m)", "2026-11-24T11:00:00+01:00"),
    ),
    (
        "targets: {due: {answer: '2026-11-24T10:30:00+01:00'}}",
        ("targets.due.answer", "2026-11-24T10:30:00+01:00", "2026-11-24T11:00:00+01:00"),
    ),
    (
        "targets: {due: {answer: +999999999 w}}",
        (
            "targets.due.answer",
            "outside the years 1900 to 2400 (+999999999 w)",
            "2026-11-24T11:00:00+01:00",
        ),
    ),
    ("review_at: none", ("review_at", "none", "2026-11-24T10:30:00+01:00")),
]


@pytest.mark.parametrize(("expect", "found"), FAILS)
def test_what_is_not_decided_is_told(lab: Any, expect: str, found: tuple[str, str, str]) -> None:
    """A difference names the place in `expect`, what is expected and what was decided."""
    lab.one(f"expect: {{{expect}}}")
    assert lab.differences() == [found]


def test_time_left_is_told_in_its_largest_unit(lab: Any) -> None:
    """What is left of a paused target is a length of time."""
    state = "state: {pending_on: customer, pending_since: -30 m}\n"
    lab.one(f"{state}expect: {{targets: {{left_s: {{solution: 7170 m}}}}}}")
    assert lab.differences() == []
    lab.one(f"{state}expect: {{targets: {{left_s: {{solution: 2 h}}}}}}")
    assert lab.differences() == [("targets.left_s.solution", "2 h", "7170 m")]


REFUSED = [
    ("aktions: thank", "unknown-key", "unknown key `aktions` in `expect`", "`actions`?"),
    ("actions: {hass: thank}", "unknown-key", "unknown key `hass` in `actions`", "`has`?"),
    ("actions: {rules: {thank: x}}", "unknown-key", "unknown key `rules` in `actions`", "known"),
    ("manner: {order: [warm]}", "unknown-key", "unknown key `order` in `manner`", "known"),
    ("actions: []", "empty-value", "`actions` lists nothing", "`actions: none`"),
    ("actions: [[thank]]", "wrong-shape", "an entry of `actions` must be a word, not a list", ""),
    ("actions: {order: {a: b}}", "wrong-shape", "`actions.order` must be a list of words", ""),
    ("actions: {due: thank}", "wrong-shape", "`actions.due` must be a mapping", ""),
    ("actions: {due: {thank: noon}}", "bad-instant", "`noon` is not an instant", "+30 m"),
    ("actions: {due: {thank: [+1 h]}}", "wrong-shape", "must be an instant, not a list", ""),
    ("targets: {law: {answer: perhaps}}", "bad-value", "`perhaps` is not yes or no", "`yes`"),
    ("targets: {status: {answer: overdu}}", "bad-value", "not a value of", "`overdue`?"),
    ("targets: {left_s: {answer: 1 bd}}", "bad-value", "`1 bd` is not a duration", "90 m"),
    ("choices: {amount: {card: much}}", "bad-value", "`much` is not an amount", "20 EUR"),
    ("choices: {rank: {card: first}}", "bad-value", "`first` is not a whole number", "`1`"),
    ("choices: {rank: {card: 0}}", "bad-value", "ranks count from 1", "`1`"),
    ("stage: ''", "empty-value", "`stage` is empty", "take the key out"),
    ("stage: [open]", "wrong-shape", "`stage` must be a word, not a list", ""),
    ("stage: opne", "unknown-item", "`stage` names `opne`", "`open`?"),
    ("side: revewed", "unknown-item", "`side.has` names `revewed`", "`reviewed`?"),
    ("actions: apologize", "unknown-item", "names `apologize`", "`apologise`?"),
    ("actions: {due: {thenk: +1 h}}", "unknown-item", "`actions.due.thenk`", "`thank`?"),
    ("actions: {target: {thank: anser}}", "unknown-item", "names `anser`", "`answer`?"),
    ("choices: {group: {card: gift}}", "unknown-item", "names `gift`", "`gifts`?"),
    ("choices: {approver: {card: boss}}", "unknown-item", "names `boss`", "known approvers"),
    ("notices: bable-broken", "unknown-item", "names `bable-broken`", "`table-broken`?"),
    ("asks: severty", "unknown-item", "names `severty`", "`severity`?"),
]


@pytest.mark.parametrize(("expect", "code", "message", "cure"), REFUSED)
def test_what_cannot_be_expected_is_a_problem(
    lab: Any, expect: str, code: str, message: str, cure: str
) -> None:
    """A fault in `expect` is told at its line with a cure, a name with the one that was meant."""
    lab.one(f"expect: {{{expect}}}")
    ((found, line, told, helped),) = lab.problems()
    assert (found, line) == (code, 7)
    assert message in told
    assert cure in helped


def test_an_empty_expectation_is_a_problem(lab: Any) -> None:
    """`expect` with nothing in it, or with a word for a mapping, is a fault."""
    lab.one("expect: {}")
    assert lab.codes() == ["empty-value"]
    lab.one("expect: thank")
    assert lab.codes() == ["wrong-shape"]


def test_a_field_of_several_items_holds_for_any(lab: Any) -> None:
    """Notices may share a code: it is enough that one of them is as expected."""
    lab.one("state: {paid: unknown}\nexpect: {notices: {lacks: never-open}}")
    assert lab.differences() == []
