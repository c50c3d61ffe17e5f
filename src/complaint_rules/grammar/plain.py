"""
Plain texts, read by hand: most of what rulesets hold, in a tenth of the parser's time.

What is read here has the very tree that `sfeel.lark` gives it; a test compares the two. Whatever
looks in any way unusual (a fault, a letter beyond ASCII, an escape, a comma between digits) is
left to the parser, which alone tells faults, and which many a process never builds.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple, TypeVar

from complaint_rules.grammar import tree
from complaint_rules.grammar.modes import Mode
from complaint_rules.grammar.reserved import RESERVED

_LONGEST: Final = 200
_MOST_STEPS: Final = 30
"""Signs that may lead a step deeper; far below `LIMITS.depth`."""

_NAME: Final = r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*"
_SIGNS: Final = r"(?P<sign>\.\.|[<>!]=|[-+*/%,()\[\]<>=])"
_STRING: Final = r'(?P<string>"[^"\\]*")'
# A number is followed by nothing that could make a date of it, nor by more of itself.
_NUMBER: Final = r"[0-9]{1,40}(?:\.[0-9]{1,40})?(?![0-9/-]|\.[^.])"
_VALUES: Final = re.compile(
    rf" *(?:(?P<name>{_NAME})|(?P<date>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?!\w))"
    rf"|(?P<number>{_NUMBER})|{_STRING}|{_SIGNS})"
)
_WORDS: Final = re.compile(
    rf" *(?:(?P<name>[A-Za-z0-9_]+(?:(?:\.|-+)[A-Za-z0-9_]+)*)|{_STRING}|{_SIGNS})"
)
_FACT: Final = re.compile(_NAME)
_PARTED: Final = re.compile(r"([0-9]{1,40})/([0-9]{1,40}) of ([A-Za-z_][A-Za-z0-9_-]*)")
_TARGET: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_COMMA_IN_NUMBER: Final = re.compile(r"[0-9],[0-9]")

_UNITS: Final = frozenset({"mo", "bm", "bh", "bd", "m", "h", "d", "w"})
_DAYS: Final = frozenset({"d", "w", "mo", "bd"})
_CLOSES: Final = {"end": ("of", "day"), "close": ("of", "business")}
_YES_NO: Final = {"yes": True, "true": True, "no": False, "false": False}
_COMPARES: Final = frozenset({"<", "<=", ">", ">=", "=", "!="})
_STATES: Final = {
    Mode.VALUE: frozenset({"known", "unknown", "happened", "not_yet"}),
    Mode.WORDS: frozenset({"known", "unknown"}),
}


@lru_cache(maxsize=1024)
def read_plain(text: str, mode: Mode) -> tree.Node | None:
    """
    Return the tree of a plain text, or None where the parser has to look at it.

    Args:
        text: The text.
        mode: What kind of text it is.
    """
    if len(text) > _LONGEST or sum(map(text.count, "-+*/(")) > _MOST_STEPS:
        return None
    if mode is not Mode.WORDS and _COMMA_IN_NUMBER.search(text):
        return None
    if mode is Mode.DUE and (due := _due(text)) is not None:
        return due
    tokens = _tokens(text, _WORDS if mode is Mode.WORDS else _VALUES)
    if tokens is None:
        return None
    try:
        return _Reading(tokens, mode).whole()
    except _UnsureError:
        return None


class _UnsureError(Exception):
    """The text is for the parser."""


class _Token(NamedTuple):
    """A token; `dotted` where a point or a hyphen follows, which some words may not have."""

    kind: str
    text: str
    start: int
    end: int
    dotted: bool = False


_END: Final = _Token("end", "", 0, 0)
_N = TypeVar("_N", bound=tree.Node)


class _Part(NamedTuple):
    """An expression with the text it covers, parentheses included."""

    node: tree.Expression
    start: int
    end: int


def _tokens(text: str, pattern: re.Pattern[str]) -> list[_Token] | None:
    found: list[_Token] = []
    at, size = 0, len(text.rstrip(" "))
    while at < size:
        match = pattern.match(text, at)
        if match is None:
            return None
        kind = match.lastgroup or ""
        begin, at = match.span(kind)
        found.append(_Token(kind, match[kind], begin, at, text[at : at + 1] in (".", "-")))
    return found


def _due(text: str) -> tree.Node | None:
    """Return a due time that is no duration."""
    if text == "now":
        return tree.DueNow(start=0, end=3)
    if _TARGET.fullmatch(text):
        return tree.DueName(text, start=0, end=len(text))
    match = _PARTED.fullmatch(text)
    if match is None or not 0 < int(match[1]) <= int(match[2]):
        return None
    part = Fraction(int(match[1]), int(match[2]))
    return tree.DueFraction(part, match[3], start=0, end=len(text))


class _Reading:
    """One text on its way to a tree: a method for each rule of ``sfeel.lark`` that it knows."""

    def __init__(self, tokens: list[_Token], mode: Mode) -> None:
        self.tokens = [*tokens, _END]
        self.at = 0
        self.mode = mode

    # ----------------------------------------------------------------- tokens

    @property
    def next(self) -> _Token:
        """The token that comes next."""
        return self.tokens[self.at]

    def take(self) -> _Token:
        token = self.tokens[self.at]
        if token is _END:
            raise _UnsureError
        self.at += 1
        return token

    def sign(self, *signs: str) -> _Token:
        """Take one of these signs."""
        token = self.take()
        if token.kind != "sign" or token.text not in signs:
            raise _UnsureError
        return token

    def comes(self, *signs: str) -> bool:
        token = self.tokens[self.at]
        return token.kind == "sign" and token.text in signs

    # ------------------------------------------------------------------ wholes

    def whole(self) -> tree.Node:
        if self.mode.is_test:
            node: tree.Node = self.test()
        elif self.mode is Mode.EXPRESSION:
            node = self.sum().node
        else:
            node = self.duration(self.take())
        if self.next is not _END:
            raise _UnsureError
        return node

    def test(self) -> tree.Test:
        first, *others = self.tokens
        if first.kind == "sign" and first.text == "-" and others == [_END]:
            self.at = 1
            return tree.Dash(start=first.start, end=first.end)
        if first.text == "not" and others[0].text == "(":
            self.at = 2
            excluded = self.members()
            end = self.sign(")").end
            return tree.NotTest(excluded, start=first.start, end=end)
        members = self.members()
        if len(members) == 1:
            return members[0]
        return tree.TestList(members, start=members[0].start, end=members[-1].end)

    def members(self) -> tuple[tree.Member, ...]:
        found = [self.member()]
        while self.comes(","):
            self.take()
            found.append(self.member())
        return tuple(found)

    def member(self) -> tree.Member:
        first = self.next
        if first.kind == "name" and first.text in _STATES[self.mode]:
            self.take()
            if first.dotted:
                raise _UnsureError
            return tree.KnownTest(first.text, start=first.start, end=first.end)
        if self.comes(*_COMPARES):
            self.take()
            bound = self.operand()
            return tree.Compare(first.text, bound.node, start=first.start, end=bound.end)
        if self.comes("[", "]", "("):
            return self.interval(self.take())
        value = self.operand()
        return tree.Equal(value.node, start=value.start, end=value.end)

    def interval(self, opening: _Token) -> tree.Member:
        low = self.operand()
        self.sign("..")
        high = self.operand()
        closing = self.sign("[", "]", ")")
        return tree.Interval(
            low.node,
            opening.text == "[",
            high.node,
            closing.text == "]",
            start=opening.start,
            end=closing.end,
        )

    def operand(self) -> _Part:
        if self.mode is not Mode.WORDS:
            return self.sum()
        token = self.take()
        if token.kind == "string":
            return self.text(token)
        if token.kind != "name":
            raise _UnsureError
        if token.text == "fact" and self.comes("("):
            return self.fact(token)
        return _Part(tree.Word(token.text, start=token.start, end=token.end), *token[2:4])

    # ------------------------------------------------------------- expressions

    def sum(self) -> _Part:
        left = self.product()
        while self.comes("+", "-"):
            left = _joined(left, self.take(), self.product())
        return left

    def product(self) -> _Part:
        left = self.unary()
        while self.comes("*", "/"):
            left = _joined(left, self.take(), self.unary())
        return left

    def unary(self) -> _Part:
        if not self.comes("-"):
            return self.atom(self.take())
        sign = self.take()
        inner = self.unary()
        node = tree.Negate(inner.node, start=sign.start, end=inner.end)
        return _Part(node, sign.start, inner.end)

    def atom(self, token: _Token) -> _Part:
        if token.kind == "name":
            return self.named(token)
        if token.kind == "number":
            return self.number(token)
        if token.kind == "string":
            return self.text(token)
        if token.kind == "date":
            return self.date(token)
        if token.text != "(":
            raise _UnsureError
        inner = self.sum()
        return _Part(inner.node, token.start, self.sign(")").end)

    def named(self, token: _Token) -> _Part:
        _, text, start, end, dotted = token
        if text in RESERVED or (dotted and text in _YES_NO):
            raise _UnsureError
        if text in _YES_NO:
            return _Part(tree.YesNoLiteral(_YES_NO[text], start=start, end=end), start, end)
        if not self.comes("("):
            return _Part(tree.Name(text, start=start, end=end), start, end)
        if text == "fact":
            return self.fact(token)
        self.take()
        arguments: list[tree.Expression] = []
        if not self.comes(")"):
            arguments.append(self.sum().node)
            while self.comes(","):
                self.take()
                arguments.append(self.sum().node)
        end = self.sign(")").end
        return _Part(tree.Call(text, tuple(arguments), start=start, end=end), start, end)

    def number(self, token: _Token) -> _Part:
        start, value = token.start, Decimal(token.text)
        if self.comes("%"):
            end = self.take().end
            return _Part(tree.PercentLiteral(value, start=start, end=end), start, end)
        after = self.next
        if after.kind != "name":
            return _Part(tree.NumberLiteral(value, start=start, end=token.end), *token[2:4])
        if after.text in _UNITS:
            length = self.duration(token)
            return _Part(length, start, length.end)
        if len(after.text) != 3 or not (after.text.isalpha() and after.text.isupper()):
            raise _UnsureError
        self.take()
        return _Part(
            tree.MoneyLiteral(value, after.text, start=start, end=after.end), start, after.end
        )

    def duration(self, token: _Token) -> tree.DurationLiteral:
        unit = self.take()
        if token.kind != "number" or unit.kind != "name" or unit.text not in _UNITS:
            raise _UnsureError
        close, end = "", unit.end
        if self.next.text in _CLOSES and self.next.kind == "name":
            words = _CLOSES[self.take().text]
            if unit.text not in _DAYS or (self.take().text, self.next.text) != words:
                raise _UnsureError
            close, end = words[1], self.take().end
        return tree.DurationLiteral(
            Decimal(token.text), unit.text, close, start=token.start, end=end
        )

    def date(self, token: _Token) -> _Part:
        try:
            datetime.date.fromisoformat(token.text)
        except ValueError:
            raise _UnsureError from None
        node = tree.DateLiteral(token.text, start=token.start, end=token.end)
        return _Part(node, token.start, token.end)

    def text(self, token: _Token) -> _Part:
        node = tree.TextLiteral(token.text[1:-1], start=token.start, end=token.end)
        return _Part(node, token.start, token.end)

    def fact(self, word: _Token) -> _Part:
        self.sign("(")
        name = self.take()
        if name.kind != "name" or not _FACT.fullmatch(name.text):
            raise _UnsureError
        end = self.sign(")").end
        return _Part(tree.FactReference(name.text, start=word.start, end=end), word.start, end)


def _joined(left: _Part, sign: _Token, right: _Part) -> _Part:
    start, end = left.start, right.end
    node = tree.Binary(sign.text, left.node, right.node, start=start, end=end)
    return _Part(node, start, end)
