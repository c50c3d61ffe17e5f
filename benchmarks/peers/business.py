"""business-rules: variables and actions as classes, conditions as mappings."""

from __future__ import annotations

from typing import Any

from business_rules.actions import BaseActions, rule_action
from business_rules.engine import run_all
from business_rules.fields import FIELD_TEXT
from business_rules.variables import (
    BaseVariables,
    boolean_rule_variable,
    numeric_rule_variable,
    string_rule_variable,
)

from benchmarks.peers import Peer
from benchmarks.synthetic import Between, OneOf, Rule, Test, flags, numbers, words


def build(rules: list[Rule]) -> Peer:
    """Return all rules as one list for `run_all`."""
    body: dict[str, Any] = {"__init__": lambda self, state: setattr(self, "state", state)}
    for names, variable in (
        (words(), string_rule_variable),
        (numbers(), numeric_rule_variable),
        (flags(), boolean_rule_variable),
    ):
        for name in names:
            body[name] = variable()(_getter(name))
    variables = type("Variables", (BaseVariables,), body)
    written = [
        {
            "conditions": {"all": [_test(test) for test in rule.tests]},
            "actions": [{"name": "hold", "params": {"name": rule.id}}],
        }
        for rule in rules
    ]

    def match(state: dict[str, Any]) -> list[str]:
        actions = Actions()
        run_all(written, variables(state), actions, stop_on_first_trigger=False)
        return actions.found

    return dict, match


class Actions(BaseActions):
    """Collects the rules that hold."""

    def __init__(self) -> None:
        self.found: list[str] = []

    @rule_action(params={"name": FIELD_TEXT})
    def hold(self, name: str) -> None:
        """Take a rule."""
        self.found.append(name)


def _getter(name: str) -> Any:
    def get(self: Any) -> Any:
        return self.state[name]

    get.__name__ = name
    return get


def _test(test: Test) -> dict[str, Any]:
    match test:
        case OneOf(fact, values):
            each = [{"name": fact, "operator": "equal_to", "value": value} for value in values]
            return {"any": each}
        case Between(fact, low, high):
            return {
                "all": [
                    {"name": fact, "operator": "greater_than_or_equal_to", "value": low},
                    {"name": fact, "operator": "less_than", "value": high},
                ]
            }
        case _:
            operator = "is_true" if test.value else "is_false"
            return {"name": test.fact, "operator": operator, "value": ""}
