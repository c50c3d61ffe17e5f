"""What waits for what: handed from every part of a decision to the asks (semantics 26)."""

from __future__ import annotations

import attrs


@attrs.frozen
class AskSeed:
    """
    An item that cannot be settled yet.

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
