"""The state's door: what is read, what is refused, and in which words."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.errors import StateError
from complaint_rules.facts import NOT_YET
from complaint_rules.intake import ComplaintFacts, read_json, read_state, state_schema
from complaint_rules.loading import loads
from complaint_rules.money import Money
from complaint_rules.state import Done, TypeBasis

POLICY = loads("""
format: 1
id: door
edition: "1"
title: Door
currency: EUR
calendar: office
calendars: {office: {timezone: Europe/Budapest, hours: {mon-fri: "09:00-17:00"}}}
customer_types: {calm: {title: Calm}, angry: {title: Angry}}
actions: {thank: {title: Thank, owner: agent}, shout: {title: Shouting, conduct: yes}}
remedies: {gift: {title: Gift, amount: 5 EUR, approval: [{by: agent}]}}
facts:
  severity: {kind: level, values: [s2, s1]}
  colour: {kind: choice, values: [light-blue, "آبی", كبود]}
  flags: {kind: set, values: [a, b]}
  late: {kind: yes_no}
  times: {kind: count}
  weight: {kind: number}
  loss: {kind: money}
  wait: {kind: duration}
  office_wait: {kind: business_duration}
  seen_at: {kind: instant}
  born: {kind: date}
  note: {kind: text}
  review: {kind: record, fields: {exists: {kind: yes_no}, count: {kind: count}}}
  open_late: {kind: yes_no, derive: {when: {late: yes}}}
