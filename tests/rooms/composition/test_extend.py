"""Composition: rulesets that build on others (semantics 23)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from complaint_rules.composition import Composed, MappingFolder, Root, compose, lineage, root_at
from complaint_rules.document import key_span, to_data
from complaint_rules.problem import Problem

HEAD = 'format: 1\nid: {0}\nedition: "1"\ntitle: {0}\n'


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Return an empty directory to put rulesets in."""
    return tmp_path


def put(shelf: Path, name: str, body: str) -> None:
    """Write a ruleset of one file in a folder."""
    (shelf / name).mkdir(exist_ok=True)
    (shelf / name / "ruleset.yaml").write_text(HEAD.format(name) + body, encoding="utf-8")


def run(shelf: Path, name: str) -> tuple[Composed, list[Problem]]:
    """Compose a ruleset on the shelf."""
    root = root_at(shelf / name)
    assert root is not None
    whole, problems, _ = compose(root)
    assert whole is not None
    return whole, problems


def data(shelf: Path, name: str) -> Any:
    """Return the data of a ruleset without faults."""
    whole, problems = run(shelf, name)
    assert problems == []
    return to_data(whole.node)


def only(shelf: Path, name: str) -> Problem:
    """Return the one problem of a ruleset."""
    _, problems = run(shelf, name)
    assert len(problems) == 1, problems
    return problems[0]


BASE = """
currency: EUR
calendar: office
settings: {rate: 5, cap: {value: 9, law: yes}}
actions: {thank: {owner: agent, note: old}, close: {owner: lead}}
stages: [{id: open, when: always}]
rules: [{id: late, text: Late, then: {do: [thank]}}, {id: law, law: yes}]
"""


def test_a_child_inherits(shelf: Path) -> None:
    """A child has its own id and edition, and inherits sections, currency and calendar."""
    put(shelf, "base", BASE)
    put(shelf, "child", "extends: base\nrules: [{id: own}]\n")
    whole = data(shelf, "child")
    assert whole["id"] == "child"
    assert whole["title"] == "child"
    assert whole["currency"] == "EUR"
    assert whole["calendar"] == "office"
    assert [rule["id"] for rule in whole["rules"]] == ["late", "law", "own"]


def test_the_childs_currency_wins(shelf: Path) -> None:
    """A key the child has is not inherited."""
    put(shelf, "base", BASE)
    put(shelf, "child", "extends: [base]\ncurrency: HUF\n")
    assert data(shelf, "child")["currency"] == "HUF"


def test_format_and_edition_are_not_inherited(shelf: Path) -> None:
    """Format, id, edition, text and drop are a ruleset's own."""
    put(shelf, "base", BASE + "text: Base\n")
    (shelf / "bare.yaml").write_text("extends: base\n", encoding="utf-8")
    whole = data(shelf, "bare.yaml")
    assert {"format", "id", "edition", "text"}.isdisjoint(whole)
    assert whole["title"] == "base"


def test_amends_replaces_whole_values(shelf: Path) -> None:
    """Given keys of an amended item replace whole values; the others stay, in their place."""
    put(shelf, "base", BASE)
    put(
        shelf,
        "child",
        "extends: base\nactions: {thank: {amends: base, owner: lead}}\n"
        "rules: [{id: late, amends: base, then: {never: [close]}}]\n",
    )
    whole = data(shelf, "child")
    assert whole["actions"]["thank"] == {"owner": "lead", "note": "old"}
    assert whole["rules"][0] == {"id": "late", "text": "Late", "then": {"never": ["close"]}}


def test_amended_parts_know_their_file(shelf: Path) -> None:
    """Parts of an amended item have the span of the file each comes from."""
    put(shelf, "base", BASE)
    put(shelf, "child", "extends: base\nactions:\n  thank: {amends: base, owner: lead}\n")
    whole, _ = run(shelf, "child")
    assert key_span(whole.node, ("actions", "thank", "owner")).file == "ruleset.yaml"
    assert key_span(whole.node, ("actions", "thank", "note")).file == "base/ruleset.yaml"
    assert sorted(whole.sources) == ["base/ruleset.yaml", "ruleset.yaml"]


def test_settings_are_redeclared(shelf: Path) -> None:
    """A setting may be redeclared without more words."""
    put(shelf, "base", BASE)
    put(shelf, "child", "extends: base\nsettings: {rate: 7}\n")
    assert data(shelf, "child")["settings"] == {"rate": 7, "cap": {"value": 9, "law": "yes"}}


