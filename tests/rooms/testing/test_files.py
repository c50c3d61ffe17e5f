"""The form of a scenario file, and which files belong to which ruleset."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from complaint_rules.composition import MappingFolder, Root
from complaint_rules.problem import Problem
from complaint_rules.testing import read_suite, run
from complaint_rules.testing.finding import asked_by, folders_of, is_stray
from complaint_rules.testing.shelves import header

GOOD = "scenarios: [{id: one, story: x, expect: {stage: open}}]\n"

REFUSED = [
    ("", "empty-file"),
    ("scenarios: [\n", "bad-yaml"),
    ("format: 1\nrows: []\n", "not-scenarios"),
    ("- format: 1\n", "not-scenarios"),
    ("scenarios: []\n", "wrong-format"),
    ("format: 2\nscenarios: []\n", "wrong-format"),
    ("format: [1]\nscenarios: []\n", "wrong-format"),
    ("format: 1\nscenario: x\nscenarios: []\n", "unknown-key"),
    ("format: 1\nscenarios: {}\n", "wrong-shape"),
    ("format: 1\nscenarios: [one]\n", "wrong-shape"),
    ("format: 1\nscenarios: [{story: x, expect: {stage: open}}]\n", "missing-key"),
    ("format: 1\nat: 2026-11-24 10:00\nscenarios: [{id: One, story: x}]\n", "bad-id"),
    ("format: 1\nat: 2026-11-24 10:00\nscenarios: [{id: [one], story: x}]\n", "wrong-shape"),
    (
        "format: 1\nat: 2026-11-24 10:00\nscenarios: [{id: one, expect: {stage: open}}]\n",
        "missing-key",
    ),
    ("format: 1\nat: 2026-11-24 10:00\nscenarios: [{id: one, story: x}]\n", "expects-nothing"),
    ("format: 1\nat: 2026-11-24 10:00\nstate: x\nscenarios: []\n", "wrong-shape"),
    ("format: 1\nat: noon\nscenarios: []\n", "bad-instant"),
    ("format: 1\ntags: [[x]]\nscenarios: []\n", "wrong-shape"),
    ("format: 1\ndeviations: x\n", "wrong-shape"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_a_file_of_another_form_is_refused(lab: Any, text: str, code: str) -> None:
    """Each fault of a file's form is told by its code."""
    lab.write(text, head="")
    assert lab.codes() == [code]


def test_bytes_that_are_no_text_are_refused(lab: Any) -> None:
    """A file that is not UTF-8 has the problem that any text of a ruleset has."""
    lab.write(GOOD)
    (lab.folder / "scenarios" / "first.yaml").write_bytes(b"\xff\xfe\xfa")
    assert lab.codes() == ["bad-encoding"]


def test_an_id_stands_once(lab: Any) -> None:
    """Two scenarios of a file may not have one id; another file may use it again."""
    text = "scenarios:\n" + 2 * "  - {id: one, story: x, expect: {stage: open}}\n"
    lab.write(text)
    assert lab.codes() == ["id-taken"]
    lab.write(GOOD).write(GOOD, "second")
    assert list(lab.outcomes()) == ["first/one", "second/one"]


def test_a_file_with_faults_is_left_out_the_others_are_played(lab: Any) -> None:
    """What is wrong in one file does not hide the scenarios of another."""
    lab.write(GOOD).write("scenarios: [{id: two, story: x, expect: {stag: open}}]\n", "second")
    done = run("shop")
    assert [result.outcome.case.name for result in done.results] == ["first/one"]
    assert [p.code for report in done.reports for p in report.problems] == ["unknown-key"]
    assert not done.ok


def test_tags_of_file_and_scenario_come_together(lab: Any) -> None:
    """A scenario has the tags of its file, then its own; and what it shows."""
    lab.one(
        "tags: [b, a]\nshows: 001-12\nexpect: {stage: open}",
        head="format: 1\ntags: a\nat: 2026-11-24 10:00\n",
    )
    (case,) = lab.suite().cases
    assert (case.tags, case.shows) == (("a", "b"), ("001-12",))


