"""What waits for what: handed from every part of a decision to the asks (semantics 26)."""

from __future__ import annotations

from typing import NamedTuple


class AskSeed(NamedTuple):
    """
    An item that cannot be settled yet; a tuple, so that what follows from seeds is found by them.

    Attributes:
        item: Id of the waiting item.
        facts: The unknown facts it waits for: given ones, or derived ones that `asks` follows
            down to given ones.
        reasoned: The id is a rule's, row's, target's or remedy's, so reasons may name it; false
            for stages, sequences, types and other items of namespaces of their own.
        rules: Ids that reasons may name in the item's stead, where it is not reasoned.
    """

    item: str
    facts: frozenset[str]
    reasoned: bool = True
    rules: tuple[str, ...] = ()

    def upon(self, facts: frozenset[str]) -> AskSeed:
        """Return the same item waiting for other facts."""
        return AskSeed(self.item, facts, self.reasoned, self.rules)
