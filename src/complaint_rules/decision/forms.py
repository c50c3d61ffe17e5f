"""The form of a state: which facts it gives, and all that follows from that alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from complaint_rules.decision.derive import Deriving
from complaint_rules.decision.guards import BASIS, DONE, LOOSE
from complaint_rules.decision.plan import EARLY, GUESSED, Plan
from complaint_rules.facts import Value
from complaint_rules.state import State

_MOST: Final = 1024
"""How many forms a policy keeps: hosts give the same few facts of most complaints."""
_FIRST: Final = tuple(sorted(EARLY | {"calendar"}))


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
        given: Facts that it gives.
        typed: It says more of a customer type than that the customer has it.
        unknown: Facts that it says to be unknown.
        constants: Defaults that never change of reserved facts that other defaults follow from.
        happenings: Given instants that may not lie in the future.
        happening_lists: Given lists of records with such fields.
    """

    touched: int
    computed: tuple[tuple[str, Deriving], ...]
    amounts: tuple[str, ...]
    lists: tuple[str, ...]
    assumable: tuple[str, ...]
    doubtful: frozenset[str]
    given: frozenset[str]
    typed: bool
    unknown: frozenset[str]
    constants: Mapping[str, Value]
    happenings: tuple[str, ...]
    happening_lists: tuple[str, ...]

    @property
    def varying(self) -> frozenset[str]:
        """Facts whose value each state of this form has of its own, derived ones apart."""
        return self.given.union(self.lists, (name for name, _ in self.computed))


def form_of(plan: Plan, state: State) -> Form:
    """Return the form of a state."""
    key = (frozenset(state.values), state.unknown, not state.done, not state.types)
    known = plan.forms.get(key)
    if known is None:
        if len(plan.forms) >= _MOST:
            plan.forms.clear()
        known = plan.forms[key] = _form(plan, state, key[0])
    return known


def _form(plan: Plan, state: State, given: frozenset[str]) -> Form:
    said = given.union(state.unknown)
    touched = LOOSE
    for name in said:
        touched |= plan.bits.get(name, 0)
    if state.types:
        touched |= plan.bits[BASIS]
    if state.done:
        touched |= plan.bits[DONE]
        said |= {DONE}
    computed = tuple([each for each in plan.computed if each[0] not in said])
    return Form(
        touched,
        computed,
        tuple([name for name in plan.amounts if name in given]),
        tuple([name for name in plan.lists if name in said or plan.constants.get(name)]),
        tuple([name for name in plan.assumable if name not in said]),
        frozenset([name for name, _ in computed if name not in GUESSED]),
        given,
        bool(state.types),
        state.unknown,
        {
            name: plan.constants[name]
            for name in _FIRST
            if name in plan.constants and name not in state.unknown
        },
        tuple(sorted(plan.happenings & given)),
        tuple([name for name in plan.happening_fields if name in given]),
    )
