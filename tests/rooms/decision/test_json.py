"""Decisions as JSON: the keys of the format, strict schema, and the way back."""

from __future__ import annotations

import copy
import datetime
import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.calendar import BusinessCalendar
from complaint_rules.decision.answer.as_json import decision_schema, dumps, from_json, to_json
from complaint_rules.decision.answer.instants import whole_seconds
from complaint_rules.decision.answer.shape import (
    Ask,
    Choice,
    DecidedAction,
    DecidedManner,
    DecidedTarget,
    DecidedType,
    Decision,
    Escalation,
    Notice,
    Owed,
    Prohibition,
    Reason,
    RulesetStamp,
    Withheld,
)
from complaint_rules.decision.answer.shown import shown
from complaint_rules.errors import StateError
from complaint_rules.facts import NOT_YET, Fact, Kind
from complaint_rules.money import Money
from complaint_rules.source import Span

KEYS = [
    "format",
    "ruleset",
    "at",
    "complaint_id",
    "stage",
    "side",
    "types",
    "actions",
    "manner",
    "targets",
    "owed",
    "choices",
    "goodwill",
    "room",
    "withheld",
    "prohibitions",
    "asks",
    "escalations",
    "assumed",
    "notices",
    "review_at",
    "reasons",
    "timezone",
]  # as the format lists them

EUR = Money(Decimal("20.00"), "EUR")
NOON = whole_seconds("2026-11-22T12:00:00+01:00")
SUMMER = whole_seconds("2026-07-01T12:00:00+02:00")

FULL = Decision(
    format=1,
    ruleset=RulesetStamp("core", "2026-11", "ab" * 32, "2026a"),
    at=NOON,
    complaint_id="c-1",
    stage="deciding",
    side=("declined",),
    types=(DecidedType("angry", "recognised", "applied", ("emotion",), NOON),),
    actions=(
        DecidedAction("call", "owner", None, NOON, "due", "first", "lead", ("r1",)),
        DecidedAction("mail", "owner", NOON, None, "not_started", None, None, ()),
    ),
    manner=(DecidedManner("calmly", "both", ("r1",)),),
    targets=(
        DecidedTarget("first", True, SUMMER, None, NOON, NOON, None, 5, ("first#1",), "paused"),
    ),
    owed=(Owed("refund", EUR, NOON, (), ("refund",)), Owed("fix", None, None, ("x",), ())),
    choices=(Choice("gift", EUR, EUR, "agent", "g", ("visit",), True, ("gift",)),),
    goodwill=(Choice("visit", None, None, "none", "", (), None, ("visit",)),),
    room=Money(Decimal(0), "HUF"),
    withheld=(Withheld("points", "waiting", ("fault",), ("points",)),),
    prohibitions=(Prohibition("excuse", "unknown", ("r1",), ("r2",)),),
    asks=(Ask("fault", "investigate", ("points",)),),
    escalations=(Escalation("lead", ("r1",)),),
    assumed=("severity",),
    notices=(Notice("division-by-zero", "gift"),),
    review_at=None,
    reasons={
        "r1": Reason(
            "true",
            ("001-13",),
            Span("rules/a.yaml", 3, 5, 3, 9),
            {
                "when": "2026-11-22T12:00:00+01:00",
                "set": ("a", "b"),
                "yes": True,
                "count": 3,
                "records": ({"kept": False, "due": "not_yet"},),
            },
        ),
    },
    timezone="Europe/Budapest",
)

VALIDATOR = jsonschema.Draft202012Validator(
    decision_schema(), format_checker=jsonschema.FormatChecker()
)


def test_keys_stand_in_the_order_of_the_format() -> None:
    """Every key is there, in the order of semantics F."""
    assert list(to_json(FULL)) == KEYS


def test_instants_are_written_in_the_zone_of_the_complaint() -> None:
    """Winter and summer instants carry their own offset."""
    data = to_json(FULL)
    assert data["at"] == "2026-11-22T12:00:00+01:00"
    assert data["targets"][0]["start"] == "2026-07-01T12:00:00+02:00"


def test_money_is_text_with_its_decimals() -> None:
    """Amounts are texts, with their currency."""
    data = to_json(FULL)
    assert data["owed"][0]["amount"] == {"amount": "20.00", "currency": "EUR"}
    assert data["room"] == {"amount": "0", "currency": "HUF"}


def test_a_decision_comes_back_equal() -> None:
    """`from_json` undoes `to_json`, through text too."""
    assert from_json(json.loads(dumps(FULL))) == FULL
    assert dumps(from_json(to_json(FULL)), indent=2) == dumps(FULL, indent=2)


def test_text_is_what_the_json_module_writes_of_the_mapping() -> None:
    """Every sort of value, letters past ASCII and those that JSON escapes included."""
    odd = 'ő "\\/\x00\x1f\x7f\u2028\ud800'
    facts = {odd: odd, "no": False, "less": -3, "none": (), "in": ({"a": (odd, True)}, {})}
    decision = attrs.evolve(
        FULL,
        complaint_id=odd,
        assumed=(odd, ""),
        review_at=-1_893_456_000,
        reasons={**FULL.reasons, odd: Reason("unknown", (odd,), None, facts)},
    )
    for each in (FULL, decision):
        plain = json.dumps(to_json(each), ensure_ascii=False, allow_nan=False)
        assert dumps(each) == dumps(each) == plain


