"""What was found out before is believed only where it still holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from complaint_rules.testing.mutation import Fate, Grade, file_beside, read_file, write_file
from complaint_rules.testing.mutation import memory as remembered
from complaint_rules.testing.mutation.crew import judged

ITEMS = """\
rules:
  - {id: a, text: x, source: [house], when: {vip: yes, contacts: ">= 2"}, then: {do: [thank]}}
  - {id: b, text: x, source: [house], when: {loud: yes, any: [{loud: yes}, {vip: yes}]},
     then: {do: [call]}}
"""
KILLS = "state: {vip: yes, contacts: 2}\nexpect: {actions: thank}"
LOOKS = "state: {wishes: [money]}\nexpect: {actions: none}"


class Notes:
    """What a grade kept, and how many mutants it had to judge."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.text, self.judged = "", 0

        def counted(*words: Any) -> Any:
            for each in judged(*words):
                self.judged += 1
                yield each

        monkeypatch.setattr("complaint_rules.testing.mutation.grading.judged", counted)

    def run(self, graded: Any, folder: Path, text: str | None = None) -> Grade:
        """Grade with what was kept before."""
        self.judged = 0
        known = self.text if text is None else text
        found: Grade = graded(folder, memory=known, keep=self._keep)
        return found

    def _keep(self, text: str) -> None:
        self.text = text


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> Notes:
    """Return a memory that counts."""
    return Notes(monkeypatch)


def fates(grade: Grade) -> list[tuple[str, str, str]]:
    """Return what became of every mutant."""
    return [(e.mutant.owner, e.mutant.told, e.fate.name) for e in grade.graded]


def test_nothing_is_judged_twice(mill: Any, graded: Any, notes: Notes) -> None:
    """A second run of the same judges nothing, and says the same."""
    folder = mill(ITEMS, KILLS, LOOKS)
    first = notes.run(graded, folder)
    assert notes.judged == len(first.graded)
    again = notes.run(graded, folder)
    assert notes.judged == 0
    assert fates(again) == fates(first)
    assert [e.known.scenario for e in again.graded] == [e.known.scenario for e in first.graded]
    assert {Fate.KILLED, Fate.SURVIVED} <= {e.fate for e in again.graded}


def test_what_was_killed_stays_so(mill: Any, graded: Any, notes: Notes) -> None:
    """With another case beside, only what was left alive is judged again."""
    folder = mill(ITEMS, KILLS)
    first = notes.run(graded, folder)
    alive = len(first.of(Fate.SURVIVED, Fate.SNAPSHOT))
    second = notes.run(graded, mill(ITEMS, KILLS, LOOKS))
    assert notes.judged == alive
    assert fates(second) == fates(graded(folder))


def test_a_changed_case_kills_nothing(mill: Any, graded: Any, notes: Notes) -> None:
    """What a case killed is judged again when the case says something else, or is gone."""
    notes.run(graded, mill(ITEMS, KILLS, LOOKS))
    folder = mill(ITEMS, KILLS.replace("contacts: 2", "contacts: 3"), LOOKS)
    assert fates(notes.run(graded, folder)) == fates(graded(folder))
    assert notes.judged > 0
    gone = mill(ITEMS, LOOKS)
    assert fates(notes.run(graded, gone)) == fates(graded(gone))


def test_where_a_case_stands_does_not_count(mill: Any, graded: Any, notes: Notes) -> None:
    """Comments and empty lines before a case change nothing that is known."""
    folder = mill(ITEMS, KILLS)
    notes.run(graded, folder)
    path = folder / "scenarios" / "all.yaml"
    path.write_text("# a comment\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    notes.run(graded, folder)
    assert notes.judged == 0


def test_another_ruleset_begins_anew(mill: Any, graded: Any, notes: Notes) -> None:
    """A changed ruleset believes nothing of what was found out of the old one."""
    notes.run(graded, mill(ITEMS, KILLS))
    other = mill(ITEMS.replace(">= 2", ">= 1"), KILLS)
    found = notes.run(graded, other)
    assert notes.judged == len(found.graded)
    assert fates(found) == fates(graded(other))


def test_another_program_begins_anew(
    mill: Any, graded: Any, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A memory of another program, or of other time zones, is not believed."""
    folder = mill(ITEMS, KILLS)
    notes.run(graded, folder)
    monkeypatch.setattr(remembered, "program", lambda: "another")
    found = notes.run(graded, folder)
    assert notes.judged == len(found.graded)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: "[]",
        lambda text: '{"known": 3}',
        lambda text: text.replace("SURVIVED", "KILLED"),
        lambda text: text.replace('"KILLED"', '"EQUIVALENT"'),
        lambda text: json.dumps({**json.loads(text), "known": {"0|x": ["ODD", "", "", ""]}}),
        lambda text: "[" * 100_000,
    ],
)
def test_a_spoiled_memory_counts_for_nothing(
    spoil: Any, mill: Any, graded: Any, notes: Notes
) -> None:
    """What is cut off, foreign or altered is forgotten, and written anew."""
    folder = mill(ITEMS, KILLS)
    first = notes.run(graded, folder)
    good = notes.text
    found = notes.run(graded, folder, spoil(good))
    assert notes.judged == len(first.graded)
    assert fates(found) == fates(first)
    assert notes.text == good


def test_what_was_judged_is_kept_when_broken_off(
    mill: Any, graded: Any, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken off in the middle, a run keeps what it knows by then."""
    folder = mill(ITEMS, KILLS)
    whole = len(graded(folder).graded)

    def broken(*words: Any) -> Any:
        for number, each in enumerate(judged(*words)):
            if number == 3:
                raise KeyboardInterrupt
            yield each

    with monkeypatch.context() as patched:
        patched.setattr("complaint_rules.testing.mutation.grading.judged", broken)
        with pytest.raises(KeyboardInterrupt):
            notes.run(graded, folder)
    notes.run(graded, folder)
    assert notes.judged == whole - 3


def test_the_file(tmp_path: Path) -> None:
    """It is kept in a hidden folder that version control leaves alone; a missing one is empty."""
    path = file_beside(tmp_path / "mill")
    assert read_file(path) == ""
    write_file(path, "known\n")
    assert read_file(path) == "known\n"
    assert sorted(each.name for each in path.parent.iterdir()) == [".gitignore", "mutation.json"]
    other = tmp_path / "elsewhere.json"
    write_file(other, "known\n")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["elsewhere.json", "mill"]
    other.write_bytes(b"\xff")
    assert read_file(other) == ""


def test_the_program_is_told_by_its_text() -> None:
    """The program's mark is a digest: the same each time it is asked."""
    assert remembered.program() == remembered.program()
    assert len(remembered.program()) == 64
