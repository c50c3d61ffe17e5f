"""What a state does not give: defaults, settings, the present round (semantics 1, 13, 15, 21)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from complaint_rules.calendar import BusinessCalendar, local_date
from complaint_rules.conditions.inner import Scope
from complaint_rules.decision.answer.shape import Notice
from complaint_rules.decision.seeing.derive import Deriving
from complaint_rules.decision.seeing.forms import Form
from complaint_rules.decision.seeing.guards import DONE
from complaint_rules.decision.seeing.moments import Moments
from complaint_rules.decision.seeing.plan import EARLY, Plan
from complaint_rules.decision.seeing.rounds import NONE, done_in, round_of
from complaint_rules.decision.seeing.starts import start_of
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
        scope: Where defaults and derived facts are reckoned.
        codes: What made the one just reckoned unknown; the scope's notices.
    """

    follows_now: bool = False

    def __init__(
        self, policy: Policy, plan: Plan, form: Form, state: State, moments: Moments, at: int
    ) -> None:
        self._policy, self._plan, self._form, self._state = policy, plan, form, state
        self._moments, self._at = moments, at
        self.notices: dict[Notice, None] = {}
        told = moments.values
        calendar = policy.calendars[str(told.get("calendar", form.calendar))]
        if plan.early:
            told = self._early(policy.currency, calendar)
        day = self._event_date(told, calendar)
        currency = str(told.get("currency", form.currency)) or self._told_by_amounts()
        self.start = start = start_of(policy, plan, form, calendar, day, currency)
        values = start.values.copy()
        values.update(told)
        if "event_date" not in values and "event_date" not in state.unknown:
            values["event_date"] = day
        for name, instant in form.copied:
            values[name] = told[instant]
        self._begin(values, calendar, day, start.settings, currency)
        self.situation.steady = start.steady
        if form.computed:
            self._compute(form.computed)
            if plan.early:
                self._settle_round()
        self.situation.assumed = self._assumed() if form.lists or form.doubtful else form.assumable

    def _begin(
        self,
        values: dict[str, Value],
        calendar: BusinessCalendar,
        day: datetime.date,
        settings: Mapping[str, Value],
        currency: str,
    ) -> None:
        """Begin with some values, and the round they tell of."""
        self._values = values
        self.situation = Situation(
            values, self._at, calendar, day, settings, self._moments.done, None, currency
        )
        self.codes: list[str] = []
        self.scope = Scope(self.situation, notices=self.codes)
        self._settle_round()

    def _settle_round(self) -> None:
        """Put the present round, and what was done in it, in place."""
        values, situation = self._values, self.situation
        self.present = present = round_of(values, situation.done)
        situation.round_start = present.start
        if present.start is not None:
            values["round_start"] = present.start
        if DONE not in self._state.unknown:
            values[DONE] = done_in(present, situation.done) if situation.done else NONE

    def _early(self, currency: str, calendar: BusinessCalendar) -> dict[str, Value]:
        """Return what is given with the defaults that are needed before settings are chosen."""
        values = {**self._plan.constants, **self._moments.values}
        for name in self._state.unknown:
            values.pop(name, None)
        self._begin(values, calendar, datetime.date.min, {}, currency)
        self._compute(each for each in self._form.computed if each[0] in EARLY)
        self._settle_round()
        return values

    def _compute(self, computed: Iterable[tuple[str, Deriving]]) -> None:
        values, scope = self._values, self.scope
        for name, default in computed:
            if name not in values:
                value = default(scope)
                if self.codes:
                    self.note(name)
                if value is not None:
                    values[name] = value

    def note(self, name: str) -> None:
        """Note why a fact is unknown."""
        self.notices.update((Notice(code, name), None) for code in self.codes)
        self.codes.clear()

    def _assumed(self) -> tuple[str, ...]:
        """Return the facts whose default was taken; fields of listed records are given theirs."""
        form, values = self._form, self._values
        names = form.assumable
        if not values.keys() >= form.doubtful:
            names = tuple(filter(values.__contains__, names))
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
                value = default(self.scope)
                if self.codes:
                    self.note(f"{name}.{field}")
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

    def _told_by_amounts(self) -> str:
        """Return the currency of the given amounts, the policy's where they have several."""
        given = self._moments.values
        found = {
            value.currency for name in self._form.amounts if isinstance(value := given[name], Money)
        }
        return found.pop() if len(found) == 1 else self._plan.currency

    def _event_date(self, told: Mapping[str, Value], calendar: BusinessCalendar) -> datetime.date:
        """Return the date that chooses dated items: as given, else of receipt, else of now."""
        given = told.get("event_date", self._form.event_date)
        if given is not None and isinstance(given, datetime.date):
            return given
        received_at = told.get("received_at", self._form.received_at)
        if type(received_at) is int:
            return local_date(calendar, received_at)
        self.follows_now = True
        return local_date(calendar, self._at)
