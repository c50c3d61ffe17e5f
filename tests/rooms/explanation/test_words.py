"""Tests of a ruleset in words, with what the facts are instead."""

from __future__ import annotations

from typing import Any

import pytest
from tests.rooms.explanation.hall import AT, HALL

from complaint_rules.conditions.tree import Truth
from complaint_rules.decision.seeing.situation import look
from complaint_rules.explanation import as_text
from complaint_rules.explanation.saying import Teller
from complaint_rules.explanation.speaker import Speaker
from complaint_rules.explanation.tree import Explanation
from complaint_rules.intake import read_state
from complaint_rules.loading import loads


def _missing(when: str, facts: dict[str, Any], *, language: str = "en", wanted: bool = True) -> str:
    """Return what would have to hold for a condition, in words."""
    head = HALL.partition("\nrules:")[0]
    rule = f"{{id: r, text: x, source: [x], when: {when}, then: {{do: [thank]}}}}"
    policy = loads(f"{head}\nrules:\n  - {rule}\n")
    seen = look(policy, read_state(policy, facts), AT)
    teller = Teller(Speaker(policy, language, "Europe/Budapest"), seen.situation)
    found = teller.missing(policy.conditions[policy.rules[0].when], wanted=wanted)
    return as_text(Explanation("why_not", "", found))[1:]


_TEN = "2026-11-24T10:00:00+01:00"
_TWENTY = {"order_value": {"amount": "20.00", "currency": "EUR"}}


@pytest.mark.parametrize(
    ("when", "facts", "words"),
    [
        (
            "{order_value: '>= 100.00 EUR'}",
            _TWENTY,
            "order value is at least 100.00 EUR, but it is 20.00 EUR",
        ),
        ("{order_value: '>= 100 EUR'}", {}, "order value is at least 100 EUR, but it is unknown"),
        (
            "{order_value: '> 100 EUR'}",
            _TWENTY,
            "order value is more than 100 EUR, but it is 20.00 EUR",
        ),
        ("{order_value: '<= 2 EUR'}", _TWENTY, "order value is at most 2 EUR, but it is 20.00 EUR"),
        (
            "{order_value: '< 2 EUR'}",
            _TWENTY,
            "order value is less than 2 EUR, but it is 20.00 EUR",
        ),
        (
            "{not: {order_value: '< 20.5 EUR'}}",
            _TWENTY,
            "order value is at least 20.5 EUR, but it is 20.00 EUR",
        ),
        ("{visits: '[3..5)'}", {}, "visits is at least 3, and visits is less than 5, but it is 0"),
        (
            "{not: {visits: '[0..5]'}}",
            {},
            "not so: visits is at least 0, and visits is at most 5, but it is 0",
        ),
        ("{visits: '4'}", {}, "visits is 4, but it is 0"),
        ("{visits: '4, 5'}", {}, "visits is one of 4, 5, but it is 0"),
        ("{visits: '!= 0'}", {}, "visits is not 0, but it is 0"),
        (
            "{channel: [email, phone]}",
            {"channel": "web"},
            "channel is one of email, phone, but it is web",
        ),
        ("{channel: not(web)}", {"channel": "web"}, "channel is not web, but it is web"),
        (
            "{not: {channel: [web, phone]}}",
            {"channel": "web"},
            "channel is none of phone, web, but it is web",
        ),
        ("{channel: known}", {}, "channel is known"),
        ("{channel: unknown}", {"channel": "web"}, "channel is not known, but it is web"),
        ("{not: {channel: unknown}}", {}, "channel is known"),
        ("{answered_at: happened}", {}, "answered_at has happened"),
        ("{not: {answered_at: not_yet}}", {}, "answered_at has happened"),
        (
            "{answered_at: not_yet}",
            {"answered_at": "2026-11-24T10:00:00+01:00"},
            "answered_at has not happened yet, but it is Tuesday 2026-11-24 10:00",
        ),
        (
            "{answered_at: '< now'}",
            {},
            "answered_at is before Tuesday 2026-11-24 12:00, but it has not happened yet",
        ),
        (
            "{answered_at: '>= now'}",
            {},
            "answered_at is Tuesday 2026-11-24 12:00 or later, but it has not happened yet",
        ),
        ("{bought_on: '> 2026-01-01'}", {}, "bought_on is after 2026-01-01, but it is unknown"),
        (
            "{bought_on: '<= 2026-01-01'}",
            {"bought_on": "2026-02-02"},
            "bought_on is 2026-01-01 or earlier, but it is 2026-02-02",
        ),
        ("{flags: [a, b]}", {}, "flags holds one of a, b, but it is nothing"),
        ("{flags: {all: [a, b]}}", {"flags": ["a"]}, "flags holds all of a, b, but it is a"),
        (
            "{not: {flags: {all: [a]}}}",
            {"flags": ["a"]},
            "not so: flags holds all of a, but it is a",
        ),
        ("{flags: {none: [a, b]}}", {"flags": ["a"]}, "flags holds none of a, b, but it is a"),
        (
            "{flags: {count: '>= 2'}}",
            {},
            "the number of entries in flags is at least 2, but it is nothing",
        ),
        ("{live: yes}", {}, "live is yes, but it is no"),
        ("{severity: '> low'}", {}, "severity is more than low, but it is low"),
        ("{graver: '= fact(severity)'}", {"live": True}, "graver is low, but it is mid"),
        ("{visits: '> asked_times + 3'}", {}, "visits is more than 3, but it is 0"),
        (
            "{hours_given: '> 90 m'}",
            {"hours_given": "1 h"},
            "hours_given is more than 1 h 30 min, but it is 1 h",
        ),
        ("{worked: '> 2 bh'}", {}, "worked is more than 2 h of opening time, but it is unknown"),
        ("{tongue: '= fact(spoken)'}", {"tongue": "hu"}, "tongue is unknown, but it is hu"),
        (
            "{gap: '> 0 h'}",
            {
                "received_at": "2026-11-24T10:00:00+01:00",
                "answered_at": "2026-11-24T09:30:00+01:00",
            },
            "gap is more than 0 min, but it is −30 min",
        ),
        ("{mood: '< -1'}", {"mood": "-0.5"}, "mood is less than -1, but it is -0.5"),
        ("{done: ask}", {}, "what was done holds one of Ask, but it is nothing"),
        ("{customer_types: angry}", {}, "customer types holds one of Angry, but it is calm"),
        ("{stage: over}", {}, "stage is Over, but it is Fresh"),
    ],
)
def test_a_test_is_told_with_the_value_it_meets(
    when: str, facts: dict[str, Any], words: str
) -> None:
    """A failing test is one sentence: what it wants, and what there is."""
    assert _missing(when, facts) == f"- {words}"


