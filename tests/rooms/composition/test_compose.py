"""Composition: includes, tables, headers and sections of one ruleset."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from complaint_rules.composition import (
    Composed,
    MappingFolder,
    Root,
    Trouble,
    compose,
    fingerprint,
)
from complaint_rules.composition import files as files_module
from complaint_rules.document import key_span, to_data, value_span
from complaint_rules.problem import Problem

HEAD = 'format: 1\nid: shop\nedition: "1"\ntitle: Shop\ncurrency: EUR\n'


def composed(files: dict[str, str]) -> tuple[Composed | None, list[Problem]]:
    """Compose files given as text."""
    folder = MappingFolder({name: text.encode() for name, text in files.items()})
    whole, problems, _ = compose(Root(folder))
    return whole, problems


def good(files: dict[str, str]) -> Composed:
    """Compose files that have no fault."""
    whole, problems = composed(files)
    assert problems == []
    assert whole is not None
    return whole


def only(files: dict[str, str]) -> Problem:
    """Return the one problem of some files."""
    _, problems = composed(files)
    assert len(problems) == 1, problems
    return problems[0]


def data(files: dict[str, str]) -> Any:
    """Return the composed data."""
    return to_data(good(files).node)


def test_one_file_is_itself() -> None:
    """A ruleset of one file is composed unchanged."""
    text = HEAD + "actions:\n  thank: {owner: agent}\nrules:\n  - {id: a}\n  - {id: b}\n"
    assert data({"ruleset.yaml": text}) == {
        "format": 1,
        "id": "shop",
        "edition": "1",
        "title": "Shop",
        "currency": "EUR",
        "actions": {"thank": {"owner": "agent"}},
        "rules": [{"id": "a"}, {"id": "b"}],
    }


def test_sections_of_included_files_are_merged() -> None:
    """Mapping sections and list sections of several files become one each, in include order."""
    whole = data(
        {
            "ruleset.yaml": HEAD + "include: [b.yaml, more/a.yaml]\nrules: [{id: first}]\n",
            "more/a.yaml": "actions: {thank: {owner: agent}}\nrules: [{id: last}]\n",
            "b.yaml": "include: c.yaml\nactions: {close: {owner: agent}}\nrules: [{id: second}]\n",
            "c.yaml": "rules: [{id: third}]\n",
        }
    )
    assert list(whole["actions"]) == ["close", "thank"]
    assert [rule["id"] for rule in whole["rules"]] == ["first", "second", "third", "last"]


def test_patterns_take_files_in_order() -> None:
    """A pattern stands for the matching files, sorted, the including file left out."""
    whole = data(
        {
            "ruleset.yaml": HEAD + 'include: ["*.yaml", "rules/*.yaml"]\n',
            "rules/b.yaml": "rules: [{id: b}]\n",
            "rules/a.yaml": "rules: [{id: a}]\n",
            "rules/deep/c.yaml": "rules: [{id: c}]\n",
            "x.yaml": "rules: [{id: x}]\n",
        }
    )
    assert [rule["id"] for rule in whole["rules"]] == ["x", "a", "b"]


def test_parts_know_their_file() -> None:
    """Every composed part has the span of the file it comes from."""
    whole = good(
        {
            "ruleset.yaml": HEAD + "include: [a.yaml]\n",
            "a.yaml": "rules:\n  - id: late\n    when: {x: '1'}\n",
        }
    )
    assert str(key_span(whole.node, ("rules", 0, "when"))) == "a.yaml:3:5"
    assert sorted(whole.sources) == ["a.yaml", "ruleset.yaml"]


TABLE = HEAD + 'targets:\n  first: {table: {hit: "C<", out: due, rows: t/first.csv}}\n'


def test_rows_come_from_csv() -> None:
    """`rows: file.csv` in a table is replaced by the rows, every cell a text with its place."""
    files = {"ruleset.yaml": TABLE, "t/first.csv": "severity,due\ns1,4 bh\n s2 ,true\n"}
    whole = good(files)
    rows = to_data(whole.node)["targets"]["first"]["table"]["rows"]
    assert rows == [{"severity": "s1", "due": "4 bh"}, {"severity": "s2", "due": "true"}]
    path = ("targets", "first", "table", "rows", 1, "due")
    assert str(value_span(whole.node, path)) == "t/first.csv:3:6"


def test_rows_elsewhere_are_no_table() -> None:
    """A fact called `rows` in a condition is not taken for a table."""
    text = HEAD + "rules: [{id: a, when: {rows: x.csv}}]\n"
    assert data({"ruleset.yaml": text})["rules"][0]["when"] == {"rows": "x.csv"}


def test_rows_that_name_no_csv_stay() -> None:
    """Rows that are some other word are left for the model to refuse."""
    text = HEAD + "targets: {first: {table: {rows: nonsense}}}\n"
    assert data({"ruleset.yaml": text})["targets"]["first"]["table"]["rows"] == "nonsense"


def test_included_table_that_is_used() -> None:
    """A CSV file may be included as well as named by a table."""
    files = {"ruleset.yaml": TABLE + "include: t/*.csv\n", "t/first.csv": "a,due\n1,4 h\n"}
    assert good(files).whole


def test_layout_does_not_change_the_fingerprint() -> None:
    """One file, several files, CSV or YAML rows: equal content has an equal fingerprint."""
    one = HEAD + (
        'targets:\n  first: {table: {hit: "C<", out: due, rows: [{n: 5, due: 4 h}]}}\n'
        "rules: [{id: a, when: {x: yes}}, {id: b}]\n"
    )
    several = {
        "ruleset.yaml": "include: [b.yaml, a.yaml]\n" + TABLE,
        "a.yaml": "rules: [{when: {x: 'yes'}, id: a}] # a comment\n",
        "b.yaml": "rules: [{id: b}]\n",
        "t/first.csv": "due;n\n4 h;5\n",
    }
    assert good({"ruleset.yaml": one}).fingerprint == good(several).fingerprint
    other = one.replace("4 h", "5 h")
    assert good({"ruleset.yaml": one}).fingerprint != good({"ruleset.yaml": other}).fingerprint


def test_ruleset_dates_go_to_its_items() -> None:
    """A ruleset's `valid` becomes that of each item that has none."""
    whole = data(
        {
            "ruleset.yaml": HEAD
            + "valid: {from: 2026-01-01}\ninclude: a.yaml\n"
            + "settings: {x: 5, y: {EUR: 5}, z: [{valid: {to: 2020-01-01}, value: 1}], w: [a],"
            + " v: {value: 2}, u: {}}\n",
            "a.yaml": "rules: [{id: a}, {id: b, valid: {to: 2027-01-01}}, text]\n",
        }
    )
    own = {"from": "2026-01-01"}
    assert whole["rules"] == [
        {"id": "a", "valid": own},
        {"id": "b", "valid": {"to": "2027-01-01"}},
        "text",
    ]
    assert whole["settings"] == {
        "x": {"valid": own, "value": 5},
        "y": {"valid": own, "value": {"EUR": 5}},
        "z": [{"valid": {"to": "2020-01-01"}, "value": 1}],
        "w": {"valid": own, "value": ["a"]},
        "v": {"valid": own, "value": 2},
        "u": {"valid": own},
    }
    assert "valid" not in whole


