"""The page of the keys of a ruleset, from the models that read it."""

from __future__ import annotations

from pydantic import BaseModel

from complaint_rules.model.base import Guidance, Item, Valid
from complaint_rules.model.conditions import AtLeastOf, Group, Row, Table
from complaint_rules.model.facts import (
    Case,
    CustomerTypeModel,
    DeriveCount,
    DeriveEarliest,
    DeriveFirst,
    DeriveLatest,
    FactModel,
    SettingModel,
    SettingValueModel,
)
from complaint_rules.model.outputs import (
    ActionModel,
    Do,
    DueFrom,
    GroupModel,
    MannerModel,
    RemedyModel,
    Repeat,
    RuleModel,
    SequenceModel,
    StageModel,
    TargetModel,
    Then,
    Tier,
)
from complaint_rules.model.ruleset import (
    CalendarModel,
    Currency,
    Drop,
    Part,
    RulesetModel,
    SpecialDay,
    WordModel,
)

_TOP = """\
# Keys of a ruleset

A ruleset is one YAML file, or a folder with `ruleset.yaml` that includes others.
What the keys mean together is told by the [semantics](../explanation/semantics.md); tests,
expressions and durations by the [grammar](grammar.md); an editor reads the
[JSON Schema](ruleset.schema.json).

`*` marks what must be there; a ruleset that extends another inherits what it leaves out.
Any list of words may be a single word. A text is English, or a mapping from language to text.
"""
_PARTS: tuple[tuple[str, tuple[type[BaseModel], ...]], ...] = (
    ("The ruleset", (RulesetModel, Currency, Drop)),
    ("What every item may have", (Item, Valid, Guidance)),
    ("`settings`", (SettingModel, SettingValueModel)),
    ("`facts`", (FactModel, DeriveFirst, Case, DeriveCount, DeriveEarliest, DeriveLatest)),
    ("`calendars`", (CalendarModel, SpecialDay)),
    ("`customer_types`", (CustomerTypeModel,)),
    ("`actions`", (ActionModel, Repeat, DueFrom)),
    ("`manner`", (MannerModel,)),
    ("`targets`", (TargetModel,)),
    ("`remedies`", (RemedyModel, Tier)),
    ("`groups`", (GroupModel,)),
    ("`words`", (WordModel,)),
    ("`sequences`", (SequenceModel,)),
    ("`stages` and `sides`", (StageModel,)),
    ("`rules`", (RuleModel, Then, Do)),
    ("Conditions", (Group, AtLeastOf)),
    ("Tables", (Table, Row)),
)
_SECTIONS = {
    "settings": "named values, by name",
    "facts": "what a state may say, and what is derived, by name",
    "calendars": "business hours, by id",
    "customer_types": "by id",
    "actions": "what somebody does, or must not do, by id",
    "manner": "how to speak and behave, by id",
    "targets": "deadlines, by id",
    "remedies": "what is offered or owed, by id",
    "groups": "remedies of which one is picked, by id",
    "words": "what a reader calls values, roles and channels, by word",
    "sequences": "orders of actions, the first that fits first",
    "stages": "stages of a complaint's life, the first that fits first",
    "sides": "states beside the stage, each that fits",
    "rules": "what happens when",
}
_ELSEWHERE = {
    **_SECTIONS,
    "note": "for the ruleset's authors; never shown",
    "guidance": "what to do and what to avoid",
    "phase": "`listening`, `deciding` or `both`",
    "due": "by when: so long after `from`",
    "table": "a table whose output is `due`",
    "approval": "who approves up to which amount, lowest first",
    "group": "the group it belongs to",
    "pick": "`one`",
    "cap": "the cap of each of its remedies",
    "date": "the day",
    "text": "one sentence that says what it is",
    "drop": "inherited items taken out, by section",
}
"""What the models say by name alone."""


def page() -> str:
    """Return the page."""
    return "\n".join([_TOP, *(_part(title, models) for title, models in _PARTS)])


def _part(title: str, models: tuple[type[BaseModel], ...]) -> str:
    return "\n".join([f"## {title}\n", *(_model(model) for model in models)])


def _model(model: type[BaseModel]) -> str:
    told = (model.__doc__ or "").strip().split("\n\n")[0].replace("\n", " ").replace("``", "`")
    shared = Item.model_fields if model is not Item and issubclass(model, Item) else {}
    rows = []
    for name, field in model.model_fields.items():
        if name in shared and not field.is_required():
            continue
        key = f"{field.alias or name}"
        meaning = field.description or (_inherited(model, name) or _ELSEWHERE[name])
        rows.append(f"| `{key}`{' *' if field.is_required() else ''} | {meaning} |\n")
    return f"{' '.join(told.split())}\n\n| key | meaning |\n|---|---|\n{''.join(rows)}"


def _inherited(model: type[BaseModel], name: str) -> str:
    """Return what a section of `drop` means."""
    return f"ids of {name.replace('_', ' ')}" if model is Drop and name in Part.model_fields else ""
