"""From a tree back to text: the one way to write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from complaint_rules.grammar import tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

Tree: TypeAlias = tree.Expression | tree.Test | tree.DueSyntax

_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2}
_CLOSES = {"": "", "day": " end of day", "business": " close of business"}


def unparse(node: Tree) -> str:
    """
    Return the canonical text of a tree, which parses to an equal tree.

    Blanks stand around signs of arithmetic and after commas, parentheses only where they
    change the meaning, round brackets at open ends of intervals.

    Args:
        node: A test, expression, duration or due time as the parsers return it, at most
            `LIMITS.depth` deep.

    Returns:
        The text.
    """
    return _WRITERS[type(node)](node)


def _number(value: Decimal) -> str:
    return format(value, "f")


def _text(node: tree.TextLiteral) -> str:
    escaped = node.value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _negate(node: tree.Negate) -> str:
    inner = unparse(node.operand)
    return f"-({inner})" if isinstance(node.operand, tree.Negate | tree.Binary) else f"-{inner}"


def _binary(node: tree.Binary) -> str:
    left, right = unparse(node.left), unparse(node.right)
    if isinstance(node.left, tree.Binary) and _STRENGTH[node.left.op] < _STRENGTH[node.op]:
        left = f"({left})"
    if isinstance(node.right, tree.Negate) or (
        isinstance(node.right, tree.Binary) and _STRENGTH[node.right.op] <= _STRENGTH[node.op]
    ):
        right = f"({right})"
    return f"{left} {node.op} {right}"


def _interval(node: tree.Interval) -> str:
    opening, closing = "[" if node.low_closed else "(", "]" if node.high_closed else ")"
    return f"{opening}{unparse(node.low)}..{unparse(node.high)}{closing}"


def _list(nodes: tuple[Tree, ...]) -> str:
    return ", ".join(unparse(node) for node in nodes)


_WRITERS: dict[type[Tree], Callable[[Any], str]] = {
    tree.NumberLiteral: lambda node: _number(node.value),
    tree.PercentLiteral: lambda node: f"{_number(node.value)}%",
    tree.MoneyLiteral: lambda node: f"{_number(node.amount)} {node.currency}",
    tree.DurationLiteral: lambda node: f"{_number(node.amount)} {node.unit}{_CLOSES[node.close]}",
    tree.DateLiteral: lambda node: str(node.text),
    tree.InstantLiteral: lambda node: str(node.text),
    tree.TextLiteral: _text,
    tree.YesNoLiteral: lambda node: "yes" if node.value else "no",
    tree.Name: lambda node: str(node.text),
    tree.Word: lambda node: str(node.text),
    tree.FactReference: lambda node: f"fact({node.name})",
    tree.Negate: _negate,
    tree.Binary: _binary,
    tree.Call: lambda node: f"{node.name}({_list(node.arguments)})",
    tree.Dash: lambda _: "-",
    tree.KnownTest: lambda node: str(node.word),
    tree.Equal: lambda node: unparse(node.value),
    tree.Compare: lambda node: f"{node.op} {unparse(node.bound)}",
    tree.Interval: _interval,
    tree.TestList: lambda node: _list(node.tests),
    tree.NotTest: lambda node: f"not({_list(node.tests)})",
    tree.DueNow: lambda _: "now",
    tree.DueName: lambda node: str(node.name),
    tree.DueFraction: lambda node: f"{node.part.numerator}/{node.part.denominator} of {node.name}",
}
