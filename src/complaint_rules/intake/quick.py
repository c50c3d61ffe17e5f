"""
Facts in which nothing is wrong, read one by one: most states are so, and the door is costly.

What is odd here is no fault yet: whatever this does not take goes to the door, which finds every
fault. Where it does take all, it reads what the door would have read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

from complaint_rules.facts import Fact, Kind
from complaint_rules.intake.readers import YES_NO, Reader, reader, words_of
from complaint_rules.policy import Policy

_TEXTS: Final = frozenset({str})
_LISTS: Final = frozenset({"done", "type_basis"})
_UNKNOWN: Final = "unknown"
_WORDS: Final = frozenset({str, bool})


@attrs.frozen
class Read:
    """
    Facts as they were read.

    Attributes:
        values: What was given, fields of records by their dotted names.
        lists: What has yet to go through the door: actions, types and lists of records.
        unknown: What was said to be unknown, as it was named.
    """

    values: dict[str, Any]
    lists: dict[str, Any]
    unknown: set[str]


@attrs.frozen(eq=False)
class Readers:
    """
    The readers of a policy's facts.

    Attributes:
        facts: By fact, records and lists of them apart: its own name, what it reads of words, yes
            and no that are written as they are declared, and what reads all else.
        fields: By the dotted names of fields of records.
        records: The records.
        lists: Lists of records, actions and types.
    """

    facts: Mapping[str, tuple[str, Mapping[object, Any], Reader]]
    fields: Mapping[str, Reader]
    records: frozenset[str]
    lists: frozenset[str]

    @classmethod
    def of(cls, policy: Policy, given: frozenset[str]) -> Readers:
        """Return the readers of what may be given."""
        facts = {name: policy.facts[name] for name in sorted(given - _LISTS)}
        records = {name: fact for name, fact in facts.items() if fact.kind is Kind.RECORD}
        return cls(
            {
                name: (name, _words(fact), reader(fact))
                for name, fact in facts.items()
                if fact.kind not in _NESTED
            },
            {
                f"{name}.{field}": reader(inner)
                for name, fact in records.items()
                for field, inner in fact.fields.items()
                if inner.kind not in _NESTED
            },
            frozenset(records),
            _LISTS.union(name for name, fact in facts.items() if fact.kind is Kind.RECORDS),
        )

    def read(self, mapping: Mapping[str, Any]) -> Read | None:
        """Return facts as they were read, if all is well with them at first sight."""
        if not _TEXTS.issuperset(map(type, mapping)):
            return None
        facts, found, others = self.facts.get, Read({}, {}, set()), dict[str, Any]()
        values = found.values
        try:
            for name, value in mapping.items():
                fact = facts(name)
                if fact is None or value is None:
                    others[name] = value
                    continue
                own, words, read = fact
                if type(value) in _WORDS and value in words:
                    values[own] = words[value]
                elif isinstance(value, str) and value == _UNKNOWN:
                    others[name] = value
                else:
                    values[own] = read(value)
            return found if not others or self._others(others, found) else None
        except (ValueError, AssertionError):  # what a reader, or the door for it, calls a fault
            return None

    def _others(self, others: Mapping[str, Any], found: Read) -> bool:
        """Read what is no plain fact with a value; return whether all of it was well."""
        dotted = nested = False
        for name, value in others.items():
            field = self.fields.get(name)
            dotted = dotted or field is not None
            nested = nested or (name in self.records and value is not None)
            if field is not None:
                _put(name, value, field, found)
            elif value is None:
                continue
            elif name in self.records and type(value) is dict:
                if not self._record(name, value, found):
                    return False
            elif isinstance(value, str) and value == _UNKNOWN and "." not in name:
                found.unknown.add(name)
            elif name in self.lists:
                found.lists[name] = value
            else:
                return False
        return not (dotted and nested)  # given in both ways, a field may be given twice

    def _record(self, name: str, record: dict[Any, Any], found: Read) -> bool:
        for key, value in record.items():
            place = f"{name}.{key}"
            field = self.fields.get(place)
            if field is None or type(key) is not str:
                return False
            _put(place, value, field, found)
        return True


_NESTED: Final = frozenset({Kind.RECORD, Kind.RECORDS})


def _words(fact: Fact) -> Mapping[object, Any]:
    """Return what a fact's words mean where they are written as they are declared."""
    words: dict[object, Any] = {}
    if fact.kind is Kind.YES_NO:
        words.update(YES_NO)
        words.update({True: True, False: False})
    elif fact.kind in (Kind.CHOICE, Kind.LEVEL):
        words.update(words_of(fact.values))
        words.pop(_UNKNOWN, None)  # it always means that
    return words


def _put(name: str, value: Any, read: Reader, found: Read) -> None:
    if isinstance(value, str) and value == _UNKNOWN:
        found.unknown.add(name)
    elif value is not None:
        found.values[name] = read(value)