def test_a_zone_has_texts_of_its_own() -> None:
    """What was written in one zone is not taken for what stands in another."""
    moved = attrs.evolve(FULL, timezone="Asia/Tehran")
    assert from_json(json.loads(dumps(FULL))) == FULL
    assert from_json(json.loads(dumps(moved))) == moved
    assert dumps(moved) != dumps(FULL)


def test_the_schema_is_sound_and_takes_a_decision() -> None:
    """The schema is valid 2020-12 and accepts what is written."""
    jsonschema.Draft202012Validator.check_schema(decision_schema())
    VALIDATOR.validate(json.loads(dumps(FULL)))


def _places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    if not isinstance(data, dict | list):
        return found
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        found.extend(_places(value, (*path, key)))
    return found


PLACES = [place for place in _places(to_json(FULL)) if place]


@pytest.mark.parametrize("wrong", [0.5, "nonsense", [], {}, None, -1])
def test_from_json_and_schema_refuse_the_same_wrong_values(wrong: object) -> None:
    """Wherever a wrong value makes the schema object, `from_json` raises and names the place."""
    refused = 0
    for place in PLACES:
        data: Any = copy.deepcopy(to_json(FULL))
        inner = data
        for key in place[:-1]:
            inner = inner[key]
        inner[place[-1]] = wrong
        if not VALIDATOR.is_valid(data):
            refused += 1
            with pytest.raises(StateError) as caught:
                from_json(data)
            (problem,) = caught.value.report.problems
            assert problem.code == "not-a-decision"
            assert str(place[0]) in problem.place or len(place) == 1
    assert refused > 20


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        (("at",), "2026-11-22T12:00:00"),
        (("at",), "2999-11-22T12:00:00+01:00"),
        (("at",), "today"),
        (("timezone",), "Mars/Olympus"),
        (("room", "amount"), "1e5"),
        (("room", "amount"), "1" * 20_000),
        (("room", "amount"), "."),
        (("room", "currency"), "euro"),
        (("reasons", "r1", "facts", "set"), [[[[["deep"]]]]]),
    ],
)
def test_values_that_only_look_right_are_refused(place: tuple[str, ...], wrong: object) -> None:
    """Naive instants, years out of range, unknown zones and unbounded numbers do not pass."""
    data: Any = to_json(FULL)
    inner = data
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = wrong
    with pytest.raises(StateError):
        from_json(data)


@pytest.mark.parametrize("data", [None, [], "x", 3, {}, {"format": 1}])
def test_what_is_no_decision_at_all_is_refused(data: object) -> None:
    """Another shape of JSON is told as a fault, not as a traceback."""
    with pytest.raises(StateError):
        from_json(data)


def test_shown_values_are_ready_for_json() -> None:
    """Each kind of value has its written form, without floats."""
    calendar = BusinessCalendar("c", "Asia/Tehran", (((540, 1020),),) * 7)

    def show(value: Any, kind: Kind, **more: Any) -> object:
        return shown(value, Fact("f", kind, **more), calendar)

    assert show(True, Kind.YES_NO) is True
    assert show(3, Kind.COUNT) == 3
    assert show(3600, Kind.DURATION) == 3600
    assert show(0, Kind.INSTANT) == "1970-01-01T03:30:00+03:30"
    assert show(NOT_YET, Kind.INSTANT) == "not_yet"
    assert show(Decimal("1E+3"), Kind.NUMBER) == "1000"
    assert show(Decimal("-0.0"), Kind.NUMBER) == "0.0"
    assert show(Fraction(1, 3), Kind.NUMBER) == "1/3"
    assert show(EUR, Kind.MONEY) == {"amount": "20.00", "currency": "EUR"}
    assert show(datetime.date(2026, 1, 2), Kind.DATE) == "2026-01-02"
    assert show("s1", Kind.LEVEL) == "s1"
    assert show(frozenset({"b", "a"}), Kind.SET) == ("a", "b")
    fields = {"due": Fact("due", Kind.INSTANT), "kept": Fact("kept", Kind.YES_NO)}
    record = {"kept": False, "due": 0, "stray": 1}
    assert show((record,), Kind.RECORDS, fields=fields) == (
        {"due": "1970-01-01T03:30:00+03:30", "kept": False},
    )


_texts = st.text(max_size=5)
_ids = st.lists(_texts, max_size=3).map(tuple)
_instants = st.integers(-2_000_000_000, 13_000_000_000)


@given(
    at=_instants,
    zone=st.sampled_from(["Europe/Budapest", "Asia/Tehran", "Australia/Lord_Howe", "UTC"]),
    notes=_ids,
    facts=st.dictionaries(_texts, _texts | st.booleans() | st.integers() | _ids),
    amount=st.decimals(0, 10**12, places=2),
)
def test_any_decision_comes_back_equal(
    at: int, zone: str, notes: tuple[str, ...], facts: dict[str, Any], amount: Decimal
) -> None:
    """Whatever the values, JSON text leads back to an equal decision and to equal text."""
    decision = attrs.evolve(
        FULL,
        at=at,
        review_at=at,
        timezone=zone,
        assumed=notes,
        room=Money(amount, "EUR"),
        reasons={"r": Reason("unknown", notes, None, facts)},
    )
    text = dumps(decision)
    assert text == json.dumps(to_json(decision), ensure_ascii=False, allow_nan=False)
    again = from_json(json.loads(text))
    assert again == decision
    assert dumps(again) == text
    VALIDATOR.validate(json.loads(text))
