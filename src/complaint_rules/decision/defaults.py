"""What a state does not give: defaults, settings, the present round (semantics 1, 13, 15, 21)."""

from __future__ import annotations

import datetime
from typing import Final

from complaint_rules.calendar import BusinessCalendar, local_date
from complaint_rules.conditions import evaluate
from complaint_rules.decision.dated import settings_on
from complaint_rules.decision.moments import Moments
from complaint_rules.decision.plan import plan_of
from complaint_rules.decision.rounds import Round, done_in, round_of
from complaint_rules.decision.shape import Notice
from complaint_rules.facts import Value
from complaint_rules.money import Money
from complaint_rules.policy import Policy
from complaint_rules.state import Situation, State

_EARLY: Final = frozenset({"received_at", "reopened_at", "event_date", "currency"})
"""Reserved facts that must be known before settings are chosen and other defaults taken."""
_GUESSED: Final = ("calendar", "currency", "event_date")
"""Reserved facts whose default the package works out where the ruleset gives none."""
_FOREIGN: Final = "entitlement.amount"
"""What is owed may be in any currency, so it says nothing of the complaint's (semantics 27)."""


class Given:
    """
    A state with its defaults taken, all but the derived facts in place.

    Attributes:
        situation: What is known so far.
        present: The present round.
        notices: Codes of defaults that could not be computed, with the fact, without repeats.
        follows_now: The event date was taken from the instant decided at.
    """

    def __init__(self, policy: Policy, state: State, moments: Moments, at: int) -> None:
        self._policy, self._plan, self._state = policy, plan_of(policy), state
        self._given = moments.values
        self._values: dict[str, Value] = {**self._plan.constants, **moments.values}
        for name in state.unknown:
            self._values.pop(name, None)
        self.notices: dict[Notice, None] = {}
        self.present = Round(None)
        self.follows_now = False
        self.situation = Situation(
            values=self._values,
            now=at,
            calendar=self._calendar(),
            event_date=datetime.date.min,
            settings={},
            done=moments.done,
            round_start=None,
            currency=policy.currency,
        )
        self._take()

    def settle_round(self) -> None:
        """Put the present round, and what was done in it, in place."""
        situation = self.situation
        self.present = round_of(self._values, situation.done)
        situation.round_start = self.present.start
        if self.present.start is not None:
            self._values["round_start"] = self.present.start
        if "done" not in self._state.unknown:
            self._values["done"] = done_in(self.present, situation.done)

    def _take(self) -> None:
        situation, computed = self.situation, self._plan.computed
        self.settle_round()
        early = [name for name in computed if name in _EARLY]
        if early:
            for name in early:
                self._compute(name)
            self.settle_round()
        situation.currency = self._currency()
        situation.event_date = self._event_date()
        self._assume("calendar", situation.calendar.id)
        self._assume("currency", situation.currency)
        self._assume("event_date", situation.event_date)
        situation.settings = settings_on(self._policy, situation.event_date, situation.currency)
        for name in computed:
            self._compute(name)
        situation.assumed = self._assumed()

    def _compute(self, name: str) -> None:
        if name in self._values or name in self._state.unknown:
            return
        value = self._default(name)
        if value is not None:
            self._values[name] = value

    def _default(self, name: str) -> Value | None:
        codes: list[str] = []
        value = evaluate(self._policy.defaults[name], self.situation, notices=codes)
        self.notices.update((Notice(code, name), None) for code in codes)
        return value

    def _assume(self, name: str, value: Value) -> None:
        if name not in self._state.unknown:
            self._values.setdefault(name, value)

    def _assumed(self) -> tuple[str, ...]:
        """Return the facts whose default was taken; fields of listed records are given theirs."""
        found = {
            name
            for name in (*self._plan.assumable, *_GUESSED)
            if name not in self._given and name in self._values
        }
        if self.situation.done:
            found.discard("done")
        return tuple(sorted({*found, *self._fill_fields()}))

    def _fill_fields(self) -> list[str]:
        """Give the fields of listed records their defaults; return the names of those taken."""
        taken = []
        for name, defaults in self._plan.fields.items():
            records = self._values.get(name)
            if not isinstance(records, tuple):
                continue
            for field, _ in defaults:
                if all(field in record for record in records):
                    continue
                value = self._default(f"{name}.{field}")
                if value is not None:
                    records = tuple({field: value, **record} for record in records)
                    taken.append(f"{name}.{field}")
            self._values[name] = records
        self._drop_unknown_fields()
        return taken

    def _drop_unknown_fields(self) -> None:
        """Take out the fields of listed records given as unknown: no default is theirs."""
        for name, value in self._values.items():
            if isinstance(value, tuple) and any(None in record.values() for record in value):
                self._values[name] = tuple(
                    {field: inner for field, inner in record.items() if inner is not None}
                    for record in value
                )

    def _calendar(self) -> BusinessCalendar:
        name = self._values.get("calendar", self._policy.calendar)
        return self._policy.calendars[str(name)]

    def _currency(self) -> str:
        """Return the currency that is given, else that of the amounts, else the policy's."""
        named = self._values.get("currency")
        if isinstance(named, str):
            return named
        found = {
            value.currency
            for name, value in self._given.items()
            if isinstance(value, Money) and name != _FOREIGN
        }
        return found.pop() if len(found) == 1 else self._policy.currency

    def _event_date(self) -> datetime.date:
        """Return the date that chooses dated items: as given, else of receipt, else of now."""
        given = self._values.get("event_date")
        if isinstance(given, datetime.date):
            return given
        received_at = self._values.get("received_at")
        self.follows_now = not isinstance(received_at, int)
        instant = received_at if isinstance(received_at, int) else self.situation.now
        return local_date(self.situation.calendar, instant)
