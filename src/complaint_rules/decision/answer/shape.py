"""
A decision: what `decide` returns, frozen and in a fixed order (semantics F).

Instants are whole seconds since 1970-01-01T00:00:00Z here; as JSON they are RFC 3339 in the
complaint's zone. Every list is sorted as its comment says, so equal decisions are equal bytes.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TypeAlias

import attrs

from complaint_rules.calendar import zone
from complaint_rules.decision.answer.later import may_come_later
from complaint_rules.money import Money
from complaint_rules.source import Span

Shown: TypeAlias = "bool | int | str | tuple[Shown, ...] | Mapping[str, Shown]"
"""
A fact's value as a decision shows it, ready for JSON: instants as RFC 3339 in the complaint's
zone, or ``not_yet``; durations as whole seconds; numbers as decimal text (``1/3`` where a decimal
has no end); money as ``amount`` and ``currency``; sets sorted; records as mappings.
"""


@attrs.frozen
class RulesetStamp:
    """Which ruleset decided: id, edition, fingerprint and the time zone data's version."""

    id: str
    edition: str
    fingerprint: str
    tzdata: str


@attrs.frozen
class DecidedType:
    """
    A customer type with its basis.

    Attributes:
        basis: ``given``, ``recognised`` or ``default``.
        status: ``applied``, ``proposed`` or ``expired``.
        signals: The host's words, or the facts whose tests recognised it; sorted.
    """

    type: str
    basis: str
    status: str
    signals: tuple[str, ...] = ()
    expires_at: int | None = None


@attrs.frozen(weakref_slot=False)
class DecidedAction:
    """
    A next action.

    Attributes:
        opens: Not before this instant; `None` where it may start now.
        due: `None` where it has no due time or its start is unknown.
        status: ``not_started`` (opens later), ``due``, ``at_risk``, ``overdue``, ``unknown``
            (its due hangs on an unknown start).
        target: The target its due time comes from, if one.
        approver: Who must approve it, if anybody.
        rules: Ids of the rules that ask for it, sorted.
    """

    id: str
    owner: str
    opens: int | None
    due: int | None
    status: str
    target: str | None
    approver: str | None
    rules: tuple[str, ...]


@attrs.frozen
class DecidedManner:
    """How to speak and behave."""

    id: str
    phase: str
    rules: tuple[str, ...]


@attrs.frozen(weakref_slot=False)
class DecidedTarget:
    """
    A target on its clock.

    Attributes:
        law: It is law.
        start: When its clock started; `None` if not started or unknown.
        opens: Not before this instant.
        warn_at: When 75 % of its span has run.
        due: `None` while paused, unknown or not started.
        met_at: What met it.
        left_s: Seconds left on its own clock while paused.
        rules: The rows and rules that set the due time, sorted.
        status: not_started, due, at_risk, overdue, met, met_late, paused or unknown.
    """

    id: str
    law: bool
    start: int | None
    opens: int | None
    warn_at: int | None
    due: int | None
    met_at: int | None
    left_s: int | None
    rules: tuple[str, ...]
    status: str


@attrs.frozen
class Owed:
    """
    A remedy that is owed: never cut, forbidden or withheld (semantics 28).

    Attributes:
        amount: `None` where it costs no money or is not known yet.
        waiting_for: Facts the amount waits for, sorted.
    """

    remedy: str
    amount: Money | None
    due: int | None
    waiting_for: tuple[str, ...]
    rules: tuple[str, ...]


@attrs.frozen
class Choice:
    """
    A remedy that may be offered, in rank order.

    Attributes:
        amount: The final amount; `None` where it costs no money.
        cap: The smallest cap that bound it; `None` where none applies.
        approver: Who approves the final amount.
        group: Its group, or an empty string.
        excludes: Other remedies listed that it cannot stand beside, sorted.
        fits: Whether it answers the customer's demand; `None` where the demand is unknown.
    """

    remedy: str
    amount: Money | None
    cap: Money | None
    approver: str
    group: str
    excludes: tuple[str, ...]
    fits: bool | None
    rules: tuple[str, ...]


