"""From what the parser recognises to the tree: one method per rule of ``sfeel.lark``."""

from __future__ import annotations

from fractions import Fraction

from lark import Token, v_args

from complaint_rules.grammar import tree
from complaint_rules.grammar.fault import shown
from complaint_rules.grammar.leaves import Leaves
from complaint_rules.grammar.parts import (
    Leaf,
    Member,
    Part,
    check_count,
    decimal_of,
    deeper,
    misplaced_not,
    refusal,
    span_of,
)
from complaint_rules.grammar.reserved import RESERVED


@v_args(inline=True)
class Builder(Leaves):
    """Builds nodes while the parser runs, so that no tree deeper than the bound ever stands."""

    def group(self, opening: Token, inner: Leaf, closing: Token) -> Leaf:
        """Read parentheses: no node of their own, but a step deeper."""
        start, end = span_of(opening, closing)
        return Part(inner.node, start, end, deeper((start, end), inner))

    def negate(self, sign: Token, operand: Leaf) -> Leaf:
        """Read a minus before something."""
        start, end = span_of(sign, operand)
        node = tree.Negate(operand.node, start=start, end=end)
        return Part(node, start, end, deeper((start, end), operand))

    def binary(self, left: Leaf, op: Token, right: Leaf) -> Leaf:
        """Read two parts and the sign between them."""
        start, end = span_of(left, right)
        node = tree.Binary(op.value, left.node, right.node, start=start, end=end)
        return Part(node, start, end, deeper((start, end), left, right))

    def call(self, name: Token, _open: Token, *rest: Leaf | Token) -> Leaf:
        """Read a function's name and its arguments."""
        arguments = tuple(part for part in rest if isinstance(part, Part))
        start, end = span_of(name, rest[-1])
        if name == "not":
            raise misplaced_not(start, start + len(name))
        if name in RESERVED:
            self.name(name)
        check_count(arguments, f"the call of {shown(name)}")
        nodes = tuple(part.node for part in arguments)
        node = tree.Call(name.value, nodes, start=start, end=end)
        return Part(node, start, end, deeper((start, end), *arguments))

    # --------------------------------------------------------------------- tests

    def dash(self, token: Token) -> Part[tree.Test]:
        """Read ``-``."""
        start, end = span_of(token, token)
        return Part(tree.Dash(start=start, end=end), start, end)

    def known(self, token: Token) -> Member:
        """Read ``known`` and its like."""
        start, end = span_of(token, token)
        return Part(tree.KnownTest(token.value, start=start, end=end), start, end)

    def equal(self, value: Leaf) -> Member:
        """Read a bare value as a test."""
        node = tree.Equal(value.node, start=value.start, end=value.end)
        return Part(node, value.start, value.end, value.depth)

    def compare(self, op: Token, bound: Leaf) -> Member:
        """Read a comparison."""
        start, end = span_of(op, bound)
        node = tree.Compare(op.value, bound.node, start=start, end=end)
        return Part(node, start, end, bound.depth)

    def interval(
        self, opening: Token, low: Leaf, _dots: Token, high: Leaf, closing: Token
    ) -> Member:
        """Read an interval in any of its spellings."""
        start, end = span_of(opening, closing)
        node = tree.Interval(
            low.node, opening == "[", high.node, closing == "]", start=start, end=end
        )
        return Part(node, start, end, max(low.depth, high.depth))

    def members(self, *parts: Member) -> Part[tree.Test]:
        """Read one test, or several with commas."""
        if len(parts) == 1:
            return parts[0]
        check_count(parts, "the list")
        start, end = parts[0].start, parts[-1].end
        node = tree.TestList(tuple(part.node for part in parts), start=start, end=end)
        return Part(node, start, end)

    def negated(self, word: Token, _open: Token, *rest: Member | Token) -> Part[tree.Test]:
        """Read ``not(…)``."""
        parts = tuple(part for part in rest if isinstance(part, Part))
        check_count(parts, "the list")
        start, end = span_of(word, rest[-1])  # type: ignore[arg-type]
        node = tree.NotTest(tuple(part.node for part in parts), start=start, end=end)
        return Part(node, start, end)

    # ----------------------------------------------------------------- due times

    def due_now(self, token: Token) -> Part[tree.DueSyntax]:
        """Read ``now``."""
        start, end = span_of(token, token)
        return Part(tree.DueNow(start=start, end=end), start, end)

    def due_name(self, token: Token) -> Part[tree.DueSyntax]:
        """Read a target's name."""
        start, end = span_of(token, token)
        return Part(tree.DueName(token.value, start=start, end=end), start, end)

    def due_fraction(
        self, upper: Token, _slash: Token, lower: Token, _of: Token, name: Token
    ) -> Part[tree.DueSyntax]:
        """Read a part of a target, refusing what is none."""
        above, below = decimal_of(upper), decimal_of(lower)
        if "." in upper or "." in lower or not 0 < above <= below:
            raise refusal(
                "bad-fraction",
                f"`{upper}/{lower}` is no part of a target",
                span_of(upper, lower),
                "write two whole numbers, the first the smaller, such as `1/4`",
            )
        start, end = span_of(upper, name)
        part = Fraction(int(above), int(below))
        return Part(tree.DueFraction(part, name.value, start=start, end=end), start, end)

    def whole(self, part: Part[object]) -> Part[object]:
        """Pass on what is the whole text."""
        return part
