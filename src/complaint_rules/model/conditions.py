"""Conditions and decision tables as written."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from complaint_rules.model.base import (
    Cell,
    Day,
    Id,
    Ids,
    Sources,
    Strict,
    Text,
    Valid,
    blank,
)

GROUP_KEYS = ("all", "any", "none", "not", "at_least")


class Group(BaseModel):
    """
    Tests and groups that must all hold (semantics 10).

    Every key that is no group is the name of a fact and its value a test.
    """

    model_config = ConfigDict(
        extra="allow", frozen=True, strict=True, populate_by_name=True, defer_build=True
    )

    all: list[Group] | None = Field(None, min_length=1, description="every one holds")
    any: list[Group] | None = Field(None, min_length=1, description="at least one holds")
    none: list[Group] | None = Field(None, min_length=1, description="not one holds")
    not_: OneTest | None = Field(None, alias="not", description="this one test does not hold")
    at_least: AtLeastOf | None = Field(None, description="n of these hold")
    __pydantic_extra__: dict[str, Cell] = Field(init=False)

    def tests(self) -> dict[str, Any]:
        """Return the tests by fact name, in the order written."""
        return self.__pydantic_extra__

    def size(self) -> int:
        """Return how many tests and groups stand here side by side."""
        groups = (self.all, self.any, self.none, self.not_, self.at_least)
        return len(self.__pydantic_extra__) + sum(group is not None for group in groups)

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.size() == 0:
            raise PydanticCustomError(
                "empty-condition",
                "a condition without any test",
                {"help": "write a test, or `always` where there is nothing to test"},
            )
        return self


def _one_test(group: Group) -> Group:
    if group.size() != 1:
        raise PydanticCustomError(
            "not-one-test",
            "`not` holds {count} tests, it takes exactly one",
            {
                "count": group.size(),
                "help": "say which is meant: `none: [{…}, {…}]` (not one of them) or "
                "`not: {all: [{…}, {…}]}` (not all of them together)",
            },
        )
    return group


OneTest: TypeAlias = Annotated[Group, AfterValidator(_one_test)]


class AtLeastOf(Strict):
    """At least `n` of several conditions hold."""

    n: int = Field(ge=1, description="how many")
    of: list[Group] = Field(min_length=1, description="the conditions")


Group.model_rebuild()


def _shape(value: object) -> str:
    return "<always>" if isinstance(value, str) else "<group>"


When: TypeAlias = Annotated[
    Annotated[Literal["always"], Tag("<always>")] | Annotated[Group, Tag("<group>")],
    Discriminator(_shape),
]


HitPolicy: TypeAlias = Literal["U", "A", "P", "F", "R", "O", "C", "C+", "C<", "C>", "C#"]


def _sources_of(value: object) -> object:
    """Read ``a; b`` in a table as two sources, because a CSV cell cannot hold a list."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    return value


class Row(BaseModel):
    """
    One row of a decision table: a test per fact and a value per output (semantics 12).

    Every key that is none of these is a fact's name, or an output's.
    """

    model_config = ConfigDict(
        extra="allow", frozen=True, strict=True, populate_by_name=True, defer_build=True
    )

    row: Annotated[Id | None, BeforeValidator(blank)] = Field(
        None, description="the row's name; its number where there is none"
    )
    source: Annotated[Sources, BeforeValidator(_sources_of)] = Field(
        default_factory=list, description="where it comes from; several with `;` between them"
    )
    text: Annotated[Text | None, BeforeValidator(blank)] = Field(
        None, description="what the row says"
    )
    valid: Valid | None = Field(None, description="the dates it holds between (semantics 21)")
    valid_from: Annotated[Day | None, BeforeValidator(blank)] = Field(
        None, description="in CSV: the first day the row holds"
    )
    valid_to: Annotated[Day | None, BeforeValidator(blank)] = Field(
        None, description="in CSV: the last day the row holds"
    )
    __pydantic_extra__: dict[str, Cell] = Field(init=False)

    def cells(self) -> dict[str, Any]:
        """Return the cells by column, in the order written."""
        return self.__pydantic_extra__


class Table(Strict):
    """
    A decision table with a DMN hit policy (semantics 12; OMG DMN 1.5, 8.2.11).

    ``rows`` may name a CSV file beside the ruleset; its header gives the columns.
    """

    hit: HitPolicy = Field(description="U A P F R O C C+ C< C> C#")
    out: Ids = Field(min_length=1, description="the columns that are outputs")
    rows: list[Row] = Field(min_length=1, description="the rows, or the name of a CSV file")
    else_: dict[str, Cell] | None = Field(
        None, alias="else", description="the outputs where no row matches"
    )
    priority: list[Cell] | None = Field(
        None, min_length=1, description="output values, most important first (P and O)"
    )
