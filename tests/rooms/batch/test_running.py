"""A run: each row decided or rejected with a reason, counted, in constant memory."""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from complaint_rules import EngineError, Policy, RulesetError, decide, to_json
from complaint_rules.batch import Outcome, Progress, Row, Summary, decide_rows, deciding, run
from complaint_rules.mapping import RowMapping

Ran = Callable[..., Any]
Mapped = Callable[[str], RowMapping]
AT = 1795188600


def test_without_a_mapping_columns_are_facts(ran: Ran) -> None:
    """Columns are facts by name; empty and blank cells are missing."""
    done = ran("in.csv", b"complaint_id,channel,note\nA,phone,\n B ,  ,x\n")
    assert [line["decision"]["complaint_id"] for line in done.decided] == ["A", "B"]
    first, second = ([ask["fact"] for ask in row["decision"]["asks"]] for row in done.decided)
    assert "channel" not in first
    assert "channel" in second


def test_numbers_of_excel_are_read(ran: Ran, mapped: Mapped) -> None:
    """A file of Excel: its mark, semicolons, a decimal comma, days first."""
    text = (
        'timezone: Europe/Budapest\ndate: "%Y.%m.%d %H:%M"\nat: Érkezett\n'
        "facts: {loss: Összeg, late: {column: Késés, values: {igen: yes, nem: no}}, "
        "received_at: Érkezett}\n"
    )
    data = "Érkezett;Összeg;Késés\r\n2026.11.20 15:30;1 234,50;igen\r\n".encode("utf-8-sig")
    (line,) = ran("in.csv", data, mapped(text)).decided
    assert line["decision"]["at"] == "2026-11-20T15:30:00+01:00"
    assert line["decision"]["owed"][0]["amount"] == {"amount": "1234.50", "currency": "EUR"}


def test_rows_are_rejected_one_by_one(ran: Ran, mapped: Mapped) -> None:
    """What cannot be read, mapped or decided is told; the other rows are decided."""
    text = "facts: {channel: {column: via, values: {p: phone}}, note: n, loss: l}\n"
    data = b'via,n,l\np,x,1\nz,x,1\n"p"q,x,1\np\np,x,one\np,x,2\n'
    done = ran("in.csv", data, mapped(text))
    assert done.rejected == [
        (2, 3, "unmapped-value"),
        (3, 4, "bad-csv"),
        (4, 5, "ragged-row"),
        (5, 6, "wrong-kind"),
    ]
    assert [line["row"] for line in done.decided] == [1, 6]
    assert done.summary.as_data()["rejected"] == 4
    assert done.summary.as_data()["rejected_because"] == {
        "bad-csv": 1, "ragged-row": 1, "unmapped-value": 1, "wrong-kind": 1,
    }  # fmt: skip


def test_the_instant_of_a_row_goes_before_the_callers(ran: Ran, mapped: Mapped) -> None:
    """The mapping's column says when each row is decided; an empty cell rejects the row."""
    text = "timezone: UTC\nat: day\nfacts: {channel: via}\n"
    done = ran("in.csv", b"day,via\n2026-01-02,phone\n,phone\n", mapped(text))
    assert [line["decision"]["at"] for line in done.decided] == ["2026-01-02T01:00:00+01:00"]
    assert done.rejected == [(2, 3, "missing-at")]


def test_without_any_instant_every_row_is_rejected(policy: Policy) -> None:
    """The clock of the machine is never asked."""
    outcomes = list(decide_rows(policy, iter([Row(1, {}), Row(2, None)])))
    assert [outcome.decision for outcome in outcomes] == [None, None]
    assert outcomes[0].problems[0].code == "missing-at"


def test_a_decision_is_the_one_of_decide(policy: Policy) -> None:
    """A row's decision is what `decide` says of its facts."""
    facts = {"channel": "phone", "late": "yes", "loss": "3"}
    (outcome,) = decide_rows(policy, iter([Row(1, facts)]), at=AT)
    assert outcome.decision == to_json(decide(policy, facts, at=AT))


def test_columns_that_are_not_in_the_file(policy: Policy, mapped: Mapped, tmp_path: Path) -> None:
    """A slip in a column's name ends the run before any row; nothing is written."""
    mapping = mapped("facts:\n  channel: vai\n")
    (tmp_path / "in.csv").write_text("via\nphone\n")
    with pytest.raises(RulesetError) as caught:
        run(policy, tmp_path / "in.csv", tmp_path / "out.jsonl", mapping, at=AT)
    (problem,) = caught.value.report.problems
    assert (problem.code, problem.help) == ("unknown-column", "did you mean `via`?")
    assert problem.span is not None
    assert problem.span.line == 3
    assert not list(tmp_path.glob("out*"))


def test_columns_that_nobody_reads_are_told(ran: Ran, mapped: Mapped) -> None:
    """Columns neither read nor ignored, and those never seen, stand in the summary."""
    mapping = mapped("ignore: [skip]\nfacts: {channel: via, note: customer.name}\n")
    data = b'{"via": "phone", "skip": 1, "more": 2}\n{"other": 1, "more": 3}\n{\n'
    summary = ran("in.jsonl", data, mapping).summary.as_data()
    assert summary["columns_not_read"] == ["more", "other"]
    assert summary["columns_not_there"] == ["customer.name"]
    table = ran("in.csv", b"via,skip,more,customer\n", mapping).summary.as_data()
    assert table["columns_not_read"] == ["more"]
    assert table["columns_not_there"] == []


