"""Values and expressions that a fact, a setting or an output takes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from complaint_rules.compiler.expressions import typed_at, word_value
from complaint_rules.compiler.kinds import CALLED, WRITTEN, Typed, fits
from complaint_rules.compiler.scope import WORDS, Scope
from complaint_rules.compiler.values import is_zero
from complaint_rules.conditions.tree import Constant, Expression
from complaint_rules.document import Mapping, Sequence
from complaint_rules.facts import Fact, Kind
from complaint_rules.money import Money

if TYPE_CHECKING:
    from complaint_rules.compiler.site import Site

_PROTO: Final = {kind: Fact("", kind) for kind in Kind}


def of_kind(site: Site, scope: Scope, kind: Kind) -> Expression | None:
    """Return the expression at `site`, whose value is of `kind`; None after telling why not."""
    return for_fact(site, scope, _PROTO[kind])


def for_fact(site: Site, scope: Scope, fact: Fact) -> Expression | None:
    """
    Return the expression at `site`, whose values are values of `fact`.

    Args:
        site: A scalar with an expression; for a set also a list of its values.
        scope: What names mean.
        fact: The fact (or a stand-in with its kind and values) that takes the value.

    Returns:
        The expression, or None after its faults were reported.
    """
    if isinstance(site.node, Sequence):
        return _listed(site, fact)
    if isinstance(site.node, Mapping):
        site.error("wrong-kind", "has a mapping where a value is meant", WRITTEN[fact.kind])
        return None
    if fact.kind in WORDS and site.node.text.strip() in fact.values:
        return word_value(site.node.text.strip(), fact).expression
    typed = typed_at(site, scope, fact)
    if typed is None:
        return None
    if fact.kind is Kind.TEXT and typed.constant and site.text.strip() not in scope.settings:
        return _text(site, typed.constant)
    return _assigned(site, scope, typed, fact)


def _text(site: Site, constant: Constant) -> Constant:
    """Return a text as written: ``no`` is a language, too, and ``5`` a floor."""
    return constant if constant.kind is Kind.TEXT else Constant(site.text.strip(), Kind.TEXT)


def _listed(site: Site, fact: Fact) -> Expression | None:
    if fact.kind is not Kind.SET:
        site.error(
            "wrong-kind", f"has a list where {CALLED[fact.kind]} is meant", WRITTEN[fact.kind]
        )
        return None
    words = set()
    for item in site.items():
        word = item.text.strip()
        if word not in fact.values:
            item.unknown("unknown-value", word, fact.values, verb="has")
        words.add(word)
    return Constant(frozenset(words), Kind.SET)


def _assigned(site: Site, scope: Scope, typed: Typed, fact: Fact) -> Expression | None:
    """Return the expression as `fact` takes it, if it does."""
    constant = typed.constant
    if fact.kind in (Kind.CHOICE, Kind.LEVEL, Kind.SET) and constant and typed.kind is Kind.TEXT:
        site.unknown(
            "unknown-value",
            str(constant.value),
            fact.values,
            verb="has",
        )
        return None
    if not fits(typed, fact):
        site.error(
            "wrong-kind",
            f"has {CALLED[typed.kind]} where {CALLED[fact.kind]} is meant",
            _cure(typed, fact),
        )
        return None
    if fact.kind is Kind.MONEY and is_zero(constant):
        return Constant(Money(Decimal(0), scope.currency), Kind.MONEY)
    if constant is not None and isinstance(constant.value, Decimal) and fact.kind is Kind.COUNT:
        return Constant(int(constant.value), Kind.COUNT)
    return typed.expression


def _cure(typed: Typed, fact: Fact) -> str:
    """Return the help for a value of the wrong kind."""
    if typed.kind is fact.kind and fact.kind is Kind.LEVEL:
        return "both levels must have the same values: declare one `like` the other"
    if typed.kind is fact.kind and fact.values:
        return "it may give values that are not declared here"
    return WRITTEN[fact.kind]
