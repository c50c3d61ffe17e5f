"""The engine: a situation becomes values, what fires becomes an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from complaint_rules.engines.durable.plan import Plan
from complaint_rules.engines.durable.readings import NAME
from complaint_rules.engines.durable.worker import LIMIT, Worker
from complaint_rules.engines.protocol import Match
from complaint_rules.errors import EngineError
from complaint_rules.policy import TableOf

if TYPE_CHECKING:
    from complaint_rules.policy import Policy
    from complaint_rules.state import Situation


class Durable:
    """
    A policy's conditions on durable-rules.

    It may be shared between threads, which then wait for each other; pickled or forked it starts
    a process of its own. Its process ends with it.

    Attributes:
        plan: What the native code is told.
        worker: The process it runs in.
    """

    name = NAME

    def __init__(self, plan: Plan, *, worker: Worker | None = None, limit: float = LIMIT) -> None:
        self.plan = plan
        self.worker = Worker(plan.shards, limit=limit) if worker is None else worker

    @classmethod
    def of(cls, policy: Policy, *, limit: float = LIMIT) -> Durable:
        """
        Return the engine of a policy, its networks built.

        Args:
            policy: The policy.
            limit: Seconds the process has for one request.

        Raises:
            MissingExtraError: The library is not installed.
            EngineError: A rule, named, cannot be expressed; or the process is unavailable.
        """
        engine = cls(Plan.of(policy.conditions, policy.facts, _naming(policy)), limit=limit)
        engine.worker.start()
        return engine

    def match(self, situation: Situation) -> Match:
        """
        Return which conditions are true in a situation, and which are unknown.

        Raises:
            EngineError: The process died, hung or refused: there is no answer.
        """
        return self.matches([situation])[0]

    def matches(self, situations: Sequence[Situation]) -> list[Match]:
        """
        Return the same for several situations, asked at once.

        Raises:
            EngineError: The process died, hung or refused: there is no answer.
        """
        plan = self.plan
        hits = self.worker.ask([plan.message(situation) for situation in situations])
        return [self._match(each) for each in hits]

    def _match(self, hits: Sequence[int]) -> Match:
        true, false = self.plan.answer(hits)
        if true & false:
            raise EngineError(f"the engine `{NAME}` contradicts itself", engine=NAME)
        return Match(true, self.plan.every & ~(true | false))

    def close(self) -> None:
        """End the process; a later question starts another."""
        self.worker.close()

    def __reduce__(self) -> tuple[type[Durable], tuple[Plan]]:
        return (type(self), (self.plan,))


def _naming(policy: Policy) -> Callable[[int], str]:
    """Return how a message names the condition of a number: by the first item that has it."""

    def named(number: int) -> str:
        return next((what for at, what in _items(policy) if at == number), f"condition {number}")

    return named


def _items(policy: Policy) -> list[tuple[int, str]]:
    found = [(rule.when, f"the rule `{rule.id}`") for rule in policy.rules]
    found += [(each.when, f"the target `{each.id}`") for each in policy.targets.values()]
    found += [(each.when, f"the remedy `{each.id}`") for each in policy.remedies.values()]
    found += [(each.opens, f"the group `{each.id}`") for each in policy.groups.values()]
    found += [(each.when, f"the sequence `{each.id}`") for each in policy.sequences]
    tables = [each.table for each in policy.targets.values() if each.table is not None]
    amounts = (each.amount for each in policy.remedies.values())
    tables += [each.table for each in amounts if isinstance(each, TableOf)]
    found += [(row.number, f"the row `{row.id}`") for table in tables for row in table.rows]
    return found
