"""A mapping file: what it says, and each of its faults with line and cure."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules import Policy, RulesetError, load
from complaint_rules.calendar import zone
from complaint_rules.mapping import RowMapping, decided_later, facts, read_mapping, reading, times
from complaint_rules.mapping.tree import Moment

Read = Callable[[str], RowMapping]
Told = Callable[[str], list[tuple[str, int]]]


def test_a_mapping_says_where_each_fact_comes_from(read: Read) -> None:
    """Columns, constants, translations, defaults and forms of dates are read as written."""
    mapping = read(
        """at: {column: sent, time: "10:00", plus: 60 d end of day}
timezone: Europe/Budapest
date: ["%d.%m.%Y", "%d.%m.%Y %H:%M"]
ignore: [state, zip]
separator: ";"
encoding: cp1252
facts:
  note: subject
  channel: {column: via, values: {Web: email, Post: letter}, else: unknown, default: phone}
  severity: {constant: s1}
  flags: {column: tags, split: "|"}
  loss: {column: amount, decimals: 2}
  seen_at: {column: seen, date: "%Y/%m/%d", timezone: America/New_York, time: "09:30"}
  born: {column: birthday}
"""
    )
    note, channel, severity, flags, loss, seen, born = mapping.facts
    assert (note.fact, note.column, note.rejects) == ("note", "subject", True)
    assert dict(channel.values) == {"Web": "email", "Post": "letter"}
    assert (channel.rejects, channel.otherwise, channel.default) == (False, "unknown", "phone")
    assert (severity.column, severity.constant) == (None, "s1")
    assert flags.split == "|"
    assert loss.decimals == 2
    assert seen.moment is not None
    assert seen.moment.formats == ("%Y/%m/%d",)
    assert (seen.moment.hour, seen.moment.minute, seen.moment.day) == (9, 30, False)
    assert seen.moment.zone is not None
    assert seen.moment.zone.key == "America/New_York"
    assert born.moment is not None
    assert born.moment.day
    assert born.moment.formats == ("%d.%m.%Y", "%d.%m.%Y %H:%M")
    assert mapping.at is not None
    assert (mapping.at.column, mapping.at.moment.hour) == ("sent", 10)
    assert mapping.at.plus is not None
    assert mapping.at.plus.text == "60 d end of day"
    assert mapping.ignored == {"state", "zip"}
    assert (mapping.separator, mapping.encoding) == (";", "cp1252")
    assert mapping.columns() == (
        "subject", "via", "tags", "amount", "seen", "birthday", "sent",
    )  # fmt: skip


def test_what_is_not_said_has_its_default(read: Read) -> None:
    """The shortest mapping: a fact and its column."""
    mapping = read("facts: {note: subject}\n")
    assert mapping.at is None
    assert mapping.ignored == frozenset()
    assert mapping.separator is mapping.encoding is None
    assert mapping.facts[0].default is None


def test_a_column_with_translated_dates_says_its_form_itself(read: Read) -> None:
    """Translated instants are words only, unless the fact names a form of its own."""
    words, both = read(
        """timezone: UTC
facts:
  seen_at: {column: a, values: {"no": not_yet}}
  received_at: {column: b, values: {"-": unknown}, date: "%d.%m.%Y"}
