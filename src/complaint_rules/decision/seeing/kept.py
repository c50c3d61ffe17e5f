"""What is made once for each policy, and goes with it."""

from __future__ import annotations

import functools
import weakref
from collections.abc import Callable
from typing import TypeVar

from complaint_rules.policy import Policy

T = TypeVar("T")


def kept(make: Callable[[Policy], T]) -> Callable[[Policy], T]:
    """
    Return a function that makes something of a policy once and keeps it as long as the policy.

    It is found by the policy's identity, at half the price of a dictionary of weak references; no
    other policy can have that before this one is gone and forgotten.

    Args:
        make: Makes it; what it makes holds no reference to the policy, and is not `None`. Asked by
            two threads at once, it may be made twice.
    """
    made: dict[int, T] = {}

    @functools.wraps(make)
    def of(policy: Policy) -> T:
        try:
            return made[id(policy)]
        except KeyError:
            found = made[id(policy)] = make(policy)
            weakref.finalize(policy, made.pop, id(policy), None).atexit = False
            return found

    return of
