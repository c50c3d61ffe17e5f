"""What the parser carries upward while it builds a tree, and the bounds it keeps on the way."""

from __future__ import annotations

from decimal import Decimal
from typing import Generic, TypeAlias, TypeVar

import attrs
from lark import Token

from complaint_rules.grammar import tree
from complaint_rules.grammar.fault import LIMITS, Fault, FaultError

N_co = TypeVar("N_co", covariant=True)


@attrs.frozen
class Part(Generic[N_co]):
    """A node on its way up, with the text it covers (parentheses included) and its depth."""

    node: N_co
    start: int
    end: int
    depth: int = 1


Leaf: TypeAlias = Part[tree.Expression]
Member: TypeAlias = Part[tree.Member]


def span_of(first: Token | Leaf, last: Token | Leaf) -> tuple[int, int]:
    """Return where the text from `first` to `last` starts and ends."""
    start = first.start_pos if isinstance(first, Token) else first.start
    end = last.end_pos if isinstance(last, Token) else last.end
    return start or 0, end or 0


def refusal(code: str, message: str, span: tuple[int, int], cure: str) -> FaultError:
    """Return the error that carries a fault at `span` out of the parser."""
    return FaultError(Fault(code, message, span[0], span[1], cure))


def decimal_of(token: Token) -> Decimal:
    """Return a number exactly, refusing one with more digits than the bound."""
    if len(token) - token.count(".") > LIMITS.digits:
        raise refusal(
            "number-too-long",
            f"a number has more than {LIMITS.digits} digits",
            span_of(token, token),
            f"write at most {LIMITS.digits} digits",
        )
    return Decimal(token.value)


def deeper(span: tuple[int, int], *parts: Part[object]) -> int:
    """Return the depth of a node over `parts`, refusing one deeper than the bound."""
    depth = 1 + max((part.depth for part in parts), default=0)
    if depth > LIMITS.depth:
        raise refusal(
            "expression-too-deep",
            f"more than {LIMITS.depth} operations or parentheses lie within each other",
            span,
            "give parts of it names: declare a derived fact or a setting for each",
        )
    return depth


def check_count(parts: tuple[Part[object], ...], what: str) -> None:
    """Refuse a list with more members than the bound; `what` names the list."""
    if len(parts) > LIMITS.members:
        raise refusal(
            "too-many-members",
            f"{what} has more than {LIMITS.members} members",
            (parts[LIMITS.members].start, parts[-1].end),
            "split it, or declare a derived fact for a part of it",
        )


def misplaced_not(start: int, end: int) -> FaultError:
    """Return the fault of a ``not(…)`` that is only a part of a test, or stands in a sum."""
    return refusal(
        "misplaced-not",
        "`not(…)` is only a part of the text",
        (start, end),
        "let `not(…)` be the whole test, with everything it excludes inside: `not(1, 2)`",
    )
