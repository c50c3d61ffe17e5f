"""Two editions over many complaints: counts, groups, examples, money, customer types, refusals."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from complaint_rules.batch.faults import fault
from complaint_rules.diff import Answer, Complaint, Diff, Edition, compare, read_edition
from complaint_rules.diff.explaining import explained
from complaint_rules.diff.findings import MOST_NAMES, TOTAL
from complaint_rules.errors import RulesetError
from complaint_rules.problem import Problem

Compared = Callable[..., Diff]
Write = Callable[..., Path]
AT = 1_795_518_000
BASE = {"received_at": "2026-11-24T09:00:00+01:00", "insulted": "no", "amount_paid": "60 EUR"}


def made(count: int, **more: str) -> Iterator[Complaint]:
    """Yield complaints that are all alike."""
    for number in range(count):
        yield Complaint(f"row {number}", BASE | more, AT)


def test_the_same_edition_decides_the_same(compared: Compared) -> None:
    """Nothing changed: no change, no group, no money; the scenarios are counted."""
    found = compared()
    assert (found.changes, found.groups, found.money) == ((), (), ())
    assert dict(found.decided) == {"scenario": 3}
    assert not found.differs
    assert found.old.title.startswith("shop 1 (")


def test_counts_by_origin_kind_and_type(compared: Compared) -> None:
    """A complaint counts once for each kind of difference, and for each of its types."""
    complaints = [*made(2), *made(1, angry="yes"), Complaint("s", BASE, AT, "scenario")]
    edits = [("due: 4 h", "due: 5 h"), ("value: 20 EUR", "value: 25 EUR")]
    found = compared(*edits, complaints=complaints)
    assert (dict(found.decided), dict(found.differing)) == ({"recorded": 3, "scenario": 1},) * 2
    assert found.kinds == {"more money": 4, "higher cap": 4, "due later": 4}
    assert [(each.type, each.decided, each.differing) for each in found.shares] == [
        ("calm", 3, 3),
        ("shouting", 1, 1),
    ]
    (group,) = [each for each in found.groups if each.kind == "more money"]
    assert (group.about, group.count, dict(group.types)) == ("gift", 4, {"calm": 3, "shouting": 1})
    assert dict(group.origins) == {"recorded": 3, "scenario": 1}
    assert group.spread == {"EUR": (5, 5)}
    assert group.names == ("row 0", "row 1", "row 0", "s")


def test_money_is_summed_by_remedy_and_type(compared: Compared) -> None:
    """Recorded complaints and others apart; together the dearest offers that fit side by side."""
    complaints = [*made(2), *made(1, angry="yes"), Complaint("s", BASE, AT, "made up")]
    found = compared(("value: 20 EUR", "value: 25 EUR"), complaints=complaints)
    rows = [
        (each.recorded, each.remedy, each.type, int(each.before), int(each.after), each.complaints)
        for each in found.money
    ]
    assert rows == [
        (True, "gift", "", 60, 75, 3),
        (True, TOTAL, "", 60, 75, 3),
        (True, TOTAL, "calm", 40, 50, 2),
        (True, TOTAL, "shouting", 20, 25, 1),
        (False, "gift", "", 20, 25, 1),
        (False, TOTAL, "", 20, 25, 1),
        (False, TOTAL, "calm", 20, 25, 1),
    ]


def test_the_spread_is_from_the_least_to_the_most(compared: Compared) -> None:
    """Of shifts of many sizes the smallest and the largest are kept."""
    complaints = [*made(1, amount_paid="44 EUR"), *made(1), *made(1, amount_paid="42 EUR")]
    found = compared(("value: 20 EUR", "value: 25 EUR"), complaints=complaints)
    (group,) = [each for each in found.groups if each.kind == "more money"]
    assert group.spread == {"EUR": (Fraction(1), Fraction(5))}


def test_the_example_is_the_one_best_looked_at(compared: Compared) -> None:
    """A recorded complaint goes before a scenario and that before one made up; few facts first."""
    several = [
        Complaint("made", BASE, AT, "made up"),
        Complaint("scenario", BASE, AT, "scenario"),
        Complaint("long", BASE | {"share": "1"}, AT),
        Complaint("short", BASE, AT),
        Complaint("again", BASE, AT),
    ]
    found = compared(("due: 4 h", "due: 5 h"), complaints=several)
    assert found.groups[0].example.complaint.name == "short"


def test_an_example_stands_in_its_own_zone(compared: Compared) -> None:
    """A complaint on another calendar is told in that calendar's zone."""
    found = compared(("due: 4 h", "due: 5 h"), complaints=list(made(1, calendar="tokyo")))
    assert found.groups[0].example.timezone == "Asia/Tokyo"


def test_an_edition_that_refuses_the_facts(compared: Compared) -> None:
    """A renamed fact: the new edition takes no such state, the old one does; and the other way."""
    rename = (
        "  share: {title: {en: Share}, kind: number}\n",
        "  part: {title: {en: Part}, kind: number}\n",
    )
    complaints = [*made(1, share="1"), *made(1, part="1"), *made(1, none_has="x"), *made(1)]
    found = compared(rename, complaints=complaints)
    told = [(each.kind, each.about, each.count) for each in found.groups]
    assert told == [("refused", "unknown-fact", 1), ("accepted", "unknown-fact", 1)]
    refused, accepted = found.groups
    assert (refused.example.new, accepted.example.old) == (None, None)
    (reason,) = explained(found, refused)
    assert reason.edition == "new"
    assert "share" in reason.lines[0]
    assert explained(found, accepted)[0].edition == "old"
    assert dict(found.broken) == {"unknown-fact": 1}
    assert dict(found.decided) == {"recorded": 3}


