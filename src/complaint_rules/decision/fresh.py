"""
Parts of a decision made quickly, for those of which a decision makes many.

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
    filled: Any = attrs.make_class(
        f"Filled{frozen.__name__}",
        {each.name: attrs.field() for each in attrs.fields(frozen)},
        slots=True,
        weakref_slot=False,
        eq=False,
        repr=False,
    )

    def make(*values: Any) -> Any:
        made = filled(*values)
        made.__class__ = frozen
        return made

    return cast("Callable[P, T]", make)
