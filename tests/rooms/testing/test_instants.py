"""Instants as scenarios write them."""

from __future__ import annotations

import datetime

import pytest

from complaint_rules.source import Span
from complaint_rules.testing.instants import When, is_instant, is_relative, moved, seconds_of

SPAN = Span("x.yaml", 1, 1, 1, 2)
ZONE = "Europe/Budapest"


def told(text: str, base: str | None = None) -> str | None:
    """Return an instant in RFC 3339 of UTC."""
    under = None if base is None else When(base, SPAN)
    seconds = seconds_of(When(text, SPAN, under), ZONE)
    if seconds is None:
        return None
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S")


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("2026-11-24 10:00", None, "2026-11-24T09:00:00"),
        ("2026-11-24t10:00:30", None, "2026-11-24T09:00:30"),
        ("2026-11-24 10:00+03:30", None, "2026-11-24T06:30:00"),
        ("2026-11-24T10:00z", None, "2026-11-24T10:00:00"),
        ("2026-03-29 02:30", None, "2026-03-29T01:00:00"),
        ("2026-10-25 02:30", None, "2026-10-25T00:30:00"),
        ("+1 d", "2026-03-28 10:00", "2026-03-29T08:00:00"),
        ("+24 h", "2026-03-28 10:00", "2026-03-29T09:00:00"),
        ("-1 w", "2026-03-30 10:00", "2026-03-23T09:00:00"),
        ("+30m", "2026-11-24 10:00", "2026-11-24T09:30:00"),
        ("- 5 s", "2026-11-24 10:00", "2026-11-24T08:59:55"),
        ("+1 h", None, None),
        ("+1 h", "never", None),
        ("-999999999 d", "2026-11-24 10:00", None),
        ("+999999999 m", "2026-11-24 10:00", None),
        ("2401-01-01 10:00", None, None),
    ],
)
def test_an_instant_is_read(text: str, base: str | None, expected: str | None) -> None:
    """Local, with an offset, relative; skipped and repeated hours; out of reach is nothing."""
    assert told(text, base) == expected


def test_relative_instants_count_from_each_other() -> None:
    """A chain of relative instants ends at one that stands alone."""
    chain = When("+1 h", SPAN, When("+1 d", SPAN, When("2026-11-24 10:00", SPAN)))
    assert seconds_of(chain, ZONE) == 1_795_510_800 + 25 * 3_600


def test_other_texts_are_no_instants() -> None:
    """A date, a bare duration, a word: none of them is an instant."""
    for text in ("2026-11-24", "30 m", "noon", "+1 bd", "+1.5 h", "", "2026-11-24 25:00"):
        assert not is_instant(text)
    assert is_relative("+0 m")
    assert not is_relative("2026-11-24 10:00")
    assert moved(0, "noon", ZONE) is None