""")
AT = int(datetime.datetime(2026, 11, 20, 14, 30, tzinfo=datetime.UTC).timestamp())


def values(facts: dict[str, Any]) -> dict[str, Any]:
    return dict(read_state(POLICY, facts).values)


def codes(facts: Any) -> list[tuple[str, str]]:
    with pytest.raises(StateError) as caught:
        read_state(POLICY, facts)
    report = caught.value.report
    assert all(problem.help and problem.message for problem in report.problems)
    return [(problem.code, problem.place) for problem in report.problems]


@pytest.mark.parametrize(
    ("fact", "given_value", "read"),
    [
        ("late", True, True),
        ("late", "yes", True),
        ("late", " No ", False),
        ("late", "false", False),
        ("times", 3, 3),
        ("times", "۳", 3),
        ("times", "٤", 4),
        ("times", "１２", 12),
        ("times", Decimal("5.0"), 5),
        ("weight", "2,50", Decimal("2.50")),
        ("weight", "1 234,5", Decimal("1234.5")),
        ("weight", "1.234,5", Decimal("1234.5")),
        ("loss", "1.234,50 EUR", Money(Decimal("1234.50"), "EUR")),
        ("seen_at", "2026-11-20t14:30:00z", AT),
        ("weight", "−3", Decimal(-3)),
        ("weight", "۱۲٫۵", Decimal("12.5")),
        ("weight", Decimal("0.1"), Decimal("0.1")),
        ("loss", "20 EUR", Money(Decimal(20), "EUR")),
        ("loss", "５ ＥＵＲ", Money(Decimal(5), "EUR")),
        ("loss", "eur 20,5", Money(Decimal("20.5"), "EUR")),
        ("loss", 20, Money(Decimal(20), "EUR")),
        ("loss", {"amount": "20.00", "currency": "EUR"}, Money(Decimal("20.00"), "EUR")),
        ("loss", {"amount": 7}, Money(Decimal(7), "EUR")),
        ("loss", Money(Decimal(7), "EUR"), Money(Decimal(7), "EUR")),
        ("loss", Money(Fraction(1, 3), "EUR"), Money(Fraction(1, 3), "EUR")),
        ("wait", "90 m", 5400),
        ("wait", "1.5 h", 5400),
        ("wait", 60, 60),
        ("wait", "1,5 h", 5400),
        ("wait", "۹۰ m", 5400),
        ("wait", "1 200 s", 1200),
        ("wait", Decimal("60.0"), 60),
        ("wait", datetime.timedelta(hours=1), 3600),
        ("office_wait", "2 bh", 7200),
        ("seen_at", "2026-11-20T15:30:00.9+01:00", AT),
        ("seen_at", "2026-11-20T14:30:00Z", AT),
        ("seen_at", datetime.datetime(2026, 11, 20, 14, 30, tzinfo=datetime.UTC), AT),
        ("seen_at", "not_yet", NOT_YET),
        ("seen_at", " Not yet ", NOT_YET),
        ("seen_at", NOT_YET, NOT_YET),
        ("born", "2026-11-22", datetime.date(2026, 11, 22)),
        ("born", datetime.date(2026, 11, 22), datetime.date(2026, 11, 22)),
        ("born", "۲۰۲۶-۱۱-۲۲", datetime.date(2026, 11, 22)),
        ("note", "any text", "any text"),
        ("note", 12345, "12345"),
        ("severity", "s1", "s1"),
        ("severity", "Ｓ１", "s1"),
        ("colour", "Light Blue", "light-blue"),
        ("colour", "آبي", "آبی"),
        ("colour", "کبود", "كبود"),
        ("flags", ["a", "b", "a"], frozenset("ab")),
        ("flags", "a", frozenset("a")),
        ("flags", {"b"}, frozenset("b")),
        ("flags", [], frozenset()),
    ],
)
def test_what_people_type_is_read_where_it_has_one_meaning(
    fact: str, given_value: Any, read: Any
) -> None:
    """Each kind reads its exact values, and typed ones that can mean one thing only."""
    assert values({fact: given_value}) == {fact: read}


@pytest.mark.parametrize(
    ("facts", "code", "place"),
    [
        ({"late": "perhaps"}, "wrong-kind", "late"),
        ({"late": 1}, "wrong-kind", "late"),
        ({"times": 2.0}, "float-number", "times"),
        ({"times": True}, "wrong-kind", "times"),
        ({"times": "2.5"}, "wrong-kind", "times"),
        ({"times": -1}, "negative-count", "times"),
        ({"times": "many"}, "wrong-kind", "times"),
        ({"times": "1.000"}, "wrong-kind", "times"),
        ({"times": "1,000"}, "wrong-kind", "times"),
        ({"pauses": [{"to": "2026-11-20T15:30:00Z"}]}, "missing-field", "pauses[0]"),
        ({"pauses": [{"from": "not_yet"}]}, "missing-field", "pauses[0]"),
        (
            {"pauses": [{"from": "2026-11-20T15:30:00Z", "to": "2026-11-20T15:00:00Z"}]},
            "impossible-interval",
            "pauses[0]",
        ),
        ({"weight": "1,234"}, "wrong-kind", "weight"),
        ({"weight": Decimal("NaN")}, "number-too-long", "weight"),
        ({"weight": "1e999999"}, "number-too-long", "weight"),
        ({"loss": "-1 EUR"}, "negative-amount", "loss"),
        ({"loss": "five EUR"}, "wrong-kind", "loss"),
        ({"loss": 1.5}, "float-number", "loss"),
        ({"loss": {"amount": 1, "currency": "euro"}}, "unknown-currency", "loss"),
        ({"loss": {"amount": 1, "currency": 5}}, "unknown-currency", "loss"),
        ({"loss": {"amount": 1, "unit": "EUR"}}, "wrong-shape", "loss"),
        ({"loss": {"currency": "EUR"}}, "wrong-shape", "loss"),
        ({"wait": "2 bh"}, "bad-duration", "wait"),
        ({"wait": "soon"}, "bad-duration", "wait"),
        ({"wait": -5}, "bad-duration", "wait"),
        ({"office_wait": "2 h"}, "bad-duration", "office_wait"),
        ({"seen_at": "2026-11-20T15:30:00"}, "naive-time", "seen_at"),
        ({"seen_at": datetime.datetime(2026, 11, 20)}, "naive-time", "seen_at"),  # noqa: DTZ001
        ({"seen_at": "yesterday"}, "bad-instant", "seen_at"),
        ({"seen_at": 5}, "bad-instant", "seen_at"),
        ({"seen_at": "1500-01-01T00:00:00Z"}, "bad-instant", "seen_at"),
        ({"born": "2026-02-30"}, "bad-date", "born"),
        ({"born": 5}, "bad-date", "born"),
        ({"born": datetime.datetime.now(datetime.UTC)}, "bad-date", "born"),
        ({"note": True}, "wrong-kind", "note"),
        ({"severity": "s9"}, "unknown-value", "severity"),
        ({"severity": 5}, "unknown-value", "severity"),
        ({"severity": True}, "unknown-value", "severity"),
        ({"flags": ["a", "z"]}, "unknown-value", "flags"),
        ({"flags": 5}, "wrong-shape", "flags"),
        ({"sevrity": "s1"}, "unknown-fact", "sevrity"),
        ({"open_late": True}, "derived-given", "open_late"),
        ({"stage": "x"}, "derived-given", "stage"),
        ({"review": {"exsts": True}}, "unknown-field", "review.exsts"),
        ({"review.exsts": True}, "unknown-field", "review.exsts"),
        ({"review": "good"}, "wrong-shape", "review"),
        ({"promises": {"what": "x"}}, "wrong-shape", "promises"),
        ({"promises": ["x", {"what": "x"}]}, "wrong-shape", "promises[0]"),
        ({"promises": [{"due": "2026-11-20"}]}, "naive-time", "promises[0].due"),
        ({"done": [{"action": "thank"}]}, "missing-field", "done[0]"),
        ({"done": [{"at": "2026-11-20T15:30:00Z"}]}, "missing-field", "done[0]"),
        (
            {"done": [{"action": "thank", "at": "2026-11-20T15:30:00Z", "by": 1}]},
            "unknown-field",
            "done[0].by",
        ),
        (
            {"done": [{"action": "shout", "at": "2026-11-20T15:30:00Z"}]},
            "unknown-value",
            "done[0].action",
        ),
        ({"type_basis": {"furious": {}}}, "unknown-value", "type_basis.furious"),
        ({"currency": "EUR", "loss": "5 USD"}, "mixed-currencies", "loss"),
        ({"amount_paid": "5 EUR", "loss": "5 USD"}, "mixed-currencies", "loss"),
        ({5: 5}, "unknown-fact", ""),
        ([], "wrong-shape", ""),
        ({"note": "x", "note.y": "z"}, "wrong-shape", "note"),
        ({"note.y": "z", "note": "x"}, "wrong-shape", "note"),
        ({"review": {"exists": True}, "review.exists": True}, "wrong-shape", "review.exists"),
        ({"review.exists": True, "review": {"exists": False}}, "wrong-shape", "review.exists"),
        ({"note": "half \ud800"}, "bad-character", "note"),
        ({"wait": "0.0001 h"}, "bad-duration", "wait"),
        ({"wait": "1,234 h"}, "wrong-kind", "wait"),
        ({"wait": datetime.timedelta(milliseconds=1500)}, "bad-duration", "wait"),
        ({"wait": datetime.timedelta(-1)}, "bad-duration", "wait"),
        ({"wait": 1.5}, "bad-duration", "wait"),
        ({"wait": True}, "bad-duration", "wait"),
    ],
)
def test_what_does_not_fit_is_told_with_place_and_cure(facts: Any, code: str, place: str) -> None:
    """Every misfit has its code and its place; nothing is guessed."""
    assert codes(facts) == [(code, place)]


def test_all_faults_of_a_state_are_told_at_once() -> None:
    """Several faults are several problems of one report."""
    told = codes({"late": "x", "times": -1, "sevrity": "s1"})
    assert sorted(code for code, _ in told) == ["negative-count", "unknown-fact", "wrong-kind"]


def test_a_misspelt_fact_gets_a_suggestion() -> None:
    """The help of an unknown fact names the nearest known one."""
    with pytest.raises(StateError, match="severity"):
        read_state(POLICY, {"sevrity": "s1"})


def test_missing_and_unknown_are_not_the_same() -> None:
    """`None` is missing; the word `unknown` is unknown and takes no default (semantics 1)."""
    state = read_state(
        POLICY, {"late": None, "times": "unknown", "review": {"exists": None, "count": "unknown"}}
    )
    assert dict(state.values) == {}
    assert state.unknown == {"times", "review.count"}


def test_what_is_not_said_of_a_type_says_nothing() -> None:
    """Null and unknown fields of a type's basis are as if they were left out."""
    state = read_state(
        POLICY, {"type_basis": {"angry": {"confirmed_by": None, "since": "unknown"}}}
    )
    assert dict(state.types) == {"angry": TypeBasis()}
    assert codes({"type_basis": {"angry": 5}}) == [("wrong-shape", "type_basis.angry")]


