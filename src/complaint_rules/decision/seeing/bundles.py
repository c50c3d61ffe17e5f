"""
Derived facts, stages and types that follow from a few values: worked out once for each of these.

Most complaints of a host differ in amounts and instants; the channel, the kind, who has written
and what is known of it come again. See `leaning` for what these few values are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

import attrs

from complaint_rules.conditions import facts_of
from complaint_rules.conditions.inner import Scope
from complaint_rules.conditions.tree import Condition, Expression, Test
from complaint_rules.conditions.truth import holding
from complaint_rules.decision.seeing.derive import Deriving, parts_of
from complaint_rules.decision.seeing.leaning import SORT, VALUE, Lean
from complaint_rules.decision.seeing.seeds import AskSeed
from complaint_rules.decision.seeing.types import Settled
from complaint_rules.facts import Value
from complaint_rules.policy import Derivation, OverRecords, TableOf

MOST_OUTCOMES: Final = 4_096
"""How many outcomes a policy keeps; some 2 kB each on `core`."""

TYPES: Final = "customer_types"
SILENT_FACT: Final = "was_silent"
_GIVES: Final = {TYPES: frozenset({TYPES, SILENT_FACT})}
"""What a step gives besides the fact it is named after."""

Step: TypeAlias = tuple[str, Deriving | None]
"""A derived fact and what gives it; nothing where the package settles it itself."""


@attrs.frozen(eq=False)
class Outcome:
    """
    What comes of a bundle's steps.

    Attributes:
        values: The facts that are known, by name.
        settled: The customer types, if they are among the steps.
        stage: The stage, likewise.
        sides: The side states, likewise.
        seeds: What they wait for.
    """

    values: Mapping[str, Value]
    settled: Settled | None
    stage: str | None
    sides: tuple[str, ...]
    seeds: tuple[AskSeed, ...]


@attrs.frozen(eq=False)
class Bundle:
    """
    Steps that follow from a few values.

    Attributes:
        steps: The steps, in order.
        values: Facts whose value counts.
        sorts: Facts of which it counts whether they are known and have happened.
        sets: Sets with the members that count.
        tests: What tells whether a test holds that counts.
    """

    steps: tuple[Step, ...]
    values: tuple[str, ...]
    sorts: tuple[str, ...]
    sets: tuple[tuple[str, frozenset[str]], ...]
    tests: tuple[Callable[[Scope], bool | None], ...]

    @classmethod
    def of(cls, steps: Iterable[Step], leans: Iterable[Lean]) -> Bundle:
        """Return the bundle of steps that lean on no more than these few values."""
        values, sorts, sets, tests = (
            set[str](),
            set[str](),
            dict[str, frozenset[str]](),
            set[Test](),
        )
        for name, what in leans:
            if what is VALUE:
                values.add(name)
            elif isinstance(what, Test):
                tests.add(what)
            elif what == SORT:
                sorts.add(name)
            else:
                sets[name] = sets.get(name, SORT) | what
        return cls(
            tuple(steps),
            tuple(sorted(values)),
            tuple(sorted(sorts - values - set(sets))),
            tuple((name, sets[name]) for name in sorted(set(sets) - values)),
            tuple(holding(each) for each in sorted(tests, key=repr)),
        )

    def key(self, values: Mapping[str, Any], scope: Scope) -> tuple[object, ...]:
        """Return the few values of a complaint that these steps follow from."""
        get = values.get
        return (
            self,
            tuple(map(get, self.values)),
            tuple(map(type, map(get, self.sorts))),
            self.sets and tuple([(of := get(name)) and of & few for name, few in self.sets]),
            self.tests and tuple([test(scope) for test in self.tests]),
        )


Part: TypeAlias = tuple[Bundle | None, tuple[Step, ...]]
"""A bundle, and then steps that follow from more than a few values."""


@attrs.frozen(eq=False)
class Ground:
    """
    What a step is worked out from.

    Attributes:
        reads: The facts it reads.
        nodes: Its conditions and expressions; none where they do not tell all it follows from.
    """

    reads: frozenset[str]
    nodes: tuple[Condition | Expression, ...] | None

    @classmethod
    def of(cls, nodes: Iterable[Condition | Expression], *, told: bool = True) -> Ground:
        """Return the ground of what is worked out from conditions and expressions."""
        known = tuple(nodes)
        reads = frozenset[str]().union(*map(facts_of, known))
        return cls(reads | {TYPES} if SILENT_FACT in reads else reads, known if told else None)


LeansOn: TypeAlias = Callable[[Ground, frozenset[str]], frozenset[Lean] | None]


def ground_of(derivation: Derivation) -> Ground:
    """Return what a derived fact is worked out from."""
    match derivation:
        case OverRecords(records=records, where=where):
            return Ground(facts_of(where, in_record=True) | {records}, None)
        case TableOf():
            return Ground.of(parts_of(derivation), told=False)  # its rows may be dated
        case _:
            return Ground.of(parts_of(derivation))


def in_parts(
    steps: Iterable[Step],
    grounds: Mapping[str, Ground],
    leans_on: LeansOn,
    bundle: Callable[[tuple[Step, ...], frozenset[Lean]], Bundle],
) -> tuple[Part, ...]:
    """
    Return steps in bundles, as large as can be, and those that are in none between them.

    Args:
        steps: The steps, each after those it reads.
        grounds: What each is worked out from.
        leans_on: Tells what a step leans on beside these facts; nothing for more than a few values.
        bundle: Makes a bundle of steps that lean on a few values.
    """
    parts: list[Part] = []
    left = tuple(steps)
    while left:  # the first of them reads none of the others, so it is in a bundle or alone
        together, leans = _together(left, grounds, leans_on)
        left = tuple([each for each in left if each not in together])
        alone = tuple(_alone(left, grounds, leans_on))
        left = tuple([each for each in left if each not in alone])
        parts.append((bundle(together, leans) if together else None, alone))
    return tuple(parts)


def _together(
    steps: tuple[Step, ...],
    grounds: Mapping[str, Ground],
    leans_on: LeansOn,
) -> tuple[tuple[Step, ...], frozenset[Lean]]:
    """Return the steps that lean on a few values and on one another, and those values."""
    pending = {name for name, _ in steps}
    taken, leans, inside = list[Step](), frozenset[Lean](), frozenset[str]()
    for each in steps:
        name, ground = each[0], grounds[each[0]]
        if not pending.isdisjoint(ground.reads - {name}):
            continue
        found = leans_on(ground, inside)
        if found is not None:
            taken.append(each)
            leans |= found
            inside |= _GIVES.get(name, {name})
            pending.discard(name)
    return tuple(taken), leans


def _alone(
    steps: tuple[Step, ...], grounds: Mapping[str, Ground], leans_on: LeansOn
) -> Iterator[Step]:
    """Yield the steps that lean on more, as far as all is known that they read."""
    pending = {name for name, _ in steps}
    for each in steps:
        name, ground = each[0], grounds[each[0]]
        ready = pending.isdisjoint(ground.reads - {name})
        if ready and leans_on(ground, frozenset()) is None:
            pending.discard(name)
            yield each
