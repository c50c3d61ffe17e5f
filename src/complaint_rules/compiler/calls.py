"""Calls of the written functions: names, arguments and kinds."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from complaint_rules.compiler.amounts import of_one_currency
from complaint_rules.compiler.kinds import CALLED, Typed
from complaint_rules.compiler.scope import Scope
from complaint_rules.compiler.values import is_zero
from complaint_rules.conditions.functions import FUNCTIONS
from complaint_rules.conditions.tree import Call, Constant
from complaint_rules.facts import Kind
from complaint_rules.grammar import tree as syntax
from complaint_rules.money import Money
from complaint_rules.spelling import help_for

if TYPE_CHECKING:
    from complaint_rules.compiler.site import Site

Builder: TypeAlias = "Callable[[Site, Scope, syntax.Expression], Typed | None]"

_KEEPS_WHOLE: Final = frozenset({"min", "max", "abs"})


def call(site: Site, scope: Scope, tree: syntax.Call, build: Builder) -> Typed | None:
    """
    Return a call resolved and checked; None after its faults were reported.

    Args:
        site: Where it is read.
        scope: What names mean.
        tree: The call as written.
        build: What builds an argument.
    """
    at = site.inner(tree.start, tree.end)
    function = FUNCTIONS.get(tree.name)
    if function is None:
        site.error(
            "unknown-function",
            f"calls unknown function `{tree.name}`",
            help_for(tree.name, FUNCTIONS, "functions"),
            "no such function",
            at,
        )
        return None
    if function.word == "action":
        return _of_action(site, scope, tree)
    arguments = [build(site, scope, argument) for argument in tree.arguments]
    known = [argument for argument in arguments if argument is not None]
    if len(known) < len(arguments):
        return None
    if tree.name != "round":  # its second argument is a number by its place
        known = _same_money(known, scope)
    kind = function.result(tuple(argument.kind for argument in known))
    if kind is None or not _same_levels(known):
        given = ", ".join(CALLED[argument.kind] for argument in known) or "nothing"
        site.error(
            "wrong-arguments",
            f"calls `{tree.name}` with {given}",
            f"`{tree.name}` takes {function.arguments}",
            at=at,
        )
        return None
    parts = tuple(argument.expression for argument in known)
    if kind is Kind.MONEY and not of_one_currency(site, at, parts):
        return None
    return _typed(tree.name, known, kind)


def _typed(name: str, arguments: list[Typed], kind: Kind) -> Typed:
    values = next((a.values for a in arguments if a.kind is Kind.LEVEL), ())
    if kind is not Kind.LEVEL:
        values = ()
    whole = kind is Kind.COUNT or (name == "round" and len(arguments) == 1)
    if name in _KEEPS_WHOLE:
        whole = all(argument.whole for argument in arguments)
    expressions = tuple(argument.expression for argument in arguments)
    return Typed(Call(name, expressions, kind, values), kind, values, whole)


def _same_levels(arguments: list[Typed]) -> bool:
    return len({a.values for a in arguments if a.kind is Kind.LEVEL and a.values}) <= 1


def _same_money(arguments: list[Typed], scope: Scope) -> list[Typed]:
    """Read a literal 0 among amounts of money as an amount."""
    if not any(argument.kind is Kind.MONEY for argument in arguments):
        return arguments
    zero = Typed(Constant(Money(Decimal(0), scope.currency), Kind.MONEY), Kind.MONEY)
    return [zero if is_zero(argument.constant) else argument for argument in arguments]


def _of_action(site: Site, scope: Scope, tree: syntax.Call) -> Typed | None:
    """Read ``done_at(id)``: the argument is an action's id, hyphens and all, and no name."""
    at = site.inner(tree.start, tree.end)
    if len(tree.arguments) != 1:
        site.error(
            "wrong-arguments",
            f"calls `{tree.name}` with {len(tree.arguments)} arguments",
            f"`{tree.name}` takes {FUNCTIONS[tree.name].arguments}",
            at=at,
        )
        return None
    argument = tree.arguments[0]
    word = site.text[argument.start : argument.end]
    if isinstance(argument, syntax.TextLiteral):
        word = argument.value
    if word not in scope.ids["actions"]:
        where = site.inner(argument.start, argument.end)
        site.unknown("unknown-action", word, scope.ids["actions"], at=where)
        return None
    kind = FUNCTIONS[tree.name].result((Kind.TEXT,)) or Kind.INSTANT
    constant = Constant(word, Kind.TEXT)
    return Typed(Call(tree.name, (constant,), kind), kind, whole=kind is Kind.COUNT)
