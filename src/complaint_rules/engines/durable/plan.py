"""
A policy's conditions as two networks: rulesets small enough for the native code (semantics 37).

Every limit is kept here, before anything is built: the native code checks none of them and may
hang or die past one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from complaint_rules.engines.clauses import MOST_CLAUSES, Clause, clauses
from complaint_rules.engines.durable.atoms import Alternatives, Atom, alternatives, hidden
from complaint_rules.engines.durable.numbers import InexpressibleError
from complaint_rules.engines.durable.readings import NAME, Reading
from complaint_rules.errors import EngineError

if TYPE_CHECKING:
    from complaint_rules.conditions.tree import Condition
    from complaint_rules.facts import Fact
    from complaint_rules.state import Situation

MOST_CONJUNCTIONS: Final = 60
"""In one ruleset; from 65 that match at once an assertion fails."""
MOST_FIELDS: Final = 150
"""In one ruleset, and so in one fact asserted there; from 252 on properties are lost."""
MOST_ATOMS: Final = 100
"""In one conjunction."""
MOST_SHARDS: Final = 1_000
"""Rulesets of one policy; each needs up to some megabytes in the child."""

Conjunction: TypeAlias = tuple[Atom, ...]
Message: TypeAlias = dict[str, int | str]
"""What is sent of a situation: values by field."""


@attrs.frozen(eq=False)
class Plan:
    """
    What the native code is told of a policy, and what its answers mean.

    Attributes:
        every: A bit for each condition.
        always: Conditions that are true, and those that are false, whatever the situation.
        fields: What is sent of a situation, by the field's name.
        shards: Rulesets: conjunctions by number, of comparisons as field, operator, constant.
        owners: By the number of a conjunction: the conditions it makes true, and false.
    """

    every: int
    always: tuple[int, int]
    fields: tuple[tuple[str, Reading], ...]
    shards: tuple[dict[str, list[list[Any]]], ...]
    owners: tuple[tuple[int, int], ...]

    @classmethod
    def of(
        cls,
        conditions: Sequence[Condition],
        facts: Mapping[str, Fact],
        named: Callable[[int], str] = "condition {}".format,
    ) -> Plan:
        """
        Return the plan of a list of conditions over declared facts.

        Args:
            conditions: The conditions.
            facts: Every fact they test, by name.
            named: How a message names a condition, by its number.

        Raises:
            EngineError: A condition, or all of them together, cannot be expressed.
        """
        writer = _Writer(facts)
        for number, condition in enumerate(conditions):
            try:
                writer.add(number, condition)
            except InexpressibleError as error:
                raise EngineError(
                    f"the engine `{NAME}` cannot express {named(number)}: {error}", engine=NAME
                ) from None
        shards = list(writer.shards())
        if len(shards) > MOST_SHARDS:
            raise EngineError(
                f"the engine `{NAME}` cannot express so many rules at once", engine=NAME
            )
        return cls(
            (1 << len(conditions)) - 1,
            writer.always,
            tuple((name, reading) for reading, name in writer.names.items()),
            tuple(shards),
            tuple((true, false) for true, false in writer.owners.values()),
        )

    def message(self, situation: Situation) -> Message:
        """
        Return what is sent of a situation; unknown facts are absent.

        Raises:
            EngineError: A value is not of its fact's kind.
        """
        message: Message = {}
        for name, reading in self.fields:
            value = reading.of(situation)
            if value is not None:
                message[name] = value
        return message

    def answer(self, hits: Sequence[int]) -> tuple[int, int]:
        """Return the conditions that are true, and those that are false, by what fired."""
        true, false = self.always
        for hit in hits:
            made_true, made_false = self.owners[hit]
            true |= made_true
            false |= made_false
        return true, false


class _Writer:
    """Collects conjunctions, each once, and shares them out."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self.facts = facts
        self.names: dict[Reading, str] = {}
        self.owners: dict[tuple[bool, Conjunction], list[int]] = {}
        self.always = (0, 0)

    def add(self, number: int, condition: Condition) -> None:
        """Add a condition to the one network and its negation to the other."""
        for positive in (True, False):
            for clause in clauses(condition, lambda _: False, positive=positive):
                if clause:
                    self._clause(number, clause, positive)
                else:
                    bit = 1 << number
                    true, false = self.always
                    self.always = (true | bit, false) if positive else (true, false | bit)

    def _clause(self, number: int, clause: Clause, positive: bool) -> None:
        for parts in product(*self._expanded(clause)):
            atoms = dict.fromkeys(atom for part in parts for atom in part)
            if len(atoms) > MOST_ATOMS:
                raise InexpressibleError(f"more than {MOST_ATOMS} comparisons in one clause")
            for atom in atoms:
                self.names.setdefault(atom.reading, f"f{len(self.names)}")
            ordered = tuple(sorted(atoms, key=self._place))
            owner = self.owners.setdefault((positive, ordered), [0, 0])
            owner[0 if positive else 1] |= 1 << number

    def _place(self, atom: Atom) -> tuple[int, str, str]:
        return int(self.names[atom.reading][1:]), atom.op, str(atom.value)

    def _expanded(self, clause: Clause) -> list[Alternatives]:
        """Return the alternatives of each literal; past `MOST_CLAUSES` together some are hidden."""
        parts = [alternatives(literal, self.facts) for literal in clause]
        while prod(map(len, parts)) > MOST_CLAUSES:
            largest = max(range(len(parts)), key=lambda i: len(parts[i]))
            parts[largest] = hidden(clause[largest])
        return parts

    def shards(self) -> Iterator[dict[str, list[list[Any]]]]:
        """Yield rulesets, the networks one after the other."""
        for network in (True, False):
            shard: dict[str, list[list[Any]]] = {}
            fields: set[str] = set()
            for number, (positive, atoms) in enumerate(self.owners):
                if positive is not network:
                    continue
                more = {self.names[atom.reading] for atom in atoms}
                full = len(shard) == MOST_CONJUNCTIONS or len(fields | more) > MOST_FIELDS
                if full:
                    yield shard
                    shard, fields = {}, set()
                fields |= more
                shard[str(number)] = [
                    [self.names[atom.reading], atom.op, atom.value] for atom in atoms
                ]
            if shard:
                yield shard
