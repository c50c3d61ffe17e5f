"""The dates between which an item, a row or a value holds (semantics 21)."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from complaint_rules.policy import Validity

if TYPE_CHECKING:
    from complaint_rules.compiler.site import Site


def validity(site: Site | None, default: Validity | None = None) -> Validity | None:
    """
    Return the dates of ``valid: {from, to}``.

    Args:
        site: The value of a ``valid``, if there is one.
        default: What holds where there is none: the ruleset's own dates.
    """
    if site is None:
        return default
    return between(site, site.child("from"), site.child("to"), default)


def between(
    site: Site, first: Site | None, last: Site | None, default: Validity | None = None
) -> Validity | None:
    """Return the dates that two cells give; an empty cell or a dash is open."""
    start, end = day_at(first), day_at(last)
    if start is None and end is None:
        return default
    if start is not None and end is not None and end < start:
        site.error(
            "bad-validity",
            f"holds from {start} to {end}, which is no day at all",
            "both dates belong to it: let `from` come first",
        )
    return Validity(start, end)


def day_at(site: Site | None) -> datetime.date | None:
    """Return the date at `site`; None where it is open. The model has seen that it is a date."""
    return None if site is None else day_of(site.text.strip())


def day_of(text: str) -> datetime.date | None:
    """Return the date a text is, written year-month-day; None if it is none."""
    if len(text) != 10 or not text.isascii():
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
