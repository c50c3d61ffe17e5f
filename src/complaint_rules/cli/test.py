"""`complaint-rules test`: a ruleset's scenarios, played."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Final

from complaint_rules.cli import suggest
from complaint_rules.cli.streams import (
    DONE,
    FINDINGS,
    PROBLEMS,
    USAGE,
    fail,
    say,
    say_json,
    tell,
    write_text,
)
from complaint_rules.cli.watching import changed
from complaint_rules.report import as_text
from complaint_rules.testing import Pick, PickError, Progress, Result, Run, as_junit, pick, run
from complaint_rules.testing.results import as_data

_EPILOG: Final = """\
examples:
  complaint-rules test rulesets/shop
  complaint-rules test rulesets -k "angry and not abusive" --fail-fast
  complaint-rules test rulesets --strict --junit scenarios.xml
  complaint-rules test rulesets/shop --suggest rulesets/shop/scenarios/suggested.yaml
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "test",
        help="play a ruleset's scenarios",
        description=(
            "Play the scenarios of rulesets, and tell which answers are not as expected, and why. "
            "Ends with 3 if a ruleset or a scenario file has problems, with 4 if a scenario fails."
        ),
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a ruleset's folder or packaged name, a scenario file, a folder of rulesets",
    )
    parser.add_argument(
        "-k",
        dest="words",
        metavar="WORDS",
        help="only scenarios with these words in name or tags; `and`, `or`, `not`, parentheses",
    )
    parser.add_argument("-x", "--fail-fast", action="store_true", help="stop at the first failure")
    parser.add_argument("--strict", action="store_true", help="unreviewed scenarios fail, too")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("--junit", metavar="FILE", help="write the result as JUnit XML, too")
    parser.add_argument("--watch", action="store_true", help="play again whenever a file changes")
    parser.add_argument(
        "--suggest",
        nargs="?",
        const="-",
        metavar="FILE",
        help="write the cases that are missing instead, to be reviewed (to standard output)",
    )
    parser.set_defaults(run=run_command)


def run_command(options: argparse.Namespace) -> int:
    """Play the scenarios; 0 if all is well, 3 if a file has problems, 4 if a scenario fails."""
    try:
        wanted = None if options.words is None else pick(options.words)
    except PickError as error:
        fail(f"cannot read `-k {options.words}`: {error}", USAGE)
    if options.suggest is not None:
        return suggest.run(options.paths, options.words, options.suggest, as_json=options.json)
    code = _once(options, wanted)
    while options.watch:
        tell("watching for changes; Ctrl+C ends it")
        changed(options.paths)
        code = _once(options, wanted)
    return code


def _once(options: argparse.Namespace, wanted: Pick | None) -> int:
    with _Bar() as bar:
        done = run(
            *options.paths,
            strict=options.strict,
            fail_fast=options.fail_fast,
            clock=time.perf_counter,
            on_result=bar.show,
            wanted=wanted,
        )
    if options.junit is not None:
        write_text(Path(options.junit), as_junit(done))
    if options.json:
        say_json(as_data(done))
    else:
        _print(done)
    if not done.results and not done.reports:
        fail("no scenario was played: there are none, or none with these words", USAGE)
    if any(not report.ok for report in done.reports):
        return PROBLEMS
    return FINDINGS if done.failed else DONE


def _print(done: Run) -> None:
    color = sys.stdout.isatty()
    for report in done.reports:
        say(f"{as_text(report, color=color)}\n")
    for result in done.failed:
        say(_painted(f"FAILED {result.node} ({result.told})", "1;31", on=color))
        say(f"{result.text}\n")
    counts = ", ".join(f"{number:,} {name}" for name, number in done.counts().items())
    told = f"{len(done.results):,} played" + (f": {counts}" if counts else "")
    say(_painted(told, "1;32" if done.ok else "1;31", on=color))


def _painted(text: str, colour: str, *, on: bool) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if on else text


class _Bar:
    """A progress bar on a terminal; nothing elsewhere."""

    def __enter__(self) -> _Bar:
        self._bar = None
        if sys.stderr.isatty():
            from complaint_rules.cli.bars import Bar  # noqa: PLC0415 - rich only for a terminal

            self._bar = Bar("playing", "scenarios")
        return self

    def show(self, _result: Result, progress: Progress) -> None:
        """Show how far the run has come."""
        if self._bar is not None:
            self._bar.show(progress.played, progress.total)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