@pytest.mark.parametrize(
    ("code", "files", "words"),
    [
        ("missing-file", {}, "`ruleset.yaml` does not exist"),
        ("missing-file", {"ruleset.yaml": "include: b.yaml\n"}, "`b.yaml` does not exist"),
        ("include-outside", {"ruleset.yaml": "include: ../b.yaml\n"}, "`../b.yaml` lies outside"),
        ("include-outside", {"ruleset.yaml": "include: /etc/passwd\n"}, "outside"),
        ("include-outside", {"ruleset.yaml": "include: 'a\\b.yaml'\n"}, "outside"),
        ("include-outside", {"ruleset.yaml": "include: 'C:/b.yaml'\n"}, "outside"),
        (
            "include-outside",
            {"ruleset.yaml": "targets: {a: {table: {rows: ../x.csv}}}\n"},
            "`../x.csv` lies outside",
        ),
        ("empty-include", {"ruleset.yaml": "include: rules/*.yaml\n"}, "no file fits"),
        ("include-kind", {"ruleset.yaml": "include: a.txt\n", "a.txt": ""}, "neither YAML nor CSV"),
        (
            "included-twice",
            {"ruleset.yaml": "include: [a.yaml, ./a.yaml]\n", "a.yaml": "rules: []\n"},
            "`a.yaml` is included twice",
        ),
        (
            "include-cycle",
            {
                "ruleset.yaml": "include: a.yaml\n",
                "a.yaml": "include: b.yaml\n",
                "b.yaml": "include: a.yaml\n",
            },
            "a.yaml → b.yaml → a.yaml",
        ),
        ("include-cycle", {"ruleset.yaml": "include: ruleset.yaml\n"}, "included by what it"),
        ("not-a-ruleset", {"ruleset.yaml": "- a\n"}, "a list, not a mapping"),
        ("not-a-ruleset", {"ruleset.yaml": "hello\n"}, "a text, not a mapping"),
        ("not-a-ruleset", {"ruleset.yaml": "include: a.yaml\n", "a.yaml": "[x]\n"}, "a list"),
        (
            "id-taken",
            {
                "ruleset.yaml": "include: a.yaml\nactions: {thank: {}}\n",
                "a.yaml": "actions: {thank: {}}\n",
            },
            "`thank` is declared twice under `actions`",
        ),
        ("id-taken", {"ruleset.yaml": "rules: [{id: a}, {id: a}]\n"}, "`a` is declared twice"),
        ("wrong-shape", {"ruleset.yaml": "rules: {a: {}}\n"}, "`rules` must be a list of items"),
        ("wrong-shape", {"ruleset.yaml": "facts: [a]\n"}, "not a list"),
        ("wrong-shape", {"ruleset.yaml": "facts: a\n"}, "not a text"),
        (
            "wrong-shape",
            {"ruleset.yaml": "include: a.yaml\n", "a.yaml": "include: {b: c}\n"},
            "`include` must be a list of files, not a mapping",
        ),
        ("empty-value", {"ruleset.yaml": "facts:\n"}, "`facts` has no value"),
        (
            "misplaced-key",
            {"ruleset.yaml": "include: a.yaml\n", "a.yaml": "currency: EUR\n"},
            "`currency` stands in an included file",
        ),
        (
            "unknown-key",
            {"ruleset.yaml": "include: a.yaml\n", "a.yaml": "rulse: []\n"},
            "unknown key `rulse`",
        ),
        ("bad-yaml", {"ruleset.yaml": "include: a.yaml\n", "a.yaml": "a: [\n"}, ""),
        (
            "unused-table",
            {"ruleset.yaml": "include: a.csv\n", "a.csv": "a,b\n1,2\n"},
            "`a.csv` is included, but no table takes its rows",
        ),
        ("bad-header", {"ruleset.yaml": "include: a.csv\n", "a.csv": "a,a\n1,2\n"}, ""),
        (
            "missing-file",
            {"ruleset.yaml": "targets: {a: {table: {rows: x.csv}}}\n"},
            "`x.csv` does not exist",
        ),
    ],
)
def test_faults(code: str, files: dict[str, str], words: str) -> None:
    """Each fault of layout is one problem of its own code."""
    problem = only(files)
    assert problem.code == code
    assert words in problem.message


