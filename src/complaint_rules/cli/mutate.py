"""`complaint-rules mutate`: do the scenarios of a ruleset notice when it is made a little wrong?"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import attrs

from complaint_rules.cli.grades import page
from complaint_rules.cli.numbers import count, percent
from complaint_rules.cli.places import seen
from complaint_rules.cli.streams import (
    DONE,
    FINDINGS,
    PROBLEMS,
    USAGE,
    fail,
    reason,
    refuse,
    say,
    say_json,
    tell,
)
from complaint_rules.problem import Report
from complaint_rules.testing.coverage import texts_of
from complaint_rules.testing.finding import Asked, asked_by
from complaint_rules.testing.mutation import (
    KINDS,
    Grade,
    Mutant,
    Wanted,
    as_data,
    file_beside,
    grade,
    read_file,
    write_file,
)
from complaint_rules.testing.running import reports_of

_EPILOG: Final = """\
examples:
  complaint-rules mutate rulesets/shop
  complaint-rules mutate rulesets/shop --only late_parcel
  complaint-rules mutate rulesets/shop --kinds "threshold, row dropped"
  complaint-rules mutate rulesets --fail-under 95
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "mutate",
        help="tell which faults of a ruleset its scenarios would miss",
        description=(
            "Change a ruleset one step at a time, play its scenarios against each change, and tell "
            "which changes none of them notices. Scenarios that fail, that are expected to, and "
            "that nobody has reviewed notice nothing."
        ),
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a ruleset's folder or packaged name, a folder of rulesets",
    )
    parser.add_argument("--only", default="", metavar="ID", help="only changes of this item")
    parser.add_argument(
        "--kinds", type=_kinds, default=(), metavar="KINDS", help="only such changes, comma between"
    )
    parser.add_argument(
        "--all", action="store_true", help="change what is inherited from other rulesets, too"
    )
    parser.add_argument("--jobs", type=count, metavar="N", help="processes (default: the cores)")
    kept = parser.add_mutually_exclusive_group()
    kept.add_argument(
        "--cache", metavar="FILE", help="what was found out before (default: beside the ruleset)"
    )
    kept.add_argument("--no-cache", action="store_true", help="begin anew, and remember nothing")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument(
        "--fail-under", type=percent, metavar="N", help="end with 4 below N percent"
    )
    parser.set_defaults(run=run_command)


def _kinds(text: str) -> tuple[str, ...]:
    """Return kinds of changes; `argparse` tells what is none."""
    kinds = tuple(each.strip() for each in text.split(","))
    for each in kinds:
        if each not in KINDS:
            raise argparse.ArgumentTypeError(f"no kind `{each}`; known: {', '.join(KINDS)}")
    return kinds


@attrs.frozen(eq=False)
class _Tried:
    """One ruleset asked for, as its path says it, and its grade."""

    path: str
    grade: Grade
    line: Callable[[Mutant], str]


def run_command(options: argparse.Namespace) -> int:
    """Judge the mutants; 3 if a file has problems, 4 if fewer are killed than asked for."""
    asked, problems = asked_by(options.paths)
    if problems:
        refuse(Report.of(problems), PROBLEMS, as_json=options.json)
    tried = [_try(each, options) for each in asked]
    if not any(each.grade.graded for each in tried):
        fail("there is nothing to change: no such item, or none of these kinds", USAGE)
    if options.json:
        say_json({"mutation": [_data(each) for each in tried]})
    else:
        for each in tried:
            say(page(each.grade, _seen_from(each.path), each.line))
    if options.fail_under is None:
        return DONE
    below = [each for each in tried if each.grade.score * 100 < options.fail_under]
    for each in below:
        tell(f"complaint-rules: `{each.path}` is below {float(options.fail_under):g} %")
    return FINDINGS if below else DONE


def _seen_from(path: str) -> Callable[[str], str]:
    return lambda name: seen(name, path)


def _data(tried: _Tried) -> dict[str, object]:
    return {"path": tried.path, **as_data(tried.grade, tried.line)}


def _try(asked: Asked, options: argparse.Namespace) -> _Tried:
    suite = asked.read()
    faulty = [report for report in reports_of(asked, suite) if not report.ok]
    if faulty:
        refuse(faulty[0], PROBLEMS, as_json=options.json)
    assert suite.policy is not None, "a ruleset without a policy has a fault"  # noqa: S101
    texts = texts_of(asked.origin)
    wanted = Wanted(None if options.all else texts.own, options.kinds, options.only)
    file = _memory(asked, options)
    with _bar() as show:
        graded = grade(
            suite.policy,
            suite.cases,
            wanted,
            jobs=options.jobs,
            memory="" if file is None else read_file(file),
            keep=lambda text: _keep(file, text),
            show=show,
        )

    def line(mutant: Mutant) -> str:
        source = None if mutant.span is None else texts.sources.get(mutant.span.file)
        return "" if source is None or mutant.span is None else source.line(mutant.span.line)

    return _Tried(str(asked.origin), graded, line)


def _memory(asked: Asked, options: argparse.Namespace) -> Path | None:
    """Return the file that remembers; `None` where nothing is to be remembered."""
    if options.no_cache:
        return None
    if options.cache is not None:
        return Path(options.cache)
    return file_beside(asked.origin) if isinstance(asked.origin, Path) else None


def _keep(file: Path | None, text: str) -> None:
    if file is None:
        return
    try:
        write_file(file, text)
    except OSError as error:
        tell(f"complaint-rules: cannot write `{file}`: {reason(error)}")


@contextlib.contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """Give what shows progress on a terminal; nothing is shown elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from complaint_rules.cli.bars import Bar  # noqa: PLC0415 - rich only for a terminal

    bar = Bar("judging", "mutants")
    try:
        yield bar.show
    finally:
        bar.stop()
