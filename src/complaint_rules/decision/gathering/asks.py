"""What to learn next: the given facts for which items wait (semantics 26)."""

from __future__ import annotations

from collections.abc import Iterable

from complaint_rules.conditions import facts_of, truth, unknown_facts, waiting_facts
from complaint_rules.decision.answer.shape import Ask
from complaint_rules.decision.seeing.seeds import AskSeed
from complaint_rules.decision.seeing.tables import look_up
from complaint_rules.facts import Fact
from complaint_rules.policy import (
    Derivation,
    FirstOf,
    Formula,
    OverRecords,
    Policy,
    TableOf,
    TruthOf,
)
from complaint_rules.state import Situation

ROUND_FACTS = frozenset({"received_at"})
"""What tells when the round began, where that is unknown (semantics 15)."""


class Tracer:
    """Follows unknown facts down to the given ones they wait for, each once per decision."""

    __slots__ = ("_policy", "_situation", "_traced")

    def __init__(self, policy: Policy, situation: Situation) -> None:
        self._policy = policy
        self._situation = situation
        self._traced: dict[str, frozenset[str]] = {}

    def given(self, names: frozenset[str]) -> frozenset[str]:
        """Return the given facts that must be learned for these unknown facts to be known."""
        if names.isdisjoint(self._policy.derivations):
            return names  # most of what waits does so for given facts
        found: set[str] = set()
        for name in names:
            known = self._traced.get(name)
            if known is None:
                known = self._traced[name] = self._trace(name)
            found |= known
        return frozenset(found)

    def _trace(self, name: str) -> frozenset[str]:
        found: set[str] = set()
        seen = {name}
        stack = [name]
        while stack:
            each = stack.pop()
            derivation = self._policy.derivations.get(each)
            if derivation is None or not self._derived(each):
                found.add(each)
                continue
            further = self._beneath(each, derivation) - seen
            seen |= further
            stack.extend(further)
        return frozenset(found)

    def _derived(self, name: str) -> bool:
        fact = self._policy.facts.get(name)
        return fact is not None and fact.derived

    def _beneath(self, name: str, derivation: Derivation) -> frozenset[str]:
        """Return the unknown facts that one derived fact directly waits for."""
        situation = self._situation
        match derivation:
            case Formula(expression):
                return unknown_facts(expression, situation)
            case TruthOf(condition):
                return waiting_facts(condition, situation)
            case FirstOf():
                return _beneath_cases(derivation, situation)
            case OverRecords(records=records, where=where):
                read = {records} | facts_of(where, in_record=True)
                return frozenset(each for each in read if each not in situation.values)
            case TableOf():
                return waiting_of_table(derivation, self._policy.facts[name], situation)
            case _:
                return self._built_in(name)

    def _built_in(self, name: str) -> frozenset[str]:
        if name == "round_start":
            return ROUND_FACTS
        return frozenset({"customer_types"}) if name == "was_silent" else frozenset()


def _beneath_cases(derivation: FirstOf, situation: Situation) -> frozenset[str]:
    """Return what the cases before and with the first true one wait for."""
    found: frozenset[str] = frozenset()
    for condition, value in derivation.cases:
        held = truth(condition, situation)
        if held:
            return found | unknown_facts(value, situation)
        if held is None:
            found |= unknown_facts(condition, situation)
    return found | unknown_facts(derivation.otherwise, situation)


def waiting_of_table(amount: TableOf, fact: Fact, situation: Situation) -> frozenset[str]:
    """Return the unknown facts an output of a table waits for, in rows or in their outputs."""
    table, output = amount.table, amount.output
    found = look_up(table, output, situation, fact.kind, fact.values)
    names: frozenset[str] = frozenset()
    for row in found.waiting:
        names |= unknown_facts(row.condition, situation)
    if found.value is None and not found.waiting:
        chosen = [row.outputs[output] for row in table.rows if row.id in found.rows]
        if not chosen and output in table.otherwise:
            chosen = [table.otherwise[output]]
        for expression in chosen:
            names |= unknown_facts(expression, situation)
    return names


def asks(policy: Policy, seeds: Iterable[AskSeed]) -> tuple[Ask, ...]:
    """
    Return what to ask: first what most items wait for, then by the fact's name.

    Args:
        policy: The policy, whose facts name the action that learns them.
        seeds: Every item that waits, with the given facts it waits for.
    """
    blocked: dict[str, set[tuple[bool, str]]] = {}
    for seed in seeds:
        for fact in seed.facts:
            blocked.setdefault(fact, set()).add((seed.reasoned, seed.item))
    order = sorted(blocked, key=lambda fact: (-len(blocked[fact]), fact))
    return tuple(
        Ask(fact, learn_by(policy, fact), tuple(sorted({item for _, item in blocked[fact]})))
        for fact in order
    )


def learn_by(policy: Policy, fact: str) -> str | None:
    """Return the action that learns a fact, if one is declared; a field may use its record's."""
    declared = policy.facts.get(fact)
    if declared is not None and declared.learn_by is not None:
        return declared.learn_by
    owner, dot, _ = fact.partition(".")
    record = policy.facts.get(owner) if dot else None
    return None if record is None else record.learn_by
