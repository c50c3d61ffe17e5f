"""Sequences: which of them fit is found once for the same conditions."""

from __future__ import annotations

import pytest

from complaint_rules.decision.gathering.sequences import Sequences
from complaint_rules.policy import Sequence

FIRST, SECOND, THIRD = (
    Sequence(id=name, when=number, steps=(name,)) for name, number in (("a", 3), ("b", 0), ("c", 3))
)


@pytest.mark.parametrize("most", [1, 1024])
def test_sequences_that_may_fit_come_in_order(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Each with whether it is true; those that are false are left out, whatever else holds."""
    monkeypatch.setattr("complaint_rules.decision.gathering.sequences._MOST_KEPT", most)
    of = Sequences((FIRST, SECOND, THIRD))
    for _ in range(2):
        assert of.fitting(0b0110, 0b0001) == ((SECOND, False),)
        assert of.fitting(0b1001, 0b0010) == ((FIRST, True), (SECOND, True), (THIRD, True))
        assert of.fitting(0b0001, 0b1000) == ((FIRST, False), (SECOND, True), (THIRD, False))
        assert of.fitting(0b0110, 0b0110) == ()
