"""The front door: what a developer imports, and that it is all he needs."""

from __future__ import annotations

import ast
import datetime
import doctest
import json
import pickle
from pathlib import Path

import pytest

import complaint_rules as door
from complaint_rules import ComplaintFacts, State, StateError

AT = "2026-11-22T10:00:00+01:00"
FACTS = {
    "received_at": "2026-11-20T15:30:00+01:00",
    "channel": "phone",
    "customer_types": ["premium"],
}
NAMES = [
    "ComplaintFacts", "ComplaintRulesError", "Decision", "EngineError", "MissingExtraError",
    "Policy", "Problem", "Report", "RulesetError", "Severity", "State", "StateError", "WhyNot",
    "__version__", "ask", "check", "decide", "explain", "from_json", "load", "loads",
    "read_state", "to_json", "why", "why_not",
]  # fmt: skip


@pytest.fixture(scope="module")
def core() -> door.Policy:
    """Return the packaged policy."""
    return door.load("core")


def test_the_names_are_written_out() -> None:
    """Twenty-five names, sorted, each there; a change of them is a change of the public promise."""
    assert list(door.__all__) == NAMES
    assert len(NAMES) == 25
    assert all(getattr(door, name) is not None for name in NAMES)


def test_the_door_only_passes_on() -> None:
    """`complaint_rules/__init__.py` holds imports and names, no code of its own."""
    module = ast.parse(Path(door.__file__).read_text(encoding="utf-8"))
    kinds = {type(node) for node in module.body}
    assert kinds == {ast.Expr, ast.ImportFrom, ast.Assign}


def test_every_public_thing_says_what_it_is() -> None:
    """Each name has a docstring of its own, and each function its arguments and errors."""
    for name in NAMES:
        item = getattr(door, name)
        if isinstance(item, str):
            continue
        assert (item.__doc__ or "").strip(), name
        assert item.__module__.startswith("complaint_rules."), name


def test_the_example_of_the_door_runs() -> None:
    """The lines in the package's docstring do what they say."""
    result = doctest.testmod(door)
    assert result.attempted >= 4
    assert result.failed == 0


def test_no_room_imports_the_front_door() -> None:
    """Inside the house nobody goes through the front door."""
    package = Path(door.__file__).parent
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.module != "complaint_rules", path
                assert node.level == 0, path
            if isinstance(node, ast.Import):
                assert "complaint_rules" not in {alias.name for alias in node.names}, path


def test_a_state_is_a_mapping_a_model_or_a_state(core: door.Policy) -> None:
    """The three ways to give a state give one decision."""
    received = datetime.datetime.fromisoformat(FACTS["received_at"])
    model = ComplaintFacts(received_at=received, channel="phone", customer_types={"premium"})
    once = door.read_state(core, FACTS)
    assert isinstance(once, State)
    decisions = [door.decide(core, given, at=AT) for given in (FACTS, model, once)]
    assert decisions[0] == decisions[1] == decisions[2]


def test_an_instant_is_given_in_three_ways(core: door.Policy) -> None:
    """Text, an aware datetime and whole seconds mean the same instant."""
    moment = datetime.datetime.fromisoformat(AT)
    ways = (AT, moment, int(moment.timestamp()))
    first, *others = [door.decide(core, FACTS, at=at) for at in ways]
    assert all(other == first for other in others)


def test_a_wrong_state_raises_and_a_wrong_ruleset_reports(core: door.Policy) -> None:
    """Facts that do not fit raise with a report; `check` never raises."""
    with pytest.raises(StateError) as caught:
        door.decide(core, {"chanel": "phone"}, at=AT)
    assert caught.value.report.problems[0].code == "unknown-fact"
    with pytest.raises(StateError):
        door.decide(core, {}, at="noon")
    with pytest.raises(door.EngineError):
        door.decide(core, {}, at=AT, engine="steam")
    report = door.check("no such ruleset")
    assert isinstance(report, door.Report)
    assert report.problems[0].severity is door.Severity.ERROR
    with pytest.raises(door.RulesetError) as refused:
        door.loads("format: 2")
    assert isinstance(refused.value, ValueError)
    assert isinstance(refused.value, door.ComplaintRulesError)


def test_a_decision_goes_to_json_and_back(core: door.Policy) -> None:
    """A decision is data and comes back the same."""
    decision = door.decide(core, FACTS, at=AT)
    assert door.from_json(json.loads(json.dumps(door.to_json(decision)))) == decision


def test_a_decision_is_explained(core: door.Policy) -> None:
    """Why, why not and what to ask, from the door."""
    decision = door.decide(core, FACTS, at=AT)
    assert "Next actions" in door.explain(core, decision)
    first = decision.actions[0].id
    assert door.why(core, decision, first).children
    assert door.ask(core, decision).children
    found = door.why_not(core, door.read_state(core, FACTS), "refund", at=AT)
    assert isinstance(found, door.WhyNot)


def test_a_policy_travels(core: door.Policy) -> None:
    """A policy is pickled for another process and decides the same there."""
    copy = pickle.loads(pickle.dumps(core))
    assert door.decide(copy, FACTS, at=AT) == door.decide(core, FACTS, at=AT)
