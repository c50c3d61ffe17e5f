"""The names a ruleset declares, and what the compiler knows of each while it reads."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from complaint_rules.facts import Fact, Kind
from complaint_rules.policy import Setting

WORDS = frozenset({Kind.CHOICE, Kind.LEVEL, Kind.SET, Kind.TEXT})
"""Kinds on which a bare word is a value and never a name (semantics 8)."""

NUMBERS = frozenset({Kind.COUNT, Kind.NUMBER})


@attrs.define(eq=False)
class Scope:
    """
    Every name of the ruleset.

    Attributes:
        currency: The ruleset's currency.
        ids: Declared ids by section (``actions``), those of unreadable items included.
        facts: Facts by name; fields of records dotted.
        settings: Settings by name; `shapes` has the kind and values of each.
        broken: Facts and settings whose declaration is at fault: tests on them are passed over,
            because the fault is told once, where it is.
        conduct: Ids of what can only be forbidden.
        roles: Who approves, lowest first.
        fields: The fields of the record a ``where`` looks at; they come before other names.
    """

    currency: str
    ids: Mapping[str, frozenset[str]]
    facts: dict[str, Fact] = attrs.field(factory=dict)
    settings: dict[str, Setting] = attrs.field(factory=dict)
    shapes: dict[str, Fact] = attrs.field(factory=dict)
    broken: set[str] = attrs.field(factory=set)
    conduct: frozenset[str] = frozenset()
    roles: tuple[str, ...] = ()
    fields: Mapping[str, Fact] | None = None

    def within(self, fields: Mapping[str, Fact]) -> Scope:
        """Return this scope as a ``where`` over records with such fields sees it."""
        return attrs.evolve(self, fields=fields)

    def testable(self, name: str) -> Fact | None:
        """Return the fact that a test's key names: of the record at hand, or of the ruleset."""
        return (self.facts if self.fields is None else self.fields).get(name)

    def is_broken(self, name: str) -> bool:
        """Return whether a name's declaration is at fault, its own or its record's."""
        return name in self.broken or name.partition(".")[0] in self.broken

    def names(self) -> list[str]:
        """Return every name an expression may use, sorted."""
        plain = {n for n, f in self.facts.items() if f.kind not in (Kind.RECORD, Kind.RECORDS)}
        return sorted({*plain, *self.settings, *(self.fields or ())})
