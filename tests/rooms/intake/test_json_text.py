"""JSON read exactly, and refused clearly."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.errors import StateError
from complaint_rules.intake import read_json
from complaint_rules.intake.json_text import MAX_BYTES


def code_of(text: str | bytes) -> str:
    with pytest.raises(StateError) as caught:
        read_json(text)
    (problem,) = caught.value.report.problems
    assert problem.help
    return problem.code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "bad-json"),
        ("", "bad-json"),
        ('{"a": NaN}', "bad-json"),
        ('{"a": -Infinity}', "bad-json"),
        ('{"a": 1, "a": 2}', "duplicate-key"),
        ('{"b": {"a": 1, "a": 2}}', "duplicate-key"),
        ("[" * 200_000, "too-deep"),
        (b'{"a": "\xff"}', "bad-encoding"),
        (" " * (MAX_BYTES + 1), "file-too-large"),
    ],
    ids=["open", "empty", "nan", "infinity", "twice", "inner", "deep", "bytes", "long"],
)
def test_what_is_no_json_is_refused(text: str | bytes, code: str) -> None:
    """Each way of not being JSON has its code and cure."""
    assert code_of(text) == code


def test_numbers_are_exact() -> None:
    """Whole numbers are whole, all others exact decimals, however long."""
    long = "1" * 5000
    read = read_json(f'{{"a": 1, "b": 0.1, "c": {long}}}')
    assert read == {"a": 1, "b": Decimal("0.1"), "c": Decimal(long)}
    assert isinstance(read["a"], int)


def test_marks_and_encodings_are_taken() -> None:
    """UTF-8 with a byte order mark and UTF-16 are read."""
    assert read_json('\ufeff{"a": "é"}') == {"a": "é"}
    assert read_json('{"a": "é"}'.encode("utf-8-sig")) == {"a": "é"}
    assert read_json('{"a": "é"}'.encode("utf-16")) == {"a": "é"}


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """No bytes make it fall over."""
    try:
        read_json(data)
    except StateError as error:
        assert error.report.problems
