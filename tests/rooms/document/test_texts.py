"""From bytes to text: encodings, sizes, forbidden characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.document import decode, read_csv, read_yaml
from complaint_rules.document.texts import LARGEST, position
from complaint_rules.problem import Problem
from complaint_rules.source import Source


def only(problems: tuple[Problem, ...]) -> Problem:
    """Return the one problem there is."""
    (problem,) = problems
    return problem


@pytest.mark.parametrize(
    "data",
    [
        "a: é به 中".encode(),
        "a: é به 中".encode("utf-8-sig"),
        b"\xff\xfe" + "a: é به 中".encode("utf-16-le"),
        b"\xfe\xff" + "a: é به 中".encode("utf-16-be"),
    ],
)
def test_known_encodings(data: bytes) -> None:
    """UTF-8 with or without byte order mark and UTF-16 with one give the same text."""
    source, problems = decode("a.yaml", data)
    assert problems == ()
    assert source is not None
    assert source.text == "a: é به 中"
    assert source.name == "a.yaml"


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (b"a: 1\nbb: caf\xe9\n", (2, 8), "byte 0xE9 is no UTF-8"),
        (b"\xef\xbb\xbfa\xff", (1, 2), "byte 0xFF is no UTF-8"),
        (b"a\r\nb\rc\xff", (3, 2), "byte 0xFF is no UTF-8"),
        ("é中".encode() + b"\x80", (1, 3), "byte 0x80 is no UTF-8"),
        (b"\xff\xfea\x00b", (1, 2), "byte 0x62 is no UTF-16"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", (1, 1), "the file is UTF-32"),
    ],
)
def test_other_encodings(data: bytes, place: tuple[int, int], message: str) -> None:
    """Other bytes are told with line and column of the first that is not readable."""
    source, problems = decode("a.yaml", data)
    problem = only(problems)
    assert source is None
    assert (problem.code, problem.message) == ("bad-encoding", message)
    assert problem.span is not None
    assert (problem.span.line, problem.span.column) == place


def test_a_file_that_is_too_large_is_not_even_decoded() -> None:
    """More than four MiB are refused by their size, whatever they hold."""
    source, problems = decode("a.yaml", b"\xff" * (LARGEST + 1))
    assert source is None
    assert only(problems).message == "the file has 4,194,305 bytes, more than 4,194,304"
    assert decode("a.yaml", b"#" * LARGEST)[1] == ()


def test_a_text_that_is_too_large_is_not_read() -> None:
    """The bound holds for a text handed over as a source, too."""
    source = Source("a", "#" * (LARGEST + 1))
    assert read_yaml(source)[0] is None
    assert [p.code for p in read_yaml(source)[1]] == ["file-too-large"]
    assert [p.code for p in read_csv(source)[1]] == ["file-too-large"]


@pytest.mark.parametrize(
    ("character", "message"),
    [
        ("\0", "character U+0000 (NUL) is not allowed in a text file"),
        ("\x0c", "character U+000C is not allowed in a text file"),
        ("\x7f", "character U+007F (DELETE) is not allowed in a text file"),
        ("\x85", "character U+0085 (NEXT LINE) is not allowed in a text file"),
        ("\u2028", "character U+2028 (LINE SEPARATOR) is not allowed in a text file"),
        ("\ufeff", "character U+FEFF (BYTE ORDER MARK) is not allowed in a text file"),
        ("\uffff", "character U+FFFF is not allowed in a text file"),
        ("\ud800", "character U+D800 is not allowed in a text file"),
    ],
)
def test_forbidden_characters(character: str, message: str) -> None:
    """Each is told with its place, and neither reader reads on."""
    source = Source("a", f"a: 1\nb: x{character}y\n")
    node, problems = read_yaml(source)
    problem = only(problems)
    assert node is None
    assert (problem.code, problem.message) == ("bad-character", message)
    assert problem.label == "not allowed"
    assert problem.help
    assert problem.span is not None
    assert (problem.span.line, problem.span.column) == (2, 5)
    assert read_csv(source) == (None, problems)


def test_a_forbidden_character_is_told_once_with_its_count() -> None:
    """Many of one kind make one problem; the source is there to show the line."""
    source, problems = decode("a", b"a: \0\0\0\n\x01")
    assert source is not None
    assert [p.label for p in problems] == ["the first of 3", "not allowed"]


def test_at_most_twenty_kinds_are_told() -> None:
    """A binary file does not fill the screen."""
    assert len(decode("a", bytes(range(9)) + bytes(range(14, 32)))[1]) == 20


@given(st.binary(max_size=60))
def test_any_bytes(data: bytes) -> None:
    """Any bytes give a source, or a problem with a place, or both."""
    source, problems = decode("a", data)
    assert source is not None or problems
    assert all(p.span is not None and p.span.line >= 1 for p in problems)


@given(st.text(alphabet="a\n\r中\t", max_size=30), st.data())
def test_position_agrees_with_the_lines_of_a_source(text: str, data: st.DataObject) -> None:
    """Line and column of a character lead back to that character."""
    source = Source("a", text)
    for index, character in enumerate(text):
        if character not in "\r\n":
            line, column = position(text, index)
            assert source.line(line)[column - 1] == character
