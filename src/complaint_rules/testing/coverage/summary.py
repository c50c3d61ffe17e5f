"""How much of a ruleset its scenarios show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import Any

import attrs

from complaint_rules.policy import Policy
from complaint_rules.testing.cases import Case
from complaint_rules.testing.coverage.points import WORDS, Point, Side, points
from complaint_rules.testing.coverage.unreachable import unreachable
from complaint_rules.testing.coverage.watch import Watch
from complaint_rules.testing.playing import Outcome, play


@attrs.frozen(eq=False)
class Coverage:
    """
    What scenarios show of a ruleset.

    Attributes:
        policy: The policy.
        shown: Every point that counts, in the order of the ruleset, with the name of the first
            case that shows it; empty where none does.
        unreachable: Points that no state can show, each with the reason; they do not count.
        unknown: The tests, told by their true side, that were met with the fact unknown.
        cases: How many cases were counted.
        passed_over: How many were not: unreviewed, failing, expected to fail.
    """

    policy: Policy
    shown: Mapping[Point, str]
    unreachable: Mapping[Point, str]
    unknown: frozenset[Point]
    cases: int
    passed_over: int

    @property
    def missed(self) -> tuple[Point, ...]:
        """Return the points that no case shows, in the order of the ruleset."""
        return tuple(point for point, by in self.shown.items() if not by)

    @property
    def share(self) -> Fraction:
        """Return the share of points shown, from 0 to 1."""
        return 1 - Fraction(len(self.missed), len(self.shown)) if self.shown else Fraction(1)

    def tally(self) -> dict[Side, tuple[int, int]]:
        """Return how many points of each sort were shown, and how many there are."""
        found: dict[Side, tuple[int, int]] = {}
        for point, by in self.shown.items():
            seen, whole = found.get(point.side, (0, 0))
            found[point.side] = (seen + bool(by), whole + 1)
        return {side: found[side] for side in WORDS if side in found}

    def within(self, files: Collection[str]) -> Coverage:
        """Return the same, of the points alone that are written in some files."""

        def inside(point: Point) -> bool:
            return point.span is not None and point.span.file in files

        return attrs.evolve(
            self,
            shown={point: by for point, by in self.shown.items() if inside(point)},
            unreachable={p: why for p, why in self.unreachable.items() if inside(p)},
            unknown=frozenset(point for point in self.unknown if inside(point)),
        )

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON's own types: shares in percent, and every point missed."""
        return {
            "ruleset": self.policy.id,
            "edition": self.policy.edition,
            "fingerprint": self.policy.fingerprint,
            "cases": self.cases,
            "passed_over": self.passed_over,
            "percent": percent(self.share),
            "sides": {
                side: {"seen": seen, "of": whole, "percent": percent(Fraction(seen, whole))}
                for side, (seen, whole) in self.tally().items()
            },
            "missed": [_point(each) for each in self.missed],
            "unreachable": [
                {**_point(each), "reason": why} for each, why in self.unreachable.items()
            ],
            "met_unknown": sorted({_told(each) for each in self.unknown}),
        }


def percent(share: Fraction) -> float:
    """Return a share in percent with one decimal, never rounded up to 100."""
    return int(share * 1000) / 10


def _told(point: Point) -> str:
    return f"{point.owner}: {point.what}"


def _point(point: Point) -> dict[str, Any]:
    return {
        "side": point.side,
        "section": point.section,
        "owner": point.owner,
        "what": point.what,
        "told": point.told,
        "file": None if point.span is None else point.span.file,
        "line": None if point.span is None else point.span.line,
    }


def measure(policy: Policy, outcomes: Iterable[Outcome]) -> Coverage:
    """
    Return what played cases show of a policy.

    Args:
        policy: The policy they were played against.
        outcomes: What became of them. Cases that fail, that are expected to, and that nobody has
            reviewed show nothing; one that deviates from a parent's shows what it decides.
    """
    watch, counted, passed_over = Watch(policy), 0, 0
    for outcome in outcomes:
        if not outcome.ok or outcome.case.unreviewed or outcome.case.expected_failure:
            passed_over += 1
            continue
        counted += 1
        for each in outcome.played:
            assert each.scene.state is not None, "what was decided was read"  # noqa: S101
            watch.see(each.scene.state, each.scene.at, each.decision, outcome.case.name)
    never = unreachable(policy)
    shown = {
        point: watch.shown.get(point, "")
        for point in points(policy)
        if point not in never or point in watch.shown
    }
    return Coverage(
        policy,
        shown,
        {point: why for point, why in never.items() if point not in shown},
        watch.unknown,
        counted,
        passed_over,
    )


def cover(policy: Policy, cases: Iterable[Case]) -> Coverage:
    """
    Play cases against a policy and return what they show of it.

    Args:
        policy: The policy.
        cases: The cases.
    """
    return measure(policy, (play(policy, case) for case in cases))
