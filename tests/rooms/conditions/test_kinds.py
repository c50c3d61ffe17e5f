"""Which kinds arithmetic joins."""

from __future__ import annotations

import itertools

import pytest

from complaint_rules.conditions import negated_kind, result_kind
from complaint_rules.facts import Kind

K = Kind
JOINS: dict[tuple[str, K, K], K] = {
    ("+", K.MONEY, K.MONEY): K.MONEY,
    ("-", K.MONEY, K.MONEY): K.MONEY,
    ("+", K.DURATION, K.DURATION): K.DURATION,
    ("-", K.DURATION, K.DURATION): K.DURATION,
    ("+", K.BUSINESS_DURATION, K.BUSINESS_DURATION): K.BUSINESS_DURATION,
    ("-", K.BUSINESS_DURATION, K.BUSINESS_DURATION): K.BUSINESS_DURATION,
    ("/", K.MONEY, K.MONEY): K.NUMBER,
    **{("*", a, K.MONEY): K.MONEY for a in (K.COUNT, K.NUMBER)},
    **{(o, K.MONEY, b): K.MONEY for o in "*/" for b in (K.COUNT, K.NUMBER)},
    **{
        (o, a, b): K.NUMBER
        for o in "+-*/"
        for a in (K.COUNT, K.NUMBER)
        for b in (K.COUNT, K.NUMBER)
    },
    **{("-", a, b): K.DURATION for a in (K.INSTANT, K.DATE) for b in (K.INSTANT, K.DATE)},
    **{
        ("+", *pair): K.INSTANT
        for a in (K.INSTANT, K.DATE)
        for b in (K.DURATION, K.BUSINESS_DURATION)
        for pair in ((a, b), (b, a))
    },
    **{("-", a, K.DURATION): K.INSTANT for a in (K.INSTANT, K.DATE)},
}


def test_what_arithmetic_joins() -> None:
    """These pairs go together and no others."""
    found = {
        (op, left, right): result_kind(op, left, right)
        for op, left, right in itertools.product("+-*/", K, K)
    }
    assert {key: kind for key, kind in found.items() if kind} == JOINS


@pytest.mark.parametrize("kind", list(K))
def test_what_can_be_negated(kind: K) -> None:
    """Numbers, amounts and durations have a minus."""
    minus = {K.COUNT: K.NUMBER, K.NUMBER: K.NUMBER, K.MONEY: K.MONEY, K.DURATION: K.DURATION}
    assert negated_kind(kind) is minus.get(kind)
