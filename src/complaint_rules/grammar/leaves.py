"""The leaves of a tree: literals, names and words, one method per rule of ``sfeel.lark``."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from lark import Token, Transformer, v_args

from complaint_rules.grammar import tree
from complaint_rules.grammar.fault import shown
from complaint_rules.grammar.parts import Leaf, Part, decimal_of, refusal, span_of
from complaint_rules.grammar.reserved import RESERVED

if TYPE_CHECKING:
    from complaint_rules.grammar.fault import FaultError


@v_args(inline=True)
class Leaves(Transformer[Token, Part[object]]):
    """Builds what has no parts, refusing what no value can be."""

    def number(self, token: Token) -> Leaf:
        """Read ``5`` or ``2.50``."""
        start, end = span_of(token, token)
        return Part(tree.NumberLiteral(decimal_of(token), start=start, end=end), start, end)

    def percent(self, token: Token, sign: Token) -> Leaf:
        """Read ``20%``."""
        start, end = span_of(token, sign)
        return Part(tree.PercentLiteral(decimal_of(token), start=start, end=end), start, end)

    def money(self, token: Token, currency: Token) -> Leaf:
        """Read ``100 EUR``."""
        start, end = span_of(token, currency)
        literal = tree.MoneyLiteral(decimal_of(token), currency.value, start=start, end=end)
        return Part(literal, start, end)

    def duration(
        self, token: Token, unit: Token, close: Token | None = None
    ) -> Part[tree.DurationLiteral]:
        """Read ``4 h`` or ``3 bd end of day``."""
        start, end = span_of(token, unit if close is None else close)
        kind = "" if close is None else close.split()[-1]
        if close is not None and unit not in ("d", "w", "mo", "bd"):
            raise refusal(
                "close-without-day",
                f"{shown(close)} stands after {shown(unit)}, which counts no days",
                span_of(close, close),
                "leave it out, or count days: it may follow `d`, `w`, `mo` and `bd`",
            )
        literal = tree.DurationLiteral(decimal_of(token), unit.value, kind, start=start, end=end)
        return Part(literal, start, end)

    def date(self, token: Token) -> Leaf:
        """Read a date, refusing one that is in no calendar."""
        span = span_of(token, token)
        try:
            datetime.date.fromisoformat(token.value)
        except ValueError:
            raise _no_date(token) from None
        return Part(tree.DateLiteral(token.value, start=span[0], end=span[1]), *span)

    def odd_date(self, token: Token) -> Leaf:
        """Refuse a date that would else be arithmetic."""
        raise refusal(
            "bad-date",
            f"{shown(token)} is not written as a date is",
            span_of(token, token),
            "write year-month-day, such as `2026-11-30`; in a sum, put blanks around the signs",
        )

    def instant(self, token: Token) -> Leaf:
        """Read an instant, refusing one without an offset and one in no calendar."""
        span = span_of(token, token)
        text = token.value
        if not (text.endswith("Z") or text[-6] in "+-"):
            raise refusal(
                "instant-without-offset",
                f"{shown(text)} does not say its offset from UTC",
                span,
                f"write the offset, such as {shown(text + '+01:00')} or {shown(text + 'Z')}",
            )
        try:
            datetime.datetime.fromisoformat(text)
            if not text.endswith("Z"):
                datetime.time.fromisoformat(text[-5:])
        except ValueError:
            raise _no_date(token) from None
        return Part(tree.InstantLiteral(text, start=span[0], end=span[1]), *span)

    def text(self, token: Token) -> Leaf:
        """Read a quoted text and undo its escapes."""
        start, end = span_of(token, token)
        out: list[str] = []
        body = enumerate(token.value[1:-1], start + 1)
        for at, char in body:
            if char != "\\":
                out.append(char)
                continue
            _, escaped = next(body)
            if escaped not in '"\\':
                raise refusal(
                    "bad-escape",
                    f"{shown(char + escaped)} is no escape",
                    (at, at + 2),
                    'only `\\"` and `\\\\` are escapes; write any other character itself',
                )
            out.append(escaped)
        return Part(tree.TextLiteral("".join(out), start=start, end=end), start, end)

    def yes_no(self, token: Token) -> Leaf:
        """Read ``yes``, ``no``, ``true`` or ``false``."""
        start, end = span_of(token, token)
        return Part(tree.YesNoLiteral(token in ("yes", "true"), start=start, end=end), start, end)

    def name(self, token: Token) -> Leaf:
        """Read a name, refusing the words other languages join tests with."""
        start, end = span_of(token, token)
        if token in RESERVED:
            raise refusal(
                "no-such-word",
                f"{shown(token)} is no word of tests and expressions",
                (start, end),
                RESERVED[token],
            )
        return Part(tree.Name(token.value, start=start, end=end), start, end)

    def word(self, token: Token) -> Leaf:
        """Read a bare word."""
        start, end = span_of(token, token)
        return Part(tree.Word(token.value, start=start, end=end), start, end)

    def fact_reference(self, fact: Token, _open: Token, name: Token, close: Token) -> Leaf:
        """Read ``fact(x)``."""
        start, end = span_of(fact, close)
        return Part(tree.FactReference(name.value, start=start, end=end), start, end)


def _no_date(token: Token) -> FaultError:
    return refusal(
        "bad-date",
        f"{shown(token)} is in no calendar",
        span_of(token, token),
        "write a date that exists, such as `2026-11-30`",
    )
