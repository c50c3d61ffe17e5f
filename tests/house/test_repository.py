"""What the repository says of itself is true: versions, commands, codes, links."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import complaint_rules
from complaint_rules.catalogue import CATALOGUE, NOTICES
from complaint_rules.version import VERSION

CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")
MACHINE = re.compile(
    r"/(?:work|home|Users|root|tmp)/[A-Za-z0-9_.-]+|[A-Z]:\\\\Users|shared/(?:design|semantics|domain|models|data/)"
)
REGISTRY = re.compile(
    r"index[-_]url|pypi\.org/simple|files\.pythonhosted|artifactory|nexus", re.IGNORECASE
)
TEXTS = {".py", ".md", ".toml", ".yaml", ".yml", ".csv", ".txt", ".json", ".cfg", ".lark", ""}


def tracked(root: Path) -> Iterator[Path]:
    """Yield the files that belong to the repository, those not yet committed too."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=root,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is no git checkout")
    for name in listed.stdout.decode().split("\0"):
        path = root / name
        if name and path.is_file():
            yield path


def project(root: Path) -> dict[str, Any]:
    """Return what `pyproject.toml` says of the project."""
    data: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return data["project"]


def test_versions_agree(root: Path) -> None:
    """The project file, the package and the changelog name one version."""
    assert project(root)["version"] == VERSION == complaint_rules.__version__
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    named = re.findall(r"^## \[?(\d+\.\d+\.\d+|Unreleased)", changelog, re.MULTILINE)
    assert named
    assert named[0] in (VERSION, "Unreleased")
    assert len(set(named)) == len(named)


def test_python_versions_agree(root: Path) -> None:
    """`requires-python` has no upper pin and its lowest version is among the classifiers."""
    told = project(root)
    (lowest,) = re.fullmatch(r">=(3\.\d+)", told["requires-python"]).groups()  # type: ignore[union-attr]
    named = [c.rsplit(" ", 1)[1] for c in told["classifiers"] if re.search(r":: 3\.\d+$", c)]
    assert named
    assert named[0] == lowest
    assert all(int(each.split(".")[1]) >= int(lowest.split(".")[1]) for each in named)
    data = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert data["tool"]["mypy"]["python_version"] == lowest
    assert data["tool"]["ruff"]["target-version"] == "py" + lowest.replace(".", "")


def test_no_requirement_is_pinned_from_above(root: Path) -> None:
    """Every requirement names a lowest version and no highest one."""
    told = project(root)
    for requirement in told["dependencies"]:
        assert re.fullmatch(r"[A-Za-z0-9_.-]+>=[0-9.]+", requirement), requirement


def _problem_codes(path: Path) -> Iterator[str]:
    """Yield the codes that a module gives to problems and notices as literals."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        called = node.func.id if isinstance(node.func, ast.Name) else called
        first = node.args[0]
        if (
            called
            in (
                "Problem",
                "fault",
                "tell",
                "error",
                "warning",
                "Trouble",
                "Notice",
                "unknown",
                "Fault",
            )
            and isinstance(first, ast.Constant)
            and isinstance(first.value, str)
            and CODE.fullmatch(first.value)
        ):
            yield first.value


def test_every_code_has_a_page(root: Path) -> None:
    """Each code that the source gives to a problem or notice is in the catalogue."""
    package = root / "src" / "complaint_rules"
    found = {
        (code, path.name)
        for path in package.rglob("*.py")
        for code in _problem_codes(path)
        if code not in CATALOGUE and code not in NOTICES
    }
    assert found == set()


def test_every_page_has_a_code(root: Path) -> None:
    """Each code of the catalogue stands in the source besides: none is left over."""
    package = root / "src" / "complaint_rules"
    texts = [
        path.read_text(encoding="utf-8")
        for path in package.rglob("*.py")
        if path.parent.name != "catalogue"
    ]
    assert {code for code in CATALOGUE if not any(f'"{code}"' in text for text in texts)} == set()


def test_no_path_of_a_machine_and_no_registry_is_named(root: Path) -> None:
    """Nothing in the repository names a folder of somebody's machine or a package registry."""
    found = []
    for path in tracked(root):
        if path.suffix not in TEXTS or path == Path(__file__).resolve():
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        found += [f"{path.relative_to(root)}: {m[0]}" for m in MACHINE.finditer(text)]
        found += [f"{path.relative_to(root)}: {m[0]}" for m in REGISTRY.finditer(text)]
    assert found == []


def test_nothing_generated_is_tracked(root: Path) -> None:
    """No cache, build, environment or coverage file belongs to the repository."""
    bad = re.compile(r"(^|/)(\.venv|__pycache__|build|dist|\.hypothesis|\.coverage.*|.*\.pyc)(/|$)")
    names = [path.relative_to(root).as_posix() for path in tracked(root)]
    assert [name for name in names if bad.search(name)] == []


def targets(root: Path) -> set[str]:
    """Return the targets of the Makefile."""
    text = (root / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z]+):", text, re.MULTILINE))


def test_ci_runs_what_everybody_runs(root: Path) -> None:
    """`.ci/run` can be run and does nothing but call `make test`."""
    path = root / ".ci" / "run"
    assert path.stat().st_mode & 0o111
    assert path.read_text(encoding="utf-8").rstrip().endswith("make test")
    assert {"demo", "test", "fuzz", "lint", "types", "floors", "unit"} <= targets(root)


def test_commands_in_the_readme_exist(root: Path) -> None:
    """The README names `make demo` and `make test`, and no target that the Makefile lacks."""
    text = (root / "README.md").read_text(encoding="utf-8")
    named = set(
        re.findall(r"\bmake ([a-z]+)\b", "\n".join(re.findall(r"`[^`]+`", text)) + _fenced(text))
    )
    assert {"demo", "test"} <= named
    assert named <= targets(root)


def _fenced(text: str) -> str:
    return "\n".join(re.findall(r"^```.*?^```", text, re.MULTILINE | re.DOTALL))


def test_links_in_the_documents_lead_somewhere(root: Path) -> None:
    """Each relative link of each Markdown file names a file that is there."""
    broken = [
        f"{path.relative_to(root)}: {link}"
        for path in tracked(root)
        if path.suffix == ".md"
        for link in _links(path)
        if "://" not in link and not link.startswith("mailto:")
        if not (path.parent / link).exists()
    ]
    assert broken == []


def _links(path: Path) -> list[str]:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