def test_an_unknown_record_is_unknown_field_by_field() -> None:
    """A record given as unknown makes each of its fields unknown."""
    state = read_state(POLICY, {"review": "unknown"})
    assert state.unknown == {"review", "review.exists", "review.count"}


def test_the_amount_of_a_record_may_be_unknown() -> None:
    """A record whose only field is an amount is a record, not an amount."""
    state = read_state(POLICY, {"demand": {"amount": "unknown"}})
    assert dict(state.values) == {}
    assert state.unknown == {"demand.amount"}
    assert values({"demand": {"amount": 5}}) == {"demand.amount": Money(Decimal(5), "EUR")}


def test_records_may_be_nested_or_dotted_or_both() -> None:
    """Nested and dotted fields of one record come together."""
    expected = {"review.exists": True, "review.count": 2}
    assert values({"review": None, "review.exists": True, "review.count": 2}) == expected
    assert values({"review.exists": True, "review.count": 2, "review": None}) == expected
    assert values({"review": {"exists": True, "count": 2}}) == expected
    assert values({"review.exists": True, "review.count": 2}) == expected
    assert values({"review.exists": True, "review": {"count": 2}}) == expected
    assert values({"review": {"count": 2}, "review.exists": True}) == expected


def test_lists_of_records_drop_what_is_missing() -> None:
    """Missing fields of a record in a list are absent; unknown ones stand as `None`."""
    promise = {"what": "call", "due": "2026-11-20T14:30:00Z", "kept": "unknown", "expected": None}
    read = values({"promises": [promise]})["promises"]
    assert read == ({"what": "call", "due": AT, "kept": None},)


