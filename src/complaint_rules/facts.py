"""
Facts: the words a ruleset and a state share, each with a kind; and the values they take.

A value stands in a state exactly, never as a float:

=================  ====================================================================
kind               value
=================  ====================================================================
yes_no             ``True`` or ``False``
count              ``int``, 0 or more
number             ``Decimal`` (or ``Fraction``, where a derived number has no end)
money              `complaint_rules.money.Money`
duration           ``int``: elapsed whole seconds
business_duration  ``int``: open whole seconds on the complaint's calendar
instant            ``int``: whole seconds since 1970-01-01T00:00:00Z, or `NOT_YET`
date               ``datetime.date``
text               ``str``
choice, level      ``str``, one of the declared values
set                ``frozenset[str]`` of declared values
record             nothing by itself; its fields stand under dotted names
records            ``tuple`` of mappings from field name to value; unknown fields are absent
=================  ====================================================================

An unknown fact is absent from the mapping of values (semantics 1).
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, TypeAlias

import attrs

from complaint_rules.money import Money


class Kind(enum.Enum):
    """What sort of value a fact has."""

    YES_NO = "yes_no"
    COUNT = "count"
    NUMBER = "number"
    MONEY = "money"
    DURATION = "duration"
    BUSINESS_DURATION = "business_duration"
    INSTANT = "instant"
    DATE = "date"
    TEXT = "text"
    CHOICE = "choice"
    LEVEL = "level"
    SET = "set"
    RECORD = "record"
    RECORDS = "records"


class NotYet(enum.Enum):
    """The value of an instant that has not happened: known, and later than nothing."""

    NOT_YET = "not_yet"

    # One member, one identity; an enumeration's own hash is slower than what looks it up.
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return "NOT_YET"


NOT_YET: Final = NotYet.NOT_YET

Record: TypeAlias = Mapping[str, Any]
Value: TypeAlias = (
    bool
    | int
    | Decimal
    | Fraction
    | Money
    | NotYet
    | datetime.date
    | str
    | frozenset[str]
    | tuple[Record, ...]
)


@attrs.frozen
class Fact:
    """
    One declared fact.

    Attributes:
        name: Its name; a record's field is dotted (``review.delete_requests``).
        kind: Its kind.
        values: Allowed values in their order (choice, set), lowest first (level).
        fields: The fields of ``record`` and ``records``, by bare name.
        derived: Computed by the ruleset or the package, never given (semantics 3).
        learn_by: The action that learns it, if any.
        not_money: No amount, cap or eligibility may depend on it (semantics 32): all of it
            if ``True``, else on these of its values.
        time: It changes with time alone (it depends on ``now``).
        reserved: The package itself knows it (semantics 34).
        title: What a reader calls it, per language; may be empty.
    """

    name: str
    kind: Kind
    values: tuple[str, ...] = ()
    fields: Mapping[str, Fact] = attrs.field(factory=dict)
    derived: bool = False
    learn_by: str | None = None
    not_money: bool | frozenset[str] = False
    time: bool = False
    reserved: bool = False
    title: Mapping[str, str] = attrs.field(factory=dict)
    ranks: Mapping[str, int] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "ranks", {value: rank for rank, value in enumerate(self.values)})