def test_missing_file_helps() -> None:
    """A missing file's help names the file that was meant."""
    near = only({"ruleset.yaml": "include: fact.yaml\n", "facts.yaml": ""})
    assert near.help == "did you mean `facts.yaml`?"
    moved = only({"ruleset.yaml": "include: a.yaml\n", "deep/er/a.yaml": ""})
    assert moved.help == "did you mean `deep/er/a.yaml`?"
    relative = only(
        {
            "ruleset.yaml": "include: deep/a.yaml\n",
            "deep/a.yaml": "include: b.yaml\n",
            "deep/b.yaml": "rules: []\n",
        }
    )
    assert relative.help == "write `deep/b.yaml`: names are relative to the ruleset's folder"


def test_all_files_are_checked() -> None:
    """A fault in one file does not hide the faults of the others."""
    whole, problems = composed(
        {
            "ruleset.yaml": "include: [a.yaml, gone.yaml, b.yaml]\n",
            "a.yaml": "x: [\n",
            "b.yaml": "rulse: []\n",
        }
    )
    assert [problem.code for problem in problems] == ["bad-yaml", "missing-file", "unknown-key"]
    assert whole is not None
    assert not whole.whole


def test_malformed_include_of_the_first_file_stays() -> None:
    """The first file's `include` of a wrong shape is left for the model to refuse."""
    assert data({"ruleset.yaml": "include: {a: b}\n"})["include"] == {"a": "b"}
    assert data({"ruleset.yaml": "extends: {a: b}\n"})["extends"] == {"a": "b"}