def test_dropped_items_are_gone(shelf: Path) -> None:
    """`drop` takes inherited items out; a dropped id may be declared anew."""
    put(shelf, "base", BASE)
    put(
        shelf,
        "child",
        "extends: base\ndrop: {rules: late, actions: [close]}\nactions: {close: {owner: agent}}\n",
    )
    whole = data(shelf, "child")
    assert [rule["id"] for rule in whole["rules"]] == ["law"]
    assert whole["actions"]["close"] == {"owner": "agent"}


def test_new_stages_come_first(shelf: Path) -> None:
    """New entries of lists of which the first counts stand before the inherited ones."""
    put(shelf, "base", BASE)
    put(
        shelf,
        "child",
        "extends: base\nstages: [{id: shut, when: always}, {id: open, amends: base, note: x}]\n",
    )
    assert [stage["id"] for stage in data(shelf, "child")["stages"]] == ["shut", "open"]


def test_a_diamond_is_composed_once(shelf: Path) -> None:
    """A ruleset inherited on two ways counts once, and changes of either way hold."""
    put(shelf, "base", BASE)
    put(shelf, "left", "extends: base\nactions: {thank: {amends: base, owner: left}}\n")
    put(shelf, "right", "extends: base\nrules: [{id: right}]\n")
    put(
        shelf,
        "child",
        "extends: [left, right]\nactions: {thank: {amends: left, note: new}}\n",
    )
    whole = data(shelf, "child")
    assert whole["actions"]["thank"] == {"owner": "left", "note": "new"}
    assert [rule["id"] for rule in whole["rules"]] == ["late", "law", "right"]


def test_a_parents_dates_stay_with_its_items(shelf: Path) -> None:
    """The `valid` of a parent is not that of its children's items, nor the other way round."""
    put(shelf, "base", "valid: {from: 2020-01-01}\nrules: [{id: old}]\n")
    put(
        shelf,
        "child",
        "extends: base\nvalid: {from: 2026-01-01}\n"
        "rules: [{id: own}, {id: old, amends: base, note: x}]\n",
    )
    rules = {rule["id"]: rule for rule in data(shelf, "child")["rules"]}
    assert rules["old"] == {"id": "old", "valid": {"from": "2020-01-01"}, "note": "x"}
    assert rules["own"] == {"id": "own", "valid": {"from": "2026-01-01"}}


@pytest.mark.parametrize(
    ("code", "body", "words"),
    [
        ("unknown-parent", "extends: bsae\n", "no ruleset `bsae`"),
        ("unknown-parent", "extends: ../base\n", "no ruleset `../base`"),
        ("id-taken", "actions: {thank: {owner: x}}\n", "`thank` is inherited from `base`"),
        (
            "nothing-to-amend",
            "actions: {thnak: {amends: base, owner: x}}\n",
            "`thnak` is inherited from no ruleset",
        ),
        (
            "nothing-to-amend",
            "groups: {goodwill: {amends: base}}\n",
            "`goodwill` is inherited from no ruleset",
        ),
        (
            "wrong-parent",
            "actions: {thank: {amends: core, owner: x}}\n",
            "`thank` is not declared by `core`",
        ),
        ("law-fixed", "rules: [{id: law, amends: base, text: x}]\n", "`law` is law in `base`"),
        ("law-fixed", "drop: {rules: [law]}\n", "`law` is law in `base`"),
        ("law-fixed", "settings: {cap: 100}\n", "`cap` is law in `base`"),
        ("nothing-to-drop", "drop: {rules: [lat]}\n", "`lat` is not inherited"),
        ("nothing-to-drop", "drop: {sides: [lat]}\n", "`lat` is not inherited"),
    ],
)
def test_faults_of_children(shelf: Path, code: str, body: str, words: str) -> None:
    """Each way of changing what may not be changed is a problem of its own code."""
    put(shelf, "base", BASE)
    head = "" if body.startswith("extends") else "extends: base\n"
    put(shelf, "child", head + body)
    problem = only(shelf, "child")
    assert problem.code == code
    assert words in problem.message
    assert problem.help


def test_malformed_drop_and_amends_are_left_to_the_model(shelf: Path) -> None:
    """`drop` and `amends` of a wrong shape are not read here, and not told twice."""
    put(shelf, "base", BASE)
    put(shelf, "child", "extends: base\ndrop: [late]\nactions: {new: {amends: [a]}, odd: 5}\n")
    whole = data(shelf, "child")
    assert whole["drop"] == ["late"]
    assert whole["actions"]["new"] == {"amends": ["a"]}


