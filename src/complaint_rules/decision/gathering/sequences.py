"""The sequence that fits: the first whose condition is true (semantics 25)."""

from __future__ import annotations

from typing import Final, TypeAlias

from complaint_rules.policy import Sequence

Fitting: TypeAlias = tuple[tuple[Sequence, bool], ...]
"""Sequences that may fit, in order, each with whether its condition is true; else it is unknown."""

_MOST_KEPT: Final = 1024


class Sequences:
    """
    The sequences of a policy, and which of them fitted before.

    Args:
        sequences: They, in the ruleset's order.
    """

    __slots__ = ("_bits", "_kept", "_sequences")

    def __init__(self, sequences: tuple[Sequence, ...]) -> None:
        self._sequences = sequences
        self._bits = 0
        for each in sequences:
            self._bits |= 1 << each.when
        self._kept: dict[tuple[int, int], Fitting] = {}

    def fitting(self, true: int, unknown: int) -> Fitting:
        """
        Return the sequences that are true or unknown.

        Args:
            true: Bit n is set where condition n is true.
            unknown: Bit n is set where condition n is unknown.
        """
        key = (true & self._bits, unknown & self._bits)
        known = self._kept.get(key)
        if known is None:
            possible = key[0] | key[1]
            known = tuple(
                [
                    (each, bool(true >> each.when & 1))
                    for each in self._sequences
                    if possible >> each.when & 1
                ]
            )
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = known
        return known
