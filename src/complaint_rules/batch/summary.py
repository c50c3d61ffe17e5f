"""What a run came to: counts, never the rows themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import attrs

from complaint_rules.batch.outcome import Outcome


@attrs.define
class Summary:
    """
    Counts over a run.

    Attributes:
        decided: Rows decided.
        rejected: Rows rejected, by the code of their first problem.
        stages, actions, targets, asks, owed, choices, goodwill, withheld, prohibitions: How many
            decisions hold each; targets by ``id: status``.
        unread: Columns of the file that the mapping neither reads nor ignores by name; of a file
            with ever new ones, the first thousand.
        unseen: Columns the mapping reads and no row held.
    """

    decided: int = 0
    rejected: Counter[str] = attrs.field(factory=Counter)
    stages: Counter[str] = attrs.field(factory=Counter)
    actions: Counter[str] = attrs.field(factory=Counter)
    targets: Counter[str] = attrs.field(factory=Counter)
    asks: Counter[str] = attrs.field(factory=Counter)
    owed: Counter[str] = attrs.field(factory=Counter)
    choices: Counter[str] = attrs.field(factory=Counter)
    goodwill: Counter[str] = attrs.field(factory=Counter)
    withheld: Counter[str] = attrs.field(factory=Counter)
    prohibitions: Counter[str] = attrs.field(factory=Counter)
    unread: dict[str, None] = attrs.field(factory=dict)
    unseen: tuple[str, ...] = ()

    def count(self, decision: Mapping[str, Any]) -> None:
        """Count one decision, as JSON data."""
        self.decided += 1
        self.stages[decision["stage"]] += 1
        self.actions.update(item["id"] for item in decision["actions"])
        self.targets.update(f"{item['id']}: {item['status']}" for item in decision["targets"])
        self.asks.update(item["fact"] for item in decision["asks"])
        for name in ("owed", "choices", "goodwill"):
            getattr(self, name).update(item["remedy"] for item in decision[name])
        self.withheld.update(f"{i['remedy']}: {i['reason']}" for i in decision["withheld"])
        self.prohibitions.update(item["id"] for item in decision["prohibitions"])

    def take(self, outcome: Outcome) -> None:
        """Count what became of one row."""
        decision = outcome.decision
        if decision is None:
            self.rejected[outcome.problems[0].code] += 1
        else:
            self.count(decision)

    def add(self, other: Summary) -> None:
        """Add the counts of some more rows."""
        self.decided += other.decided
        for field in attrs.fields(Summary):
            counts = getattr(self, field.name)
            if isinstance(counts, Counter):
                counts.update(getattr(other, field.name))

    def as_data(self) -> dict[str, Any]:
        """Return the counts as JSON data, each list most frequent first, then by name."""
        data = {
            field.name: _ranked(value)
            for field in attrs.fields(Summary)
            if isinstance(value := getattr(self, field.name), Counter)
        }
        rejected = data.pop("rejected")
        return {
            "decided": self.decided,
            "rejected": sum(self.rejected.values()),
            "rejected_because": rejected,
            "columns_not_read": list(self.unread),
            "columns_not_there": list(self.unseen),
            **data,
        }


def _ranked(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
