"""
Bad rulesets: each folder of `bad/` shows one problem code.

`bad/` holds a ruleset with the fault and `good/` the same one mended; `expected.txt` is the printed
report of the bad one. Where a comment can stand, the guilty line says `# error: [code]` or
`# warning: [code]`. Run with COMPLAINT_RULES_ACCEPT=1 to write the reports anew; look at what
changed before keeping it. Four bad rulesets are too large to be kept; they are grown from the good
ones here.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path

import pytest

from complaint_rules.catalogue import CATALOGUE
from complaint_rules.loading import check
from complaint_rules.problem import Report, Severity
from complaint_rules.report import as_text

BAD = Path(__file__).parent / "bad"
CODES = sorted(folder.name for folder in BAD.iterdir() if folder.is_dir())
MARK = re.compile(r"# (error|warning): \[([a-z0-9-]+)\]")
ACCEPT = bool(os.environ.get("COMPLAINT_RULES_ACCEPT"))


def marks(folder: Path) -> set[tuple[str, int, str, str]]:
    """Return file, line, severity and code of every mark in a folder's texts."""
    found = set()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            text = path.read_bytes().decode("utf-8", "replace")
            for number, line in enumerate(text.splitlines(), 1):
                found |= {(name, number, *mark) for mark in MARK.findall(line)}
    return found


def told(report: Report) -> set[tuple[str, int, str, str]]:
    """Return file, line, severity and code of every problem that has a line."""
    return {(p.span.file, p.span.line, p.severity.value, p.code) for p in report.problems if p.span}


def zipped(files: dict[str, str]) -> bytes:
    """Return an archive of some files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def grown(code: str) -> Path | bytes | str:
    """Return a bad ruleset that is too large to be kept, made of the good one; or no ruleset."""
    if code == "no-such-ruleset":
        return "croe"
    good = BAD / code / "good"
    files = {path.name: path.read_text(encoding="utf-8") for path in good.iterdir()}
    main = files["ruleset.yaml"]
    if code == "file-too-large":
        files["ruleset.yaml"] = main + "# long\n" * 700_000
    elif code == "too-many-nodes":
        files["ruleset.yaml"] = main + f"sequences: [{'a,' * 200_000}]\n"
    elif code == "too-many-rows":
        files["due.csv"] += "s1,4 bh\n" * 100_000
    else:
        assert code == "ruleset-too-large"
        names = [f"actions/a{number}.yaml" for number in range(500)]
        files |= {name: f"actions: {{a{n}: {{owner: agent}}}}\n" for n, name in enumerate(names)}
        files["ruleset.yaml"] = main + "include: [actions/*.yaml]\n"
    return zipped(files)


def origin(code: str, side: str) -> Path | bytes | str:
    """Return what to check: a folder, the archive that lies in it, or what has to be grown."""
    folder = BAD / code / side
    if not folder.exists():
        return grown(code)
    archives = sorted(folder.glob("*.zip"))
    return archives[0] if archives else folder


# Whoever needs all reports runs in one process, so that they are made once.
together = pytest.mark.xdist_group("bad rulesets")


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    """Return the reports of all bad rulesets."""
    return {code: check(origin(code, "bad")) for code in CODES}


@together
@pytest.mark.parametrize("code", CODES)
def test_the_report_is_as_expected(code: str, reports: dict[str, Report]) -> None:
    """A bad ruleset's printed report equals its golden file."""
    printed = as_text(reports[code]).rstrip("\n") + "\n"
    golden = BAD / code / "expected.txt"
    if ACCEPT:
        golden.write_text(printed, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == printed


@together
@pytest.mark.parametrize("code", CODES)
def test_only_its_own_code_is_told(code: str, reports: dict[str, Report]) -> None:
    """A bad ruleset has problems of one code, with the severity of the catalogue."""
    problems = reports[code].problems
    assert {(p.code, p.severity) for p in problems} == {(code, CATALOGUE[code].severity)}
    assert all(p.help for p in problems)


@together
@pytest.mark.parametrize("code", CODES)
def test_marks_stand_on_the_guilty_lines(code: str, reports: dict[str, Report]) -> None:
    """Where lines are marked, exactly these are told."""
    marked = marks(BAD / code / "bad")
    assert not marked or marked == told(reports[code])


@pytest.mark.parametrize("code", CODES)
def test_the_mended_ruleset_is_good(code: str) -> None:
    """The good example has no problem at all, not even a warning, and differs from the bad one."""
    report = check(origin(code, "good"))
    assert as_text(report) == as_text(Report())
    assert not marks(BAD / code / "good")


@together
def test_disabling_a_check_breaks_its_own_golden_only(reports: dict[str, Report]) -> None:
    """Without one code's problems, the report of that code's example changes and no other."""
    for disabled in CODES:
        changed = {
            code
            for code, report in reports.items()
            if Report.of(
                (p for p in report.problems if p.code != disabled), report.sources
            ).problems
            != report.problems
        }
        assert changed == {disabled}


def test_every_ruleset_code_has_an_example() -> None:
    """Each code of the catalogue that a ruleset's text can have has a folder here, and no other."""
    wanted = {code for code, entry in CATALOGUE.items() if entry.about == "ruleset"}
    assert wanted - set(CODES) == set()
    assert set(CODES) - wanted == set()


def test_there_are_enough_codes() -> None:
    """At least sixty codes have an example; most are errors."""
    assert len(CODES) >= 60
    errors = [code for code in CODES if CATALOGUE[code].severity is Severity.ERROR]
    assert len(errors) > len(CODES) / 2
