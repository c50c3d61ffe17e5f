"""The form of a state: which facts it gives, and all that follows from that alone."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Final

import attrs

from complaint_rules.conditions.tree import Call, Expression, FactValue
from complaint_rules.decision.seeing.derive import Deriving
from complaint_rules.decision.seeing.guards import BASIS, DONE, LOOSE
from complaint_rules.decision.seeing.plan import GUESSED, Plan
from complaint_rules.facts import NOT_YET, Kind, Value
from complaint_rules.state import State

_MOST: Final = 1024
"""How many forms a policy keeps: hosts give the same few facts of most complaints."""
_MOST_ORDERS: Final = 4096
"""How many orders of facts it knows the form of: a host gives them in one order each time."""


@attrs.frozen(eq=False)
class Form:
    """
    Which facts a state gives or says to be unknown, and whether it has deeds and types.

    Attributes:
        touched: The bits of what it says something of (see `guards`).
        copied: Facts whose default is an instant that is given, and which that is.
        computed: Facts that take another default than a constant, and what gives it, in order.
        calendar: The calendar where it gives none.
        currency: The currency where it gives none; empty where amounts tell it.
        amounts: Given amounts that tell the complaint's currency.
        lists: Lists of records that it gives or that have some by default.
        assumable: Facts that take a default, sorted; fields of listed records apart.
        doubtful: Those among them whose default may be unknown.
        given: Facts that it gives.
        typed: It says more of a customer type than that the customer has it.
        unknown: Facts that it says to be unknown.
        event_date, received_at: Their defaults, if they never change.
        happenings: Given instants that may not lie in the future.
        happening_lists: Given lists of records with such fields.
    """

    touched: int
    copied: tuple[tuple[str, str], ...]
    computed: tuple[tuple[str, Deriving], ...]
    calendar: str
    currency: str
    amounts: tuple[str, ...]
    lists: tuple[str, ...]
    assumable: tuple[str, ...]
    doubtful: frozenset[str]
    given: frozenset[str]
    typed: bool
    unknown: frozenset[str]
    event_date: Value | None
    received_at: Value | None
    happenings: tuple[str, ...]
    happening_lists: tuple[str, ...]

    @property
    def varying(self) -> frozenset[str]:
        """Facts whose value each state of this form has of its own, derived ones apart."""
        taken = (name for name, _ in (*self.copied, *self.computed))
        return self.given.union(self.lists, taken)


def form_of(plan: Plan, state: State) -> Form:
    """Return the form of a state."""
    told = (tuple(state.values), state.unknown, not state.done, not state.types)
    known: Form | None = plan.told.get(told)
    if known is None:
        if len(plan.told) >= _MOST_ORDERS:
            plan.told.clear()
        known = plan.told[told] = _form_of_set(plan, state)
    return known


def _form_of_set(plan: Plan, state: State) -> Form:
    """Return the form, one for all states that give the same in whatever order."""
    key = (frozenset(state.values), state.unknown, not state.done, not state.types)
    known: Form | None = plan.forms.get(key)
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
    constants = {name: each for name, each in plan.constants.items() if name not in state.unknown}
    copied = {} if plan.early else _copied(plan, given, said, constants)
    computed = tuple([each for each in plan.computed if each[0] not in {*said, *copied}])
    amounts = tuple([name for name in plan.amounts if name in given])
    currency = constants.get("currency", "" if amounts else plan.currency)
    return Form(
        touched,
        tuple(copied.items()),
        computed,
        str(constants.get("calendar", plan.calendar)),
        str(currency),
        amounts,
        tuple([name for name in plan.lists if name in said or plan.constants.get(name)]),
        tuple([name for name in plan.assumable if name not in said]),
        frozenset([name for name, _ in computed if name not in GUESSED]),
        given,
        bool(state.types),
        state.unknown,
        constants.get("event_date"),
        constants.get("received_at"),
        tuple(sorted(plan.happenings & given)),
        tuple([name for name in plan.happening_fields if name in given]),
    )


def _copied(
    plan: Plan, given: frozenset[str], said: Container[str], constants: Mapping[str, Value]
) -> dict[str, str]:
    """Return the facts that take an instant that is given by default, with that instant."""
    idle = {name for name, value in constants.items() if value is NOT_YET and name not in given}
    found: dict[str, str] = {}
    for name, _ in plan.computed:
        instant = _instant(plan.defaults[name], idle)
        if instant in given and name not in said:
            found[name] = instant
    return found


def _instant(default: Expression, idle: Container[str]) -> str:
    """Return the instant that a default is where these have not happened; empty if more is read."""
    match default:
        case FactValue(name, Kind.INSTANT):
            return name
        case Call("earliest" | "latest", arguments, Kind.INSTANT):
            left = [each for each in arguments if _name(each) not in idle]
            return _instant(left[0], idle) if len(left) == 1 else ""
        case _:
            return ""


def _name(expression: Expression) -> str:
    return expression.name if isinstance(expression, FactValue) else ""
