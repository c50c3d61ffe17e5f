"""Scenarios as written → cases: `like` followed, differences applied, rows told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

import attrs

from complaint_rules.document import Scalar
from complaint_rules.problem import Problem
from complaint_rules.source import Span
from complaint_rules.spelling import help_for
from complaint_rules.testing.cases import Case, Deed, Given, Moment
from complaint_rules.testing.instants import When, is_relative
from complaint_rules.testing.tree import (
    Change,
    ScenarioFile,
    Written,
    WrittenRow,
    WrittenStep,
)

Name: TypeAlias = tuple[str, str]
"""A ruleset's id, empty for the ruleset itself; and a scenario's full name in it."""

_LIKE: Final = re.compile(r"(?:([^:/#\s]+):)?([^:#\s]+?)(?:#(\d{1,3}))?", re.ASCII)


@attrs.frozen(eq=False)
class _Start:
    """A situation to start from; `at` is missing where nothing says it yet."""

    at: When | None = None
    given: Mapping[str, Given] = attrs.field(factory=dict)


class Settler:
    """
    The scenarios of a ruleset and its parents, made into cases.

    Args:
        files: The files, by the id of their ruleset; the ruleset's own under an empty text.

    Attributes:
        problems: What is wrong with how they name each other.
    """

    def __init__(self, files: Mapping[str, Iterable[ScenarioFile]]) -> None:
        self.problems: list[Problem] = []
        self._written: dict[Name, tuple[ScenarioFile, Written]] = {
            (owner, f"{file.stem}/{scenario.id.text}"): (file, scenario)
            for owner, listed in files.items()
            for file in listed
            for scenario in file.scenarios
        }
        self._moments: dict[Name, tuple[Moment, ...] | None] = {}

    def cases(self) -> Iterator[Case]:
        """Yield every case, the parents' too, in the order of the files."""
        for name, (file, written) in self._written.items():
            plain = self._settled(name)
            if written.rows is None and plain is not None:
                yield _case(name[0], file, written, plain)
            if written.rows is not None and (plain is not None or _by_rows(written)):
                for row in written.rows:
                    moments = self._moments_of(name, row)
                    assert moments is not None, "a start and an instant are there"  # noqa: S101
                    yield _case(name[0], file, written, moments, row)

    def names(self, owner: str) -> list[str]:
        """Return the full names of a ruleset's scenarios."""
        return [name for each, name in self._written if each == owner]

    def _settled(self, name: Name) -> tuple[Moment, ...] | None:
        """Return the moments of a scenario without its table; those it is like come first."""
        chain = [name]
        while chain[-1] not in self._moments:
            target = self._target(chain[-1])
            if target is None:
                break
            if target in chain:
                self._circle(chain[-1], chain[chain.index(target) :])
                self._moments[chain[-1]] = None
                break
            chain.append(target)
        while chain:
            last = chain.pop()
            if last not in self._moments:
                self._moments[last] = self._moments_of(last, None)
        return self._moments[name]

    def _target(self, name: Name) -> Name | None:
        """Return the scenario that one is like, if there is one."""
        file, written = self._written[name]
        if written.like is None:
            return None
        found = _LIKE.fullmatch(written.like.text)
        if found is None:
            return None
        owner = found[1] or name[0]
        full = found[2] if "/" in found[2] else f"{file.stem}/{found[2]}"
        return (owner, full) if (owner, full) in self._written else None

    def _circle(self, name: Name, ring: list[Name]) -> None:
        like = self._written[name][1].like
        assert like is not None, "only what is like another closes a circle"  # noqa: S101
        told = " → ".join(each[1].rpartition("/")[2] for each in (*ring, ring[0]))
        cure = "let one of them say its situation itself"
        self._tell("like-cycle", f"scenarios are like each other in a circle: {told}", like, cure)

    def _moments_of(self, name: Name, row: WrittenRow | None) -> tuple[Moment, ...] | None:
        file, written = self._written[name]
        start = self._start(name, file, written)
        if start is None:
            return None
        at = self._instant(written.at, start.at)
        if row is not None:
            at = self._instant(row.at, at)
        if at is None:
            if not _by_rows(written):
                self._no_instant(written)
            return None
        given = dict(start.given)
        if written.like is None:
            _apply(given, file.changes, at)
        _apply(given, written.changes, at)
        checks = written.checks
        if row is not None:
            _apply(given, row.changes, at)
            checks = (*checks, *row.checks)
        span = written.id.span if row is None else row.id.span
        moments = [Moment(at, given, checks, span, written.story)]
        for step in written.steps:
            moments.append(_later(moments[-1], step))
        return tuple(moments)

    def _start(self, name: Name, file: ScenarioFile, written: Written) -> _Start | None:
        """Return what a scenario starts from; `None` where that cannot be told."""
        if written.like is None:
            return _Start(self._instant(file.at, None))
        target = self._target(name)
        if target is None:
            self._unknown(name[0], file, written.like)
            return None
        moments = self._moments.get(target)
        if moments is None:
            if _by_rows(self._written[target][1]):
                told = f"`{target[1]}` says its instant only in its rows"
                cure = "give it an `at`, or start from another scenario"
                self._tell("missing-at", told, written.like, cure)
            return None
        number = int(_number(written.like.text) or 0)
        if number >= len(moments):
            steps = len(moments) - 1
            told = f"`{target[1]}` has {steps} steps, so there is no step {number}"
            cure = "name a step it has, or the scenario alone"
            self._tell("unknown-scenario", told, written.like, cure)
            return None
        return _Start(moments[number].at, moments[number].given)

    def _instant(self, written: Scalar | None, before: When | None) -> When | None:
        """Return an instant as written, or the one before where none is."""
        if written is None:
            return before
        if is_relative(written.text) and before is None:
            told = f"`{written.text}` counts from no instant"
            self._tell("missing-at", told, written, "give the file an `at`, or write an instant")
        return When(written.text, written.span, before)

    def _no_instant(self, written: Written) -> None:
        told = f"scenario `{written.id.text}` has no instant to decide at"
        self._tell("missing-at", told, written.id, "add `at:`, to it or to the file")

    def _unknown(self, owner: str, file: ScenarioFile, like: Scalar) -> None:
        found = _LIKE.fullmatch(like.text)
        wanted = found[2] if found else like.text
        here = [each.id.text for each in file.scenarios]
        known = self.names(found[1] or owner if found else owner) if "/" in wanted else here
        cure = help_for(wanted, known, "scenarios")
        self._tell("unknown-scenario", f"there is no scenario `{like.text}`", like, cure)

    def _tell(self, code: str, message: str, at: Scalar, cure: str) -> None:
        self.problems.append(Problem(code, message, at.span, "", cure))


