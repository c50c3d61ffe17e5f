"""`complaint-rules batch`: a file of complaints in, a file of decisions and a summary out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, TextIO

import attrs

from complaint_rules.batch import Outcome, Progress, Summary, as_json
from complaint_rules.batch import run as run_batch
from complaint_rules.cli.inputs import add_engine, add_ruleset, instant_of, policy_of
from complaint_rules.cli.streams import (
    DONE,
    FAILED,
    PROBLEMS,
    USAGE,
    fail,
    plain,
    read_bytes,
    reason,
    refuse,
    say,
    say_json,
    tell,
)
from complaint_rules.errors import RulesetError
from complaint_rules.mapping import RowMapping, decided_later, read_mapping
from complaint_rules.policy import Policy

_SHOWN: Final = 20
"""Rejected rows told one by one on standard error."""
_EPILOG: Final = """\
examples:
  complaint-rules batch --map map.yaml complaints.csv --out decisions.jsonl
  complaint-rules batch --map map.yaml --plus "60 d" complaints.csv --out later.csv
  complaint-rules batch --map map.yaml --jobs 0 backlog.parquet --out decisions.parquet
  complaint-rules batch --at 2026-11-22T10:00:00+01:00 states.jsonl --out decisions.parquet
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "batch",
        help="decide a file of complaints",
        description=(
            "Decide every row of a CSV, JSON Lines or Parquet file. A row that cannot be decided "
            "is told with its number and reason; the run goes on, and ends with 1."
        ),
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_ruleset(parser)
    parser.add_argument(
        "--map", metavar="MAP.yaml", help="how columns become facts (columns are facts by name)"
    )
    when = parser.add_mutually_exclusive_group()
    when.add_argument(
        "--at", metavar="INSTANT", help="decide all rows as of this instant, RFC 3339"
    )
    when.add_argument(
        "--plus", metavar="DURATION", help="decide so long after the mapping's `at`, like `60 d`"
    )
    add_engine(parser)
    parser.add_argument(
        "--jobs",
        type=int,
        default=1,
        metavar="N",
        help="how many processes decide; 0: one a core (1)",
    )
    parser.add_argument("--out", required=True, metavar="OUT", help=".jsonl, .csv or .parquet")
    parser.add_argument("--rejects", metavar="FILE", help="all rejected rows, as JSON Lines")
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")
    parser.add_argument("rows", metavar="IN", help=".csv, .tsv, .jsonl, .ndjson or .parquet")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Decide the rows; 0 if all were decided, 1 if some were rejected."""
    policy = policy_of(options)
    mapping = _mapping(policy, options)
    at = _instant(mapping, options)
    source, out = Path(options.rows), Path(options.out)
    _apart(options)
    try:
        with _Rejects(options.rejects) as rejects, _Bar() as bar:

            def on_row(outcome: Outcome, progress: Progress) -> None:
                bar.show(progress)
                if not outcome.decided:
                    rejects.take(outcome)

            summary = run_batch(
                policy,
                source,
                out,
                mapping,
                at=at,
                engine=options.engine,
                jobs=options.jobs,
                on_row=on_row,
            )
    except RulesetError as error:
        refuse(error.report, USAGE, as_json=options.json)
    _print(summary, json=options.json)
    return FAILED if summary.rejected else DONE


def _mapping(policy: Policy, options: argparse.Namespace) -> RowMapping | None:
    """Return the mapping asked for; the options overrule its `at`."""
    if options.map is None:
        if options.plus is not None:
            fail("`--plus` needs a mapping with an `at`", USAGE)
        return None
    try:
        mapping = read_mapping(Path(options.map).name, read_bytes(options.map), policy)
        if options.at is not None:
            return attrs.evolve(mapping, at=None)
        return mapping if options.plus is None else decided_later(mapping, options.plus)
    except RulesetError as error:
        refuse(error.report, PROBLEMS, as_json=options.json)


def _instant(mapping: RowMapping | None, options: argparse.Namespace) -> int | None:
    """Return the instant all rows are decided at; `None` where each has its own."""
    if mapping is not None and mapping.at is not None:
        return None
    if options.at is None:
        fail("no instant to decide at: give `--at`, or `at:` in the mapping", USAGE)
    return instant_of(options)


def _apart(options: argparse.Namespace) -> None:
    """See that the rejected rows do not go into the file of the rows or of the decisions."""
    if options.rejects is None:
        return
    others = {Path(options.rows).resolve(), Path(options.out).resolve()}
    if Path(options.rejects).resolve() in others:
        fail(f"`{options.rejects}` is taken: write the rejected rows to another file", USAGE)


def _print(summary: Summary, *, json: bool) -> None:
    if json:
        say_json(summary.as_data())
    else:
        from complaint_rules.cli.tally import tally  # noqa: PLC0415 - rich only for a page

        say(tally(summary))


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
                fail(f"cannot write `{self._path}`: {reason(error)}", USAGE)
        return self

    def take(self, outcome: Outcome) -> None:
        """Tell one rejected row."""
        self._count += 1
        if self._count <= _SHOWN:
            line = "" if outcome.line is None else f" (line {outcome.line})"
            for p in outcome.problems:
                tell(plain(f"row {outcome.number}{line}: [{p.code}] {p.message}; {p.help}"))
        if self._file is not None:
            told = [
                {"code": p.code, "message": p.message, "place": p.place, "help": p.help}
                for p in outcome.problems
            ]
            data = {"row": outcome.number, "line": outcome.line, "problems": told}
            self._file.write(as_json(data) + "\n")

    def __exit__(self, *error: object) -> None:
        if self._count > _SHOWN:
            cure = "" if self._path else "; --rejects FILE lists them all"
            tell(f"… and {self._count - _SHOWN:,} more rejected rows{cure}")
        if self._file is not None:
            self._file.close()


class _Bar:
    """A progress bar on a terminal; nothing elsewhere."""

    def __init__(self) -> None:
        self._show: Callable[[Progress], None] | None = None
        self._stop: Callable[[], None] | None = None

    def __enter__(self) -> _Bar:
        if sys.stderr.isatty():
            from complaint_rules.cli.tally import progress_bar  # noqa: PLC0415 - rich only here

            self._show, self._stop = progress_bar()
        return self

    def show(self, progress: Progress) -> None:
        """Show how far the run has come."""
        if self._show is not None:
            self._show(progress)

    def __exit__(self, *error: object) -> None:
        if self._stop is not None:
            self._stop()
