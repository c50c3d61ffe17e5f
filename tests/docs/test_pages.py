"""Pages that must keep in step with the code: generated ones, the floors, the semantics."""

from __future__ import annotations

import configparser
import json
import re
from pathlib import Path

from docs.generate import main, pages, stale

from complaint_rules import decide, loads, to_json
from complaint_rules.decision import decision_schema

ROOT = Path(__file__).resolve().parents[2]


def read(name: str) -> str:
    """Return the text of a page."""
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_generated_pages_are_fresh() -> None:
    """Writing every generated page anew would change none; `python -m docs.generate` does it."""
    assert stale(pages()) == []
    assert main(["--check"]) == 0


def test_the_floors_in_the_picture_are_those_enforced() -> None:
    """The architecture shows the floors that the import contract has, in their order."""
    block = re.search(r"```floors\n(.*?)```", read("explanation/architecture.md"), re.DOTALL)
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter", encoding="utf-8")
    floors = contract["importlinter:contract:floors"]["layers"]
    assert block is not None
    assert block[1].split("\n")[:-1] == floors.strip().split("\n")


def test_every_room_is_told() -> None:
    """The architecture has a line for every room."""
    rooms = {
        path.stem
        for path in (ROOT / "src" / "complaint_rules").iterdir()
        if path.stem not in ("__init__", "__main__", "__pycache__", "py", "rulesets")
        and (path.suffix == ".py" or path.is_dir())
    }
    told = set(re.findall(r"^\| `(\w+)` \|", read("explanation/architecture.md"), re.MULTILINE))
    assert rooms - told == set()


def test_the_semantics_have_every_point_in_order() -> None:
    """The page of the semantics numbers its points 1 to 38, each once, in order."""
    numbers = re.findall(r"^### (\d+)\. ", read("explanation/semantics.md"), re.MULTILINE)
    assert [int(number) for number in numbers] == list(range(1, 39))


def test_cited_points_exist() -> None:
    """Whoever cites the semantics, in code, documentation or rulesets, cites a point there is."""
    cite = re.compile(r"\(semantics ([0-9, to-]+)\)")
    for path in (ROOT / "src").rglob("*.py"):
        for numbers in cite.findall(path.read_text(encoding="utf-8")):
            assert all(1 <= int(number) <= 38 for number in re.findall(r"\d+", numbers)), path


def test_the_decision_page_names_every_key() -> None:
    """The reference of decisions has a line for every key of every part of a decision."""
    page = read("reference/decision.md")
    keys: set[str] = set()
    waiting: list[object] = [decision_schema()]
    while waiting:
        schema = waiting.pop()
        if isinstance(schema, dict):
            keys |= set(schema.get("properties", {}))
            waiting += schema.values()
        elif isinstance(schema, list):
            waiting += schema
    assert {key for key in keys if f"`{key}`" not in page} == set()


def test_the_decision_in_the_readme_is_the_one_made() -> None:
    """The part of a decision that the README shows is that of its ruleset and state."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    ruleset, state, shown = (
        re.search(rf"^```{head}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)[1]  # type: ignore[index]
        for head in ("yaml corner-shop.yaml", "json state.json", "json")
    )
    decision = to_json(decide(loads(ruleset), json.loads(state), at="2026-11-20T16:00:00+01:00"))
    for key, part in json.loads(shown).items():
        if isinstance(part, list):
            assert all(line in decision[key] for line in part), (key, decision[key])
        else:
            assert decision[key] == part
