"""
Faults seeded into a copy of `core`: its scenarios catch each, and a comparison shows whom it hits.

A line is found by its id, never by its number, so that the ruleset may be edited freely.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs
import pytest

from complaint_rules import check
from complaint_rules.diff import Answer, Complaint, Edition, compare, of_cases, read_edition
from complaint_rules.diff.explaining import explained
from complaint_rules.testing import passes

TABLE = "targets/first_response.csv"


@attrs.frozen
class Fault:
    """One fault: the file it stands in, the edit, and the difference that shows it."""

    file: str
    edit: Callable[[str], str]
    kind: str
    about: str
    change: tuple[str, str, str]


def ten_times(text: str) -> str:
    """Return the settings with the largest gift raised tenfold."""
    found = re.search(
        r"^  gift_ceiling:\n(?:    .*\n)*?    value: \{EUR: (\d+)", text, re.MULTILINE
    )
    assert found
    return f"{text[: found.start(1)]}{found[1]}0{text[found.end(1) :]}"


def no_angry_email(text: str) -> str:
    """Return the table with the angry row of S2 no longer for e-mail."""
    return one(text, r"(?m)^(angry-s2,[^\n]*?)not\(letter\)", r'\1"not(letter, email)"')


def quick_calm_email(text: str) -> str:
    """Return the table with a row by which calm e-mails of S2 are answered first."""
    lines = text.rstrip("\n").split("\n")
    head = next(n for n, line in enumerate(lines) if line.startswith("row,"))
    lines[head] = lines[head].replace("row,", "row,emotion,")
    for number in range(head + 1, len(lines)):
        lines[number] = lines[number].replace(",", ",-,", 1)
    cells = {"row": "calm-email-s2", "emotion": "calm", "channel": "email"}
    cells |= {"effective_severity": "s2", "due": "15 m", "source": "house"}
    row = ",".join(cells.get(name, "-") for name in lines[head].split(","))
    return "\n".join([*lines, row]) + "\n"


def no_blame_rule(text: str) -> str:
    """Return the rules without the prohibition on blaming the customer."""
    return one(
        text, r"(id: no-defence\n(?:    .*\n)*?    then: \{never: \[[^\]]*), blame_customer", r"\1"
    )


FAULTS = {
    "a cap raised tenfold": Fault(
        "settings.yaml", ten_times, "more money", "gift", ("settings", "gift_ceiling", "value.EUR")
    ),
    "an angry customer's row forgets a channel": Fault(
        TABLE,
        no_angry_email,
        "due later",
        "first_response",
        ("targets", "first_response", "table.rows.angry-s2.channel"),
    ),
    "angry slower than calm on one channel": Fault(
        TABLE,
        quick_calm_email,
        "due earlier",
        "first_response",
        ("targets", "first_response", "table.rows.calm-email-s2"),
    ),
    "a prohibition dropped": Fault(
        "rules/answering.yaml",
        no_blame_rule,
        "no longer forbidden",
        "blame_customer",
        ("rules", "no-defence", "then.never"),
    ),
}
REFUSED = {
    "a row for calm customers only": lambda text: base_for(text, "calm"),
    "a row for all but angry ones": lambda text: base_for(text, "not(angry)"),
}
"""How somebody might write down that angry customers wait longer: the loader takes neither."""


def base_for(text: str, types: str) -> str:
    """Return the table with the base row of S2 for some customer types alone."""
    lines = text.split("\n")
    head = next(line for line in lines if line.startswith("row,")).split(",")
    place = head.index("customer_types") - len(head)
    for number, line in enumerate(lines):
        if line.startswith("base-s2,"):
            cells = line.split(",")
            cells[place] = types
            lines[number] = ",".join(cells)
    return "\n".join(lines)


def one(text: str, pattern: str, new: str) -> str:
    """Return a text with the one place that fits a pattern changed."""
    changed, count = re.subn(pattern, new, text)
    assert count == 1, pattern
    return changed


def seeded(core: Path, folder: Path, file: str, edit: Callable[[str], str]) -> Path:
    """Return a copy of `core` with one file edited."""
    copy = folder / "core"
    shutil.copytree(core, copy)
    path = copy / file
    path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def core(root: Path) -> Edition:
    """Return `core` as it ships."""
    return read_edition(root / "rulesets" / "core")


@pytest.mark.parametrize("name", FAULTS)
def test_a_seeded_fault_is_caught_and_shown(
    name: str, core: Edition, root: Path, tmp_path: Path
) -> None:
    """Scenarios fail; the comparison names the change, and every one of those complaints."""
    fault = FAULTS[name]
    new = read_edition(seeded(root / "rulesets" / "core", tmp_path, fault.file, fault.edit))
    failing = [case for case in core.cases if not passes(new.policy, case)]
    assert failing, "no scenario fails"
    touched: set[str] = set()

    def told(complaint: Complaint, answers: Sequence[Answer]) -> None:
        if answers:
            touched.add(complaint.name.partition("#")[0])

    found = compare(core, new, of_cases((core.policy, failing)), told=told)
    assert touched == {case.name for case in failing}
    assert fault.change in {(each.section, each.id, each.what) for each in found.changes}
    assert len({change.id for change in found.changes}) == 1
    (group,) = [g for g in found.groups if (g.kind, g.about) == (fault.kind, fault.about)]
    assert {name.partition("#")[0] for name in group.names} <= touched
    assert explained(found, group)


@pytest.mark.parametrize("name", REFUSED)
def test_the_loader_takes_no_deadline_that_a_type_lengthens(
    name: str, root: Path, tmp_path: Path
) -> None:
    """What needs a test for a type's absence is refused, and never comes to a scenario."""
    copy = seeded(root / "rulesets" / "core", tmp_path, TABLE, REFUSED[name])
    assert {problem.code for problem in check(copy).errors} == {"type-sensitive-deadline"}


def test_the_loader_warns_of_a_row_that_serves_the_calm_sooner(root: Path, tmp_path: Path) -> None:
    """The quick row for calm e-mails is taken, and a warning tells who may wait longer."""
    copy = seeded(root / "rulesets" / "core", tmp_path, TABLE, quick_calm_email)
    (told,) = check(copy).problems
    assert told.code == "mood-sensitive-deadline"
    assert "row `calm-email-s2`" in told.message