def test_extends_cycle(shelf: Path) -> None:
    """A ruleset that builds on itself is told with the circle."""
    put(shelf, "a", "extends: b\n")
    put(shelf, "b", "extends: c\n")
    put(shelf, "c", "extends: b\n")
    problem = only(shelf, "a")
    assert problem.code == "extends-cycle"
    assert "b → c → b" in problem.message
    put(shelf, "self", "extends: self\n")
    assert only(shelf, "self").code == "extends-cycle"


@pytest.mark.parametrize(
    ("right", "label"),
    [
        ("actions: {thank: {amends: base, owner: r}}\n", "also at"),
        ("drop: {actions: [thank]}\n", "also at"),
    ],
)
def test_two_parents_change_one_item(shelf: Path, right: str, label: str) -> None:
    """Two rulesets that do not know each other must not both change one item."""
    put(shelf, "base", BASE)
    put(shelf, "left", "extends: base\nactions: {thank: {amends: base, owner: l}}\n")
    put(shelf, "right", "extends: base\n" + right)
    put(shelf, "child", "extends: [left, right]\n")
    problem = only(shelf, "child")
    assert problem.code == "id-from-two-parents"
    assert label in problem.label


def test_two_parents_declare_one_id(shelf: Path) -> None:
    """One id from two parents is a problem, settings included."""
    put(shelf, "left", "actions: {thank: {}}\n")
    put(shelf, "right", "actions: {thank: {}}\n")
    put(shelf, "child", "extends: [left, right]\n")
    problem = only(shelf, "child")
    assert problem.code == "id-from-two-parents"
    assert problem.message == "`thank` comes from `right` and from `left`"
    put(shelf, "left", "settings: {a: 1}\n")
    put(shelf, "right", "settings: {a: 1}\n")
    assert only(shelf, "child").code == "id-from-two-parents"


def test_amending_what_another_parent_dropped(shelf: Path) -> None:
    """One parent drops what the other amends: told as coming from both."""
    put(shelf, "base", BASE)
    put(shelf, "left", "extends: base\ndrop: {actions: [thank]}\n")
    put(shelf, "right", "extends: base\nactions: {thank: {amends: base, owner: r}}\n")
    put(shelf, "child", "extends: [left, right]\n")
    problem = only(shelf, "child")
    assert problem.code == "id-from-two-parents"
    assert problem.label == "dropped by `left`"


def test_a_parent_named_twice(shelf: Path) -> None:
    """A parent that stands twice in a list counts once."""
    put(shelf, "base", BASE)
    put(shelf, "child", "extends: [base, base]\n")
    assert [rule["id"] for rule in data(shelf, "child")["rules"]] == ["late", "law"]


def test_parents_beside_a_file(shelf: Path) -> None:
    """A ruleset of one file finds parents in its own directory, as a folder or a file."""
    put(shelf, "base", BASE)
    (shelf / "mid.yaml").write_text(HEAD.format("mid") + "extends: base\n", encoding="utf-8")
    (shelf / "top.yaml").write_text(HEAD.format("top") + "extends: mid\n", encoding="utf-8")
    assert data(shelf, "top.yaml")["currency"] == "EUR"


def test_parents_of_rulesets_in_memory() -> None:
    """A ruleset that is held in memory has no neighbours."""
    folder = MappingFolder({"ruleset.yaml": b"extends: base\n"})
    _, problems, _ = compose(Root(folder))
    assert [problem.code for problem in problems] == ["unknown-parent"]


def test_an_unreadable_parent(shelf: Path) -> None:
    """A parent that is no ruleset is told with its file; the child is composed without it."""
    put(shelf, "child", "extends: base\nrules: [{id: own}]\n")
    (shelf / "base").mkdir()
    (shelf / "base" / "ruleset.yaml").write_text("- a\n", encoding="utf-8")
    whole, problems = run(shelf, "child")
    assert [(p.code, str(p.span)) for p in problems] == [("not-a-ruleset", "base/ruleset.yaml:1:1")]
    assert to_data(whole.node)["rules"] == [{"id": "own"}]


def test_a_parent_folder_without_its_file(shelf: Path) -> None:
    """A parent's folder without `ruleset.yaml` is told where the child names it."""
    put(shelf, "child", "extends: base\n")
    (shelf / "base").mkdir()
    problem = only(shelf, "child")
    assert problem.code == "missing-file"
    assert str(problem.span) == "ruleset.yaml:5:10"


def test_too_many_rulesets(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A chain of more rulesets than the bound is told."""
    monkeypatch.setattr(lineage, "MOST_RULESETS", 3)
    for number in range(5):
        put(shelf, f"r{number}", f"extends: r{number + 1}\n")
    put(shelf, "r5", "")
    problem = only(shelf, "r0")
    assert problem.code == "ruleset-too-large"
