"""Cases that a ruleset inherits, and where it means to answer them otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from complaint_rules.problem import Problem
from complaint_rules.spelling import help_for
from complaint_rules.testing.cases import Case
from complaint_rules.testing.shelves import Shelf
from complaint_rules.testing.tree import Deviation


def inherited(cases: Iterable[Case], shelves: Sequence[Shelf]) -> Iterator[Case]:
    """
    Yield the cases a ruleset inherits, each with the nearest deviation from it.

    Args:
        cases: The cases of the rulesets it extends.
        shelves: Its own files, then those of the rulesets it extends, the nearest first.
    """
    for case in cases:
        if case.expected_failure:
            continue
        found = next(
            (
                deviation
                for shelf in shelves
                for file in shelf.files
                for deviation in file.deviations
                if _is_of(deviation, case)
            ),
            None,
        )
        yield case if found is None else _deviating(case, found)


def _is_of(deviation: Deviation, case: Case) -> bool:
    return (
        deviation.ruleset == case.ruleset
        and deviation.scenario == f"{case.stem}/{case.scenario}"
        and deviation.row in ("", case.row)
    )


def _deviating(case: Case, deviation: Deviation) -> Case:
    meant = attrs.evolve(case, because=deviation.because or "-", deviates=deviation.of.span)
    if not deviation.instead:
        return meant
    expected = [deviation.checks, *deviation.steps]
    moments = tuple(
        attrs.evolve(moment, checks=expected[number] if number < len(expected) else ())
        for number, moment in enumerate(case.moments)
    )
    return attrs.evolve(meant, instead=attrs.evolve(case, moments=moments))


def misnamed(own: Shelf, ids: Sequence[str], cases: Sequence[Case]) -> Iterator[Problem]:
    """
    Yield what is wrong with how a ruleset's own deviations name the scenarios it inherits.

    Args:
        own: Its own files.
        ids: Ids of the rulesets it extends.
        cases: Their cases.
    """
    first: dict[tuple[str, str, str], Deviation] = {}
    for deviation in (each for file in own.files for each in file.deviations):
        of, span = deviation.of, deviation.of.span
        name = (deviation.ruleset, deviation.scenario, deviation.row)
        held = [case for case in cases if _is_of(deviation, case)]
        if deviation.ruleset not in ids:
            told = f"the ruleset does not extend `{deviation.ruleset}`"
            yield Problem(
                "unknown-scenario", told, span, "", help_for(deviation.ruleset, ids, "parents")
            )
        elif not held:
            theirs = [c for c in cases if c.ruleset == deviation.ruleset]
            known = [f"{c.stem}/{c.local if deviation.row else c.scenario}" for c in theirs]
            wanted = (
                f"{deviation.scenario}[{deviation.row}]" if deviation.row else deviation.scenario
            )
            cure = help_for(wanted, list(dict.fromkeys(known)), "scenarios")
            yield Problem("unknown-scenario", f"there is no scenario `{of.text}`", span, "", cure)
        elif name in first:
            told = f"two deviations are of `{of.text}`"
            label = f"first at {first[name].of.span}"
            yield Problem("id-taken", told, span, label, "keep one of the two")
        elif any(len(deviation.steps) >= len(case.moments) for case in held):
            told = f"`{of.text}` has {len(held[0].moments) - 1} steps, not {len(deviation.steps)}"
            yield Problem("bad-value", told, span, "", "tell of no more steps than it has")
        first.setdefault(name, deviation)
