"""The form of a state: which facts it gives, and all that follows from that alone."""

from __future__ import annotations

from typing import Final

import attrs

from complaint_rules.decision.derive import Deriving
from complaint_rules.decision.guards import BASIS, DONE, LOOSE
from complaint_rules.decision.plan import GUESSED, Plan
from complaint_rules.state import State

_MOST: Final = 1024
"""How many forms a policy keeps: hosts give the same few facts of most complaints."""


@attrs.frozen(eq=False)
class Form:
    """
    Which facts a state gives or says to be unknown, and whether it has deeds and types.

    Attributes:
        touched: The bits of what it says something of (see `guards`).
        computed: Facts that take another default than a constant, and what gives it, in order.
        amounts: Given amounts that tell the complaint's currency.
        lists: Lists of records that it gives or that have some by default.
        assumable: Facts that take a default, sorted; fields of listed records apart.
        doubtful: Those among them whose default may be unknown.
    """

    touched: int
    computed: tuple[tuple[str, Deriving], ...]
    amounts: tuple[str, ...]
    lists: tuple[str, ...]
    assumable: tuple[str, ...]
    doubtful: tuple[str, ...]


def form_of(plan: Plan, state: State) -> Form:
    """Return the form of a state."""
    key = (frozenset(state.values), state.unknown, not state.done, not state.types)
    known = plan.forms.get(key)
    if known is None:
        if len(plan.forms) >= _MOST:
            plan.forms.clear()
        known = plan.forms[key] = _form(plan, state)
    return known


def _form(plan: Plan, state: State) -> Form:
    said = set(state.unknown)
    said.update(state.values)
    touched = LOOSE
    for name in said:
        touched |= plan.bits.get(name, 0)
    if state.types:
        touched |= plan.bits[BASIS]
    if state.done:
        touched |= plan.bits[DONE]
        said.add(DONE)
    computed = tuple([each for each in plan.computed if each[0] not in said])
    return Form(
        touched,
        computed,
        tuple([name for name in plan.amounts if name in state.values]),
        tuple([name for name in plan.lists if name in said or plan.constants.get(name)]),
        tuple([name for name in plan.assumable if name not in said]),
        tuple([name for name, _ in computed if name not in GUESSED]),
    )
