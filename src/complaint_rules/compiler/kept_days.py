"""
Public holidays that were worked out before, for the places that packaged rulesets name.

The holiday library takes longer to import than a ruleset to read. What it says of some places in
the usual years is kept in ``public_days.json``, with the version that said it, and counts only
while that very version is installed: any other is asked itself.
"""

from __future__ import annotations

import datetime
import json
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import Any


def kept_days(place: str, first: int, last: int) -> frozenset[datetime.date] | None:
    """
    Return the public holidays of a place in the years from `first` to `last`, if they are kept.

    Args:
        place: A country's code, or a country's and its part's (``GB-ENG``).
        first: First year.
        last: Last year.
    """
    kept = _kept()
    if kept is None or place not in kept["days"]:
        return None
    earliest, latest = kept["years"]
    if not earliest <= first <= last <= latest:
        return None
    years = {year: kept["days"][place].get(str(year), "") for year in range(first, last + 1)}
    return frozenset(
        datetime.date.fromisoformat(f"{year}-{day}")
        for year, days in years.items()
        for day in days.split()
    )


@cache
def _kept() -> dict[str, Any] | None:
    """Return what is kept; None if another version of the library is installed."""
    text = files(__package__).joinpath("public_days.json").read_text(encoding="utf-8")
    kept: dict[str, Any] = json.loads(text)
    return kept if kept["holidays"] == _installed() else None


def _installed() -> str:
    try:
        return version("holidays")
    except PackageNotFoundError:  # a copy that no installer put there
        return ""