@attrs.frozen
class Withheld:
    """
    A remedy not offered, and why.

    Attributes:
        reason: ``rule``, ``cap``, ``limit``, ``later`` or ``waiting``.
        waiting_for: Facts it waits for, sorted.
    """

    remedy: str
    reason: str
    waiting_for: tuple[str, ...]
    rules: tuple[str, ...]


@attrs.frozen
class Prohibition:
    """
    What must not be said or done.

    Attributes:
        basis: ``true``, or ``unknown`` where only unknown rules forbid it.
        overrode: Rules whose action it took out, sorted.
    """

    id: str
    basis: str
    overrode: tuple[str, ...]
    rules: tuple[str, ...]


@attrs.frozen
class Ask:
    """A fact to learn, the action that learns it, and what waits for it."""

    fact: str
    learn_by: str | None
    blocks: tuple[str, ...]


@attrs.frozen
class Escalation:
    """A role to bring in."""

    to: str
    rules: tuple[str, ...]


@attrs.frozen
class Notice:
    """Something the reader should know of the decision itself."""

    code: str
    about: str


@attrs.frozen(weakref_slot=False)
class Reason:
    """
    Why a rule, row, target or remedy counts.

    Attributes:
        truth: ``true`` or ``unknown``.
        source: Where the rule comes from.
        span: Where it is written; `None` for what the package itself brings.
        facts: The facts it reads, with the values they have (unknown ones absent), by name.
    """

    truth: str
    source: tuple[str, ...]
    span: Span | None
    facts: Mapping[str, Shown]


@attrs.frozen(kw_only=True, weakref_slot=False)
class Decision:
    """
    The answer to "what now?" for one complaint at one instant.

    Attributes:
        format: The decision format, 1.
        at: The instant decided at.
        timezone: Name of the complaint's zone (instants are shown in it).
        stage: The stage, empty where the ruleset has none.
        side: Side states, in the ruleset's order.
        types: By type id.
        actions: In the order to take them.
        manner: By id.
        targets: By id.
        owed: By remedy id; the given entitlement is ``entitlement``.
        choices, goodwill: By rank.
        room: What may still be given voluntarily; `None` where unknown.
        withheld, prohibitions, escalations: By id.
        asks: Most decisive first.
        assumed: Facts whose default was taken, sorted.
        notices: By code, then about.
        review_at: The first later instant at which time alone may change this decision.
        reasons: By id, sorted. `decide` leaves them to be made when they are first read, by
            whatever reads them; until then a decision holds on to what it was made from.
    """

    format: int
    ruleset: RulesetStamp
    at: int
    complaint_id: str | None
    stage: str
    side: tuple[str, ...]
    types: tuple[DecidedType, ...]
    actions: tuple[DecidedAction, ...]
    manner: tuple[DecidedManner, ...]
    targets: tuple[DecidedTarget, ...]
    owed: tuple[Owed, ...]
    choices: tuple[Choice, ...]
    goodwill: tuple[Choice, ...]
    room: Money | None
    withheld: tuple[Withheld, ...]
    prohibitions: tuple[Prohibition, ...]
    asks: tuple[Ask, ...]
    escalations: tuple[Escalation, ...]
    assumed: tuple[str, ...]
    notices: tuple[Notice, ...]
    review_at: int | None
    reasons: Mapping[str, Reason]
    timezone: str

    def local(self, instant: int) -> datetime.datetime:
        """
        Return an instant of this decision as an aware datetime in the complaint's zone.

        Args:
            instant: Whole seconds since 1970-01-01T00:00:00Z, such as an action's `due`.
        """
        return datetime.datetime.fromtimestamp(instant, zone(self.timezone) or datetime.UTC)


may_come_later(Decision, "reasons")
