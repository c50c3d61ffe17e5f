"""A case: one complaint through time, with what is expected at each moment; of no one policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from complaint_rules.source import Span
from complaint_rules.testing.instants import When
from complaint_rules.testing.tree import Check


@attrs.frozen(eq=False)
class Given:
    """
    A fact that holds.

    Attributes:
        fact: Its name; the field of a record dotted.
        value: Its value as plain data; of ``done`` a tuple of `Deed`.
        key: Where its name is written.
        span: Where its value is written.
        base: The instant that relative ones in it count from.
    """

    fact: str
    value: Any
    key: Span
    span: Span
    base: When


@attrs.frozen(eq=False)
class Deed:
    """
    An action done.

    Attributes:
        said: What is said of it, by key: ``action``, and ``at`` as a `When`.
        span: Where it is written.
    """

    said: Mapping[str, Any]
    span: Span


@attrs.frozen(eq=False)
class Moment:
    """
    One moment of a case.

    Attributes:
        at: The instant.
        given: Every fact that holds then, by name.
        checks: What is expected then.
        story: What happened, in a line; may be empty.
        span: Where it is written.
    """

    at: When
    given: Mapping[str, Given]
    checks: tuple[Check, ...]
    span: Span
    story: str = ""


@attrs.frozen(eq=False)
class Case:
    """
    One scenario, or one row of its table, ready to be played against any policy.

    Attributes:
        file: Name of its file.
        stem: What its full name begins with.
        scenario: Its id in the file.
        row: The row's name; empty where it is no row.
        story: What it is about, in one line.
        tags: Its tags, those of its file first.
        shows: Ids of the sources it shows.
        moments: The first situation, then each step.
        span: Where it is written.
        ruleset: Id of the ruleset it is inherited from; empty for one of the ruleset's own.
        expected_failure: Why it fails for now; empty where it must pass.
        unreviewed: Nobody has looked at what it expects.
        because: Why the ruleset means to answer otherwise; empty where it does not.
        instead: The same case with what is expected instead; `None` where that is not said.
        deviates: Where that is written; `None` where the ruleset does not deviate.
    """

    file: str
    stem: str
    scenario: str
    row: str
    story: str
    tags: tuple[str, ...]
    shows: tuple[str, ...]
    moments: tuple[Moment, ...]
    span: Span
    ruleset: str = ""
    expected_failure: str = ""
    unreviewed: bool = False
    because: str = ""
    instead: Case | None = None
    deviates: Span | None = None

    @property
    def local(self) -> str:
        """Its name inside its file: ``angry-email[s1-calm]``."""
        return f"{self.scenario}[{self.row}]" if self.row else self.scenario

    @property
    def name(self) -> str:
        """Its full name: ``first-response/angry-email[s1-calm]``, a parent's id before it."""
        owner = f"{self.ruleset}:" if self.ruleset else ""
        return f"{owner}{self.stem}/{self.local}"
