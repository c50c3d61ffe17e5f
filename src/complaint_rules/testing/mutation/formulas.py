"""
Formulas over free choices: how they may turn out while only some of the choices are made.

A choice is a number of classes, one of which holds: those of a fact's values, say. Everything here
is three-valued, and what is not settled yet is told as all the ways in which it may turn out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol, TypeAlias

import attrs

TRUE: Final = 1
FALSE: Final = 2
UNKNOWN: Final = 4
Mask: TypeAlias = int
"""How something may turn out: `TRUE`, `FALSE` and `UNKNOWN`, added up."""
Made: TypeAlias = list[int]
"""The class chosen, by choice; -1 where that is open."""

_TURNED: Final = (0, 2, 1, 3, 4, 6, 5, 7)
_SETTLED: Final = (TRUE, FALSE, UNKNOWN)


def mask_of(truth: bool | None) -> Mask:
    """Return the mask of one truth."""
    return UNKNOWN if truth is None else TRUE if truth else FALSE


class Formula(Protocol):
    """What a formula tells."""

    def mask(self, made: Made) -> Mask:
        """Return how it may turn out."""
        ...

    def pick(self, made: Made) -> int:
        """Return an open choice that it waits for; asked only where it is not settled."""
        ...

    def beneath(self, made: Made) -> Iterator[Formula | str]:
        """Yield what keeps it unknown: formulas, and names; asked only where it is unknown."""
        ...


@attrs.frozen(eq=False)
class Fixed:
    """Always the same."""

    always: Mask

    def mask(self, _: Made) -> Mask:
        """Return how it turns out."""
        return self.always

    def pick(self, _: Made) -> int:
        """Refuse: it is settled."""
        raise AssertionError

    def beneath(self, _: Made) -> Iterator[Formula | str]:
        """Yield nothing."""
        return iter(())


@attrs.frozen(eq=False)
class Leaf:
    """
    What one choice alone settles.

    Attributes:
        choice: The choice.
        masks: How it turns out, by class; of a gate, 0 for what is settled behind it.
        waits: What must be learned where it is unknown because of its first class.
        any: All the ways in which it may turn out.
    """

    choice: int
    masks: tuple[Mask, ...]
    waits: tuple[str, ...]
    any: Mask = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        found = 0
        for mask in self.masks:
            found |= mask
        object.__setattr__(self, "any", found)

    def mask(self, made: Made) -> Mask:
        """Return how it may turn out."""
        chosen = made[self.choice]
        return self.any if chosen < 0 else self.masks[chosen]

    def pick(self, _: Made) -> int:
        """Return its choice."""
        return self.choice

    def beneath(self, made: Made) -> Iterator[Formula | str]:
        """Yield what must be learned."""
        return iter(self.waits if made[self.choice] == 0 else ())


@attrs.frozen(eq=False)
class Guarded:
    """
    What a gate settles, unless its mask is 0: then a formula behind it does.

    Attributes:
        gate: The gate.
        inner: The formula behind it.
        waits: What must be learned besides, wherever it is unknown.
    """

    gate: Leaf
    inner: Formula
    waits: tuple[str, ...] = ()

    def mask(self, made: Made) -> Mask:
        """Return how it may turn out."""
        chosen = made[self.gate.choice]
        if chosen >= 0:
            return self.gate.masks[chosen] or self.inner.mask(made)
        return self.gate.any | self.inner.mask(made)

    def pick(self, made: Made) -> int:
        """Return the gate's choice first."""
        chosen = made[self.gate.choice]
        return self.gate.choice if chosen < 0 else self.inner.pick(made)

    def beneath(self, made: Made) -> Iterator[Formula | str]:
        """Yield what must be learned."""
        yield from self.waits
        if self.gate.mask(made):
            yield from self.gate.waits
        else:
            yield self.inner


@attrs.frozen(eq=False)
class Mapped:
    """
    What is told of a formula by how it turns out.

    Attributes:
        inner: The formula.
        masks: How this turns out where it is true, false and unknown.
    """

    inner: Formula
    masks: tuple[Mask, Mask, Mask]

    def mask(self, made: Made) -> Mask:
        """Return how it may turn out."""
        inner = self.inner.mask(made)
        found = self.masks[0] if inner & TRUE else 0
        if inner & FALSE:
            found |= self.masks[1]
        return found | self.masks[2] if inner & UNKNOWN else found

    def pick(self, made: Made) -> int:
        """Return a choice the formula waits for."""
        return self.inner.pick(made)

    def beneath(self, _: Made) -> Iterator[Formula | str]:
        """Yield the formula."""
        yield self.inner


def opposite(inner: Formula) -> Mapped:
    """Return the opposite of a formula."""
    return Mapped(inner, (FALSE, TRUE, UNKNOWN))


def surely(inner: Formula) -> Mapped:
    """Return whether a formula is true; unknown is not."""
    return Mapped(inner, (TRUE, FALSE, FALSE))


@attrs.frozen(eq=False)
class Least:
    """At least so many formulas of several are true."""

    n: int
    items: tuple[Formula, ...]

    def mask(self, made: Made) -> Mask:
        """Return how it may turn out."""
        n, found = self.n, 0
        sure = held = true = unknown = only = 0
        for item in self.items:
            mask = item.mask(made)
            sure += mask == TRUE
            held += not mask & FALSE
            true += mask & TRUE
            if mask & UNKNOWN:
                unknown += 1
            else:
                only += mask & TRUE
        if true >= n:
            found = TRUE
        if held < n:
            found |= FALSE
        # Fewer than n true, and with the unknown ones n or more.
        if sure < n <= unknown + min(only, n - 1):
            found |= UNKNOWN
        return found

    def pick(self, made: Made) -> int:
        """Return a choice that one of them waits for."""
        return next(item for item in self.items if item.mask(made) not in _SETTLED).pick(made)

    def beneath(self, made: Made) -> Iterator[Formula | str]:
        """Yield those that may be unknown."""
        return (item for item in self.items if item.mask(made) & UNKNOWN)


@attrs.frozen(eq=False)
class First:
    """
    What is told of the first of several formulas that is true; unknown counts as not true.

    Attributes:
        items: The formulas.
        masks: How this turns out for each as the first, and where none is true.
    """

    items: tuple[Formula, ...]
    masks: tuple[Mask, ...]

    def mask(self, made: Made) -> Mask:
        """Return how it may turn out."""
        found = 0
        for item, told in zip(self.items, self.masks, strict=False):
            mask = item.mask(made)
            if mask & TRUE:
                found |= told
            if mask == TRUE:
                return found
        return found | self.masks[-1]

    def pick(self, made: Made) -> int:
        """Return a choice that one of them waits for."""
        return next(item for item in self.items if item.mask(made) not in _SETTLED).pick(made)

    def beneath(self, _: Made) -> Iterator[Formula | str]:
        """Yield nothing: it is never unknown."""
        return iter(())
