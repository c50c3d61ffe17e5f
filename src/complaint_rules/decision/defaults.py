"""What a state does not give: defaults, settings, the present round (semantics 1, 13, 15, 21)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from complaint_rules.calendar import BusinessCalendar, local_date
from complaint_rules.conditions.inner import Scope
from complaint_rules.decision.blank import Start, start_of
from complaint_rules.decision.derive import Deriving
from complaint_rules.decision.forms import Form
from complaint_rules.decision.guards import DONE
from complaint_rules.decision.moments import Moments
from complaint_rules.decision.plan import EARLY, Plan
from complaint_rules.decision.rounds import Round, done_in, round_of
from complaint_rules.decision.shape import Notice
from complaint_rules.facts import Value
from complaint_rules.money import Money
from complaint_rules.policy import Policy
from complaint_rules.state import Situation, State


class Given:
    """
    A state with its defaults taken, all but the derived facts in place.

    Attributes:
        situation: What is known so far.
        present: The present round.
        notices: Codes of defaults that could not be computed, with the fact, without repeats.
        follows_now: The event date was taken from the instant decided at.
        start: What follows from which facts are given; its values are in place.
    """

    def __init__(
        self, policy: Policy, plan: Plan, form: Form, state: State, moments: Moments, at: int
    ) -> None:
        self._policy, self._plan, self._form, self._state = policy, plan, form, state
        self._given = moments.values
        self._values: dict[str, Value] = {**plan.constants, **moments.values}
        for name in state.unknown:
            self._values.pop(name, None)
        self.notices: dict[Notice, None] = {}
        self.present = Round(None)
        self._began: tuple[Value | None, Value | None] | None = None
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
        self._codes: list[str] = []
        self._scope = Scope(self.situation, notices=self._codes)
        self.start = self._take()

    def _settle_round(self) -> None:
        """Put the present round, and what was done in it, in place."""
        values, situation = self._values, self.situation
        began = (values.get("received_at"), values.get("reopened_at"))
        if began == self._began:
            return
        self._began = began
        self.present = round_of(values, situation.done)
        situation.round_start = self.present.start
        if self.present.start is not None:
            values["round_start"] = self.present.start
        if DONE not in self._state.unknown:
            values[DONE] = done_in(self.present, situation.done)

    def _take(self) -> Start:
        situation, form = self.situation, self._form
        self._settle_round()
        if self._plan.early:
            self._compute(each for each in form.computed if each[0] in EARLY)
        situation.currency = currency = self._currency()
        situation.event_date = day = self._event_date()
        self._assume("calendar", situation.calendar.id)
        self._assume("currency", currency)
        self._assume("event_date", day)
        start = start_of(self._policy, self._plan, form.touched, situation.calendar, day, currency)
        situation.settings = start.settings
        self._compute(form.computed)
        situation.assumed = self._assumed()
        self._values.update(start.values)
        return start

    def _compute(self, computed: Iterable[tuple[str, Deriving]]) -> None:
        values = self._values
        for name, default in computed:
            if name not in values:
                value = self._default(name, default)
                if value is not None:
                    values[name] = value
        if self._plan.early:
            self._settle_round()

    def _default(self, name: str, default: Deriving) -> Value | None:
        value, codes = default(self._scope), self._codes
        if codes:
            self.notices.update((Notice(code, name), None) for code in codes)
            codes.clear()
        return value

    def _assume(self, name: str, value: Value) -> None:
        if name not in self._state.unknown:
            self._values.setdefault(name, value)

    def _assumed(self) -> tuple[str, ...]:
        """Return the facts whose default was taken; fields of listed records are given theirs."""
        form, values = self._form, self._values
        names = form.assumable
        if not all(name in values for name in form.doubtful):
            names = tuple(name for name in names if name in values)
        if not form.lists:
            return names
        return tuple(sorted((*names, *self._fill_fields())))

    def _fill_fields(self) -> list[str]:
        """Give the fields of listed records their defaults; return the names of those taken."""
        taken = []
        for name in self._form.lists:
            records = self._values.get(name)
            if not isinstance(records, tuple):
                continue
            for field, default in self._plan.fields.get(name, ()):
                if all(field in record for record in records):
                    continue
                value = self._default(f"{name}.{field}", default)
                if value is not None:
                    records = tuple({field: value, **record} for record in records)
                    taken.append(f"{name}.{field}")
            self._values[name] = records
        self._drop_unknown_fields()
        return taken

    def _drop_unknown_fields(self) -> None:
        """Take out the fields of listed records given as unknown: no default is theirs."""
        for name in self._form.lists:
            value = self._values.get(name)
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
            for name in self._form.amounts
            if isinstance(value := self._given[name], Money)
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
