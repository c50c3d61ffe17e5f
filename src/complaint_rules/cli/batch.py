"""`complaint-rules batch`: a file of complaints in, a file of decisions and a summary out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from complaint_rules.batch import Outcome, Progress, Summary
from complaint_rules.batch import run as run_batch
from complaint_rules.batch.sinks import as_json as json_line
from complaint_rules.cli.inputs import add_deciding, policy_of
from complaint_rules.cli.streams import (
    DONE,
    FAILED,
    PROBLEMS,
    USAGE,
    fail,
    read_bytes,
    refuse,
    say_json,
    tell,
)
from complaint_rules.decision import whole_seconds
from complaint_rules.errors import RulesetError, StateError
from complaint_rules.mapping import RowMapping, decided_later, read_mapping
from complaint_rules.policy import Policy

SHOWN_REJECTS = 20


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "batch",
        help="decide a file of complaints",
        description=(
            "Decide every row of a CSV, JSON Lines or Parquet file. A row that cannot be decided "
            "is told with its number and reason; the run goes on."
        ),
        epilog=(
            "example:\n  complaint-rules batch --ruleset core --map map.yaml complaints.csv "
            "--out decisions.jsonl"
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_deciding(parser)
    parser.add_argument("--map", metavar="MAP.yaml", help="how columns become facts")
    parser.add_argument(
        "--plus", metavar="DURATION", help="decide so long after the mapping's `at`"
    )
    parser.add_argument("--out", required=True, metavar="OUT", help=".jsonl, .csv or .parquet")
    parser.add_argument("--rejects", metavar="FILE", help="all rejected rows, as JSON Lines")
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")
    parser.add_argument("rows", metavar="IN", help=".csv, .tsv, .jsonl or .parquet")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Decide the rows; 0 if all were decided, 1 if some were rejected."""
    policy = policy_of(options)
    mapping = _mapping(policy, options)
    at = _instant(options)
    rejects = _Rejects(options.rejects)
    try:
        with rejects, _Bar() as bar:

            def on_row(outcome: Outcome, progress: Progress) -> None:
                bar.show(progress)
                if outcome.decision is None:
                    rejects.take(outcome)

            summary = run_batch(
                policy,
                Path(options.rows),
                Path(options.out),
                mapping,
                at=at,
                engine=options.engine,
                on_row=on_row,
            )
    except RulesetError as error:
        refuse(error.report, FAILED, as_json=options.json)
    _print(summary, as_json=options.json)
    return FAILED if summary.rejected else DONE


def _mapping(policy: Policy, options: argparse.Namespace) -> RowMapping | None:
    if options.map is None:
        return None
    try:
        mapping = read_mapping(Path(options.map).name, read_bytes(options.map), policy)
        return mapping if options.plus is None else decided_later(mapping, options.plus)
    except RulesetError as error:
        refuse(error.report, PROBLEMS, as_json=options.json)


def _instant(options: argparse.Namespace) -> int | None:
    if options.at is None:
        return None
    try:
        return whole_seconds(options.at)
    except StateError as error:
        refuse(error.report, USAGE, as_json=options.json)


def _print(summary: Summary, *, as_json: bool) -> None:
    if as_json:
        say_json(summary.as_data())
    else:
        from complaint_rules.cli.page import show_summary  # noqa: PLC0415 - rich only for a page

        show_summary(summary)


class _Rejects:
    """Tells rejected rows: the first few on standard error, all of them in a file if asked."""

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._file: TextIO | None = None
        self._count = 0

    def __enter__(self) -> _Rejects:
        if self._path is not None:
            try:
                self._file = Path(self._path).open("w", encoding="utf-8", newline="\n")
            except OSError as error:
                fail(f"cannot write `{self._path}`: {error.strerror}", USAGE)
        return self

    def take(self, outcome: Outcome) -> None:
        """Tell one rejected row."""
        self._count += 1
        if self._count <= SHOWN_REJECTS:
            for problem in outcome.problems:
                tell(f"row {outcome.number}: [{problem.code}] {problem.message} ({problem.help})")
        if self._file is not None:
            told = [
                {"code": p.code, "message": p.message, "place": p.place, "help": p.help}
                for p in outcome.problems
            ]
            self._file.write(json_line({"row": outcome.number, "problems": told}) + "\n")

    def __exit__(self, *error: object) -> None:
        if self._count > SHOWN_REJECTS:
            tell(f"… and {self._count - SHOWN_REJECTS} more rejected rows (--rejects lists them)")
        if self._file is not None:
            self._file.close()


class _Bar:
    """A progress bar on a terminal; nothing elsewhere."""

    def __init__(self) -> None:
        self._show: Callable[[Progress], None] | None = None
        self._stop: Callable[[], None] | None = None

    def __enter__(self) -> _Bar:
        if sys.stderr.isatty():
            from complaint_rules.cli.page import progress_bar  # noqa: PLC0415 - rich only here

            self._show, self._stop = progress_bar()
        return self

    def show(self, progress: Progress) -> None:
        """Show how far the run has come."""
        if self._show is not None:
            self._show(progress)

    def __exit__(self, *error: object) -> None:
        if self._stop is not None:
            self._stop()
