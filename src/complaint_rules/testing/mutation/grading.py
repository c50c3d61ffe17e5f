"""What a ruleset's cases make of its mutants: a grade."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from fractions import Fraction
from typing import Any

import attrs

from complaint_rules.policy import Policy
from complaint_rules.testing.cases import Case
from complaint_rules.testing.mutation.crew import judged
from complaint_rules.testing.mutation.judging import Fate, moments
from complaint_rules.testing.mutation.listing import mutants
from complaint_rules.testing.mutation.memory import Known, Memory
from complaint_rules.testing.mutation.mutant import Mutant
from complaint_rules.testing.mutation.writing import as_scenario


@attrs.frozen(eq=False)
class Graded:
    """
    One mutant and what became of it.

    Attributes:
        mutant: The mutant.
        known: What became of it.
    """

    mutant: Mutant
    known: Known

    @property
    def fate(self) -> Fate:
        """What became of it, in one word."""
        return self.known.fate


@attrs.frozen(eq=False)
class Grade:
    """
    What became of all mutants that were asked for.

    Attributes:
        policy: The ruleset.
        graded: The mutants, in their order.
        cases: How many cases they were judged by.
        passed_over: How many cases kill nothing: unreviewed, failing, expected to fail.
    """

    policy: Policy
    graded: tuple[Graded, ...]
    cases: int
    passed_over: int

    def of(self, *fates: Fate) -> tuple[Graded, ...]:
        """Return the mutants that came to some fate."""
        return tuple(each for each in self.graded if each.fate in fates)

    @property
    def score(self) -> Fraction:
        """Return the share that stated expectations killed of all not proved equivalent, 0 to 1."""
        counted = len(self.graded) - len(self.of(Fate.EQUIVALENT))
        return Fraction(len(self.of(Fate.KILLED)), counted) if counted else Fraction(1)


@attrs.frozen
class Wanted:
    """
    Which mutants are wanted.

    Attributes:
        files: Only those written in these files, as spans name them; `None` for all.
        kinds: Only of these kinds; empty for all.
        owner: Only those of this item, and of its rows; empty for all.
    """

    files: Collection[str] | None = None
    kinds: Collection[str] = ()
    owner: str = ""

    def __call__(self, mutant: Mutant) -> bool:
        """Return whether a mutant is wanted."""
        if self.files is not None and (mutant.span is None or mutant.span.file not in self.files):
            return False
        if self.kinds and mutant.kind not in self.kinds:
            return False
        return self.owner in ("", mutant.owner, mutant.owner.partition("#")[0])


def grade(
    policy: Policy,
    cases: Sequence[Case],
    wanted: Callable[[Mutant], bool],
    *,
    jobs: int | None = None,
    memory: str = "",
    keep: Callable[[str], None] = lambda _text: None,
    show: Callable[[int, int], None] = lambda _done, _of: None,
) -> Grade:
    """
    Return what becomes of a policy's mutants.

    Args:
        policy: The policy.
        cases: Its cases.
        wanted: Which mutants to judge.
        jobs: How many processes; `None` for as many as there are cores.
        memory: What was found out before, as it was kept.
        keep: Keeps what is found out, when all is done or the work is broken off.
        show: Told, again and again, how many of how many are judged.
    """
    every = mutants(policy)
    numbers = [number for number, each in enumerate(every) if wanted(each)]
    seen = moments(policy, cases)
    counted = len({id(each.case) for each in seen})
    memories = Memory(policy, {id(each.case): each.case for each in seen}.values(), memory)
    known: dict[int, Known] = {}
    for number in numbers:
        found = memories.recall(number, every[number])
        if found is not None:
            known[number] = found
    show(len(known), len(numbers))
    left = [number for number in numbers if number not in known]
    try:
        for each in judged(policy, seen, left, jobs):
            mutant, moment, telling = every[each.number], each.verdict.moment, each.telling
            case = "" if moment < 0 else seen[moment].case.name
            scenario = "" if telling is None else as_scenario(policy, mutant, telling)
            fate = each.verdict.fate
            known[each.number] = memories.keep(each.number, mutant, fate, case, scenario)
            show(len(known), len(numbers))
    finally:
        if left:
            keep(memories.text())
    graded = tuple(Graded(every[number], known[number]) for number in numbers)
    return Grade(policy, graded, counted, len(cases) - counted)


def as_data(grade: Grade, line: Callable[[Mutant], str]) -> dict[str, Any]:
    """
    Return a grade as plain data, ready for JSON.

    Args:
        grade: The grade.
        line: Gives the line a mutant stands on.
    """
    counts = {fate.name.lower(): len(grade.of(fate)) for fate in Fate}
    return {
        "ruleset": grade.policy.id,
        "edition": grade.policy.edition,
        "fingerprint": grade.policy.fingerprint,
        "cases": grade.cases,
        "passed_over": grade.passed_over,
        "mutants": len(grade.graded),
        "counts": counts,
        "percent": percent(grade.score),
        "kinds": dict(_by_kind(grade)),
        "survivors": [_one(each, line) for each in grade.of(Fate.SURVIVED, Fate.SNAPSHOT)],
        "equivalent": [_one(each, line) for each in grade.of(Fate.EQUIVALENT)],
    }


def percent(share: Fraction) -> float:
    """Return a share in percent with one decimal, never rounded up."""
    return int(share * 1000) / 10


def _by_kind(grade: Grade) -> Iterator[tuple[str, dict[str, int]]]:
    for kind in dict.fromkeys(each.mutant.kind for each in grade.graded):
        own = [each.fate for each in grade.graded if each.mutant.kind == kind]
        yield kind, {fate.name.lower(): own.count(fate) for fate in Fate if fate in own}


def _one(graded: Graded, line: Callable[[Mutant], str]) -> dict[str, Any]:
    mutant, span = graded.mutant, graded.mutant.span
    return {
        "kind": mutant.kind,
        "owner": mutant.owner,
        "change": mutant.told,
        "fate": graded.fate.name.lower(),
        "file": None if span is None else span.file,
        "line": None if span is None else span.line,
        "column": None if span is None else span.column,
        "text": line(mutant),
        "decided_otherwise": graded.known.case or None,
        "scenario": graded.known.scenario or None,
    }
