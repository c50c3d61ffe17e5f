"""Actions, manner, targets, remedies, sequences and stages as written."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, Tag

from complaint_rules.model.base import (
    DurationText,
    Formula,
    Guidance,
    Id,
    Ids,
    Item,
    Strict,
    Text,
    YesNo,
)
from complaint_rules.model.conditions import Table, When


class DueFrom(Strict):
    """A due time of its own: so long after an instant."""

    from_: Formula = Field(alias="from", description="an instant")
    due: DurationText = Field(description="how long after it")


class DueAt(Strict):
    """``now``, a target's id, or a fraction of one (``1/4 of first_response``)."""

    at: str = Field(max_length=200)


def _items(key: str, value: object) -> object:
    """Read a bare word, or each in a list, as a mapping that has only `key`."""
    listed = value if isinstance(value, list) else [value]
    return [{key: item} if isinstance(item, str) else item for item in listed]


def _due_shape(value: object) -> str:
    return "<at>" if isinstance(value, dict) and "at" in value else "<from>"


Due: TypeAlias = Annotated[
    Annotated[DueAt, Tag("<at>")] | Annotated[DueFrom, Tag("<from>")], Discriminator(_due_shape)
]
Dues: TypeAlias = Annotated[
    list[Due],
    BeforeValidator(
        lambda value: _items("at", value),
        json_schema_input_type=str | DueFrom | list[str | DueFrom],
    ),
    Field(
        min_length=1,
        description="when it is due: `now`, a target, `1/4 of TARGET` or {from, due}; of several "
        "the earliest (semantics 18)",
    ),
]


class Repeat(Strict):
    """
    How often an action returns once done (semantics 15).

    Attributes:
        each: A target: once in each of its periods while the complaint is open.
        ever: At most so many times, all rounds counted.
    """

    each: Id | None = Field(None, description="a target: once in each of its periods")
    ever: int | None = Field(None, ge=1, description="at most so many times, all rounds counted")


def _repeat_shape(value: object) -> str:
    return "<once>" if isinstance(value, str) else "<repeat>"


RepeatText: TypeAlias = Annotated[
    Annotated[Literal["once"], Tag("<once>")] | Annotated[Repeat, Tag("<repeat>")],
    Discriminator(_repeat_shape),
]


class ActionModel(Item):
    """Something somebody does next; or, with ``conduct``, something that can only be forbidden."""

    owner: Id | None = Field(None, description="the role that does it; required unless conduct")
    channel: Id | None = Field(None, description="where it is done, if that is fixed")
    due: Dues | None = None
    after: Ids = Field(default_factory=list, description="actions it comes after (semantics 25)")
    repeat: RepeatText = Field(
        "once", description="once a round, {each: TARGET} or {ever: 1} (semantics 15)"
    )
    guidance: Guidance | None = None
    conduct: YesNo = Field(False, description="yes: it can only be forbidden (semantics 22)")


class MannerModel(Item):
    """How to speak and behave."""

    phase: Literal["listening", "deciding", "both"] = "both"
    guidance: Guidance


class TargetModel(Item):
    """A point in time by which something must have happened (semantics 16)."""

    when: When = Field("always", description="where it does not hold there is no target")
    from_: Formula = Field(alias="from", description="an instant: when the clock starts")
    met_by: Formula = Field(description="an instant: what meets it")
    due: DurationText | None = None
    opens: DurationText | None = Field(None, description="not before so long after the start")
    table: Table | None = None
    pauses: YesNo = Field(False, description="yes: stands still while others are waited for")
    calendar: Id | None = Field(None, description="its own calendar instead of the complaint's")


class Tier(Strict):
    """One step of an approval: up to an amount, by a role; the last has no ``up_to``."""

    up_to: Formula | None = Field(None, description="an amount, inclusive")
    by: Id = Field(description="the role that approves")


class AmountTable(Strict):
    """An amount looked up in a table."""

    table: Table


def _amount_shape(value: object) -> str:
    return "<table>" if isinstance(value, dict) else "<formula>"


Amount: TypeAlias = Annotated[
    Annotated[Formula, Tag("<formula>")] | Annotated[AmountTable, Tag("<table>")],
    Discriminator(_amount_shape),
]


class RemedyModel(Item):
    """Something offered, or owed, to the customer (semantics 28 to 33)."""

    when: When = Field("always", description="who is eligible")
    amount: Amount | None = Field(
        None, description="an amount of money; absent where it costs none"
    )
    cap: Formula | None = Field(None, description="the remedy's own cap")
    approval: list[Tier] | None = Field(None, min_length=1)
    group: Id | None = None
    excludes: Ids = Field(default_factory=list, description="remedies it cannot stand beside")
    fits: Ids = Field(
        default_factory=list, description="kinds of demand it answers, besides its own id"
    )
    owed: YesNo = Field(False, description="owed: never cut, forbidden or withheld")
    statutory: YesNo = Field(False, description="owed by law: not counted against the room")
    voucher: YesNo = Field(False, description="owed only if the customer accepted it")
    due: Dues | None = Field(None, description="when it is payable")
    cost: Formula | None = Field(None, description="what it costs, for ranking, if not its amount")
    guidance: Guidance | None = None


class GroupModel(Item):
    """Remedies of which at most one is picked; `goodwill` is the group that comes after the fix."""

    pick: Literal["one"] = "one"
    opens: When = Field("always", description="before it holds its remedies wait: `later`")
    cap: Formula | None = None


class SequenceModel(Item):
    """An order of actions; the first whose `when` holds is followed whole (semantics 25)."""

    id: Id
    when: When = Field(description="the condition, or `always`")
    steps: Ids = Field(min_length=1, description="actions, first to last")


class StageModel(Item):
    """A stage of the complaint's life: the first whose `when` holds (semantics 24)."""

    id: Id
    when: When = Field(description="the condition, or `always`")


class Do(Strict):
    """An action a rule asks for."""

    action: Id
    due: Dues | None = Field(None, description="earlier than the action's own due")


Dos: TypeAlias = Annotated[
    list[Do],
    BeforeValidator(
        lambda value: _items("action", value),
        json_schema_input_type=str | Do | list[str | Do],
    ),
]


class Then(Strict):
    """What a rule brings about (semantics 22)."""

    do: Dos = Field(default_factory=list, description="actions, each bare or with a due time")
    never: Ids = Field(default_factory=list, description="actions and conduct forbidden")
    target: dict[Id, DurationText] = Field(
        default_factory=dict, description="target id -> a duration: the earliest instant rules"
    )
    manner: Ids = Field(default_factory=list, description="how to speak and behave")
    mute: Ids = Field(default_factory=list, description="manner taken out again")
    cap: dict[Id, Formula] = Field(
        default_factory=dict, description="remedy, group or `total` -> an amount"
    )
    withhold: Ids = Field(default_factory=list, description="remedies or groups not given")
    approver: dict[Id, Id] = Field(
        default_factory=dict, description="remedy, group, `total` or action -> a role"
    )
    escalate: Ids = Field(default_factory=list, description="roles")


class RuleModel(Item):
    """One rule: in such a state, so much (every rule has an id, a text and a source)."""

    id: Id
    text: Text = Field(description="one sentence that says what it demands")
    when: When = Field(description="the condition, or `always`")
    then: Then = Field(description="what it brings about")
