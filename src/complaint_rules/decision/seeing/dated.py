"""Settings of a day: which of its values a dated setting has (semantics 21, 27)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final, TypeGuard

from complaint_rules.decision.seeing.plan import plan_of
from complaint_rules.facts import Value
from complaint_rules.money import Money
from complaint_rules.policy import Policy, Setting

_MOST_SEASONS: Final = 64
"""How many sets of dated settings a policy keeps; one is enough for most."""


def settings_on(policy: Policy, day: datetime.date, currency: str) -> Mapping[str, Value]:
    """
    Return the settings valid on a day, those without a value on it absent (semantics 21).

    Args:
        policy: The policy.
        day: The event date.
        currency: Chooses the amount of a setting that names several.
    """
    plan = plan_of(policy)
    key = (plan.season(day), currency)
    known = plan.seasons.get(key)
    if known is None:
        values = {
            name: _setting(setting, day, currency) for name, setting in policy.settings.items()
        }
        known = {name: value for name, value in values.items() if value is not None}
        if len(plan.seasons) < _MOST_SEASONS:
            plan.seasons[key] = known
    return known


def _setting(setting: Setting, day: datetime.date, currency: str) -> Value | None:
    """Return a setting's value on a day; of several amounts the one in the currency, if any."""
    held = [each for each in setting.values if each[0] is None or each[0].holds(day)]
    values = [value for valid, value in held if valid == held[0][0]]
    if len(values) > 1:
        return next((each for each in values if _is_in(each, currency)), None)
    return values[0] if values else None  # type: ignore[return-value]  # or a Duration


def _is_in(value: object, currency: str) -> TypeGuard[Money]:
    return isinstance(value, Money) and value.currency == currency
