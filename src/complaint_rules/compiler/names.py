"""What a name in an expression means: a field, a fact, a setting, `now` or `not_yet`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from complaint_rules.compiler.kinds import CALLED, WRITTEN, Typed
from complaint_rules.compiler.scope import WORDS, Scope
from complaint_rules.conditions.tree import Constant, FactValue, FieldValue, Now, SettingValue
from complaint_rules.facts import NOT_YET, Fact, Kind
from complaint_rules.spelling import help_for

if TYPE_CHECKING:
    from complaint_rules.compiler.site import Site
    from complaint_rules.source import Span

NOW: Final = Typed(Now(), Kind.INSTANT)
NEVER_HAPPENED: Final = Typed(Constant(NOT_YET, Kind.INSTANT), Kind.INSTANT)


def named(site: Site, scope: Scope, word: str, at: Span, want: Fact | None = None) -> Typed | None:
    """
    Return what a bare name means; None after telling that it means nothing.

    Args:
        site: Where it is read.
        scope: What names mean.
        word: The name.
        at: Where it stands.
        want: The fact that takes the value; where that is a text, a word that is no name is
            itself the text.
    """
    if word == "now":
        return NOW
    if word == "not_yet":
        return NEVER_HAPPENED
    found = _found(site, scope, word, at)
    if found is not None or scope.is_broken(word) or word in scope.facts:
        return found
    if want is not None and want.kind is Kind.TEXT:
        return Typed(Constant(word, Kind.TEXT), Kind.TEXT)
    if want is not None and want.kind in WORDS:
        site.unknown("unknown-value", word, want.values, verb="has", at=at)
    else:
        _unknown(site, scope, word, at)
    return None


def referred(site: Site, scope: Scope, word: str, at: Span) -> Typed | None:
    """Return the fact or setting that ``fact(word)`` means; None after telling there is none."""
    found = _found(site, scope, word, at)
    if found is None and not scope.is_broken(word) and word not in scope.facts:
        _unknown(site, scope, word, at)
    return found


def _found(site: Site, scope: Scope, word: str, at: Span) -> Typed | None:
    if scope.fields is not None and word in scope.fields:
        field = scope.fields[word]
        return _typed(FieldValue(word, field.kind), field)
    if word in scope.facts:
        fact = scope.facts[word]
        if fact.kind in (Kind.RECORD, Kind.RECORDS):
            message = f"uses `{word}`, which is {CALLED[fact.kind]}"
            site.error("wrong-kind", message, WRITTEN[fact.kind], at=at)
            return None
        return _typed(FactValue(word, fact.kind), fact)
    if word in scope.settings:
        return _setting(scope, word)
    return None


def _setting(scope: Scope, word: str) -> Typed:
    """Return a setting: its value where it has one for good, else a look at the event date."""
    shape = scope.shapes[word]
    values = scope.settings[word].values
    if len(values) == 1 and values[0][0] is None:
        constant = Constant(values[0][1], shape.kind)
        whole = isinstance(values[0][1], int) or shape.kind is Kind.COUNT
        return Typed(constant, shape.kind, shape.values, whole)
    return _typed(SettingValue(word, shape.kind), shape)


def _typed(expression: FactValue | FieldValue | SettingValue, fact: Fact) -> Typed:
    return Typed(expression, fact.kind, fact.values, fact.kind is Kind.COUNT)


def _unknown(site: Site, scope: Scope, word: str, at: Span) -> None:
    site.error(
        "unknown-name",
        f"uses `{word}`, which is no fact and no setting",
        help_for(word, scope.names(), "names"),
        "not declared",
        at,
    )