def test_a_folder_that_is_no_file_is_told(lab: Any) -> None:
    """A file that cannot be read is a problem, not a traceback."""
    lab.write(GOOD)
    Path("outside.yaml").write_text(GOOD, encoding="utf-8")
    (lab.folder / "scenarios" / "away.yaml").symlink_to(Path("outside.yaml").resolve())
    assert lab.codes() == ["include-outside"]


def test_a_ruleset_with_faults_is_told(lab: Any) -> None:
    """Without a policy nothing is played; the faults of the files' form are told all the same."""
    lab.write(GOOD.replace("expect", "expct"))
    (lab.folder / "ruleset.yaml").write_text("format: 1\n", encoding="utf-8")
    done = run("shop")
    assert not done.results
    codes = [[p.code for p in report.problems] for report in done.reports]
    assert "missing-key" in codes[0]
    assert codes[1] == ["expects-nothing", "unknown-key"]
    places = {p.span.file for p in done.reports[0].problems if p.span}
    assert places == {"shop/ruleset.yaml"}


def test_paths_name_rulesets_files_and_folders(lab: Any, child: Any) -> None:
    """A path is a ruleset, a scenario file, a folder of either; each is read once."""
    lab.write(GOOD).write(GOOD, "deep/second")
    child().write(GOOD)
    Path("other.yaml").write_text("format: 1\nruleset: shop\nscenarios: []\n", encoding="utf-8")
    Path(".hidden").mkdir()

    def names(*paths: str) -> list[tuple[str, list[str] | None, list[str]]]:
        asked, problems = asked_by(list(paths))
        assert problems == []
        return [(str(a.origin), a.only, [str(path) for path in a.strays]) for a in asked]

    first, second = "scenarios/first.yaml", "scenarios/deep/second.yaml"
    assert names("shop") == names("shop/ruleset.yaml") == [("shop", None, [])]
    assert names("shop/" + first) == [("shop", [first], [])]
    assert names("shop/scenarios") == [("shop", [first, second], [])]
    assert names("shop/scenarios/deep", "shop/" + first) == [("shop", [second, first], [])]
    assert names("shop/" + first, "shop") == names("shop", "shop/" + first) == [("shop", None, [])]
    assert names("other.yaml") == [("shop", None, ["other.yaml"])]
    assert names("other.yaml", "other.yaml") == [("shop", None, ["other.yaml"])]
    assert names(".") == [("branch", None, []), ("shop", None, ["other.yaml"]), ("shop", None, [])]
    assert names("core", "core") == [("core", None, [])]
    assert set(folders_of(["branch", "core"])) >= {Path("branch"), Path("shop")}


