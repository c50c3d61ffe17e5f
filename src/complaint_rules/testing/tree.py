"""A scenario file as it is written: every part knows where it stands."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeAlias

import attrs

from complaint_rules.document import Scalar
from complaint_rules.money import Money
from complaint_rules.source import Source, Span
from complaint_rules.testing.instants import When

Expected: TypeAlias = "bool | int | str | Decimal | Money | When | frozenset[str] | None"
"""What a field is expected to be: `None` for nothing, a `Decimal` for an amount of any currency."""


@attrs.frozen
class Check:
    """
    One single thing that a scenario expects.

    Attributes:
        section: The key of the decision it looks at.
        test: ``is`` (the section's own value), ``none``, ``has``, ``lacks``, ``exactly``,
            ``order``, ``first``, or ``field``.
        ids: Ids of the items it names.
        field: The field of the item, for ``field``.
        value: What it is expected to be, for ``is`` and ``field``.
        written: The same in the author's words.
        span: Where it is written.
    """

    section: str
    test: str
    span: Span
    ids: tuple[str, ...] = ()
    field: str = ""
    value: Expected = None
    written: str = ""

    @property
    def path(self) -> str:
        """Where in `expect` it stands: ``targets.due.first_response``."""
        named = f"{self.field}.{self.ids[0]}" if self.test == "field" else self.test
        return self.section if self.test in ("is", "none") else f"{self.section}.{named}"


@attrs.frozen(eq=False)
class Change:
    """
    One fact as it is set.

    Attributes:
        fact: Its name; the field of a record dotted.
        value: Its value as plain data; `None` takes the fact away.
        key: Where the name stands.
        span: Where the value stands.
    """

    fact: str
    value: Any
    key: Span
    span: Span


@attrs.frozen(eq=False)
class WrittenStep:
    """
    What happens later, and what is expected then.

    Attributes:
        at: When; `None` for the same instant as before.
        done: Actions done at that instant.
    """

    span: Span
    story: str = ""
    at: Scalar | None = None
    changes: tuple[Change, ...] = ()
    done: tuple[Scalar, ...] = ()
    checks: tuple[Check, ...] = ()


@attrs.frozen(eq=False)
class WrittenRow:
    """
    One row of a scenario's table: what it changes and expects.

    Attributes:
        id: Its key.
        at: The instant, where a column says it.
    """

    id: Scalar
    at: Scalar | None = None
    changes: tuple[Change, ...] = ()
    checks: tuple[Check, ...] = ()


@attrs.frozen(eq=False)
class Written:
    """
    One scenario.

    Attributes:
        like: The scenario whose situation it starts from: ``id``, ``stem/id``, ``id#2``.
        rows: The rows of its table; `None` where it has none.
        expected_failure: Why it fails for now; empty where it must pass.
    """

    id: Scalar
    span: Span
    story: str = ""
    tags: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    like: Scalar | None = None
    at: Scalar | None = None
    changes: tuple[Change, ...] = ()
    checks: tuple[Check, ...] = ()
    steps: tuple[WrittenStep, ...] = ()
    rows: tuple[WrittenRow, ...] | None = None
    expected_failure: str = ""
    unreviewed: bool = False


@attrs.frozen(eq=False)
class Deviation:
    """
    Where a ruleset means to answer otherwise than one it extends.

    Attributes:
        of: The words that name the parent's scenario, as written.
        ruleset: Id of the parent.
        scenario: Full name of its scenario, ``stem/id``.
        row: One row of it; empty for all of it.
        because: Why.
        checks: What holds instead in the first situation.
        steps: What holds instead after each step, in the steps' order.
    """

    of: Scalar
    ruleset: str
    scenario: str
    row: str
    because: str
    checks: tuple[Check, ...] = ()
    steps: tuple[tuple[Check, ...], ...] = ()

    @property
    def instead(self) -> bool:
        """Whether it says what holds instead."""
        return bool(self.checks or any(self.steps))


@attrs.frozen(eq=False)
class ScenarioFile:
    """
    One scenario file.

    Attributes:
        stem: What its scenarios' full names begin with.
        source: Its text.
        ruleset: The ruleset it names itself.
        at: Instant of every scenario that gives none.
        changes: Facts every scenario starts from.
    """

    stem: str
    source: Source
    ruleset: Scalar | None = None
    at: Scalar | None = None
    changes: tuple[Change, ...] = ()
    scenarios: tuple[Written, ...] = ()
    deviations: tuple[Deviation, ...] = ()