def test_done_actions_come_sorted() -> None:
    """Actions done are sorted by time, whatever order they were given in."""
    later = {"action": "thank", "at": "2026-11-20T14:31:00Z"}
    earlier = {"action": "thank", "at": "2026-11-20T14:30:00Z"}
    state = read_state(POLICY, {"done": [later, earlier]})
    assert state.done == (Done("thank", AT), Done("thank", AT + 60))
    assert read_state(POLICY, {}).done == ()


def test_the_basis_of_types_is_kept() -> None:
    """What the host says of a type is read; an expiry that is not yet is none."""
    basis = {
        "signals": ["shouting"],
        "confirmed_by": "Eva",
        "since": "2026-11-20T14:30:00Z",
        "expires_at": "not_yet",
    }
    state = read_state(POLICY, {"customer_types": ["angry"], "type_basis": {"angry": basis}})
    assert state.types == {"angry": TypeBasis(("shouting",), "Eva", AT, None)}


def test_bare_amounts_take_the_currency_of_the_state() -> None:
    """An amount without a currency has that of the others, else that of the ruleset."""
    assert values({"loss": 5, "amount_paid": "7 HUF"})["loss"] == Money(Decimal(5), "HUF")
    assert values({"loss": 5, "currency": "usd"})["loss"] == Money(Decimal(5), "USD")


def test_an_entitlement_may_stand_in_another_currency() -> None:
    """What is owed may be in any currency (semantics 27)."""
    read = values({"loss": "5 EUR", "entitlement": {"amount": "9 USD"}})
    assert read["entitlement.amount"] == Money(Decimal(9), "USD")


