"""`complaint-rules coverage`: what a ruleset's scenarios show of it, and what they do not."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import attrs

from complaint_rules.cli.numbers import percent
from complaint_rules.cli.places import seen
from complaint_rules.cli.shares import page
from complaint_rules.cli.streams import (
    DONE,
    FINDINGS,
    PROBLEMS,
    USAGE,
    fail,
    refuse,
    say,
    say_json,
    tell,
    write_text,
)
from complaint_rules.policy import Policy
from complaint_rules.problem import Report
from complaint_rules.testing import Case, Outcome, Pick, PickError, pick, play
from complaint_rules.testing.coverage import Coverage, measure, texts_of
from complaint_rules.testing.coverage.html import as_html
from complaint_rules.testing.finding import Asked, asked_by
from complaint_rules.testing.running import reports_of

_EPILOG: Final = """\
examples:
  complaint-rules coverage rulesets/shop
  complaint-rules coverage rulesets/shop --html coverage.html
  complaint-rules coverage rulesets --fail-under 100
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "coverage",
        help="tell what scenarios show of a ruleset",
        description=(
            "Play the scenarios of rulesets, and tell which rules, table rows, sides of tests and "
            "thresholds, remedies and approval tiers none of them shows. Scenarios that fail, that "
            "are expected to, and that nobody has reviewed show nothing."
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
    parser.add_argument("-k", dest="words", metavar="WORDS", help="only scenarios with these words")
    parser.add_argument(
        "--all", action="store_true", help="count what is inherited from other rulesets, too"
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument(
        "--html", metavar="FILE|DIR", help="write the ruleset's text as a page, coloured by line"
    )
    parser.add_argument(
        "--fail-under", type=percent, metavar="N", help="end with 4 below N percent"
    )
    parser.set_defaults(run=run_command)


@attrs.frozen(eq=False)
class Covered:
    """
    One ruleset asked for, and what its scenarios show of it.

    Attributes:
        path: The ruleset as it was asked for.
        cases: The scenarios that were asked for.
        counted: What they show of what counts.
    """

    path: str
    cases: tuple[Case, ...]
    counted: Coverage


def run_command(options: argparse.Namespace) -> int:
    """Measure; 3 if a file has problems, 4 if less is shown than asked for."""
    found = covered(options.paths, options.words, everything=options.all, as_json=options.json)
    if options.html is not None:
        _write(Path(options.html), found)
    if options.json:
        say_json({"coverage": [_data(each) for each in found]})
    else:
        for each in found:
            say(page(each.counted, partial(seen, path=each.path)))
    if options.fail_under is None:
        return DONE
    below = [each for each in found if each.counted.share * 100 < options.fail_under]
    for each in below:
        tell(f"complaint-rules: `{each.path}` is below {float(options.fail_under):g} %")
    return FINDINGS if below else DONE


def covered(
    paths: Sequence[str], words: str | None, *, everything: bool, as_json: bool
) -> list[Covered]:
    """
    Play the scenarios of rulesets and return what they show; end with what is wrong with them.

    Args:
        paths: What was asked for.
        words: Only scenarios with these words count; `None`: all.
        everything: What is inherited counts, too.
        as_json: Print problems as JSON.
    """
    asked, problems = asked_by(list(paths))
    if problems:
        refuse(Report.of(problems), PROBLEMS, as_json=as_json)
    try:
        wanted = None if words is None else pick(words)
    except PickError as error:
        fail(f"cannot read `-k {words}`: {error}", USAGE)
    found = [_covered(each, wanted, everything=everything, as_json=as_json) for each in asked]
    if words is not None and not any(each.cases for each in found):
        fail("no scenario was played: there are none with these words", USAGE)
    return found


def _covered(asked: Asked, wanted: Pick | None, *, everything: bool, as_json: bool) -> Covered:
    suite = asked.read()
    faulty = [report for report in reports_of(asked, suite) if not report.ok]
    if faulty:
        refuse(faulty[0], PROBLEMS, as_json=as_json)
    assert suite.policy is not None, "a ruleset without a policy has a fault"  # noqa: S101
    cases = tuple(case for case in suite.cases if wanted is None or wanted(case))
    with progress("playing", "scenarios") as show:
        whole = measure(suite.policy, _played(suite.policy, cases, show))
    own = texts_of(asked.origin).own
    return Covered(str(asked.origin), cases, whole if everything else whole.within(own))


def _played(
    policy: Policy, cases: Sequence[Case], show: Callable[[int, int], None]
) -> Iterator[Outcome]:
    for number, case in enumerate(cases, 1):
        yield play(policy, case)
        show(number, len(cases))


@contextlib.contextmanager
def progress(doing: str, things: str) -> Iterator[Callable[[int, int], None]]:
    """Give what shows progress on a terminal; nothing is shown elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from complaint_rules.cli.bars import Bar  # noqa: PLC0415 - rich only for a terminal

    bar = Bar(doing, things)
    try:
        yield bar.show
    finally:
        bar.stop()


def _data(each: Covered) -> dict[str, object]:
    return {"path": each.path, **each.counted.to_json()}


def _write(path: Path, found: list[Covered]) -> None:
    if path.suffix and not path.is_dir():
        if len(found) > 1:
            fail("one page is for one ruleset: name a folder for `--html`", USAGE)
        write_text(path, _page(found[0]))
        return
    for each in found:
        write_text(path / f"{each.counted.policy.id}.html", _page(each))


def _page(each: Covered) -> str:
    return as_html(each.counted, texts_of(each.path).sources)
