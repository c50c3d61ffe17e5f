"""The mappings of `examples/cfpb_backlog` hold for the real files, where they are found."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from complaint_rules import load
from complaint_rules.batch import decide_rows
from complaint_rules.batch.progress import Progress
from complaint_rules.batch.rows import rows
from complaint_rules.mapping import read_mapping

FILES = {"2015": ("cfpb_complaints_3186.csv", 3186), "2017": ("cfpb_complaints_145.csv", 145)}
RUNS = (("export_2015", None), ("export_2015_answered", "60 d"), ("export_2017", None))
RUNS += (("export_2017_answered", "60 d"),)
NOT_IN_THE_EXPORT = {"cause_code", "emotion", "handler_can_solve", "language", "sentiment"}
MOST_MEGABYTES = 200
TOLD = {
    "stage `received`": ("stages", "received"),
    "stage `understanding`": ("stages", "understanding"),
    "stage `deciding`": ("stages", "deciding"),
    "first response due": ("targets", "first_response: due"),
    "first response overdue": ("targets", "first_response: overdue"),
    "first response unknown": ("targets", "first_response: unknown"),
    "resolution overdue": ("targets", "resolution: overdue"),
    "resolution unknown": ("targets", "resolution: unknown"),
    "asks `cause_code`, `emotion`, `sentiment`, `language`": ("asks", "cause_code"),
    "asks `fault`": ("asks", "fault"),
    "asks `resolved_at`, `validity`": ("asks", "resolved_at"),
    "asks `satisfied`": ("asks", "satisfied"),
    "asks `vulnerable`": ("asks", "vulnerable"),
}
"""The lines of the README's table, and where a summary holds their number."""

_CHILD = """
import sys
from complaint_rules.__main__ import main
try:
    code = main(sys.argv[1:])
except SystemExit as end:
    code = end.code
with open("/proc/self/status", encoding="ascii") as status:
    peak = next(line.split()[1] for line in status if line.startswith("VmHWM"))
print(peak, file=sys.stderr)
sys.exit(code)
"""


def _real(root: Path, year: str) -> Path:
    name, _ = FILES[year]
    places = [root.parent / "shared" / "data"]
    if "COMPLAINT_RULES_CFPB" in os.environ:
        places.insert(0, Path(os.environ["COMPLAINT_RULES_CFPB"]))
    for place in places:
        if (place / name).is_file():
            return place / name
    pytest.skip(f"{name} is not here; put its folder into COMPLAINT_RULES_CFPB")


def _told(root: Path, run: int) -> dict[str, str]:
    """Return one column of the README's table, by the label of its lines."""
    readme = (root / "examples" / "cfpb_backlog" / "README.md").read_text(encoding="utf-8")
    rows_told = [line.strip("|").split("|") for line in readme.splitlines() if line[:2] == "| "]
    return {row[0].strip(): row[run + 1].strip() for row in rows_told if len(row) == 5}


def _batch(root: Path, mapping: str, plus: str | None, source: Path, out: Path) -> dict[str, Any]:
    """Run the command in a child and return its summary, with the child's peak memory in kB."""
    options = ["batch", "--ruleset", "core", "--json", "--out", str(out)]
    options += ["--map", str(root / "examples" / "cfpb_backlog" / f"{mapping}.yaml")]
    options += [] if plus is None else ["--plus", plus]
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, *options, str(source)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=root,
    )
    assert done.returncode == 0, done.stderr
    summary: dict[str, Any] = json.loads(done.stdout)
    return summary | {"peak_kb": int(done.stderr.split()[-1])}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no peak memory to read here")
@pytest.mark.parametrize(("mapping", "plus"), RUNS)
def test_every_published_row_is_decided(
    mapping: str, plus: str | None, root: Path, tmp_path: Path
) -> None:
    """All rows of a published file are decided, none rejected, within the memory bound."""
    year = mapping.split("_")[1]
    out = tmp_path / "decisions.jsonl"
    summary = _batch(root, mapping, plus, _real(root, year), out)
    count = FILES[year][1]
    assert (summary["decided"], summary["rejected"]) == (count, 0)
    assert summary["columns_not_read"] == []
    assert all(summary["asks"][fact] == count for fact in NOT_IN_THE_EXPORT)
    assert summary["owed"] == summary["choices"] == summary["goodwill"] == {}
    assert summary["peak_kb"] < MOST_MEGABYTES * 1024
    with out.open(encoding="utf-8") as lines:
        assert sum(1 for _ in lines) == count
    told = _told(root, RUNS.index((mapping, plus)))
    for label, (part, key) in TOLD.items():
        assert told[label].split()[0] == f"{summary[part].get(key, 0):,}", label


@pytest.mark.parametrize(("mapping", "plus"), RUNS)
def test_the_readme_names_the_command_of_every_run(
    mapping: str, plus: str | None, root: Path
) -> None:
    """Every run over a published file stands in the README, command and figures."""
    readme = (root / "examples" / "cfpb_backlog" / "README.md").read_text(encoding="utf-8")
    assert f"--map examples/cfpb_backlog/{mapping}.yaml" in readme
    assert plus is None or f'--plus "{plus}"' in readme
    assert set(TOLD) <= set(_told(root, RUNS.index((mapping, plus))))


@pytest.mark.parametrize("year", sorted(FILES))
def test_a_value_nobody_translated_rejects_its_row(year: str, root: Path, tmp_path: Path) -> None:
    """A new channel, product, response or status is reported with its column, not swallowed."""
    here = root / "examples" / "cfpb_backlog"
    policy = load("core")
    mapping = read_mapping("map", (here / f"export_{year}_answered.yaml").read_bytes(), policy)
    with (here / f"sample_{year}.csv").open(encoding="utf-8", newline="") as file:
        header, first, *_ = csv.reader(file)
    translated = sorted({rule.column for rule in mapping.facts if rule.column and rule.values})
    changed = tmp_path / "changed.csv"
    with changed.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for column in translated:
            writer.writerow(
                "Carrier pigeon" if name == column else cell
                for name, cell in zip(header, first, strict=True)
            )
    outcomes = list(decide_rows(policy, rows(changed, Progress()), mapping))
    assert len(translated) >= 5
    for column, outcome in zip(translated, outcomes, strict=True):
        assert outcome.decision is None
        assert {problem.code for problem in outcome.problems} == {"unmapped-value"}
        assert all(problem.place == column for problem in outcome.problems)
