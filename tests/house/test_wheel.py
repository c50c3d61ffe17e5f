"""The wheel, installed alone: it holds what it needs and decides as the source tree does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from examples.demo import EXAMPLES

from complaint_rules import decide, load
from complaint_rules.decision import dumps

pytestmark = pytest.mark.xdist_group("wheel")

AT = "2026-12-01T10:00:00+01:00"
DECIDE = """
import json, sys
from pathlib import Path
from complaint_rules import check, decide, load
from complaint_rules.decision import dumps
import complaint_rules
policy = load("core")
states = json.load(sys.stdin)
answers = {name: dumps(decide(policy, facts, at=sys.argv[1])) for name, facts in states.items()}
print(json.dumps({"where": complaint_rules.__file__, "problems": len(check("core").problems),
                  "fingerprint": policy.fingerprint, "answers": answers}))
"""

SCENARIOS = """
format: 1
at: 2026-11-24 10:00
state: {calendar: office, received_at: -30 m, channel: email}
scenarios:
  - id: calm-email
    story: Whoever writes is thanked
    expect: {stage: received, actions: thank}
"""
SHELF = """
import json
from complaint_rules import load
from complaint_rules.composition import packaged_names
print(json.dumps({name: load(name).fingerprint for name in packaged_names()}))
"""


def run(*command: str | Path, cwd: Path, given: str = "") -> str:
    """Run a command outside the source tree's paths and return what it prints."""
    keep = {
        k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=keep,
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, built from a copy of what the repository tracks for it."""
    copy = tmp_path_factory.mktemp("source")
    for name in ("src", "rulesets"):
        shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"):
        shutil.copy(root / name, copy / name)
    made = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    run(*pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", made, ".", cwd=copy)
    (found,) = made.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a fresh environment that holds the wheel, and a copy of the examples."""
    folder = tmp_path_factory.mktemp("elsewhere")
    run(sys.executable, "-m", "venv", folder / "env", cwd=folder)
    pip = (python(folder), "-m", "pip", "--disable-pip-version-check")
    run(*pip, "install", "--quiet", "--only-binary", ":all:", wheel, cwd=folder)
    shutil.copytree(
        root / "examples", folder / "examples", ignore=shutil.ignore_patterns("__pycache__")
    )
    return folder


def python(folder: Path) -> Path:
    """Return the interpreter of the fresh environment."""
    windows = folder / "env" / "Scripts" / "python.exe"
    return windows if windows.exists() else folder / "env" / "bin" / "python"


def test_the_wheel_holds_what_it_needs(wheel: Path, root: Path) -> None:
    """Rulesets, the grammar, the mark of a typed package and the licence; no test, no example."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    rulesets = {
        f"complaint_rules/rulesets/{path.relative_to(root / 'rulesets').as_posix()}"
        for path in (root / "rulesets").rglob("*")
        if path.suffix in (".yaml", ".csv")
    }
    code = {
        path.relative_to(root / "src").as_posix()
        for path in (root / "src" / "complaint_rules").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert (rulesets | code) - names == set()
    assert "complaint_rules/py.typed" in names
    assert any(name.endswith(".lark") for name in names)
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    tops = {name.split("/")[0] for name in names}
    assert "_complaint_rules_pytest.py" in tops
    assert len(tops) == 3, tops


def test_it_decides_as_the_source_tree_does(elsewhere: Path, root: Path) -> None:
    """The states of the examples get the same bytes from the wheel as from the source tree."""
    states = {
        f"{path.parent.name}/{path.name}": json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((root / "examples").glob("*/*.json"))
    }
    assert len(states) >= 4
    policy = load("core")
    told = json.loads(
        run(python(elsewhere), "-c", DECIDE, AT, cwd=elsewhere, given=json.dumps(states))
    )
    assert Path(told["where"]).is_relative_to(elsewhere)
    assert told["problems"] == 0
    assert told["fingerprint"] == policy.fingerprint
    assert told["answers"] == {
        name: dumps(decide(policy, facts, at=AT)) for name, facts in states.items()
    }


def test_it_ships_every_ruleset(elsewhere: Path, root: Path) -> None:
    """Each ruleset of the source tree is loaded there by its name, and is the same."""
    names = [path.parent.name for path in (root / "rulesets").glob("*/ruleset.yaml")]
    told = json.loads(run(python(elsewhere), "-c", SHELF, cwd=elsewhere))
    assert told == {name: load(name).fingerprint for name in names}


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_runs_there(name: str, elsewhere: Path, root: Path) -> None:
    """Each example prints what it prints in the source tree."""
    printed = run(python(elsewhere), "-X", "utf8", "-m", f"examples.{name}.run", cwd=elsewhere)
    assert printed == (root / "examples" / name / "expected.txt").read_text(encoding="utf-8")


def test_scenarios_run_beside_the_wheel_alone(elsewhere: Path, tmp_path: Path) -> None:
    """A repository with the wheel, pytest and a rulesets folder plays its scenarios, both ways."""
    pip = (python(elsewhere), "-m", "pip", "--disable-pip-version-check")
    run(*pip, "install", "--quiet", "--only-binary", ":all:", "pytest>=8.3", cwd=elsewhere)
    shop = tmp_path / "rulesets" / "shop"
    (shop / "scenarios").mkdir(parents=True)
    head = 'format: 1\nid: shop\nedition: "1"\ntitle: A shop\nextends: [core]\n'
    (shop / "ruleset.yaml").write_text(head, encoding="utf-8")
    (shop / "scenarios" / "first.yaml").write_text(SCENARIOS, encoding="utf-8")
    told = run(python(elsewhere), "-m", "pytest", "-v", "rulesets/shop/scenarios", cwd=tmp_path)
    assert "rulesets/shop/scenarios/first.yaml::calm-email PASSED" in told
    command = next((elsewhere / "env").glob("*/complaint-rules*"))
    told = run(command, "test", "rulesets/shop/scenarios", cwd=tmp_path)
    assert told == "1 played: 1 passed\n"


def test_its_command_answers(elsewhere: Path) -> None:
    """The command is there and finds the packaged ruleset."""
    command = next((elsewhere / "env").glob("*/complaint-rules*"))
    assert "no problems" in run(command, "check", "core", cwd=elsewhere).lower()
