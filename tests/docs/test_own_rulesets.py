"""The example of a company's own repository works: its rulesets, its CI file, its hooks."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from complaint_rules.testing import run

HOME = Path(__file__).resolve().parents[2]
EXAMPLE = HOME / "examples" / "own_rulesets"
HOOK_KEYS = {"id", "name", "description", "entry", "language", "files", "pass_filenames"}
BASH = shutil.which("bash") or ""
GIT = shutil.which("git") or ""

pytestmark = pytest.mark.skipif(not (BASH and GIT), reason="needs bash and git")


def read(path: Path) -> Any:
    """Return what a YAML file holds, strings as they are."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def shell(folder: Path, command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command line as CI does: bash that stops at a failure, the tool on its path."""
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV", "GIT"))}
    keep["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{keep['PATH']}"
    keep |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"} | more
    return subprocess.run(
        [BASH, "-e", "-o", "pipefail", "-c", command],
        cwd=folder,
        env=keep,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )


def ran(folder: Path, command: str, **more: str) -> str:
    """Run a command line that must succeed, and return what it prints."""
    done = shell(folder, command, **more)
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return the example as a repository of its own, with a first commit that is pushed."""
    folder = tmp_path / "ours"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    ran(
        folder,
        "git init -q -b main && git add -A && git -c user.name=a -c user.email=a@b.c "
        "commit -q -m first && git update-ref refs/remotes/origin/main HEAD",
    )
    return folder


def steps() -> Iterator[str]:
    """Yield what the CI file runs, without the installation."""
    workflow = read(EXAMPLE / ".github" / "workflows" / "rulesets.yaml")
    assert set(workflow["on"]) == {"push", "pull_request"}
    for step in workflow["jobs"]["rulesets"]["steps"]:
        if "run" in step and "pip install" not in step["run"]:
            yield step["run"]


def test_its_ci_file_runs(repository: Path, tmp_path: Path) -> None:
    """Check, test and comparison of the CI file pass, and tell of a change what it does."""
    ruleset = repository / "rulesets" / "our_shop" / "ruleset.yaml"
    text = ruleset.read_text(encoding="utf-8")
    changed = text.replace("cause_code: damaged", "cause_code: [damaged, wrong_item]")
    assert changed != text
    ruleset.write_text(changed, encoding="utf-8")
    page = tmp_path / "summary.md"
    commands = list(steps())
    assert [shlex.split(each)[1] for each in commands[:2]] == ["check", "test"]
    for command in commands:
        ran(repository, command, GITHUB_BASE_REF="main", GITHUB_STEP_SUMMARY=str(page))
    assert (repository / "found.xml").is_file()
    told = page.read_text(encoding="utf-8")
    assert told.startswith("# our\\_shop 2026-11")
    assert "| rules | shop-damaged-goods" in told
    assert "### now to do: phone\\_call" in told
    assert "damaged → \\[damaged, wrong\\_item\\]" in told
    assert len(told) < 65_536


def test_its_hooks_run(repository: Path) -> None:
    """Each hook of the example passes as it is, and fails once the ruleset is broken."""
    (local,) = read(EXAMPLE / ".pre-commit-config.yaml")["repos"]
    commands = [" ".join([each["entry"], *each["args"]]) for each in local["hooks"]]
    check, test = commands
    assert "no problems" in ran(repository, check)
    assert "deviating as stated" in ran(repository, test)
    ruleset = repository / "rulesets" / "our_shop" / "ruleset.yaml"
    text = ruleset.read_text(encoding="utf-8")
    ruleset.write_text(text.replace("do: [phone_call]", "do: [phonecall]"), encoding="utf-8")
    assert shell(repository, check).returncode == 3
    assert shell(repository, test).returncode == 3


def test_the_hooks_that_we_offer(repository: Path) -> None:
    """The hooks for other repositories have what pre-commit asks for, and run as it would."""
    hooks = read(HOME / ".pre-commit-hooks.yaml")
    offered = {hook["id"]: hook for hook in hooks}
    assert set(offered) == {"complaint-rules-check", "complaint-rules-test"}
    args = {"complaint-rules-check": "rulesets/our_shop", "complaint-rules-test": "rulesets"}
    (local,) = read(EXAMPLE / ".pre-commit-config.yaml")["repos"]
    for hook, used in zip(hooks, local["hooks"], strict=True):
        assert set(hook) >= HOOK_KEYS
        assert (hook["language"], hook["pass_filenames"]) == ("python", "false")
        assert [used[key] for key in ("id", "name", "entry")] == [
            hook[key] for key in ("id", "name", "entry")
        ]
        ran(repository, f"{hook['entry']} {args[hook['id']]}")


def test_it_plays_with_the_plugin(repository: Path) -> None:
    """`pytest rulesets` collects its own scenarios and core's, and all are as they should be."""
    told = ran(repository, "python -m pytest -q -p no:cacheprovider rulesets/our_shop/scenarios")
    assert "4 passed" in told
    told = ran(
        repository,
        "python -m pytest -q -p no:cacheprovider rulesets -k 'remedies-goodwill or our or shop'",
    )
    assert "passed" in told
    assert "failed" not in told


def test_its_readme_names_every_file() -> None:
    """The README has a line for each file, and its commands are those that CI runs."""
    readme = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    for path in EXAMPLE.rglob("*"):
        if path.is_file() and path.name != "README.md" and "__pycache__" not in path.parts:
            assert f"`{path.relative_to(EXAMPLE).as_posix()}`" in readme


def test_two_deviations_are_stated() -> None:
    """What the shop answers otherwise than `core` is stated, with a reason, and nothing else is."""
    done = run(EXAMPLE / "rulesets" / "our_shop", strict=True)
    counts = done.counts()
    assert not done.failed
    assert counts["deviating as stated"] == 2
