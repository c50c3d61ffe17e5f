"""Expressions: text to a tree whose names are resolved and whose kinds are checked."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from complaint_rules.compiler.amounts import joinable
from complaint_rules.compiler.calls import call
from complaint_rules.compiler.fold import folded
from complaint_rules.compiler.kinds import CALLED, Typed
from complaint_rules.compiler.names import named, referred
from complaint_rules.compiler.scope import WORDS, Scope
from complaint_rules.compiler.values import LiteralError, is_zero, literal
from complaint_rules.conditions.kinds import negated_kind, result_kind
from complaint_rules.conditions.tree import Arithmetic, Constant, Negation
from complaint_rules.facts import Fact, Kind
from complaint_rules.grammar import Fault, parse_expression
from complaint_rules.grammar import tree as syntax
from complaint_rules.money import Money

if TYPE_CHECKING:
    from complaint_rules.compiler.site import Site


def typed_at(site: Site, scope: Scope, want: Fact | None = None) -> Typed | None:
    """
    Return the expression at `site` with its kind; None after its faults were reported.

    Args:
        site: A scalar.
        scope: What names mean.
        want: The fact that takes the value: a bare word may be one of its values.
    """
    tree = parse_expression(site.text)
    if isinstance(tree, Fault):
        site.fault(tree)
        return None
    return build(site, scope, tree, want)


def build(
    site: Site, scope: Scope, tree: syntax.Expression, want: Fact | None = None
) -> Typed | None:
    """Return a syntax tree resolved and checked; None after its faults were reported."""
    match tree:
        case syntax.Name(text) | syntax.Word(text):
            if want is not None and want.kind in WORDS and text in want.values:
                return word_value(text, want)
            return named(site, scope, text, site.inner(tree.start, tree.end), want)
        case syntax.FactReference(text):
            return referred(site, scope, text, site.inner(tree.start, tree.end))
        case syntax.TextLiteral(text) if want is not None and text in want.values:
            return word_value(text, want)
        case syntax.Negate(operand):
            return _negated(site, tree, build(site, scope, operand))
        case syntax.Binary(op, left, right):
            return _joined(
                site, tree, op, build(site, scope, left), build(site, scope, right), scope
            )
        case syntax.Call():
            return call(site, scope, tree, build)
    return _literal(site, tree)


def _literal(site: Site, tree: syntax.Expression) -> Typed | None:
    try:
        constant = literal(tree)
    except LiteralError as error:
        site.error(error.code, str(error), error.cure, at=site.inner(tree.start, tree.end))
        return None
    value = constant.value
    whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return Typed(constant, constant.kind, whole=whole)


def word_value(text: str, want: Fact) -> Typed:
    """Return one of a fact's values as a constant; for a set, the set of it alone."""
    value: object = frozenset({text}) if want.kind is Kind.SET else text
    values = want.values if want.kind is Kind.LEVEL else (text,)
    return Typed(Constant(value, want.kind), want.kind, values)


def _negated(site: Site, tree: syntax.Negate, typed: Typed | None) -> Typed | None:
    if typed is None:
        return None
    kind = negated_kind(typed.kind)
    if kind is None:
        site.error(
            "wrong-kind",
            f"negates {CALLED[typed.kind]}",
            "numbers, amounts and durations can be negated",
            at=site.inner(tree.start, tree.end),
        )
        return None
    return Typed(folded(Negation(typed.expression, kind)), kind, whole=typed.whole)


def _joined(
    site: Site,
    tree: syntax.Binary,
    op: str,
    left: Typed | None,
    right: Typed | None,
    scope: Scope,
) -> Typed | None:
    if left is None or right is None:
        return None
    if op in "+-":
        left, right = money_zero(left, right, scope), money_zero(right, left, scope)
    kind = result_kind(op, left.kind, right.kind)
    if kind is None:
        site.error(
            "wrong-kind",
            f"joins {CALLED[left.kind]} and {CALLED[right.kind]} with `{op}`",
            "`+` and `-` join like and like, or a time and a duration; `*` and `/` take a number",
            at=site.inner(tree.start, tree.end),
        )
        return None
    if not joinable(site, site.inner(tree.start, tree.end), op, left.expression, right.expression):
        return None
    whole = left.whole and right.whole and op != "/"
    expression = Arithmetic(op, left.expression, right.expression, kind)
    return Typed(folded(expression), kind, whole=whole)


def money_zero(typed: Typed, beside: Typed, scope: Scope) -> Typed:
    """Return a literal 0 beside an amount of money as an amount; anything else as it is."""
    if beside.kind is Kind.MONEY and is_zero(typed.constant):
        return Typed(Constant(Money(Decimal(0), scope.currency), Kind.MONEY), Kind.MONEY)
    return typed