def test_numbers_of_any_length_are_exact() -> None:
    """A decimal of 3,000 digits comes through JSON unchanged."""
    digits = "0." + "123456789" * 300
    read = read_json(f'{{"weight": {digits}, "times": 12345678901234567890}}')
    assert values(read)["weight"] == Decimal(digits)
    assert values(read)["times"] == 12345678901234567890


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30))
def test_every_decimal_is_read_as_written(number: Decimal) -> None:
    """What is written as a decimal is read as that decimal."""
    assert values({"weight": str(number)})["weight"] == number
    assert values({"weight": number})["weight"] == number


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    ),
    st.sampled_from(sorted(POLICY.facts)),
)
def test_any_value_is_read_or_refused(value: Any, name: str) -> None:
    """Whatever is given for a fact ends in a state or in a StateError."""
    try:
        state = read_state(POLICY, {name: value})
    except StateError as error:
        assert error.report.problems
    else:
        assert state.fingerprint == POLICY.fingerprint


def test_typed_facts_and_a_mapping_give_the_same_state() -> None:
    """`ComplaintFacts` says the same as the mapping it stands for."""
    at = datetime.datetime(2026, 11, 20, 14, 30, tzinfo=datetime.UTC)
    typed = ComplaintFacts.model_validate(
        {
            "received_at": at,
            "customer_types": {"angry"},
            "amount_paid": {"amount": "7", "currency": "EUR"},
            "pauses": [{"from": at}],
            "severity": "s1",
        }
    )
    mapping = {
        "received_at": "2026-11-20T14:30:00Z",
        "customer_types": ["angry"],
        "amount_paid": "7 EUR",
        "pauses": [{"from": "2026-11-20T14:30:00Z"}],
        "severity": "s1",
    }
    assert read_state(POLICY, typed).values == read_state(POLICY, mapping).values


def test_the_schema_of_states_is_json_schema_and_fits() -> None:
    """The exported schema is valid, names every given fact, and accepts a state as given."""
    schema = state_schema(POLICY)
    jsonschema.Draft202012Validator.check_schema(schema)
    given_facts = {name.split(".")[0] for name, fact in POLICY.facts.items() if not fact.derived}
    assert set(schema["properties"]) == given_facts | {"done", "type_basis"}
    state = {"severity": "s1", "loss": {"amount": "5", "currency": "EUR"}, "late": "unknown"}
    jsonschema.Draft202012Validator(schema).validate(state)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate({"severity": "s9"})


def test_the_schema_of_typed_facts_can_be_exported() -> None:
    """The typed core has a JSON Schema of its own."""
    schema = ComplaintFacts.model_json_schema()
    assert {"received_at", "done", "promises"} <= set(schema["properties"])


INVISIBLE = "\u200b"
"""A mark of no width: text that holds it is read the long way."""
TYPED = st.one_of(
    st.from_regex(r"[+-]?[0-9]{1,18}([.,][0-9]{1,10})?", fullmatch=True),
    st.from_regex(r"[0-9]{1,6}(\.[0-9]{1,3})? ?[A-Za-z]{3}", fullmatch=True),
    st.from_regex(r"20[0-9]{2}-1[0-2]-2[0-9][Tt ]0[0-9]:[0-5][0-9](:00)?([Zz]|[+-]0[0-9]:30)?"),
    st.sampled_from(["yes", "no", "not_yet", "Not yet", "YES", "true", "1e3", "", " 5 "]),
    st.text(max_size=6),
)


@given(TYPED, st.sampled_from(["times", "weight", "loss", "seen_at", "late"]))
def test_what_is_read_quickly_is_read_alike(text: str, name: str) -> None:
    """What is read at a glance, because most hosts write so, is what a close look reads."""
    assert told(name, text) == told(name, INVISIBLE + text)


def told(name: str, value: Any) -> Any:
    """Return the value that is read for a fact, or the codes of what is refused."""
    try:
        return read_state(POLICY, {name: value}).values
    except StateError as error:
        return [problem.code for problem in error.report.problems]


@given(st.integers(0, 1 << 70), st.sampled_from(["times", "weight", "loss"]))
def test_whole_numbers_and_their_digits_are_the_same(number: int, name: str) -> None:
    """A count, number or amount given as a number is what its digits are."""
    assert told(name, number) == told(name, str(number))