def test_paths_that_name_nothing_are_told(lab: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """No such path, a folder without scenarios, a file of another kind."""
    Path("empty").mkdir()
    Path("notes.yaml").write_text("format: 1\n", encoding="utf-8")
    Path("odd.yaml").write_text("format: 1\nruleset: [x]\nscenarios: []\n", encoding="utf-8")
    for path in ("nowhere", "empty", "notes.yaml", "odd.yaml"):
        done = run(path)
        assert [p.code for r in done.reports for p in r.problems] == ["not-scenarios"]
    assert folders_of(["nowhere"]) == ()
    monkeypatch.setattr("complaint_rules.testing.finding._MOST_ENTRIES", 0)
    assert asked_by(["."])[0] == []


def test_a_file_elsewhere_names_its_ruleset(lab: Any) -> None:
    """A file with `ruleset:` is played against that one, and may be like the ruleset's own."""
    lab.write(GOOD)
    text = (
        "format: 1\nruleset: RULESET\n"
        "scenarios: [{id: a, story: x, like: 'shop:first/one', expect: {stage: open}}]\n"
    )
    inside = lab.folder / "scenarios" / "stray.yaml"
    for path, named in ((Path("stray.yaml"), "shop"), (inside, "..")):
        path.write_text(text.replace("RULESET", named), encoding="utf-8")
        done = run(path)
        assert [(r.outcome.case.name, r.ok) for r in done.results] == [("stray/a", True)]
    assert list(lab.outcomes()) == ["first/one"]
    missing = Path("missing.yaml")
    missing.write_text(text.replace("RULESET", "nowhere"), encoding="utf-8")
    (report,) = run(missing).reports
    assert [(p.code, str(p.span)) for p in report.problems] == [
        ("no-such-ruleset", "missing.yaml:2:10")
    ]
    assert report.sources["missing.yaml"].text == missing.read_text(encoding="utf-8")


def test_a_single_file_has_no_scenarios_of_its_own(lab: Any) -> None:
    """Scenarios stand beside a `ruleset.yaml`; files of another name must be named."""
    lab.write(GOOD)
    (lab.folder / "ruleset.yaml").rename(lab.folder / "shop.yaml")
    assert read_suite(lab.folder / "shop.yaml").cases == ()
    stray = lab.folder / "stray.yaml"
    stray.write_text(
        "format: 1\nruleset: shop.yaml\nat: 2026-11-24 10:00\n" + GOOD, encoding="utf-8"
    )
    assert run(stray).ok


def test_a_broken_head_names_no_parents(lab: Any) -> None:
    """What extends what is read as far as it can be; the faults are told by loading."""
    assert header(Root(MappingFolder({}))) == ("", ())
    assert header(Root(MappingFolder({"ruleset.yaml": b"- x\n"}))) == ("", ())
    assert header(Root(MappingFolder({"ruleset.yaml": b"\xff\n"}))) == ("", ())
    assert header(Root(MappingFolder({"ruleset.yaml": b"id: [x]\nextends: a\n"}))) == ("", ("a",))


def test_a_packaged_ruleset_is_played_by_name() -> None:
    """A packaged name goes before a path; its files are named by it."""
    suite = read_suite("core", only=["scenarios/none.yaml"])
    assert suite.policy is not None
    assert suite.cases == ()


def test_folders_are_those_of_rulesets_on_disk(lab: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no directory, or no ruleset at all, has no folder to watch."""
    memory = Root(MappingFolder({"ruleset.yaml": b"id: a\n"}))
    gone = Problem("no-such-ruleset", "gone")
    for found in (memory, gone):
        monkeypatch.setattr("complaint_rules.testing.finding.root_of", lambda _, f=found: f)
        assert folders_of(["shop"]) == ()


def test_a_file_that_goes_away_is_no_scenario_file(tmp_path: Path) -> None:
    """A path that cannot be opened is no stray scenario file."""
    assert not is_stray(tmp_path / "gone.yaml")


@pytest.mark.parametrize(
    ("text", "stray"),
    [
        ("{format: 1, ruleset: core, scenarios: []}", True),
        ('# {\n---\n{"deviations":[], "ruleset":"core", "format":1}', True),
        ("{format: 1, ruleset: core}", False),
        ("{format: 1, scenarios: [], of: ruleset}", False),
        ("{of: {format: 1, ruleset: core, scenarios: []}}", False),
        ("{format: 1, scenarios: []}", False),
        ("{{ruleset}}: &x", False),
        ("#" * 60_000, False),
    ],
)
def test_a_scenario_file_may_be_one_flow_mapping(tmp_path: Path, text: str, stray: bool) -> None:
    """A file in braces is known by its own keys, wherever they stand in it."""
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    assert is_stray(path) is stray


def test_the_present_folder_is_a_ruleset(lab: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a ruleset's own folder, `.` names it, and its files have no path before them."""
    lab.write(GOOD)
    monkeypatch.chdir(lab.folder)
    (result,) = run(".").results
    assert result.outcome.case.file == "scenarios/first.yaml"
