"""Two editions compared: every complaint decided by both, the differences gathered in groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Final, TypeAlias

import attrs

from complaint_rules.decision import Decision, decide
from complaint_rules.diff.answers import answers
from complaint_rules.diff.changes import changes
from complaint_rules.diff.editions import Edition
from complaint_rules.diff.findings import MOST_NAMES, Diff, Example, Group, Share
from complaint_rules.diff.purse import Purse
from complaint_rules.diff.states import Complaint, Origin
from complaint_rules.diff.telling import KINDS, Answer, Value
from complaint_rules.errors import StateError
from complaint_rules.intake import read_state
from complaint_rules.money import Money
from complaint_rules.policy import Policy
from complaint_rules.state import State

Told: TypeAlias = Callable[[Complaint, Sequence[Answer]], None]
"""Told each complaint as it was compared, with how the decisions differ."""

_ORIGINS: Final[tuple[Origin, ...]] = ("recorded", "scenario", "made up")


def compare(
    old: Edition, new: Edition, complaints: Iterable[Complaint] = (), *, told: Told | None = None
) -> Diff:
    """
    Compare two editions of a ruleset.

    Memory does not grow with the number of complaints.

    Args:
        old: The old edition.
        new: The new one.
        complaints: The complaints to decide by both, one at a time.
        told: Called for each complaint after it was compared.
    """
    ledger = _Ledger(old, new)
    for complaint in complaints:
        found = ledger.take(complaint)
        if told is not None:
            told(complaint, found)
    return ledger.closed()


@attrs.frozen(eq=False)
class _Seen:
    """What one edition makes of a complaint."""

    state: State
    decision: Decision


class _Gathering:
    """One group, while it grows."""

    def __init__(self, example: Example) -> None:
        self.count = 0
        self.origins: Counter[Origin] = Counter()
        self.types: Counter[str] = Counter()
        self.along: Counter[str] = Counter()
        self.spread: dict[str, tuple[Fraction, Fraction]] = {}
        self.names: list[str] = []
        self.example = example

    def take(self, example: Example, types: Sequence[str]) -> None:
        """Add a complaint."""
        complaint, answer = example.complaint, example.answer
        self.count += 1
        self.origins[complaint.origin] += 1
        self.types.update(types)
        self.along.update(answer.along)
        if len(self.names) < MOST_NAMES:
            self.names.append(complaint.name)
        shift = _shift(answer.before, answer.after)
        if shift is not None:
            unit, size = shift
            least, most = self.spread.get(unit, (size, size))
            self.spread[unit] = (min(least, size), max(most, size))
        if _worth(example) < _worth(self.example):
            self.example = example

    def closed(self, key: tuple[str, str, str]) -> Group:
        """Return the group."""
        return Group(
            *key,
            self.count,
            _ordered(self.origins),
            dict(sorted(self.types.items(), key=lambda each: (-each[1], each[0]))),
            dict(sorted(self.along.items(), key=lambda each: (-each[1], each[0]))),
            dict(sorted(self.spread.items())),
            tuple(self.names),
            self.example,
        )


class _Ledger:
    """The differences found so far."""

    def __init__(self, old: Edition, new: Edition) -> None:
        self.old, self.new = old, new
        self.same = old.policy.fingerprint == new.policy.fingerprint
        self.decided: Counter[Origin] = Counter()
        self.differing: Counter[Origin] = Counter()
        self.kinds: Counter[str] = Counter()
        self.broken: Counter[str] = Counter()
        self.types: Counter[str] = Counter()
        self.touched: Counter[str] = Counter()
        self.groups: dict[tuple[str, str, str], _Gathering] = {}
        self.purse = Purse()

    def take(self, complaint: Complaint) -> Sequence[Answer]:
        """Decide one complaint by both editions; note and return how they differ."""
        if complaint.problems:
            self.broken[complaint.problems[0].code] += 1
            return ()
        before = _decided(self.old.policy, complaint)
        # Editions with one fingerprint say the same: deciding again would only take time.
        after = before if self.same else _decided(self.new.policy, complaint)
        if isinstance(before, _Seen) and isinstance(after, _Seen):
            types = _types(before.decision)
            recorded = complaint.origin == "recorded"
            self.purse.take(before.decision, after.decision, types, recorded=recorded)
            found = answers(before.decision, after.decision)
            refusal = ""
        elif isinstance(before, StateError) and isinstance(after, StateError):
            self.broken[before.report.problems[0].code] += 1
            return ()
        else:
            types, answer, refusal = _refused(before, after)
            found = (answer,)
        self._note(complaint, found, types)
        zone = next(each for each in (after, before) if isinstance(each, _Seen)).decision.timezone
        old, new = (each.state if isinstance(each, _Seen) else None for each in (before, after))
        for answer in found:
            example = Example(complaint, answer, zone, old, new, refusal)
            key = (answer.kind, answer.section, answer.about)
            self.groups.setdefault(key, _Gathering(example)).take(example, types)
        return found

    def _note(self, complaint: Complaint, found: Sequence[Answer], types: Sequence[str]) -> None:
        self.decided[complaint.origin] += 1
        self.types.update(types)
        if found:
            self.differing[complaint.origin] += 1
            self.touched.update(types)
            self.kinds.update({answer.kind for answer in found})

    def closed(self) -> Diff:
        """Return all that was found, in order."""
        kinds: list[str] = list(KINDS)
        keys = sorted(
            self.groups, key=lambda key: (kinds.index(key[0]), -self.groups[key].count, key)
        )
        return Diff(
            old=self.old,
            new=self.new,
            changes=changes(self.old.data, self.new.data),
            decided=_ordered(self.decided),
            differing=_ordered(self.differing),
            kinds={kind: self.kinds[kind] for kind in kinds if kind in self.kinds},
            broken=dict(sorted(self.broken.items())),
            shares=tuple(
                Share(name, count, self.touched[name]) for name, count in sorted(self.types.items())
            ),
            groups=tuple(self.groups[key].closed(key) for key in keys),
            money=self.purse.counted(),
        )


def _decided(policy: Policy, complaint: Complaint) -> _Seen | StateError:
    try:
        state = read_state(policy, dict(complaint.facts))
        return _Seen(state, decide(policy, state, at=complaint.at))
    except StateError as error:
        return error


def _refused(
    before: _Seen | StateError, after: _Seen | StateError
) -> tuple[Sequence[str], Answer, str]:
    """Return the types, the difference and what is said, where one edition takes no such facts."""
    seen, error = (before, after) if isinstance(before, _Seen) else (after, before)
    assert isinstance(seen, _Seen), "one of the two decided"  # noqa: S101
    assert isinstance(error, StateError), "the other did not"  # noqa: S101
    problem = error.report.problems[0]
    answer = Answer("refused" if seen is before else "accepted", "", problem.code)
    return _types(seen.decision), answer, problem.message


def _types(decision: Decision) -> Sequence[str]:
    return [each.type for each in decision.types if each.status == "applied"]


def _worth(example: Example) -> tuple[int, int]:
    """Return what sorts the complaints best worth looking at first."""
    return _ORIGINS.index(example.complaint.origin), len(example.complaint.facts)


def _shift(before: Value, after: Value) -> tuple[str, Fraction] | None:
    """Return the unit and the size of a shift between two instants or two amounts."""
    match before, after:
        case int(), int():
            return "s", Fraction(after - before)
        case Money(), Money() if before.currency == after.currency:
            return after.currency, Fraction(after.amount) - Fraction(before.amount)
        case _:
            return None


def _ordered(counts: Counter[Origin]) -> dict[Origin, int]:
    return {origin: counts[origin] for origin in _ORIGINS if counts[origin]}