"""
    ).facts
    assert words.moment is None
    assert both.moment is not None


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", [("missing-key", 1)]),
        ("facts: {}\n", [("missing-key", 2)]),
        ("facts: [note]\n", [("missing-key", 2)]),
        ("fact: {note: a}\nfacts: {note: a}\n", [("unknown-key", 2)]),
        ("facts:\n  nota: a\n", [("unknown-fact", 3)]),
        ("facts:\n  open_late: a\n", [("derived-given", 3)]),
        ("facts:\n  stage: a\n", [("derived-given", 3)]),
        ("facts:\n  review: a\n", [("wrong-shape", 3)]),
        ("facts:\n  note: 5\n", [("wrong-shape", 3)]),
        ("facts:\n  note: {}\n", [("wrong-shape", 3)]),
        ('facts:\n  note: ""\n', [("wrong-shape", 3)]),
        ("facts:\n  note: {column: a, constant: b}\n", [("wrong-shape", 3)]),
        ("facts:\n  note:\n    column: 5\n", [("wrong-shape", 4)]),
        ("facts:\n  note:\n    column: [a]\n", [("wrong-shape", 4)]),
        ("facts:\n  note: {column: a, vals: {b: c}}\n", [("unknown-key", 3)]),
        ("facts:\n  note: {constant: a, default: b}\n", [("unknown-key", 3)]),
        ("facts:\n  channel: {constant: fax}\n", [("unknown-value", 3)]),
        ("facts:\n  channel:\n    column: a\n    default: fax\n", [("unknown-value", 5)]),
        ("facts:\n  channel: {column: a, else: email}\n", [("missing-key", 3)]),
        (
            "facts:\n  channel:\n    column: a\n    values: {b: email}\n    else: fax\n",
            [("unknown-value", 6)],
        ),
        (
            "facts:\n  channel:\n    column: a\n    values:\n      b: email\n      c: fax\n",
            [("unknown-value", 7)],
        ),
        ("facts:\n  channel: {column: a, values: {}}\n", [("wrong-shape", 3)]),
        ("facts:\n  channel: {column: a, values: [b]}\n", [("wrong-shape", 3)]),
        ('facts:\n  note: {column: a, split: ","}\n', [("wrong-shape", 3)]),
        ('facts:\n  flags: {column: a, split: ""}\n', [("wrong-shape", 3)]),
        ("facts:\n  note: {column: a, decimals: 2}\n", [("wrong-shape", 3)]),
        ("facts:\n  loss: {column: a, decimals: two}\n", [("wrong-shape", 3)]),
        ("facts:\n  loss: {column: a, decimals: 13}\n", [("wrong-shape", 3)]),
        ("facts:\n  loss: {column: a, decimals: true}\n", [("wrong-shape", 3)]),
        ('facts:\n  note: {column: a, time: "09:00"}\n', [("wrong-shape", 3)]),
        ("facts:\n  seen_at: {column: a, timezone: Budapest}\n", [("bad-timezone", 3)]),
        ("facts:\n  seen_at: {column: a, timezone: 1}\n", [("wrong-shape", 3)]),
        ('facts:\n  seen_at: {column: a, date: "%Y-%q"}\n', [("bad-date-form", 3)]),
        ('facts:\n  seen_at: {column: a, date: "%d.%m."}\n', [("bad-date-form", 3)]),
        ("facts:\n  seen_at: {column: a, date: {}}\n", [("wrong-shape", 3)]),
        ('facts:\n  seen_at: {column: a, time: "9 am"}\n', [("bad-hours", 3)]),
        ('facts:\n  seen_at: {column: a, time: "09:00:30"}\n', [("bad-hours", 3)]),
        ("at: [a]\nfacts: {note: b}\n", [("wrong-shape", 2)]),
        ("at: {colum: a}\nfacts: {note: b}\n", [("wrong-shape", 2), ("unknown-key", 2)]),
        ("at: {column: a, plus: soon}\nfacts: {note: b}\n", [("bad-duration", 2)]),
        ("at: {column: a, plus: 1.5 d}\nfacts: {note: b}\n", [("bad-duration", 2)]),
        ("at: {column: a, plus: 3 bd}\nfacts: {note: b}\n", [("bad-duration", 2)]),
        (
            "at: {column: a, plus: 3 d close of business}\nfacts: {note: b}\n",
            [("bad-duration", 2)],
        ),
        ("at: {column: a, plus: 5}\nfacts: {note: b}\n", [("wrong-shape", 2)]),
        ('separator: ";;"\nfacts: {note: b}\n', [("wrong-shape", 2)]),
        ("separator: '\"'\nfacts: {note: b}\n", [("wrong-shape", 2)]),
        ("encoding: latin-99\nfacts: {note: b}\n", [("bad-encoding", 2)]),
        ("encoding: hex\nfacts: {note: b}\n", [("bad-encoding", 2)]),
        ("encoding: undefined\nfacts: {note: b}\n", [("bad-encoding", 2)]),
        ("ignore: 5\nfacts: {note: b}\n", [("wrong-shape", 2)]),
        ("ignore: [b]\nfacts: {note: b}\n", [("wrong-shape", 2)]),
        ("facts: {note: b, note: c}\n", [("duplicate-key", 2)]),
        ("facts: {note: b\n", [("bad-yaml", 2)]),
    ],
)
def test_each_fault_is_told_with_its_line(told: Told, text: str, faults: list[Any]) -> None:
    """Every fault of a mapping has a code, a line and a cure."""
    assert sorted(told(text)) == sorted(faults)


def test_all_faults_are_told_at_once(told: Told) -> None:
    """Several faults are several problems of one report."""
    codes = [code for code, _ in told("at: 5\nfacts:\n  nota: a\n  channel: {constant: fax}\n")]
    assert codes == ["wrong-shape", "unknown-fact", "unknown-value"]


@pytest.mark.parametrize("data", [b"[]", b"word", b"", b"\xff\xfe\x00", b"a: \x00"])
def test_what_is_no_mapping_is_refused(policy: Policy, data: bytes) -> None:
    """A file that holds something else, or nothing, or no text is a problem."""
    with pytest.raises(RulesetError) as caught:
        read_mapping("map.yaml", data, policy)
    assert len(caught.value.report.errors) == 1


@pytest.mark.parametrize("text", ["facts: {note: a}", "format: 2\nfacts: {note: a}"])
def test_a_mapping_says_its_format(policy: Policy, text: str) -> None:
    """A mapping without format, or of another, is refused."""
    with pytest.raises(RulesetError) as caught:
        read_mapping("map.yaml", text.encode(), policy)
    assert [problem.code for problem in caught.value.report.problems] == ["unknown-format"]


@given(st.text(max_size=80) | st.binary(max_size=80).map(lambda data: data.decode("latin-1")))
def test_any_text_is_read_or_refused(policy: Policy, text: str) -> None:
    """No text makes the reader fall over."""
    try:
        read_mapping("map.yaml", text.encode(), policy)
    except RulesetError as error:
        assert error.report.problems


SCALARS = st.sampled_from(
    ["a", "", "5", "true", "null", "[]", "{}", "'x'", "2 d", "UTC", "%d", "s1"]
)
KEYS = st.sampled_from(
    ["column", "constant", "values", "else", "default", "date", "timezone", "time", "split",
     "decimals", "plus"]
)  # fmt: skip
NAMES = st.sampled_from(
    ["note", "channel", "seen_at", "born", "flags", "loss", "done", "type_basis", "promises",
     "review.count", "stage", "zzz"]
)  # fmt: skip
ENTRIES = st.dictionaries(KEYS, SCALARS, max_size=4)


@given(st.dictionaries(NAMES, ENTRIES, max_size=3), ENTRIES)
def test_any_keys_are_read_or_refused(
    policy: Policy, facts: dict[str, dict[str, str]], at: dict[str, str]
) -> None:
    """No combination of keys and values makes the reader fall over."""

    def flow(entries: dict[str, str]) -> str:
        return "{" + ", ".join(f"{key}: {value}" for key, value in entries.items()) + "}"

    told = "".join(f"  {name}: {flow(entries)}\n" for name, entries in facts.items())
    text = f"format: 1\nat: {flow(at)}\nfacts:\n{told}"
    try:
        mapping = read_mapping("map.yaml", text.encode(), policy)
    except RulesetError as error:
        assert error.report.errors
    else:
        assert [rule.fact for rule in mapping.facts] == list(facts)


def test_a_mapping_is_decided_later(read: Read) -> None:
    """`decided_later` sets the time added, whatever the mapping says, in both ways to write at."""
    for written in ("at: sent", "at: {column: sent, plus: 2 h}"):
        later = decided_later(read(f"{written}\nfacts: {{note: a}}\n"), "60 d")
        assert later.at is not None
        assert later.at.plus is not None
        assert later.at.plus.text == "60 d"


@pytest.mark.parametrize(
    ("text", "plus", "code"),
    [
        ("facts: {note: a}\n", "60 d", "missing-at"),
        ("at: sent\nfacts: {note: a}\n", "soon", "bad-duration"),
        ("at: sent\nfacts: {note: a}\n", "2 bh", "bad-duration"),
        ("at: sent\nfacts: {note: a}\n", "1.5 mo", "bad-duration"),
    ],
)
def test_what_cannot_be_decided_later_is_told(read: Read, text: str, plus: str, code: str) -> None:
    """A mapping without `at`, or what is no wall-clock duration, is a problem with a cure."""
    with pytest.raises(RulesetError) as caught:
        decided_later(read(text), plus)
    (problem,) = caught.value.report.problems
    assert problem.code == code
    assert problem.help


def test_a_column_that_is_not_there_is_a_slip_of_the_mapping(read: Read) -> None:
    """Columns a file lacks are told with the mapping's line and the nearest column."""
    mapping = read("at: {column: sent}\nfacts:\n  note: subjct\n  channel: customer.via\n")
    report = mapping.missing_from(["subject", "customer", "", "set"])
    assert [(p.code, p.span.line if p.span else 0, p.help) for p in report.problems] == [
        ("unknown-column", 2, "did you mean `set`?"),
        ("unknown-column", 4, "did you mean `subject`?"),
    ]
    assert mapping.missing_from(["subjct", "sent", "customer.via"]).ok


def test_the_reference_is_true(root: Path) -> None:
    """The mapping with every key on the page of the reference is read, and uses every key."""
    page = (root / "docs" / "reference" / "mapping.md").read_text(encoding="utf-8")
    text = page.split("```yaml\n")[1].split("```")[0]
    mapping = read_mapping("map.yaml", text.encode(), load("core"))
    assert len(mapping.facts) == 6
    for key in {*reading._TOP, *times._AT, *facts._COLUMN, *facts._CONSTANT}:
        assert f"{key}:" in text, key
        assert f"`{key}`" in page or f"`{{{key}: …}}`" in page, key


@pytest.mark.parametrize("name", [None, "Europe/Budapest"])
def test_how_times_are_read_goes_to_other_processes(name: str | None) -> None:
    """A way of reading times survives pickling, its zone by name."""
    moment = Moment(("%Y-%m-%d",), None if name is None else zone(name), 9, 30, day=True)
    again = pickle.loads(pickle.dumps(moment))
    assert again == moment
