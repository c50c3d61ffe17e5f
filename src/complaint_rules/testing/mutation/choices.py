"""
From conditions to formulas over the classes of their facts' values.

Facts worked out as the truth of a condition, the stage and the side states are looked through; any
other derived fact counts as free, and so does how a fact compares with a computed bound. So every
state there can be is among the choices, and perhaps others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from complaint_rules.conditions import check_value, walk
from complaint_rules.conditions.derived import TruthOf
from complaint_rules.conditions.tree import (
    All,
    AtLeast,
    Check,
    Compare,
    Condition,
    Contains,
    Counts,
    IsKnown,
    Not,
    Test,
    Truth,
)
from complaint_rules.conditions.tree import Any as AnyOf
from complaint_rules.facts import NOT_YET, Fact, Kind
from complaint_rules.policy import Policy
from complaint_rules.state import Situation
from complaint_rules.testing.mutation.classes import sizes_of, values_of
from complaint_rules.testing.mutation.formulas import (
    FALSE,
    TRUE,
    UNKNOWN,
    First,
    Fixed,
    Formula,
    Guarded,
    Leaf,
    Least,
    Mapped,
    Mask,
    mask_of,
    opposite,
    surely,
)

_SIGNS: Final[Mapping[str, tuple[Mask, ...]]] = {
    "=": (FALSE, TRUE, FALSE, FALSE, FALSE, UNKNOWN),
    "!=": (TRUE, FALSE, TRUE, TRUE, FALSE, UNKNOWN),
    "<": (TRUE, FALSE, FALSE, FALSE, FALSE, UNKNOWN),
    "<=": (TRUE, TRUE, FALSE, FALSE, FALSE, UNKNOWN),
    ">": (FALSE, FALSE, TRUE, FALSE, FALSE, UNKNOWN),
    ">=": (FALSE, TRUE, TRUE, FALSE, FALSE, UNKNOWN),
}
"""How a comparison turns out: below the bound, at it, above it, in no order, not yet, unknown."""
_FREE: Final = (TRUE, FALSE, UNKNOWN)
_PLAIN: Final = (Kind.COUNT, Kind.NUMBER, Kind.MONEY)
"""Kinds whose bounds are numbers, if they are known at all: there is an order, and no not-yet."""


class Choices:
    """
    The choices that some conditions turn on.

    Args:
        policy: The policy.
        facts: The facts the conditions test: the policy's, or the fields of a record.
        nowhere: Any situation; checks with constant bounds ask it nothing.
        conditions: All conditions of which formulas will be asked for.

    Attributes:
        sizes: By choice, how many classes there are.
    """

    def __init__(
        self,
        policy: Policy,
        facts: Mapping[str, Fact],
        nowhere: Situation,
        conditions: Iterable[Condition],
    ) -> None:
        self.sizes: list[int] = []
        self._policy, self._facts, self._nowhere = policy, facts, nowhere
        self._whole = facts is policy.facts
        self._numbers: dict[object, int] = {}
        self._known: dict[Condition, Formula] = {}
        self._values: dict[str, list[Any] | None] = {}
        self._checks: dict[str, list[Check]] = {}
        for test in _tests(policy if self._whole else None, list(conditions)):
            self._checks.setdefault(test.fact, []).append(test.check)

    def formula(self, node: Condition) -> Formula:
        """Return the formula of a condition."""
        found = self._known.get(node)
        if found is None:
            found = self._known[node] = self._made(node)
        return found

    def _made(self, node: Condition) -> Formula:
        match node:
            case Truth(value):
                return Fixed(mask_of(value))
            case Not(item):
                return opposite(self.formula(item))
            case All(items):
                return Least(len(items), tuple(map(self.formula, items)))
            case AnyOf(items):
                return Least(1, tuple(map(self.formula, items)))
            case AtLeast(n, items):
                return Least(n, tuple(map(self.formula, items)))
            case _:
                beneath = _beneath(self._policy, node) if self._whole else None
                return self._free(node) if beneath is None else self._derived(node, beneath)

    # ------------------------------------------------------------- looked through

    def _derived(self, test: Test, beneath: tuple[Condition, ...]) -> Formula:
        inner = tuple(map(self.formula, beneath))
        match test.fact, test.check:
            case "stage", _:
                ids = (*(each.id for each in self._policy.stages), "")
                return First(inner, tuple(self._outcome(test, each) for each in ids))
            case "side", Contains(how, values):
                places = {each.id: number for number, each in enumerate(self._policy.sides)}
                held = tuple(surely(inner[places[each]]) for each in sorted(values & set(places)))
                if how == "all":
                    short = len(values) > len(held)
                    return Fixed(FALSE) if short else Least(len(held), held)
                found = Least(1, held)
                return opposite(found) if how == "none" else found
            case _:
                yes, no, none = (self._outcome(test, each) for each in (True, False, None))
                return Mapped(inner[0], (yes, no, none))

    def _outcome(self, test: Test, value: Any) -> Mask:
        fact = self._facts[test.fact]
        return mask_of(check_value(test.check, value, fact, self._nowhere))

    # ----------------------------------------------------------------------- free

    def _free(self, test: Test) -> Formula:
        name, check = test.fact, test.check
        values = self._classes(name)
        if isinstance(check, IsKnown):
            sides = mask_of(check.known), mask_of(not check.known)
            masks = (sides[1], *(sides[0] for _ in values or (0,)))
            return Leaf(self._number(("fact", name), len(masks)), masks, ())
        if isinstance(check, Contains) and self._facts[name].kind is Kind.SET:
            return self._members(name, check)
        if isinstance(check, Counts) and not isinstance(check.check, Compare):
            return self._size(name, check.check)
        gate = self._gate(name, values)
        if isinstance(check, Compare):
            return Guarded(gate, self._sign(name, check), (f"the bound {check.bound}",))
        if values is None:
            free = self._number(("free", test), len(_FREE))
            return Guarded(gate, Leaf(free, _FREE, ()), (f"the test {test}",))
        masks = tuple(self._outcome(test, each) for each in values)
        return Leaf(gate.choice, (UNKNOWN, *masks), (name,))

    def _sign(self, name: str, check: Compare) -> Leaf:
        """Return how a known value compares with a computed bound."""
        masks = _SIGNS[check.op]
        fact = self._facts.get(name)
        if fact is not None and fact.kind in _PLAIN:
            masks = (*masks[:3], UNKNOWN)
        return Leaf(self._number(("sign", name, check.bound), len(masks)), masks, ())

    def _classes(self, name: str) -> list[Any] | None:
        if name not in self._values:
            fact = self._facts.get(name)
            checks = [each for each in self._checks[name] if not isinstance(each, Compare)]
            self._values[name] = None if fact is None else values_of(fact, checks)
        return self._values[name]

    def _gate(self, name: str, values: list[Any] | None) -> Leaf:
        """Return whether a fact is known: unknown comes first, and nothing holds of what is not."""
        behind = [0] if values is None else [FALSE if each is NOT_YET else 0 for each in values]
        number = self._number(("fact", name), 1 + len(behind))
        return Leaf(number, (UNKNOWN, *behind), (name,))

    def _members(self, name: str, check: Contains) -> Formula:
        held = tuple(
            Leaf(self._number(("member", name, word), 2), (TRUE, FALSE), ())
            for word in sorted(check.values)
        )
        inner: Formula = Least(len(held) if check.how == "all" else 1, held)
        if check.how == "none":
            inner = opposite(inner)
        return Guarded(self._gate(name, None), inner)

    def _size(self, name: str, check: Check) -> Formula:
        counted = [each.check for each in self._checks[name] if isinstance(each, Counts)]
        sizes = sizes_of([each for each in counted if not isinstance(each, Compare)])
        count = Fact(name, Kind.COUNT)
        masks = tuple(mask_of(check_value(check, each, count, self._nowhere)) for each in sizes)
        inner = Leaf(self._number(("size", name), len(sizes)), masks, ())
        return Guarded(self._gate(name, None), inner)

    def _number(self, key: object, size: int) -> int:
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.sizes)
            self.sizes.append(size)
        return found


def _tests(policy: Policy | None, waiting: list[Condition]) -> Iterator[Test]:
    """Yield every test, once each, and those beneath the facts that are looked through."""
    met: set[Test] = set()
    while waiting:
        for node in walk(waiting.pop()):
            if isinstance(node, Test) and node not in met:
                met.add(node)
                yield node
                waiting += () if policy is None else _beneath(policy, node) or ()


def _beneath(policy: Policy, test: Test) -> tuple[Condition, ...] | None:
    """Return the conditions that settle the fact of a test; `None` where it counts as free."""
    if isinstance(test.check, Compare):
        return None
    if test.fact == "stage":
        dated = any(each.valid is not None for each in policy.stages)
        return None if dated else tuple(each.when for each in policy.stages)
    if test.fact == "side":
        dated = any(each.valid is not None for each in policy.sides)
        plain = isinstance(test.check, Contains) and not dated
        return tuple(each.when for each in policy.sides) if plain else None
    derivation = policy.derivations.get(test.fact)
    return (derivation.condition,) if isinstance(derivation, TruthOf) else None