def test_folders_that_cannot_be_listed() -> None:
    """A folder of too many files is told where a pattern or a missing file needs the list."""

    class Crowded(MappingFolder):
        def names(self) -> tuple[str, ...] | Trouble:
            return Trouble("ruleset-too-large", "holds more than 10 files", "split it")

    root = Root(Crowded({"ruleset.yaml": b"include: [r/*.yaml]\n"}))
    _, problems, _ = compose(root)
    assert [problem.code for problem in problems] == ["ruleset-too-large"]
    root = Root(Crowded({"ruleset.yaml": b"include: [a.yaml]\n"}))
    _, problems, _ = compose(root)
    assert problems[0].help == "names are relative to the ruleset's folder"


def test_the_fingerprint_counts_what_it_depends_on() -> None:
    """Holiday dates that were worked out, or true instead of yes, change the fingerprint."""
    plain = {"rules": [], "law": True, "note": None, "rate": Decimal("1.10")}
    assert fingerprint(plain) != fingerprint(plain, extra={"office": ["2026-12-25"]})
    assert fingerprint(plain) == fingerprint(plain | {"rate": "1.10", "law": "true"})
    assert fingerprint(plain | {"rules": {"a": 1}}) != fingerprint(plain)


def test_too_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """More files than a ruleset may have are told once."""
    monkeypatch.setattr(files_module, "MOST_FILES", 2)
    files = {f"r/{n}.yaml": f"rules: [{{id: r{n}}}]\n" for n in range(5)}
    problem = only({"ruleset.yaml": "include: r/*.yaml\n"} | files)
    assert problem.code == "ruleset-too-large"
    assert "more than 2 files" in problem.message


def test_too_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """More bytes than a ruleset may have are told."""
    monkeypatch.setattr(files_module, "MOST_BYTES", 30)
    problem = only({"ruleset.yaml": "include: a.yaml\n", "a.yaml": "rules: []\n" * 10})
    assert problem.code == "ruleset-too-large"


def test_too_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """More cells than all tables may have are told, however often one file is named."""
    monkeypatch.setattr(files_module, "MOST_CELLS", 3)
    text = "targets: {a: {table: {rows: x.csv}}, b: {table: {rows: x.csv}}}\n"
    problem = only({"ruleset.yaml": text, "x.csv": "a,b\n1,2\n"})
    assert problem.code == "ruleset-too-large"
    assert "cells" in problem.message
