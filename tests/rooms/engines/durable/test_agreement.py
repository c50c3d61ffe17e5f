"""The native code says what the plain reading says, whatever it is given."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any as Anything

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.differential import needs
from tests.rooms.conditions import material

from complaint_rules.conditions import truth
from complaint_rules.conditions.tree import (
    All,
    Among,
    Any,
    AtLeast,
    Condition,
    Contains,
    Counts,
    HasHappened,
    IsKnown,
    Not,
    Within,
)
from complaint_rules.engines import Index
from complaint_rules.engines.durable import Durable
from complaint_rules.engines.durable.numbers import InexpressibleError
from complaint_rules.engines.durable.plan import Plan
from complaint_rules.errors import EngineError
from complaint_rules.facts import NOT_YET, Fact, Kind
from complaint_rules.money import Money
from complaint_rules.state import Situation

pytestmark = needs.durable
test_of, situation = material.test_of, material.situation
LITTLE = settings(max_examples=25)


def agree(conditions: Sequence[Condition], *situations: Situation) -> None:
    """Check that the native code reads conditions as `truth` does; what it refuses is refused."""
    try:
        plan = Plan.of(conditions, material.FACTS)
    except EngineError as error:
        assert "cannot express" in str(error)
        return
    engine = Durable(plan)
    try:
        for seen, match in zip(situations, engine.matches(situations), strict=True):
            expected = [truth(condition, seen) for condition in conditions]
            assert [match.truth(number) for number in range(len(conditions))] == expected
    finally:
        engine.close()


@settings(max_examples=40)
@given(
    st.lists(material.conditions, max_size=6),
    st.lists(material.situations, min_size=1, max_size=8),
)
def test_it_agrees_with_the_plain_reading(
    conditions: list[Condition], situations: list[Situation]
) -> None:
    """Any list of conditions over facts of all kinds, known, unknown and not yet."""
    agree(conditions, *situations)


@LITTLE
@given(st.lists(st.text(st.characters(), max_size=40), min_size=1, max_size=8), st.text())
def test_odd_strings(words: list[str], other: str) -> None:
    """Any text, lone surrogates and control characters too, equals itself and nothing else."""
    tests = [test_of("language", Among(frozenset({word}))) for word in words]
    seen = [situation({"language": word}) for word in (*words, other, "", "\0", '"', "\\", "{")]
    agree([*tests, *(Not(each) for each in tests)], *seen, situation())


@LITTLE
@given(st.lists(st.binary(max_size=60), min_size=1, max_size=8))
def test_bytes_as_strings(words: list[bytes]) -> None:
    """So does any byte read as Latin-1, or as UTF-8 with what is wrong escaped."""
    texts = [
        text
        for word in words
        for text in (word.decode("latin-1"), word.decode("utf-8", "surrogateescape"))
    ]
    tests = [test_of("language", Among(frozenset({text}))) for text in texts]
    agree(tests, *(situation({"language": text}) for text in texts))


def test_long_strings() -> None:
    """Strings that differ far behind, or in length by 65,536, are different."""
    words = ["a" * 59_000, "a" * 59_000 + "b", "", "a", "a" * 65_536, "a" * 131_072, "é" * 9_000]
    short = [word for word in words if len(word) < 59_900]
    agree(
        [test_of("language", Among(frozenset({word}))) for word in short],
        *(situation({"language": word}) for word in words),
    )


def fnv(text: bytes, *, first: bool) -> int:
    """Return a 32-bit FNV hash, the sort by which the library tells names apart."""
    found = 0x811C9DC5
    for each in text:
        if first:
            found = ((found ^ each) * 0x01000193) & 0xFFFFFFFF
        else:
            found = ((found * 0x01000193) & 0xFFFFFFFF) ^ each
    return found


@pytest.mark.parametrize("first", [True, False])
def test_strings_that_hash_alike(first: bool) -> None:
    """Two texts with the same 32-bit hash are two texts."""
    chance, seen = Random(5), {}
    found: list[str] = []
    while not found:
        text = chance.randbytes(5).hex()
        other = seen.setdefault(fnv(f"{text}".encode(), first=first), text)
        found = [text, other] if other != text else []
    tests = [test_of("language", Among(frozenset({each}))) for each in found]
    agree([*tests, *(Not(each) for each in tests)], *(situation({"language": t}) for t in found))


def test_field_names_never_hash_alike() -> None:
    """The names of fields are told apart by the hash that the library uses."""
    names = [f"f{number}".encode() for number in range(20_000)]
    for first in (True, False):
        assert len({fnv(name, first=first) for name in names}) == len(names)


EXTREMES: list[Anything] = [
    0, 1, -1, Decimal("0.000001"), Decimal("-0.000001"), Decimal("0.0000005"), 2**31, -(2**31),
    2**53, 2**63, -(2**63), 10**30, -(10**30), Decimal("1E+9000"), Decimal("1E-9000"),
    Fraction(1, 3),
    Decimal(4503599627), Decimal("4503599627.370495"), Fraction(10**40, 3),
]  # fmt: skip


def test_big_and_small_numbers() -> None:
    """Every number that can be a bound is told from every number there is."""
    bounds = [0, 1, -1, Decimal("0.000001"), Decimal("-0.000001"), 2**31, -(2**31), 4 * 10**9]
    tests = [
        test_of("score", check)
        for each in bounds
        for check in (
            Within(low=each), Within(each, False), Within(high=each), Among(frozenset({each})),
            Among(frozenset({each}), negated=True),
        )
    ]  # fmt: skip
    agree(
        [*tests, *(Not(each) for each in tests)],
        *(situation({"score": each}) for each in EXTREMES),
        situation({"score": NOT_YET}),
        situation(),
    )


@pytest.mark.parametrize(
    "bound", [10**30, 2**53, Decimal("1E+9000"), Decimal("1E-9000"), Fraction(1, 3)]
)
def test_bounds_that_cannot_be_held_are_refused(bound: Anything) -> None:
    """A bound that would be rounded, or cut, is refused when the engine is built."""
    with pytest.raises(EngineError, match="cannot express condition 0") as told:
        Plan.of([test_of("score", Within(low=bound))], material.FACTS)
    assert not isinstance(told.value.__cause__, InexpressibleError)


def test_not_yet_of_every_kind() -> None:
    """What has not happened passes no comparison, of no kind, and is known."""
    checks: dict[str, list[Anything]] = {
        "public": [Among(frozenset({True})), Among(frozenset({False}), negated=True)],
        "contacts": [Within(low=1), Within(high=3), Among(frozenset({2}), negated=True)],
        "score": [Within(low=Decimal(1)), Within(high=Decimal(1))],
        "order_value": [
            Within(low=Money(Decimal(1), "EUR")),
            Within(high=Money(Decimal(0), "EUR")),
        ],
        "resolved_at": [HasHappened(True), HasHappened(False), Within(low=material.NOW)],
        "event_date": [Within(low=datetime.date(2026, 9, 21))],
        "language": [Among(frozenset({"en"})), Among(frozenset({"en"}), negated=True)],
        "channel": [Among(frozenset({"phone"})), Among(frozenset({"phone"}), negated=True)],
        "severity": [Within(low="s3"), Within(high="s3"), Among(frozenset({"s1"}), negated=True)],
        "types": [Contains("any", frozenset({"calm"})), Counts(Within(low=1))],
    }
    tests: list[Condition] = [
        test_of(name, each) for name, listed in checks.items() for each in (*listed, IsKnown(True))
    ]
    agree(
        [*tests, *(Not(each) for each in tests)],
        situation(dict.fromkeys(checks, NOT_YET)),
        situation(),
    )


def test_a_level_out_of_its_order() -> None:
    """A level that has no place in its order is neither above nor below."""
    tests: list[Condition] = [
        test_of("severity", Within(low="s3")),
        test_of("severity", Within(high="s2")),
    ]
    agree([*tests, *(Not(each) for each in tests)], situation({"severity": "s9"}))


def test_many_facts() -> None:
    """A thousand facts, most of them unknown, share one policy."""
    facts = {f"fact{n}": Fact(f"fact{n}", Kind.COUNT) for n in range(1_000)}
    conditions = [
        All(
            (
                material.t.Test(f"fact{n}", Within(low=1)),
                material.t.Test(f"fact{n * 7 % 1_000}", Within(high=5)),
            )
        )
        for n in range(1_000)
    ]
    engine = Durable(Plan.of(conditions, facts))
    index = Index.of(conditions, facts)
    chance = Random(1)
    seen = [
        situation({f"fact{n}": n % 7 for n in range(1_000) if chance.random() < odds})
        for odds in (0, 0.1, 1)
    ]
    assert engine.matches(seen) == [index.match(each) for each in seen]
    engine.close()


def test_many_rules() -> None:
    """Two thousand rules, of which many hold at once, stay within every limit of the library."""
    chance = Random(2)
    conditions: list[Condition] = [
        All((
            test_of("contacts", Within(low=chance.randint(0, 50))),
            test_of("score", Within(high=Decimal(chance.randint(0, 50)))),
            test_of("channel", Among(frozenset(chance.sample(material.CHOICES, 2)))),
        ))
        for _ in range(2_000)
    ]  # fmt: skip
    engine = Durable(Plan.of(conditions, material.FACTS))
    index = Index.of(conditions, material.FACTS)
    seen = [
        situation({"contacts": n, "score": Decimal(60 - n), "channel": "phone"})
        for n in range(0, 61, 10)
    ]
    assert engine.matches(seen) == [index.match(each) for each in seen]
    assert max(match.true.bit_count() for match in engine.matches(seen)) > 300
    engine.close()


def test_the_same_fact_and_value_a_thousand_times() -> None:
    """Rules under one test, and with one and the same test, never pile up past a limit."""
    conditions: list[Condition] = [
        All(
            (
                test_of("channel", Among(frozenset({"phone"}))),
                test_of("contacts", Among(frozenset({n}))),
            )
        )
        for n in range(1_100)
    ]
    conditions += [test_of("channel", Among(frozenset({"phone"}))) for _ in range(300)]
    agree(
        conditions,
        situation({"channel": "phone", "contacts": 1_099}),
        situation({"channel": "chat"}),
    )


def test_at_least_some_of_many() -> None:
    """Groups too wide for clauses are computed first and still agree."""
    parts = tuple(test_of("contacts", Within(low=n)) for n in range(12))
    wide = [
        AtLeast(6, parts),
        Not(AtLeast(6, parts)),
        Any(tuple(All(parts[n:]) for n in range(12))),
    ]
    agree(wide, *(situation({"contacts": n}) for n in range(13)), situation())
