"""What every engine is: a name, and an answer to one question."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from complaint_rules.state import Situation


class Match(NamedTuple):
    """
    Which conditions hold: bit i stands for condition number i of `Policy.conditions`.

    Attributes:
        true: The conditions that are true.
        unknown: The conditions that are neither true nor false.
    """

    true: int
    unknown: int

    def truth(self, number: int) -> bool | None:
        """Return the truth of one condition; `None` if it is unknown."""
        if self.true >> number & 1:
            return True
        return None if self.unknown >> number & 1 else False


@attrs.frozen(eq=False)
class Owners:
    """
    Whose the conditions are: ids by number.

    Attributes:
        sole: The id of each condition that has one owner, else empty.
        others: The ids of the others, by number.
        mixed: The numbers of these, as a mask.
    """

    sole: tuple[str, ...]
    others: Mapping[int, tuple[str, ...]]
    mixed: int

    @classmethod
    def of(cls, owners: Sequence[Sequence[str]]) -> Owners:
        """Return them, given the ids of each condition's owners."""
        others = {number: tuple(ids) for number, ids in enumerate(owners) if len(ids) != 1}
        return cls(
            # Copies lie side by side in memory; a policy's own texts lie all over it, and to go
            # to each took longer than all else that is done with an id.
            tuple([ids[0].encode().decode() if len(ids) == 1 else "" for ids in owners]),
            others,
            sum(1 << number for number in others),
        )

    def named(self, conditions: int) -> list[str]:
        """Return the ids of the owners of some conditions, given as a mask; in no set order."""
        found: list[str] = []
        mixed = conditions & self.mixed
        if mixed:
            conditions ^= mixed
            while mixed:
                number = mixed.bit_length() - 1
                found += self.others[number]
                mixed ^= 1 << number
        sole = self.sole
        # A list in a list for each id would be one more place in memory to go to.
        while conditions:
            number = conditions.bit_length() - 1
            found.append(sole[number])
            conditions ^= 1 << number
        return found


class Engine(Protocol):
    """
    An engine for one policy.

    Engines agree: which of them is asked never changes an answer.
    """

    @property
    def name(self) -> str:
        """Its name."""
        ...

    def match(self, situation: Situation) -> Match:
        """Return which conditions of its policy hold in a situation."""
        ...