def test_a_broken_row_is_counted(compared: Compared) -> None:
    """What cannot be read is told by its code, and not decided."""
    problem = Problem("bad-row", "it is broken")
    found = compared(complaints=[Complaint("row 1", {}, 0, problems=(problem,))])
    assert dict(found.broken) == {"bad-row": 1}
    assert not found.decided


def test_reasons_of_both_editions(compared: Compared) -> None:
    """What is given is explained by each; what is gone by the old one, and why not by the new."""
    found = compared(
        ("never: [blame]", "never: []"),
        ("then: {escalate: [lead]}", "then: {do: [listen]}"),
        ("due: 4 h", "due: 5 h"),
        (
            "id: solved, title: {en: Solved}, when: {answered_at: happened}",
            "id: solved, title: {en: Solved}, when: {severity: s2}",
        ),
        complaints=[*made(1), *made(1, severity="s1")],
    )
    reasons = {
        (group.kind, group.about): {each.edition: each.lines for each in explained(found, group)}
        for group in found.groups
    }
    forbidden = reasons["no longer forbidden", "blame"]
    assert any("polite" in line for line in forbidden["old"])
    assert "No rule of this ruleset brings it about" in forbidden["new"][0]
    assert reasons["no longer escalated", "lead"]["new"] == ("this edition does not know it",)
    assert set(reasons["due later", "answer"]) == {"old", "new"}
    assert reasons["now to do", "listen"].keys() == {"new"}
    assert reasons["other stage", "open → solved"] == {}


def test_each_complaint_is_told_as_it_was_compared(write: Write) -> None:
    """The caller hears of every complaint, also of those that do not differ."""
    old, new = read_edition(write("old")), read_edition(write("new", ("due: 1 h}]", "due: 2 h}]")))
    heard: list[tuple[str, int]] = []

    def told(complaint: Complaint, answers: Sequence[Answer]) -> None:
        heard.append((complaint.name, len(answers)))

    compare(old, new, [*made(1), *made(1, severity="s1")], told=told)
    assert heard == [("row 0", 0), ("row 0", 1)]


def test_memory_does_not_grow_with_the_number(write: Write) -> None:
    """Ten times the complaints take no more memory, and no more of them are named."""
    old, new = read_edition(write("old")), read_edition(write("new", ("due: 4 h", "due: 5 h")))
    compare(old, new, made(30))
    tracemalloc.start()
    peaks = []
    for count in (40, 400):
        tracemalloc.reset_peak()
        start, _ = tracemalloc.get_traced_memory()
        found = compare(old, new, made(count))
        peaks.append(tracemalloc.get_traced_memory()[1] - start)
    tracemalloc.stop()
    assert found.groups[0].count == 400
    assert len(found.groups[0].names) == MOST_NAMES
    assert peaks[1] < 2 * peaks[0] + 100_000


def test_a_child_is_compared_with_all_it_inherits(write: Write) -> None:
    """What changed in a parent is a change of the child, and the parent's scenarios are played."""

    def child(parent: Path) -> Edition:
        folder = parent.parent / "branch"
        folder.mkdir()
        (folder / "ruleset.yaml").write_text(
            'format: 1\nid: branch\nedition: "1"\ntitle: A branch\nextends: [shop]\n'
            "settings:\n  more: {title: {en: More}, value: 5, kind: count, source: [us]}\n"
        )
        return read_edition(folder)

    old = child(write("old/shop"))
    new = child(write("new/shop", ("due: 4 h", "due: 5 h")))
    assert [(each.id, each.what) for each in compare(old, new).changes] == [
        ("answer", "table.rows.small.due")
    ]
    assert "more" in old.data["settings"]
    assert {case.ruleset for case in old.cases} == {"shop"}


def test_a_ruleset_with_problems_is_no_edition(write: Write, tmp_path: Path) -> None:
    """A ruleset that does not load raises its report; so does a place where none is."""
    with pytest.raises(RulesetError):
        read_edition(write("bad", ("kind: yes_no, default: no", "kind: yesno, default: no")))
    with pytest.raises(RulesetError):
        read_edition(tmp_path / "nowhere")


def test_faults_of_scenarios_are_kept(write: Write) -> None:
    """An edition tells what is wrong with its scenario files."""
    edition = read_edition(write("shop", scenarios="format: 1\nscenarios:\n  - {id: x, tale: y}\n"))
    assert edition.cases == ()
    assert edition.faults.errors


def test_a_file_that_fails_midway_stops_the_run(compared: Compared) -> None:
    """An error of the source of complaints is not swallowed."""

    def failing() -> Iterator[Complaint]:
        yield from made(1)
        raise fault("unreadable-file", "it broke", "mend it")

    with pytest.raises(RulesetError):
        compared(complaints=failing())
