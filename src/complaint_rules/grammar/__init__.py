"""
S-FEEL unary tests and expressions: text to syntax tree and back (semantics B).

Every function here is pure and total: any text gives a tree or a `Fault`, never an exception.
The grammar is written in ``sfeel.lark``; chapter 9 (S-FEEL) of OMG Decision Model and
Notation 1.5 is where it comes from.
"""

from __future__ import annotations

from typing import cast

from complaint_rules.grammar.fault import LIMITS, Fault, Limits
from complaint_rules.grammar.modes import Mode
from complaint_rules.grammar.reading import parse
from complaint_rules.grammar.tree import (
    Binary,
    Call,
    Compare,
    Dash,
    DateLiteral,
    DueFraction,
    DueName,
    DueNow,
    DueSyntax,
    DurationLiteral,
    Equal,
    Expression,
    FactReference,
    InstantLiteral,
    Interval,
    KnownTest,
    Member,
    MoneyLiteral,
    Name,
    Negate,
    Node,
    NotTest,
    NumberLiteral,
    PercentLiteral,
    Test,
    TestList,
    TextLiteral,
    Word,
    YesNoLiteral,
)
from complaint_rules.grammar.unparse import unparse


def parse_expression(text: str) -> Expression | Fault:
    """
    Return the tree of an expression: arithmetic, calls, names and literals.

    Args:
        text: What the author wrote, such as ``min(20% * amount_paid, 5 EUR)``.

    Returns:
        The tree, or what is wrong with the text.
    """
    return cast("Expression | Fault", parse(text, Mode.EXPRESSION))


def parse_test(text: str, *, words: bool) -> Test | Fault:
    """
    Return the tree of a unary test.

    Args:
        text: What the author wrote, such as ``[1..5)`` or ``s1, s2``.
        words: True where a bare word is a value (choice, level, set and text), false where
            operands are expressions and a bare word is a fact or setting (semantics 8).

    Returns:
        The tree, or what is wrong with the text.
    """
    return cast("Test | Fault", parse(text, Mode.WORDS if words else Mode.VALUE))


def parse_duration(text: str) -> DurationLiteral | Fault:
    """
    Return a duration such as ``45 m`` or ``3 bd end of day`` (semantics 14).

    Args:
        text: What the author wrote.

    Returns:
        The duration, its amount not checked to be whole; or what is wrong with the text.
    """
    return cast("DurationLiteral | Fault", parse(text, Mode.DURATION))


def parse_due(text: str) -> DueSyntax | Fault:
    """
    Return when an action is due: ``now``, a target, a part of one or a duration (semantics 18).

    Args:
        text: What the author wrote, such as ``1/4 of first_response``.

    Returns:
        The due time as written, or what is wrong with the text.
    """
    return cast("DueSyntax | Fault", parse(text, Mode.DUE))


__all__ = [
    "LIMITS",
    "Binary",
    "Call",
    "Compare",
    "Dash",
    "DateLiteral",
    "DueFraction",
    "DueName",
    "DueNow",
    "DueSyntax",
    "DurationLiteral",
    "Equal",
    "Expression",
    "FactReference",
    "Fault",
    "InstantLiteral",
    "Interval",
    "KnownTest",
    "Limits",
    "Member",
    "MoneyLiteral",
    "Name",
    "Negate",
    "Node",
    "NotTest",
    "NumberLiteral",
    "PercentLiteral",
    "Test",
    "TestList",
    "TextLiteral",
    "Word",
    "YesNoLiteral",
    "parse_due",
    "parse_duration",
    "parse_expression",
    "parse_test",
    "unparse",
]
