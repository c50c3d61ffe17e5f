"""The complaints that editions are compared on: rows, scenarios, made-up ones."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from complaint_rules.batch import Progress
from complaint_rules.diff import (
    Edition,
    changes,
    compare,
    generated,
    of_cases,
    of_rows,
    read_edition,
)
from complaint_rules.diff.aiming import steps
from complaint_rules.diff.states import as_json, jsonable
from complaint_rules.errors import RulesetError, StateError
from complaint_rules.intake import read_state
from complaint_rules.problem import Problem, Report

Write = Callable[..., Path]
AT = 1_795_518_000


def test_rows_are_named_by_number_and_id(tmp_path: Path) -> None:
    """A row is called by its number and the complaint's id; a broken one keeps its problem."""
    path = tmp_path / "cases.jsonl"
    path.write_text('{"complaint_id": "K-1", "angry": "yes"}\n{"angry": "no"}\n{oops\n')
    progress = Progress()
    first, second, third = of_rows(path, at=AT, progress=progress)
    assert (first.name, first.at, first.origin) == ("row 1 (K-1)", AT, "recorded")
    assert second.name == "row 2"
    assert third.problems
    assert progress.rows == 3


def test_a_row_without_an_instant_has_a_problem(tmp_path: Path) -> None:
    """Where neither the caller nor the mapping says when, the row cannot be decided."""
    path = tmp_path / "cases.jsonl"
    path.write_text('{"angry": "yes"}\n')
    (found,) = of_rows(path)
    assert [each.code for each in found.problems] == ["missing-at"]


def test_a_file_that_is_none(tmp_path: Path) -> None:
    """A missing file is told when the first row is wanted; an empty one has no rows."""
    with pytest.raises(RulesetError):
        next(of_rows(tmp_path / "none.jsonl", at=AT))
    (tmp_path / "empty.jsonl").touch()
    assert list(of_rows(tmp_path / "empty.jsonl", at=AT)) == []


def test_scenarios_of_two_editions_are_taken_once(write: Write) -> None:
    """Moments that both have come once; one that changed comes twice, steps by number."""
    old = read_edition(write("old"))
    scenarios = (
        "format: 1\nat: 2026-11-24 12:00\nstate: {received_at: 2026-11-24 09:00}\nscenarios:\n"
        "  - {id: small, story: A small matter, state: {angry: yes}, expect: {stage: open}}\n"
    )
    new = read_edition(write("new", scenarios=scenarios))
    found = list(
        of_cases((old.policy, old.cases), (new.policy, new.cases), (old.policy, old.cases))
    )
    assert [each.name for each in found] == ["all/small", "all/big", "all/big#1", "all/small"]
    assert {each.origin for each in found} == {"scenario"}


def test_a_case_that_does_not_fit_is_left_out(write: Write) -> None:
    """A scenario of a fact that a policy has not is none for it."""
    old = read_edition(write("old"))
    edits = [
        (
            "  share: {title: {en: Share}, kind: number}\n",
            "  part: {title: {en: Part}, kind: number}\n",
        )
    ]
    scenarios = (
        "format: 1\nat: 2026-11-24 12:00\nscenarios:\n"
        "  - {id: x, story: A share, state: {share: 1}, expect: {stage: open}}\n"
    )
    with_share = read_edition(write("share", scenarios=scenarios))
    assert len(with_share.cases) == 1
    new = read_edition(write("new", *edits))
    assert list(of_cases((new.policy, with_share.cases))) == []
    assert len(list(of_cases((old.policy, with_share.cases)))) == 1


def test_made_up_complaints_are_the_same_each_time_and_valid(write: Write) -> None:
    """They fit their edition, and a second call gives the same."""
    old, new = read_edition(write("old")), read_edition(write("new", ("due: 4 h", "due: 5 h")))
    first = [as_json(each.facts) for each in generated(old, new, 120)]
    assert first == [as_json(each.facts) for each in generated(old, new, 120)]
    assert 60 < len(first) <= 120
    assert len(set(first)) > 30
    for each in first:
        read_state(old.policy, json.loads(each))


def test_states_that_contradict_themselves_are_left_out(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Facts that no state may have are tried, and left out."""
    from complaint_rules.diff import states

    def refuse(policy: object, facts: object) -> None:
        raise StateError(Report.of([Problem("bad-value", "it cannot be")]))

    edition = read_edition(write("old"))
    monkeypatch.setattr(states, "read_state", refuse)
    assert list(generated(edition, edition, 3)) == []


TABLE = """\
    table:
      hit: "C<"
      out: [due]
      rows: [{row: small, severity: s2, due: 4 h}, {row: big, severity: s1, due: 1 h}]
"""
EDITS = {
    "a target without a table": (TABLE, "    due: 6 h\n"),
    "a row": ("due: 1 h}]", "due: 2 h}]"),
    "a setting": ("value: 20 EUR", "value: 3 EUR"),
    "a rule": ("then: {escalate: [lead]}", "then: {escalate: [agent]}"),
    "a stage": (
        "{id: grave, title: {en: Grave}, when: {severity: s1}}",
        "{id: grave, title: {en: Grave}, when: {angry: yes}}",
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_made_up_complaints_aim_at_what_changed(name: str, write: Write) -> None:
    """A change of a row, a setting, a rule or a stage is seen without any scenario."""
    old, new = read_edition(write("old")), read_edition(write("new", EDITS[name]))
    found = changes(old.data, new.data)
    assert steps(old, found)
    assert compare(old, new, generated(old, new, 150)).differs


def test_nothing_to_aim_at(write: Write) -> None:
    """Where nothing changed, or only what no condition names, states are drawn all the same."""
    same = read_edition(write("old"))
    assert steps(same, ()) == ()
    assert list(generated(same, same, 5))
    bare = Edition("bare", same.policy, {"rules": "none", "remedies": {}, "targets": {}})
    assert steps(bare, changes({"calendar": "a"}, {"calendar": "b"})) == ()


def test_facts_become_json() -> None:
    """Instants, days and numbers of a fact are text that is read back."""
    zone = datetime.timezone(datetime.timedelta(hours=1))
    facts = {
        "at": datetime.datetime(2026, 11, 24, 9, tzinfo=zone),
        "on": datetime.date(2026, 11, 24),
        "share": Decimal("1E+2"),
        "list": [("a", None)],
        "on_time": True,
    }
    assert jsonable(facts) == {
        "at": "2026-11-24T09:00:00+01:00",
        "on": "2026-11-24",
        "share": "100",
        "list": [["a", None]],
        "on_time": True,
    }
