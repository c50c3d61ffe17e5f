"""The pytest plugin: scenario files are items, other YAML is left alone, failures are readable."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from _complaint_rules_pytest import _has
from complaint_rules import testing

PLUGIN = Path(__file__).resolve().parents[2] / "src" / "_complaint_rules_pytest.py"
RULESET = """\
format: 1
id: shop
edition: "1"
title: A shop
currency: EUR
calendar: office
calendars: {office: {timezone: Europe/Budapest, hours: {mon-fri: ["09:00-17:00"]}}}
facts:
  severity: {kind: level, values: [s2, s1], default: s2}
actions:
  thank: {title: Thank, owner: agent, due: now, source: [house]}
rules:
  - {id: thanks, text: All are thanked, source: [house], when: always, then: {do: [thank]}}
"""
BRANCH = """\
format: 1
id: branch
edition: "1"
title: A branch
extends: [shop]
drop: {rules: [thanks]}
"""
FIRST = """\
format: 1
tags: [polite]
at: 2026-11-24 10:00
scenarios:
  - {id: well, story: All is well, expect: {actions: thank}}
  - {id: bad, story: Nobody is thanked, expect: {actions: none}}
  - {id: known, story: A fault, expect: {actions: none}, expected_failure: next week}
  - {id: mended, story: A fault, expect: {actions: thank}, expected_failure: last week}
  - {id: fresh, story: Nobody looked, expect: {actions: thank}, unreviewed: yes}
  - id: rows
    story: Each severity
    table:
      state: [severity]
      expect: [actions]
      rows: {small: [s2, thank], grave: [s1, none]}
"""
APPROVING = """\
from complaint_rules import decide, load
from complaint_rules.testing import approve

def test_thanks():
    approve(decide(load("rulesets/shop"), {}, at="2026-11-24T10:00:00+01:00"), "approved.json")
"""
FOREIGN = "format: 1\nscenarios:\n  - not: ours\n"


def write(folder: Path, **files: str) -> None:
    """Write files; a double underscore stands for a slash."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository of somebody's own: rulesets, scenarios, YAML of other people."""
    write(
        tmp_path,
        rulesets__shop__ruleset=RULESET,
        rulesets__shop__scenarios__first=FIRST,
        rulesets__shop__scenarios__deep__broken=FIRST.replace(
            "{id: well, ", "{id: well, tgas: x, "
        ),
        rulesets__branch__ruleset=BRANCH,
        rulesets__branch__scenarios__own=(
            "format: 1\ndeviations:\n  - {of: 'shop:first/well', because: nobody is thanked}\n"
        ),
        rulesets__quiet__ruleset=BRANCH.replace("branch", "quiet"),
        deploy__ruleset=RULESET,
        deploy__chart=FOREIGN,
        scenarios__other=FOREIGN,
        other__scenarios__x=FOREIGN,
        other__ruleset="rules: []\n",
        stray=FIRST.replace("format: 1", "format: 1\nruleset: rulesets/shop"),
        lost="format: 1\nruleset: [x]\nscenarios: []\n",
        empty="",
    )
    return tmp_path


def run(folder: Path, *words: str) -> tuple[int, str]:
    """Run pytest in a folder; return its exit code and what it says."""
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--no-header", *words],
        cwd=folder,
        env=keep,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    return done.returncode, done.stdout + done.stderr


def ids(told: str) -> list[str]:
    """Return the node ids that `--collect-only -q` lists."""
    return [line for line in told.splitlines() if "::" in line and not line.startswith("ERROR")]


def test_scenario_files_are_collected_and_nothing_else(repository: Path) -> None:
    """A case is an item, a broken file an error with the report; foreign YAML is left alone."""
    code, told = run(repository, "--collect-only", "-q")
    first = "rulesets/shop/scenarios/first.yaml::"
    names = ["well", "bad", "known", "mended", "fresh", "rows[small]", "rows[grave]"]
    assert ids(told) == [
        *(f"rulesets/shop/scenarios/first.yaml::{name}" for name in names),
        *(f"stray.yaml::{name}" for name in names),
    ], told
    assert code == 2
    assert "error[unknown-key]: unknown key `tgas` in a scenario" in told
    assert " --> rulesets/shop/scenarios/deep/broken.yaml:5:" in told
    assert "there are no scenarios at `lost.yaml`" in told
    assert first in told
    assert "Traceback" not in told
    errors = set(re.findall(r"^ERROR (\S+)", told, re.MULTILINE))
    assert errors == {
        "rulesets/shop/scenarios/deep/broken.yaml",
        "rulesets/branch/ruleset.yaml",
        "lost.yaml",
    }


