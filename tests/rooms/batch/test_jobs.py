"""Several processes: the same result as one, byte for byte, and an end to everything."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from complaint_rules import (
    EngineError,
    MissingExtraError,
    Policy,
    Problem,
    Report,
    RulesetError,
    StateError,
)
from complaint_rules.batch import Outcome, Progress, Row, Summary, crew, run
from complaint_rules.batch.chunks import Chunk, in_chunks
from complaint_rules.batch.deciding import Work, portable
from complaint_rules.mapping import RowMapping

Mapped = Callable[[str], RowMapping]
AT = 1795188600
MAPPING = (
    "timezone: UTC\nat: day\nignore: [skip]\n"
    "facts: {channel: {column: via, values: {p: phone, m: email}}, loss: sum, note: n, "
    "complaint_id: id, received_at: day}\n"
)
ENDINGS = ("csv", "jsonl", "parquet")


def line(number: int) -> dict[str, str]:
    """Return one row: some are mapped wrongly, some not decided."""
    via = "z" if number % 17 == 3 else "pm"[number % 2]
    loss = "much" if number % 23 == 5 else str(number)
    day = f"2026-11-{number % 28 + 1:02}"
    return {"id": f"K{number}", "via": via, "sum": loss, "n": f"é{number}", "day": day, "more": ""}


def made(path: Path, count: int) -> Path:
    """Return a file of rows, by its ending."""
    lines = [line(number) for number in range(1, count + 1)]
    if path.suffix == ".csv":
        texts = [",".join(lines[0]), *(",".join(each.values()) for each in lines)]
        texts.insert(40, "ragged")
        path.write_text("\n".join(texts), encoding="utf-8")
    elif path.suffix == ".jsonl":
        texts = [
            json.dumps(each if n % 50 else {**each, f"x{n}": 1}) for n, each in enumerate(lines)
        ]
        path.write_text("\n".join([*texts[:40], "{", "", *texts[40:]]), encoding="utf-8")
    else:
        parquet.write_table(pyarrow.Table.from_pylist(lines), path)
    return path


def whole(
    policy: Policy, source: Path, out: Path, mapping: RowMapping | None, jobs: int
) -> tuple[bytes, Summary, list[tuple[Outcome, Progress]]]:
    """Return all that can be seen of a run."""
    seen: list[tuple[Outcome, Progress]] = []

    def look(outcome: Outcome, progress: Progress) -> None:
        seen.append((outcome, Progress(progress.total, progress.read, progress.rows)))

    summary = run(policy, source, out, mapping, at=AT, jobs=jobs, on_row=look)
    return out.read_bytes(), summary, seen


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("made_of", ENDINGS)
def test_two_jobs_do_what_one_does(
    policy: Policy, mapped: Mapped, tmp_path: Path, made_of: str, ending: str
) -> None:
    """Bytes, counts, rejected rows and progress are those of one job, in the same order."""
    source, mapping = made(tmp_path / f"in.{made_of}", 300), mapped(MAPPING)
    one = whole(policy, source, tmp_path / f"one.{ending}", mapping, 1)
    two = whole(policy, source, tmp_path / f"two.{ending}", mapping, 2)
    assert one[0] == two[0]
    assert one[1] == two[1]
    assert one[1].as_data() == two[1].as_data()
    assert one[2] == two[2]
    assert [outcome.number for outcome, _ in two[2]] == list(range(1, len(two[2]) + 1))
    assert {outcome.decided for outcome, _ in two[2]} == {True, False}


def test_row_groups_of_parquet_are_the_same(
    policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More decisions than one row group holds are written as one job writes them."""
    monkeypatch.setattr("complaint_rules.batch.parquet.BATCH_ROWS", 100)
    source = made(tmp_path / "in.parquet", 300)
    plain = parquet.read_table(source).select(["n"]).rename_columns(["note"])
    parquet.write_table(plain, source)
    written = [
        whole(policy, source, tmp_path / f"{jobs}.parquet", None, jobs)[0] for jobs in (1, 2, 3)
    ]
    assert written[0] == written[1] == written[2]


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_every_way_to_start_a_process_works(
    policy: Policy, mapped: Mapped, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    """Policy and mapping go to a process that is forked and to one that begins anew."""
    context = multiprocessing.get_context(method)
    monkeypatch.setattr(multiprocessing, "get_context", lambda: context)
    source, mapping = made(tmp_path / "in.csv", 70), mapped(MAPPING)
    one = whole(policy, source, tmp_path / "one.jsonl", mapping, 1)
    assert whole(policy, source, tmp_path / "two.jsonl", mapping, 2) == one


def test_a_file_of_no_rows_starts_no_process(
    policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Processes are started when there is a chunk for them."""
    monkeypatch.setattr(crew.Crew, "_hire", None)
    (tmp_path / "in.jsonl").write_text("\n")
    assert run(policy, tmp_path / "in.jsonl", tmp_path / "o.csv", at=AT, jobs=2).decided == 0


def test_what_is_wrong_with_the_file_comes_after_the_rows_before_it(
    policy: Policy, tmp_path: Path
) -> None:
    """An error in the midst of a file is raised when the rows before it were told."""
    source = tmp_path / "in.csv"
    lines = "note\n" + ("x" * 100 + "\n") * 250
    source.write_bytes(b"\xff\xfe" + lines.encode("utf-16-le") + b"\x00\xdc\x00")
    told: list[list[int]] = []
    for jobs in (1, 2):
        numbers: list[int] = []
        with pytest.raises(RulesetError, match="bad-encoding"):
            run(
                policy, source, tmp_path / "o.csv", at=AT, jobs=jobs,
                on_row=lambda outcome, _, numbers=numbers: numbers.append(outcome.number),
            )  # fmt: skip
        told.append(numbers)
    assert told[0] == told[1]
    assert len(told[0]) >= 150
    assert not list(tmp_path.glob("o*"))


def test_a_missing_column_ends_the_run(policy: Policy, mapped: Mapped, tmp_path: Path) -> None:
    """A slip in the mapping is told as with one job."""
    for ending in ENDINGS:
        source = made(tmp_path / f"in.{ending}", 5)
        if ending != "jsonl":
            with pytest.raises(RulesetError, match="unknown-column"):
                run(
                    policy, source, tmp_path / "o.csv", mapped("facts: {note: nn}\n"), at=AT, jobs=2
                )
    with pytest.raises(RulesetError, match="missing-file"):
        run(policy, tmp_path / "no.parquet", tmp_path / "o.csv", at=AT, jobs=2)


def test_an_error_in_a_process_is_raised_here(
    policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes in its turn, after the rows before it, with its own type."""
    source = tmp_path / "in.jsonl"
    source.write_text('{"note": "x"}\n' * 200)
    with pytest.raises(EngineError, match="no engine `steam`") as caught:
        run(policy, source, tmp_path / "o.csv", at=AT, engine="steam", jobs=2)
    assert caught.value.engine == "steam"
    whole_work = Work.outcome

    def odd(self: Work, row: Row) -> Outcome:
        if row.number == 100:
            raise ZeroDivisionError("row 100")
        return whole_work(self, row)

    monkeypatch.setattr(Work, "outcome", odd)
    numbers: list[int] = []
    with pytest.raises(ZeroDivisionError, match="row 100"):
        run(
            policy, source, tmp_path / "o.csv", at=AT, jobs=2,
            on_row=lambda outcome, _: numbers.append(outcome.number),
        )  # fmt: skip
    assert numbers == list(range(1, 100))
    assert not list(tmp_path.glob("o*"))
    assert not multiprocessing.active_children()


@pytest.mark.parametrize(
    ("end", "told"),
    [
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "by signal 9"),
        (lambda: os._exit(3), "with code 3"),
    ],
)
def test_a_process_that_dies_ends_the_run(
    policy: Policy,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    end: Callable[[], None],
    told: str,
) -> None:
    """It is told how it ended and which rows it was at; nothing hangs and nothing is left."""
    source = tmp_path / "in.jsonl"
    source.write_text('{"note": "x"}\n' * 500)
    here, whole_work = os.getpid(), Work.outcome

    def odd(self: Work, row: Row) -> Outcome:
        if row.number == 200 and os.getpid() != here:
            end()
        return whole_work(self, row)

    monkeypatch.setattr(Work, "outcome", odd)
    with pytest.raises(RulesetError) as caught:
        run(policy, source, tmp_path / "o.csv", at=AT, jobs=2)
    (problem,) = caught.value.report.problems
    assert problem.code == "worker-died"
    assert problem.message == f"a process ended {told} while it decided rows 193 to 256"
    assert not list(tmp_path.glob("o*"))
    assert not multiprocessing.active_children()


def test_a_process_that_died_unasked_is_noticed_when_it_is_asked(
    policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process may die while it has nothing to do."""
    source = tmp_path / "in.jsonl"
    source.write_text('{"note": "x"}\n' * 300)
    hired = crew.Crew._hire

    def dead(self: crew.Crew) -> Any:
        worker = hired(self)
        worker.process.kill()
        worker.process.join()
        return worker

    monkeypatch.setattr(crew.Crew, "_hire", dead)
    with pytest.raises(RulesetError, match="by signal 9 while it decided rows 1 to 64"):
        run(policy, source, tmp_path / "o.csv", at=AT, jobs=2)


def test_a_process_that_cannot_start_is_told(
    policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system may refuse a process."""

    def refuse(self: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    context = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")
    monkeypatch.setattr(context.Process, "start", refuse)
    monkeypatch.setattr(multiprocessing, "get_context", lambda: context)
    (tmp_path / "in.jsonl").write_text("{}\n")
    with pytest.raises(RulesetError, match="can be started: resource temporarily unavailable"):
        run(policy, tmp_path / "in.jsonl", tmp_path / "o.csv", at=AT, jobs=2)


def test_whoever_stops_ends_the_processes(policy: Policy, tmp_path: Path) -> None:
    """An interrupt, like any error of the caller's, leaves no process and no file behind."""
    source = tmp_path / "in.jsonl"
    source.write_text('{"note": "x"}\n' * 500)

    def stop(outcome: Outcome, progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(policy, source, tmp_path / "o.csv", at=AT, jobs=2, on_row=stop)
    assert not list(tmp_path.glob("o*"))
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("jobs", [-1, 257])
def test_numbers_of_jobs_that_cannot_be(policy: Policy, tmp_path: Path, jobs: int) -> None:
    """Less than none and more than 256 are refused before a file is touched."""
    with pytest.raises(RulesetError, match="is no number of processes"):
        run(policy, tmp_path / "in.jsonl", tmp_path / "o.csv", at=AT, jobs=jobs)


def test_no_jobs_means_all_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """0 is one process for each core that may be used."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    assert crew.jobs_of(0) == 3
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert crew.jobs_of(0) == 1
    monkeypatch.setattr(os, "cpu_count", lambda: 1000)
    assert crew.jobs_of(0) == 256


def test_not_too_many_chunks_are_under_way(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the first chunk is, only a few others are read and held meanwhile."""
    taken: list[int] = []
    first = multiprocessing.get_context().Event()

    def source() -> Iterator[Chunk]:
        for number in range(1, 100):
            taken.append(number)
            yield Chunk((Row(number, {}),), number, number, (0,))

    whole_work = Work.outcome

    def slow(self: Work, row: Row) -> Outcome:
        if row.number == 1:
            first.wait(20)
        return whole_work(self, row)

    monkeypatch.setattr(Work, "outcome", slow)
    stream = crew.decided(Work(policy, at=AT), source(), 2)
    watched = crew.Crew._collect

    def watch(self: crew.Crew, worker: Any) -> None:
        watched(self, worker)
        if len(self._done) == 5:
            first.set()

    monkeypatch.setattr(crew.Crew, "_collect", watch)
    assert next(stream)[0].first == 1
    assert max(taken) <= 8
    assert [chunk.first for chunk, _ in stream] == list(range(2, 100))


def test_rows_go_in_chunks_that_are_not_too_large() -> None:
    """A chunk is full with 64 rows, or with a mebibyte of the file."""
    progress = Progress()

    def source(size: int) -> Iterator[Row]:
        for number in range(1, 131):
            progress.read += size
            yield Row(number, {})

    chunks = [(each.first, each.last, len(each.reads)) for each in in_chunks(source(1), progress)]
    assert chunks == [(1, 64, 64), (65, 128, 64), (129, 130, 2)]
    progress = Progress()
    large = list(in_chunks(source(2**19), progress))
    assert {each.last - each.first for each in large} == {1}
    assert list(large[0].reads) == [2**19, 2**20]


def test_a_process_serves_until_there_is_no_more(policy: Policy) -> None:
    """It answers chunk by chunk, and ends when its pipe is closed."""
    ours, theirs = multiprocessing.Pipe()
    thread = threading.Thread(target=crew.serve, args=(theirs, Work(policy, at=AT)))
    thread.start()
    with ours:
        for number in (1, 2):
            ours.send((Row(number, {"note": "x"}), Row(number + 1, {"channel": "x"})))
            done = ours.recv()
            assert [each.number for each in done.outcomes] == [number, number + 1]
            assert done.summary.decided == 1
    thread.join(20)
    theirs.close()
    assert not thread.is_alive()


def test_a_process_ends_when_its_parent_is_gone(
    policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is left behind that waits for ever."""
    ours, theirs = multiprocessing.Pipe()
    gone, dead = multiprocessing.Pipe()
    dead.close()

    class Parent:
        sentinel = gone.fileno()

    monkeypatch.setattr(multiprocessing, "parent_process", Parent)
    with ours, theirs, gone:
        crew.serve(theirs, Work(policy))
        assert not ours.poll()


@pytest.mark.parametrize("masked", [True, False])
def test_a_process_takes_no_handlers_of_the_host(
    policy: Policy, monkeypatch: pytest.MonkeyPatch, masked: bool
) -> None:
    """A process that is told to end does; an interrupt is for its parent to answer."""
    if not masked:
        monkeypatch.delattr(signal, "pthread_sigmask", raising=False)
    monkeypatch.setattr(crew, "serve", lambda pipe, work: None)
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        pipe, host = multiprocessing.Pipe()
        crew.begin(pipe, Work(policy), (host,))
        assert host.closed
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
        assert (signal.getsignal(signal.SIGINT) is signal.SIG_IGN) is not masked
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])


def test_without_signal_masks_processes_start_all_the_same(
    policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not every system can hold interrupts back."""
    monkeypatch.delattr(signal, "pthread_sigmask", raising=False)
    (tmp_path / "in.jsonl").write_text("{}\n")
    assert run(policy, tmp_path / "in.jsonl", tmp_path / "o.csv", at=AT, jobs=2).decided == 1


class _OddError(Exception):
    """An error that cannot be read again: it wants two words and tells one."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def test_errors_travel() -> None:
    """Our errors come over whole; one that cannot travel is told by its words."""
    report = Report.of([Problem("bad-x", "no", help="yes")])
    for error in (
        EngineError("no", engine="steam"),
        MissingExtraError("parquet", "this"),
        RulesetError(report),
        StateError(report),
        ValueError("x"),
    ):
        assert portable(error) is error
        copied = pickle.loads(pickle.dumps(error))
        assert (type(copied), str(copied)) == (type(error), str(error))
        for name in ("engine", "extra"):
            assert getattr(copied, name, None) == getattr(error, name, None)
    told = portable(_OddError("a", "b"))
    assert (type(told), str(told)) == (RuntimeError, "_OddError: ab")


def test_a_decision_comes_as_text_and_is_read_when_asked_for(policy: Policy) -> None:
    """Outcomes of other processes equal those of this one."""
    done = Work(policy, at=AT).chunk((Row(1, {"channel": "phone"}), Row(2, {"channel": "x"})))
    here = [Work(policy, at=AT).outcome(Row(1, {"channel": "phone"}))]
    assert done.outcomes[0] == here[0]
    assert done.outcomes[0].decision == here[0].decision
    assert done.outcomes[1].decision is None
    assert [outcome.decided for outcome in done.outcomes] == [True, False]
    assert done.error is None


def test_an_interrupted_command_ends_at_once(policy: Policy, tmp_path: Path) -> None:
    """Ctrl+C reaches all processes of a terminal; the command says so and leaves nothing."""
    (tmp_path / "in.jsonl").write_text('{"channel": "email"}\n' * 20_000)
    words = ["batch", "--at", "2026-11-22T10:00:00Z", "--jobs", "2", "in.jsonl", "--out", "o.jsonl"]
    process = subprocess.Popen(
        [sys.executable, "-m", "complaint_rules", *words],
        cwd=tmp_path, stderr=subprocess.PIPE, start_new_session=True, text=True,
    )  # fmt: skip
    part = tmp_path / "o.jsonl.part"
    while not (part.exists() and part.stat().st_size):
        assert process.poll() is None
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (130, "complaint-rules: stopped\n")
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


KILLED = """
import sys, time
from pathlib import Path
from complaint_rules import loads
from complaint_rules.batch import run
policy = loads(Path("rules.yaml").read_text(encoding="utf-8"))

def stop(outcome, progress):
    if outcome.number == 1:
        time.sleep(2)  # the others have something to hand in by now, more than a pipe holds
        print("stopped", flush=True)
        time.sleep(600)

run(policy, Path("in.jsonl"), Path("o.jsonl"), at=1795188600, jobs=3, on_row=stop)
"""


def runs(number: int) -> bool:
    """Return whether a process has not ended; what nobody has collected yet has."""
    try:
        text = Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return text.rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are found in /proc")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_processes_end_with_a_killed_host_whatever_they_are_at(
    tmp_path: Path, ruleset_text: str, end: signal.Signals
) -> None:
    """Also those that just hand in what nobody will ever take."""
    (tmp_path / "rules.yaml").write_text(ruleset_text, encoding="utf-8")
    (tmp_path / "in.jsonl").write_text(f'{{"complaint_id": "{"x" * 20_000}"}}\n' * 700)
    with subprocess.Popen(
        [sys.executable, "-c", KILLED], cwd=tmp_path, stdout=subprocess.PIPE
    ) as host:
        assert host.stdout is not None
        assert host.stdout.readline() == b"stopped\n"
        tasks = Path(f"/proc/{host.pid}/task").glob("*/children")
        mates = [int(number) for task in tasks for number in task.read_text().split()]
        host.send_signal(end)
    assert len(mates) == 3
    patience = time.monotonic() + 20
    while (left := [mate for mate in mates if runs(mate)]) and time.monotonic() < patience:
        time.sleep(0.05)
    for mate in left:
        os.kill(mate, signal.SIGKILL)
    assert left == []


MEASURED = """
import resource, sys
from pathlib import Path
from complaint_rules import loads
from complaint_rules.batch import run
policy = loads(Path("rules.yaml").read_text(encoding="utf-8"))
run(policy, Path(sys.argv[1]), Path("o.jsonl"), at=1795188600, jobs=2)
mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(mine + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_memory_does_not_grow_with_the_rows(tmp_path: Path, ruleset_text: str) -> None:
    """Neither here nor in the processes: six times the rows take hardly more."""
    (tmp_path / "rules.yaml").write_text(ruleset_text, encoding="utf-8")
    peaks = []
    for count in (250, 1500):
        name = f"{count}.jsonl"
        (tmp_path / name).write_text(('{"note": "' + "x" * 1000 + '"}\n') * count)
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, name],
            cwd=tmp_path, capture_output=True, text=True, check=True, timeout=120,
        )  # fmt: skip
        peaks.append(int(done.stdout) / 1024)
    assert peaks[1] < peaks[0] + 6
