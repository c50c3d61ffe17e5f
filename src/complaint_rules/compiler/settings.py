"""Settings: named values, dated or not, one per currency or not (semantics 21, 27)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from complaint_rules.calendar import Duration, Unit
from complaint_rules.compiler.assign import for_fact
from complaint_rules.compiler.dates import validity
from complaint_rules.compiler.expressions import typed_at
from complaint_rules.compiler.kinds import CALLED
from complaint_rules.compiler.parts import common
from complaint_rules.compiler.reserved import PROMISE_WARNING, RESERVED_NAMES
from complaint_rules.compiler.scope import Scope
from complaint_rules.conditions.tree import Constant
from complaint_rules.document import Mapping, Scalar, Sequence
from complaint_rules.facts import Fact, Kind
from complaint_rules.grammar import Fault, TextLiteral, parse_expression
from complaint_rules.money import Money
from complaint_rules.policy import Setting, Validity

if TYPE_CHECKING:
    from collections.abc import Mapping as Map

    from complaint_rules.compiler.site import Site
    from complaint_rules.model.facts import SettingModel

_TIMELESS: Final = frozenset({Kind.RECORD, Kind.RECORDS})
_VALUED: Final = frozenset({Kind.CHOICE, Kind.LEVEL, Kind.SET})
_A_DAY: Final = Duration(24, Unit.H)


def read_settings(
    models: Map[str, SettingModel], section: Site, scope: Scope, default: Validity | None
) -> None:
    """
    Put every setting and its shape into the scope.

    Args:
        models: The settings as written.
        section: Where they stand.
        scope: The names known so far; facts are declared already.
        default: The ruleset's own dates.
    """
    for name, model in models.items():
        site = section.at(name).owned(f"setting `{name}`")
        if name in RESERVED_NAMES:
            message = "has a name that conditions, tables or tests use for something else"
            site.error("reserved-id", message, "give it another name", at=section.key(name))
        shape = _shape(name, model, site, scope)
        values = None if shape is None else _values(site, scope, shape, default)
        if shape is None or not values:
            scope.broken.add(name)
            continue
        scope.shapes[name] = shape
        scope.settings[name] = Setting(
            values=_latest_first(values),
            default_of_ours=model.default_of_ours,
            **common(name, model, site, None, section.key(name)),
        )
    _promise_warning(scope, section)


def _promise_warning(scope: Scope, section: Site) -> None:
    shape = scope.shapes.get(PROMISE_WARNING)
    if shape is None and PROMISE_WARNING not in scope.broken:
        scope.shapes[PROMISE_WARNING] = Fact(PROMISE_WARNING, Kind.DURATION)
        scope.settings[PROMISE_WARNING] = Setting(
            id=PROMISE_WARNING, values=((None, _A_DAY),), default_of_ours=True
        )
    elif shape is not None and shape.kind is not Kind.DURATION:
        site = section.at(PROMISE_WARNING).owned(f"setting `{PROMISE_WARNING}`")
        message = f"is {CALLED[shape.kind]}; the package knows it as elapsed time"
        site.error("wrong-kind", message, "write `24 h`, or another length of time")


def _shape(name: str, model: SettingModel, site: Site, scope: Scope) -> Fact | None:
    """Return the kind and values of a setting: declared, taken from a fact, or seen."""
    if model.like is not None:
        like = scope.facts.get(model.like) or scope.shapes.get(model.like)
        if like is None:
            if not scope.is_broken(model.like):
                site.at("like").unknown("unknown-fact", model.like, scope.names())
            return None
        return Fact(name, like.kind, tuple(model.values or like.values))
    kind = Kind(model.kind) if model.kind is not None else _seen(_raw(site))
    values = tuple(model.values or ())
    if kind in _TIMELESS:
        site.error("wrong-kind", f"is {CALLED[kind]}", "a setting is one value; records are facts")
        return None
    if kind is Kind.SET and not values:
        values = tuple(dict.fromkeys(item.text for item in _raw(site).items()))
    if kind in _VALUED and not values:
        message = f"is {CALLED[kind]} without values"
        site.error("missing-values", message, "add `values: […]`, or `like: SOME_FACT`")
        return None
    return Fact(name, kind, values)


def _raw(site: Site) -> Site:
    """Return where the value stands: under `value`, or in place of the whole setting."""
    return site.child("value") or site


def _seen(raw: Site) -> Kind:
    """Return the kind that a value shows by the way it is written."""
    node = raw.node
    if isinstance(node, Mapping):
        return Kind.MONEY if "value" not in node.entries else _seen(raw.at("value"))
    if isinstance(node, Sequence):
        first = node.items[0] if node.items else None
        return _seen(raw.of(first)) if isinstance(first, Mapping) else Kind.SET
    tree = parse_expression(node.text)
    if isinstance(tree, Fault):
        return Kind.TEXT
    quiet = attrs.evolve(raw, problems=[])
    typed = typed_at(quiet, _NOTHING)
    return typed.kind if typed is not None and typed.constant is not None else Kind.TEXT


_NOTHING: Final = Scope("EUR", {"actions": frozenset()})


def _values(
    site: Site, scope: Scope, shape: Fact, default: Validity | None
) -> list[tuple[Validity | None, object]]:
    """Return the values with their dates; nothing after a fault."""
    raw = _raw(site)
    dated = isinstance(raw.node, Sequence) and any(
        isinstance(item, Mapping) for item in raw.node.items
    )
    own = validity(site.child("valid"), default)
    if not dated:
        return [(own, value) for value in _single(raw, scope, shape)]
    found: list[tuple[Validity | None, object]] = []
    for item in raw.items():
        dates = validity(item.child("valid"), default)
        for value in _single(item.at("value"), scope, shape):
            _check_start(found, dates, value, item)
            found.append((dates, value))
    return found


def _single(raw: Site, scope: Scope, shape: Fact) -> list[object]:
    """Return one value; of money perhaps one per currency."""
    if isinstance(raw.node, Mapping) and shape.kind is Kind.MONEY:
        return [value for code, amount in raw.entries() for value in _amount(code, amount)]
    if shape.kind is Kind.TEXT and isinstance(raw.node, Scalar):
        return [_plain_text(raw.text)]
    plain = attrs.evolve(scope, facts={}, settings={}, shapes={}, fields=None)
    if shape.kind is Kind.DURATION or shape.kind is Kind.BUSINESS_DURATION:
        typed = typed_at(raw, plain)
        if typed is None:
            return []
        if typed.kind is shape.kind and typed.constant is not None:
            return [typed.constant.value]
    constant = for_fact(raw, plain, shape)
    if constant is None:
        return []
    if not isinstance(constant, Constant):
        cure = "write one value; what is reckoned is a derived fact"
        raw.error("wrong-kind", "is reckoned, and a setting is a plain value", cure)
        return []
    return [constant.value]


def _plain_text(text: str) -> str:
    """Return a text without the double quotes it may be written in."""
    tree = parse_expression(text)
    return tree.value if isinstance(tree, TextLiteral) else text


def _amount(code: str, site: Site) -> list[Money]:
    number = for_fact(site, _NOTHING, Fact("", Kind.NUMBER))
    if not isinstance(number, Constant) or not isinstance(site.node, Scalar):
        return []
    return [Money(number.value, code)]  # type: ignore[arg-type]  # a number's constant is exact


def _check_start(
    found: list[tuple[Validity | None, object]], dates: Validity | None, value: object, site: Site
) -> None:
    """Tell of a value that starts when another does: which of the two holds could not be told."""

    def key(start: Validity | None, of: object) -> tuple[object, ...]:
        return (start and start.first, of.currency if isinstance(of, Money) else "")

    if key(dates, value) in {key(start, other) for start, other in found}:
        first = None if dates is None else dates.first
        since = "without a start" if first is None else f"from {first}"
        site.error(
            "validity-overlap",
            f"has two values that hold {since}",
            "of several values the one that starts latest holds: give each its own `from`",
        )


def _latest_first(
    values: list[tuple[Validity | None, object]],
) -> tuple[tuple[Validity | None, object], ...]:
    def start(item: tuple[Validity | None, object]) -> int:
        dates = item[0]
        return -dates.first.toordinal() if dates is not None and dates.first is not None else 0

    return tuple(sorted(values, key=start))