def test_a_condition_that_holds_misses_nothing() -> None:
    """Nothing is told of what holds already."""
    assert _missing("{visits: '0'}", {}) == ""


def test_groups_are_told_as_groups() -> None:
    """Of alternatives all are told, under a line that says how many are needed."""
    words = _missing("{any: [{visits: '3'}, {live: yes}]}", {})
    assert words == "- one of these:\n  - visits is 3, but it is 0\n  - live is yes, but it is no"
    of = "[{visits: '3'}, {live: yes}, {channel: web}]"
    words = _missing(f"{{at_least: {{n: 2, of: {of}}}}}", {"channel": "web"})
    assert words.startswith("- at least 1 of these:\n  - visits is 3")
    words = _missing(f"{{not: {{at_least: {{n: 2, of: {of}}}}}}}", {"channel": "web", "live": True})
    assert words.startswith("- at least 1 of these:\n  - live is no")
    words = _missing("{none: [{live: no}, {visits: '0'}]}", {})
    assert words == "- live is not no, but it is no\n- visits is not 0, but it is 0"
    words = _missing("{not: {all: [{live: no}, {visits: '0'}]}}", {})
    assert words.startswith("- one of these:\n  - live is not no")


def test_what_never_holds_says_never() -> None:
    """A condition that is never true is told as such."""
    from tests.rooms.explanation.hall import hall

    seen = look(hall(), read_state(hall(), {}), AT)
    teller = Teller(Speaker(hall(), "en", "Europe/Budapest"), seen.situation)
    assert [each.text for each in teller.missing(Truth(False))] == ["never"]


def test_tests_are_told_in_the_language_asked_for() -> None:
    """Persian tests have Persian digits and isolate what is Latin."""
    words = _missing("{order_value: '>= 100.00 EUR'}", _TWENTY, language="fa")
    assert (
        words
        == "- ارزش سفارش حداقل \u2068۱۰۰٫۰۰ EUR\u2069 است، ولی اکنون \u2068۲۰٫۰۰ EUR\u2069 است"
    )
