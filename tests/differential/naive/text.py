"""The little language of tests and expressions, read by descent (docs/reference/grammar.md)."""

from __future__ import annotations

import datetime
import functools
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.differential.naive.values import At, Cash, Length

Tree = tuple[Any, ...]

_LETTER = r"[^\W\d_]|_"
_NAME = rf"(?:{_LETTER})(?:{_LETTER}|[0-9])*(?:\.(?:{_LETTER})(?:{_LETTER}|[0-9])*)*"
_WORD = rf"(?:{_LETTER}|[0-9])+(?:(?:\.|-+)(?:{_LETTER}|[0-9])+)*"
_STRING = r'"(?:[^"\\]|\\.)*"'
_TIME = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"(?:Z|[-+][0-9]{2}:[0-9]{2})"
)
_VALUES = re.compile(
    rf"(?P<at>{_TIME})|(?P<date>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?!\w))"
    rf"|(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<string>{_STRING})|(?P<name>{_NAME})"
    r"|(?P<sign><=|>=|!=|\.\.|[<>=\[\]()+\-*/%,])|(?P<blank>[\s\u180e\u200b\ufeff]+)",
    re.DOTALL,
)
_WORDS = re.compile(
    rf"(?P<string>{_STRING})|(?P<name>{_WORD})|(?P<sign><=|>=|!=|\.\.|[<>=\[\]()\-,])"
    r"|(?P<blank>[\s\u180e\u200b\ufeff]+)",
    re.DOTALL,
)
_UNITS = ("mo", "bm", "bh", "bd", "m", "h", "d", "w")
_TRUTHS = {"yes": True, "true": True, "no": False, "false": False}


class NoSenseError(ValueError):
    """A text that is none of the language."""


class _Reader:
    def __init__(self, text: str, *, words: bool) -> None:
        self.words = words
        self.tokens: list[tuple[str, str]] = []
        pattern, place = _WORDS if words else _VALUES, 0
        while place < len(text):
            found = pattern.match(text, place)
            if found is None:
                raise NoSenseError(text)
            kind = str(found.lastgroup)
            if kind != "blank":
                self.tokens.append((kind, found.group()))
            place = found.end()
        self.tokens.append(("end", ""))
        self.place = 0

    def peek(self, ahead: int = 0) -> str:
        """Return the text of a token to come."""
        return self.tokens[min(self.place + ahead, len(self.tokens) - 1)][1]

    def kind(self) -> str:
        """Return the kind of the next token."""
        return self.tokens[self.place][0]

    def take(self, wanted: str = "") -> str:
        """Return the next token, which must be `wanted` if that is given."""
        kind, text = self.tokens[self.place]
        if kind == "end" or (wanted and text != wanted):
            raise NoSenseError(text)
        self.place += 1
        return text

    def tried(self, *wanted: str) -> str:
        """Take the next token if it is one of these."""
        return self.take() if self.kind() == "sign" and self.peek() in wanted else ""

    # ---------------------------------------------------------------- tests

    def test(self) -> Tree:
        if self.peek() == "-" and len(self.tokens) == 2:
            self.place = 1
            return ("anything",)
        if self.peek() == "not" and self.peek(1) == "(":
            self.place += 2
            members = self.members()
            self.take(")")
            return ("not", members)
        return ("one of", self.members())

    def members(self) -> tuple[Tree, ...]:
        found = [self.member()]
        while self.tried(","):
            found.append(self.member())
        return tuple(found)

    def member(self) -> Tree:
        states = ("known", "unknown") if self.words else ("known", "unknown", "happened", "not_yet")
        if self.kind() == "name" and self.peek() in states:
            return ("state", self.take())
        op = self.tried("<=", ">=", "!=", "<", ">", "=")
        if op:
            return ("compare", op, self.operand())
        if self.kind() == "sign" and self.peek() in "[(]" and self._is_range():
            first = self.take()
            low = self.operand()
            self.take("..")
            high = self.operand()
            last = self.take()
            return ("range", first == "[", low, high, last == "]")
        return ("compare", "=", self.operand())

    def _is_range(self) -> bool:
        depth = 0
        for _, text in self.tokens[self.place + 1 :]:
            if text == ".." and depth == 0:
                return True
            depth += (text == "(") - (text == ")")
            if depth < 0:
                return False
        return False

    def operand(self) -> Tree:
        if not self.words:
            return self.sum()
        if self.kind() == "string":
            return ("value", _unquoted(self.take()))
        if self.kind() != "name":
            raise NoSenseError(self.peek())
        word = self.take()
        if word == "fact" and self.tried("("):
            name = self.take()
            self.take(")")
            return ("fact", name)
        return ("value", word)

    # ---------------------------------------------------------- expressions

    def sum(self) -> Tree:
        left = self.product()
        while op := self.tried("+", "-"):
            left = ("reckon", op, left, self.product())
        return left

    def product(self) -> Tree:
        left = self.unary()
        while op := self.tried("*", "/"):
            left = ("reckon", op, left, self.unary())
        return left

    def unary(self) -> Tree:
        if self.tried("-"):
            return ("minus", self.unary())
        return self.atom()

    def atom(self) -> Tree:
        kind = self.kind()
        text = self.take()
        if kind == "at":
            return ("value", At(_second(text)))
        if kind == "date":
            return ("value", datetime.date.fromisoformat(text))
        if kind == "string":
            return ("value", _unquoted(text))
        if kind == "number":
            return ("value", self.quantity(Fraction(Decimal(text))))
        if text == "(":
            inner = self.sum()
            self.take(")")
            return inner
        if kind != "name":
            raise NoSenseError(text)
        return self.named(text)

    def quantity(self, number: Fraction) -> Any:
        if self.tried("%"):
            return number / 100
        follows = self.peek() if self.kind() == "name" else ""
        if re.fullmatch("[A-Z]{3}", follows):
            return Cash(number, self.take())
        if follows in _UNITS:
            return Length(number, self.take(), self.end())
        return number

    def end(self) -> str:
        for words, what in (
            (("end", "of", "day"), "day"),
            (("close", "of", "business"), "business"),
        ):
            if tuple(self.peek(i) for i in range(3)) == words:
                self.place += 3
                return what
        return ""

    def named(self, name: str) -> Tree:
        if name in _TRUTHS and self.peek() != "(":
            return ("value", _TRUTHS[name])
        if not self.tried("("):
            return ("name", name)
        arguments = []
        if not self.tried(")"):
            arguments.append(self.sum())
            while self.tried(","):
                arguments.append(self.sum())
            self.take(")")
        if name == "fact":
            return ("fact", arguments[0][1])
        return ("call", name, tuple(arguments))


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)


def _second(text: str) -> int:
    stamp = datetime.datetime.fromisoformat(text)
    return (stamp - datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)) // datetime.timedelta(
        seconds=1
    )


@functools.lru_cache(maxsize=50_000)
def read_test(text: str, *, words: bool) -> Tree:
    """Return a test: ``anything``, ``one of`` members, or ``not`` one of them."""
    reader = _Reader(text, words=words)
    found = reader.test()
    if reader.kind() != "end":
        raise NoSenseError(text)
    return found


@functools.lru_cache(maxsize=50_000)
def read_expression(text: str) -> Tree:
    """Return an expression."""
    reader = _Reader(text, words=False)
    found = reader.sum()
    if reader.kind() != "end":
        raise NoSenseError(text)
    return found
