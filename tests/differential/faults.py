"""Twenty faults, each put into the engines by itself, to see that the comparison finds it."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from complaint_rules.conditions import checks, functions, inner, moments
from complaint_rules.conditions.tree import All, AtLeast, Test
from complaint_rules.decision.seeing import derive
from complaint_rules.engines import clauses, index, layout, masks, rows
from complaint_rules.engines.durable import atoms, numbers, plan, readings
from complaint_rules.facts import NOT_YET

Patch = pytest.MonkeyPatch
Seed = Callable[[Patch], None]
_TRUTH = importlib.import_module("complaint_rules.conditions.truth")


def _index_breaks_one_off(patch: Patch) -> None:
    right = masks.whole_masks

    def wrong(demands: Any) -> Any:
        breaks, found = right(demands)
        return [each + 1 for each in breaks], found

    patch.setattr("complaint_rules.engines.rows.whole_masks", wrong)


def _index_unknown_is_false(patch: Patch) -> None:
    right = masks.Demands.masks
    patch.setattr(masks.Demands, "masks", lambda self, value: (right(self, value)[0],) * 2)


def _index_unknown_is_true(patch: Patch) -> None:
    patch.setattr(index.Index, "_sure", lambda self, flags, values: self.layout.every)


def _index_hidden_unknown_is_false(patch: Patch) -> None:
    right = index.holding

    def wrong(condition: Any) -> Any:
        read = right(condition)
        return lambda scope: read(scope) is True

    patch.setattr(index, "holding", wrong)


def _index_levels_turned_round(patch: Patch) -> None:
    right = masks.holds

    def wrong(condition: Any, scope: Any) -> Any:
        if isinstance(condition, Test):
            condition = attrs.evolve(condition, values=tuple(reversed(condition.values)))
        return right(condition, scope)

    patch.setattr(masks, "holds", wrong)


def _index_layers_too_low(patch: Patch) -> None:
    right = layout.Layout.conditions
    patch.setattr(layout.Layout, "conditions", lambda self, mask: right(self, mask & self.low))


def _index_sets_forget(patch: Patch) -> None:
    right = rows.Found.__missing__

    def wrong(self: Any, value: Any) -> int:
        return next(iter(self.values())) if self else right(self, value)

    patch.setattr(rows.Found, "__missing__", wrong)


def _clauses_at_least_one_more(patch: Patch) -> None:
    right = clauses._at_least

    def wrong(condition: AtLeast, n: int, sole: Any, *, positive: bool) -> Any:
        return right(condition, n + 1, sole, positive=positive)

    patch.setattr(clauses, "_at_least", wrong)


def _clauses_lose_one(patch: Patch) -> None:
    right = clauses._some

    def wrong(*asked: Any, **more: Any) -> Any:
        found = right(*asked, **more)
        return found[:-1] if len(found) > 1 else found

    patch.setattr(clauses, "_some", wrong)


def _durable_opposites_too_wide(patch: Patch) -> None:
    patch.setitem(atoms._OPPOSITE, ">=", "<=")


def _durable_not_yet_passes(patch: Patch) -> None:
    patch.setattr(atoms, "LEAST", numbers.MOST)


def _durable_parts_are_cut(patch: Patch) -> None:
    right = readings.counted
    patch.setattr(
        readings, "counted", lambda value, units: right(value, units) // (2 * units) * 2 * units
    )


def _durable_unknown_sets_are_empty(patch: Patch) -> None:
    right = readings.HasMember.of
    patch.setattr(readings.HasMember, "of", lambda self, seen: right(self, seen) or 0)


def _durable_hidden_unknown_is_false(patch: Patch) -> None:
    right = readings.Hidden.of
    patch.setattr(readings.Hidden, "of", lambda self, seen: right(self, seen) or 0)


def _durable_loses_a_ruleset(patch: Patch) -> None:
    right = plan._Writer.shards
    patch.setattr(plan._Writer, "shards", lambda self: list(right(self))[:-1])


def _durable_first_alternative_only(patch: Patch) -> None:
    right = plan.alternatives
    patch.setattr(plan, "alternatives", lambda literal, facts: right(literal, facts)[:1])


def _durable_any_is_all(patch: Patch) -> None:
    right = atoms._contains

    def wrong(name: str, how: str, values: Any, positive: bool) -> Any:
        return right(name, "all" if how == "any" else how, values, positive)

    patch.setattr(atoms, "_contains", wrong)


def _not_yet_passes_ranges(patch: Patch) -> None:
    right = checks._within

    def wrong(check: Any, values: Any) -> Any:
        passes = right(check, values)
        return lambda value, scope: value is NOT_YET or passes(value, scope)

    patch.setitem(checks._PASSING, checks.Within, wrong)


def _at_most_is_less(patch: Patch) -> None:
    patch.setitem(checks.ALLOWED, "<=", frozenset({-1}))


def _date_begins_its_day(patch: Patch) -> None:
    right = inner.date_end
    patch.setattr(inner, "date_end", lambda calendar, day: right(calendar, day) - 86_399)


def _days_count_one_more(patch: Patch) -> None:
    right = moments.days_between
    patch.setattr(moments, "days_between", lambda *asked: right(*asked) + 1)


def _records_pass_unknown(patch: Patch) -> None:
    patch.setattr(derive, "record_truth", lambda *asked: _TRUTH.record_truth(*asked) or True)


def _done_is_forgotten(patch: Patch) -> None:
    wrong = attrs.evolve(functions.FUNCTIONS["done_at"], compute=lambda *_: NOT_YET)
    patch.setitem(functions.FUNCTIONS, "done_at", wrong)  # type: ignore[index]


def _all_gives_up_early(patch: Patch) -> None:
    patch.setitem(_TRUTH._HOLDING, All, lambda condition: _TRUTH.holding(condition.items[0]))


def seeds() -> list[Seed]:
    """Return every fault."""
    return [seed for name, seed in sorted(globals().items()) if name.startswith(_ROOMS)]


_ROOMS = ("_index_", "_clauses_", "_durable_", "_not_yet_", "_at_most_", "_date_", "_days_",
          "_records_", "_done_", "_all_")  # fmt: skip

PROGRAMS = {
    "no lower bound is met": ('">=": "$gte"', '">=": "$gt"'),
    "unequal is equal": ('"!=": "$neq"', '"!=": None'),
    "only the first that fires is told": ("while told:", "if told:"),
    "facts are never retracted": ("native.retract_fact(handle, _RETRACTED)", "pass"),
    "the last ruleset is not asked": ("in self._rulesets:", "in self._rulesets[:-1]:"),
}
"""Faults of the child's own program: what stands there, and what a fault puts in its place."""


def faulty(program: Path, name: str) -> str:
    """Return the child's program with a fault in it."""
    right, wrong = PROGRAMS[name]
    text = program.read_text(encoding="utf-8")
    assert right in text
    return text.replace(right, wrong)