def test_ever_new_columns_do_not_fill_the_memory(ran: Ran, mapped: Mapped) -> None:
    """Of a file with ever new columns only the first thousand are told."""
    row = "{" + ", ".join(f'"c{number}": 1' for number in range(1200)) + "}"
    summary = ran("in.jsonl", row.encode(), mapped("facts: {channel: via}\n")).summary
    assert len(summary.unread) == 1000


def test_the_input_is_never_overwritten(policy: Policy, tmp_path: Path) -> None:
    """Decisions are not written over the rows they come from."""
    path = tmp_path / "in.jsonl"
    path.write_text("{}\n")
    with pytest.raises(RulesetError) as caught:
        run(policy, path, tmp_path / "." / "in.jsonl", at=AT)
    assert caught.value.report.problems[0].code == "same-file"
    assert path.read_text() == "{}\n"


def test_an_unknown_engine_ends_the_run(policy: Policy, tmp_path: Path) -> None:
    """An engine that is not there is no fault of the rows."""
    (tmp_path / "in.jsonl").write_text("{}\n")
    with pytest.raises(EngineError):
        run(policy, tmp_path / "in.jsonl", tmp_path / "out.jsonl", at=AT, engine="steam")
    assert not list(tmp_path.glob("out*"))


def test_a_run_needs_nobody_to_watch(policy: Policy, tmp_path: Path) -> None:
    """Without anybody to be told, a run writes and counts all the same."""
    (tmp_path / "in.jsonl").write_text("{}\n")
    summary = run(policy, tmp_path / "in.jsonl", tmp_path / "out.jsonl", at=AT)
    assert summary.decided == 1


def test_what_a_summary_counts(ran: Ran) -> None:
    """Stages, actions, targets with their status, asks and offers, the most frequent first."""
    row = (
        b'{"channel": "%s", "late": "%s", "received_at": "2026-11-20T12:00:00Z", '
        b'"amount_paid": 100}\n'
    )
    data = row % (b"phone", b"no") * 2 + row % (b"email", b"yes") + row % (b"letter", b"maybe")
    told = ran("in.jsonl", data).summary.as_data()
    assert (told["decided"], told["rejected"]) == (3, 1)
    assert told["actions"] == {"thank": 3}
    assert told["targets"] == {"answer: due": 3}
    assert told["choices"] == {"gift": 2}
    assert told["owed"] == {"refund": 1}
    assert told["asks"] == {"loss": 1}
    assert told["prohibitions"] == {"wait": 3}
    assert list(told)[:4] == ["decided", "rejected", "rejected_because", "columns_not_read"]


def test_counts_are_ranked() -> None:
    """Equal counts stand in the order of their names."""
    summary = Summary()
    summary.asks.update(["b", "a", "c", "c"])
    assert list(summary.as_data()["asks"]) == ["c", "a", "b"]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Decide nothing: what a decision takes is not at stake here, and would take a minute."""
    lists = ("actions", "targets", "owed", "choices", "goodwill", "withheld", "prohibitions")
    empty = {key: [] for key in (*lists, "types", "asks")}
    decided = {"complaint_id": None, "at": "", "stage": "", "review_at": None, **empty}
    monkeypatch.setattr(deciding, "read_state", lambda policy, facts: facts)
    monkeypatch.setattr(deciding, "decide", lambda policy, state, at, engine: state)
    monkeypatch.setattr(deciding, "to_json", lambda state: decided)


def rows_of(path: Path, count: int, note: str) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write("via,n,day\n")
        file.writelines(f"phone,{note} {n},2026-11-{n % 30 + 1:02}\n" for n in range(count))
    return path


MAPPING = "timezone: UTC\nat: day\nfacts: {channel: via, note: n, received_at: day}\n"


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_nothing_is_kept_of_the_rows(
    policy: Policy, mapped: Mapped, tmp_path: Path, ending: str
) -> None:
    """20,000 rows leave no more in memory than the first few thousand did."""
    source = rows_of(tmp_path / "in.csv", 20_000, "note")
    kept: list[int] = []

    def look(outcome: Outcome, progress: Progress) -> None:
        if progress.rows % 4096 == 0:
            kept.append(sys.getallocatedblocks())

    out = tmp_path / f"out.{ending}"
    assert run(policy, source, out, mapped(MAPPING), on_row=look).decided == 20_000
    assert len(kept) == 4
    assert kept[-1] < kept[0] + 4000


@pytest.mark.usefixtures("quick")
def test_memory_does_not_grow_with_the_file(policy: Policy, mapped: Mapped, tmp_path: Path) -> None:
    """A file of 20 MB is decided within 4 MB."""
    source = rows_of(tmp_path / "in.csv", 1000, "x" * 20_000)
    mapping = mapped(MAPPING)
    tracemalloc.start()
    try:
        run(policy, source, tmp_path / "out.csv", mapping)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4 * 1024 * 1024


def test_rows_may_come_from_anywhere(policy: Policy) -> None:
    """`decide_rows` is a stream: it takes a row only when the decision before it was taken."""
    taken: list[int] = []

    def source() -> Iterator[Row]:
        for number in (1, 2, 3):
            taken.append(number)
            yield Row(number, {"note": "x"})

    stream = decide_rows(policy, source(), at=AT)
    assert next(stream).number == 1
    assert taken == [1]
