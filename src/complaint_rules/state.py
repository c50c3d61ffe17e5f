"""What is known of one complaint: as given (`State`), and as seen at an instant (`Situation`)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import attrs

from complaint_rules.calendar import BusinessCalendar
from complaint_rules.facts import Value


@attrs.frozen
class Done:
    """
    One action that was carried out.

    Attributes:
        action: The action's id.
        at: When, in whole seconds since 1970-01-01T00:00:00Z.
    """

    action: str
    at: int


@attrs.frozen
class TypeBasis:
    """
    What the host says of one customer type.

    Attributes:
        signals: What it was recognised by, in the host's words.
        confirmed_by: Who confirmed it, if anybody did.
        since: When it was given or confirmed, if known; whole seconds.
        expires_at: When it ends, if it does; whole seconds.
    """

    signals: tuple[str, ...] = ()
    confirmed_by: str | None = None
    since: int | None = None
    expires_at: int | None = None


@attrs.frozen(eq=False)
class State:
    """
    The validated facts of one complaint, ready to be decided any number of times.

    Made by intake only, for one policy. It holds what was given, nothing assumed or derived.

    Attributes:
        fingerprint: Fingerprint of the policy it was validated for.
        values: Given facts by name (dotted for fields of a record); unknown ones are absent.
        unknown: Facts that were given as ``unknown``: they take no default (semantics 1).
        done: Actions carried out, by time, then id.
        types: What the host says of each type it gave, by type id.
    """

    fingerprint: str
    values: Mapping[str, Value]
    unknown: frozenset[str] = frozenset()
    done: tuple[Done, ...] = ()
    types: Mapping[str, TypeBasis] = attrs.field(factory=dict)


@attrs.frozen(eq=False)
class Steady:
    """
    What situations have in common that were begun alike: every fact but these.

    Attributes:
        varying: Facts that may have another value, or none, in each of these situations. All
            others have the same value, or none, in all situations that carry the same object.
    """

    varying: tuple[str, ...]


@attrs.define(eq=False)
class Situation:
    """
    A state seen at an instant: defaults taken, types settled, facts derived.

    It is built step by step inside one call of `decide` and never shared.

    Attributes:
        values: Every known fact by name, derived ones included; unknown ones are absent.
            The reserved facts of `complaint_rules.compiler.reserved` stand here too.
        now: The instant to decide at, in whole seconds.
        calendar: The complaint's calendar.
        event_date: The date by which dated items are chosen (semantics 21).
        settings: Settings valid on that date, by name; unknown ones are absent.
        done: All actions carried out, in every round.
        round_start: Start of the present round (semantics 15); `None` where unknown.
        currency: The currency amounts are decided in.
        assumed: Names of the facts whose default was taken, sorted.
        steady: What it has in common with others, if that is known; a situation made of another
            begins without.
    """

    values: dict[str, Value]
    now: int
    calendar: BusinessCalendar
    event_date: datetime.date
    settings: Mapping[str, Value]
    done: tuple[Done, ...]
    round_start: int | None
    currency: str
    assumed: tuple[str, ...] = ()
    steady: Steady | None = attrs.field(init=False, default=None)