def _by_rows(written: Written) -> bool:
    """Return whether each row of a scenario's table says its instant."""
    return bool(written.rows) and all(row.at is not None for row in written.rows or ())


def _number(like: str) -> str | None:
    found = _LIKE.fullmatch(like)
    return found[3] if found else None


def _later(before: Moment, step: WrittenStep) -> Moment:
    at = before.at if step.at is None else When(step.at.text, step.at.span, before.at)
    given = dict(before.given)
    _apply(given, step.changes, at)
    if step.done:
        known = given.get("done")
        deeds = known.value if known is not None and isinstance(known.value, tuple) else ()
        added = tuple(Deed({"action": word.text, "at": at}, word.span) for word in step.done)
        span = step.done[0].span
        given["done"] = Given("done", (*deeds, *added), span, span, at)
    return Moment(at, given, step.checks, step.span, step.story)


def _apply(given: dict[str, Given], changes: Iterable[Change], at: When) -> None:
    """Set facts: a whole record takes its fields' place, a field that of the whole."""
    for change in changes:
        head, dot, _ = change.fact.partition(".")
        if dot:
            given.pop(head, None)
            given.pop(change.fact, None)
        else:
            for name in [name for name in given if name.partition(".")[0] == head]:
                del given[name]
        if change.value is not None:
            value = _deeds(change, at) if change.fact == "done" else change.value
            given[change.fact] = Given(change.fact, value, change.key, change.span, at)


def _deeds(change: Change, at: When) -> Any:
    """Return done actions with the instant of each; a bare word is done at the moment itself."""
    if not isinstance(change.value, list):
        return change.value
    return tuple(_deed(item, change.span, at) for item in change.value)


def _deed(item: Any, span: Span, at: When) -> Any:
    if isinstance(item, str):
        return Deed({"action": item, "at": at}, span)
    if isinstance(item, dict) and isinstance(item.get("at"), str):
        return Deed({**item, "at": When(item["at"], span, at)}, span)
    return item


def _case(
    owner: str,
    file: ScenarioFile,
    written: Written,
    moments: tuple[Moment, ...],
    row: WrittenRow | None = None,
) -> Case:
    return Case(
        file=file.source.name,
        stem=file.stem,
        scenario=written.id.text,
        row="" if row is None else row.id.text,
        story=written.story,
        tags=written.tags,
        shows=written.shows,
        moments=moments,
        span=moments[0].span,
        ruleset=owner,
        expected_failure=written.expected_failure,
        unreviewed=written.unreviewed,
    )