def test_failures_are_told_in_words(repository: Path) -> None:
    """A failure shows story, difference and why, no Python; known faults are xfails, strictly."""
    code, told = run(repository, "rulesets/shop/scenarios/first.yaml", "-rA", "-v")
    assert code == 1
    assert "3 failed, 3 passed, 1 xfailed" in told
    assert "Nobody is thanked\nat 2026-11-24T10:00:00+01:00:\n  actions\n" in told
    assert "All are thanked" in told
    assert "take `expected_failure` out" in told
    assert "next week" in told
    assert "ScenarioFailure" not in told
    assert ".py" not in told.replace("first.yaml", "")


def test_an_item_is_run_again_by_its_id(repository: Path) -> None:
    """A node id names a case, or all rows of one; words and tags choose with `-k`."""
    file = "rulesets/shop/scenarios/first.yaml"
    assert "1 passed" in run(repository, f"{file}::rows[small]")[1]
    assert "1 failed, 1 passed" in run(repository, f"{file}::rows")[1]
    assert "1 failed" in run(repository, "stray.yaml::bad")[1]
    assert "1 passed, 6 deselected" in run(repository, file, "-k", "polite and well")[1]


def test_unreviewed_scenarios_are_marked(repository: Path) -> None:
    """The marker `unreviewed` selects them, and an option refuses them."""
    file = "rulesets/shop/scenarios/first.yaml"
    assert (
        "1 passed, 6 deselected" in run(repository, file, "-m", "unreviewed", "--strict-markers")[1]
    )
    code, told = run(repository, f"{file}::fresh", "--strict-scenarios")
    assert code == 1
    assert "nobody has reviewed it" in told


def test_a_ruleset_runs_what_it_inherits(repository: Path) -> None:
    """A ruleset with scenarios of its own collects its parents' under its `ruleset.yaml`."""
    (repository / "rulesets/shop/scenarios/deep/broken.yaml").unlink()
    code, told = run(repository, "rulesets/branch", "rulesets/quiet", "-v")
    assert "rulesets/branch/ruleset.yaml::shop:first/well PASSED" in told
    assert "rulesets/branch/ruleset.yaml::shop:first/bad PASSED" in told
    assert "shop:first/known" not in told
    assert "rulesets/quiet" not in told
    assert "2 failed, 3 passed" in told
    name = "rulesets/branch/ruleset.yaml::shop:first/rows[small]"
    assert "1 failed" in run(repository, name)[1]
    assert code == 1


def flow(text: str) -> str:
    """Return a YAML text as one flow mapping, as other programs write it."""
    return json.dumps(yaml.safe_load(text), indent=2, default=str)


