"""
A decision and its parts made quickly: those of which there are many, or that have many fields.

A frozen attrs class guards its fields against its own constructor too, which costs more than all
else the constructor does. Here an object is filled while it is of a class just like it that is not
frozen, and is frozen by being given its own class before anybody sees it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import attrs

P = ParamSpec("P")
T = TypeVar("T")


def maker(kind: Callable[P, T]) -> Callable[P, T]:
    """
    Return a function that makes objects of a frozen attrs class, as the class itself does.

    Args:
        kind: A class with slots, no `__weakref__` among them, whose fields are all given when one
            is made, and which checks and converts none of them.
    """
    frozen: Any = kind
    filled = _filled(frozen)

    def make(*values: Any) -> Any:
        made = filled(*values)
        made.__class__ = frozen
        return made

    return cast("Callable[P, T]", make)


def blank(kind: type) -> Callable[[], Any]:
    """
    Return a function that makes empty objects of a class just like a frozen one, but not frozen.

    Who calls it sets every field and then `__class__`, before anybody else sees the object: half as
    dear as a `maker`, for what a decision has some dozens of.

    Args:
        kind: A class as `maker` takes it.
    """
    names = tuple([each.name for each in attrs.fields(kind)])
    return type(f"Blank{kind.__name__}", (), {"__slots__": names})


def _filled(frozen: Any) -> Any:
    """Return a class just like a frozen one, but that it is not frozen."""
    return attrs.make_class(
        f"Filled{frozen.__name__}",
        {each.name: attrs.field() for each in attrs.fields(frozen)},
        slots=True,
        weakref_slot=False,
        eq=False,
        repr=False,
    )
