"""What a ruleset does otherwise than those it extends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs

from complaint_rules.policy import Item, Policy

SECTIONS: Final = (
    "settings",
    "calendars",
    "types",
    "stages",
    "sides",
    "targets",
    "remedies",
    "groups",
    "actions",
    "manner",
    "rules",
    "sequences",
)
"""The sections that are compared, in order."""

_APART: Final = frozenset({"span", "number", "id"})
_NUMBERED: Final = frozenset({"when", "opens"})


@attrs.frozen
class Deviation:
    """
    One item in which a ruleset differs.

    Attributes:
        section: Its section.
        id: Its id.
        how: ``new``, ``changed`` or ``left_out``.
        item: It as it is now; as the parent has it where it is left out.
        before: As the parent has it; `None` where it is new.
        parts: The names of its parts that changed.
    """

    section: str
    id: str
    how: str
    item: Any
    before: Any = None
    parts: tuple[str, ...] = ()


def deviations(policy: Policy, parents: Iterable[Policy]) -> tuple[Deviation, ...]:
    """
    Return in what a policy differs from its parents, section by section.

    Args:
        policy: The policy.
        parents: The policies of the rulesets it extends; of two items with one id the later.
    """
    above = tuple(parents)
    found: list[Deviation] = []
    for section in SECTIONS if above else ():
        own = _items(policy, section)
        theirs: dict[str, tuple[Any, Policy]] = {}
        for parent in above:
            theirs |= {name: (item, parent) for name, item in _items(parent, section).items()}
        for name, item in own.items():
            found += _compared(section, name, item, policy, theirs.get(name))
        found += [
            Deviation(section, name, "left_out", item, item)
            for name, (item, _) in theirs.items()
            if name not in own
        ]
    return tuple(found)


def _items(policy: Policy, section: str) -> Mapping[str, Any]:
    items = getattr(policy, section)
    return items if isinstance(items, Mapping) else {item.id: item for item in items}


def _compared(
    section: str, name: str, item: Any, policy: Policy, above: tuple[Any, Policy] | None
) -> list[Deviation]:
    if above is None:
        return [Deviation(section, name, "new", item)]
    before, parent = above
    if not isinstance(item, Item):
        same = item == before
        return [] if same else [Deviation(section, name, "changed", item, before, ("hours",))]
    now, then = _parts(item, policy), _parts(before, parent)
    parts = tuple(part for part in now if now[part] != then[part])
    return [Deviation(section, name, "changed", item, before, parts)] if parts else []


def _parts(item: Any, policy: Policy) -> dict[str, Any]:
    """Return the parts of an item by name, conditions as trees, without places in files."""
    found = {}
    for field in attrs.fields(type(item)):
        if field.name not in _APART:
            value = getattr(item, field.name)
            numbered = field.name in _NUMBERED and isinstance(value, int)
            found[field.name] = policy.conditions[value] if numbered else _plain(value)
    return found


def _plain(value: Any) -> Any:
    """Return a part so that equal ones compare equal wherever they are written."""
    if isinstance(value, tuple):
        return tuple(_plain(each) for each in value)
    if attrs.has(type(value)) and any(f.name in _APART for f in attrs.fields(type(value))):
        return {
            field.name: _plain(getattr(value, field.name))
            for field in attrs.fields(type(value))
            if field.name not in ("span", "number")
        }
    if attrs.has(type(value)) and hasattr(value, "table"):
        return (_plain(value.table), value.output)
    if attrs.has(type(value)) and hasattr(value, "rows"):
        return (value.hit, value.out, _plain(value.rows), dict(value.otherwise), value.priority)
    return value
