"""The trees of derived facts."""

from __future__ import annotations

import datetime

import pytest

from complaint_rules.conditions.derived import Validity

FIRST, LAST = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("validity", "held"),
    [
        (Validity(), [True, True, True, True]),
        (Validity(FIRST), [False, True, True, True]),
        (Validity(None, LAST), [True, True, True, False]),
        (Validity(FIRST, LAST), [False, True, True, False]),
    ],
)
def test_both_ends_of_a_validity_belong_to_it(validity: Validity, held: list[bool]) -> None:
    """Dates are inclusive; an end that is not given is open."""
    day = datetime.timedelta(days=1)
    assert [validity.holds(each) for each in (FIRST - day, FIRST, LAST, LAST + day)] == held
