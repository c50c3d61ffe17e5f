"""Parts of a decision that are made when they are first read."""

from __future__ import annotations

from collections.abc import Callable
from types import MemberDescriptorType
from typing import Any, Generic, TypeVar

import attrs

T = TypeVar("T")


@attrs.define(eq=False)
class Later(Generic[T]):
    """
    What stands for a value that is not made yet.

    Attributes:
        make: Makes it; asked twice, by two threads at once, it gives equal values.
    """

    make: Callable[[], T]


class _Field:
    """A slot that hands out the value itself, whether it was given at once or for later."""

    def __init__(self, slot: MemberDescriptorType) -> None:
        self._slot = slot

    def __get__(self, owner: object | None, kind: type | None = None) -> Any:
        if owner is None:
            return self
        value = self._slot.__get__(owner, kind)
        if isinstance(value, Later):
            value = value.make()
            self._slot.__set__(owner, value)  # what made it is let go
        return value

    def __set__(self, owner: object, value: object) -> None:
        self._slot.__set__(owner, value)


def may_come_later(kind: type, *names: str) -> None:
    """
    Let fields of a class with slots be given as `Later`.

    Whatever reads such a field (equality, `repr`, copies, pickles) reads the value itself.

    Args:
        kind: The class, already made; one with slots.
        names: Its fields.
    """
    for name in names:
        setattr(kind, name, _Field(kind.__dict__[name]))