def test_a_ruleset_may_be_one_flow_mapping(repository: Path) -> None:
    """Rulesets and files that name theirs are collected in braces as without, by either runner."""
    shop = repository / "rulesets/shop"
    (shop / "scenarios/deep/broken.yaml").unlink()
    before = [ids(run(repository, each, "--collect-only", "-q")[1]) for each in ("rulesets", ".")]
    assert [len(each) for each in before] == [12, 19]
    (repository / "lost.yaml").unlink()
    for name in ("rulesets/shop/ruleset.yaml", "rulesets/branch/ruleset.yaml", "stray.yaml"):
        path = repository / name
        path.write_text(
            f"# It's ours {{format\n--- # and in braces\n{flow(path.read_text('utf-8'))}\n",
            encoding="utf-8",
        )
    assert [ids(run(repository, e, "--collect-only", "-q")[1]) for e in ("rulesets", ".")] == before
    played = testing.run(repository / "stray.yaml")
    assert [result.ok for result in played.results].count(True) == 4


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("{format: 1, id: shop}", True),
        ("\ufeff{ id: shop ,\n format : 1}", True),
        ('{"id":"a","format":1}', True),
        ("{'id': 'it''s', 'format': 1}", True),
        ("{title: Rock 'n roll at 9:30#x, # don't {\n format: 1}", True),
        ('{title: "a \\" }", list: [{a: b}, [c, "]"]], format: 1}', True),
        ("%YAML 1.2\n---\n{format: 1", True),
        ("{deep: {format: 1}}", False),
        ("{deep: [{format: 1}]}", False),
        ("{title: format, also: [format], # format: 1\n}", False),
        ('{title: "it has no end, format: 1}', False),
        ("{title: 'it has no end, format: 1}", False),
        ("{}\n", False),
        ("#" * 60_000, False),
        ("", False),
    ],
)
def test_keys_in_braces_are_those_of_the_file(tmp_path: Path, text: str, ours: bool) -> None:
    """Of a flow mapping its own keys count; not deeper ones, nor words in values and comments."""
    path = tmp_path / "ruleset.yaml"
    path.write_text(text, encoding="utf-8")
    assert _has(path, frozenset({b"format"})) is ours


def test_a_broken_ruleset_is_a_collection_error(repository: Path) -> None:
    """Without a policy every file of the ruleset is an error that tells the ruleset's faults."""
    write(repository, rulesets__shop__ruleset=RULESET.replace("do: [thank]", "do: [thanks]"))
    code, told = run(repository, "rulesets/shop/scenarios/first.yaml")
    assert code == 2
    assert "error[unknown-action]" in told


def test_nothing_is_imported_before_it_is_needed(repository: Path) -> None:
    """The plugin itself imports nothing of the package; a run without scenarios never does."""
    write(repository, mine__conftest="")
    test = repository / "mine" / "test_mine.py"
    test.write_text(
        "import sys\n\ndef test_mine():\n    assert 'complaint_rules' not in sys.modules\n",
        encoding="utf-8",
    )
    (repository / "mine" / "values.yaml").write_text(FOREIGN, encoding="utf-8")
    code, told = run(repository, "mine")
    assert (code, "1 passed" in told) == (0, True)
    text = PLUGIN.read_text(encoding="utf-8")
    assert not re.search(r"^(from|import) complaint_rules", text, re.MULTILINE)


def test_decisions_are_approved_by_an_option(repository: Path) -> None:
    """A decision nobody approved fails; with `--accept` it is written, and passes from then on."""
    (repository / "test_it.py").write_text(APPROVING, encoding="utf-8")
    code, told = run(repository, "test_it.py")
    assert code == 1
    assert "no decision is approved at approved.json" in told
    assert run(repository, "test_it.py", "--accept")[0] == 0
    assert run(repository, "test_it.py")[0] == 0


def test_workers_share_the_items(repository: Path) -> None:
    """Under xdist every worker collects the same items."""
    told = run(repository, "rulesets/shop/scenarios/first.yaml", "-n", "2")[1]
    assert "3 failed, 3 passed, 1 xfailed" in told


def _seconds() -> float:
    """Return the processor's seconds that runs have taken so far: others share the machine."""
    used = os.times()
    return used.children_user + used.children_system


def test_four_hundred_scenarios_in_ten_seconds(root: Path, tmp_path: Path) -> None:
    """Pytest starts, loads `core` and runs 400 cases of it in less than ten seconds."""
    rows = "".join(f"        r{number}: [{number}]\n" for number in range(400))
    write(
        tmp_path,
        many=(
            "format: 1\nruleset: core\nat: 2026-11-24 10:00\n"
            "state: {calendar: office, received_at: -30 m, channel: email}\nscenarios:\n"
            "  - id: many\n    story: A customer writes\n    expect: {stage: received}\n"
            f"    table:\n      state: [contacts_30d]\n      rows:\n{rows}"
        ),
    )
    begun = _seconds()
    code, told = run(tmp_path)
    took = _seconds() - begun
    assert (code, "400 passed" in told) == (0, True), told[-500:]
    assert took < 10
