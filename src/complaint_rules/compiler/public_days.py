"""Public holidays by country, worked out once by the ``holidays`` library (semantics 14)."""

from __future__ import annotations

import datetime
from functools import cache, lru_cache


@cache
def countries() -> dict[str, tuple[str, ...]]:
    """Return the subdivisions with holidays of their own, by the code of every country known."""
    import holidays  # noqa: PLC0415 - a ruleset without holidays does not wait for the library

    return {
        code: tuple(subdivisions)
        for code, subdivisions in holidays.list_supported_countries().items()
    }


@lru_cache(maxsize=64)
def public_days(country: str, subdivision: str, first: int, last: int) -> frozenset[datetime.date]:
    """
    Return the public holidays of a country in the years from `first` to `last`.

    Args:
        country: ISO 3166 code that `countries` knows.
        subdivision: Code of a part of it, or an empty text.
        first: First year.
        last: Last year.
    """
    import holidays  # noqa: PLC0415

    found = holidays.country_holidays(
        country, subdiv=subdivision or None, years=range(first, last + 1)
    )
    return frozenset(day for day in found if first <= day.year <= last)
