"""`complaint-rules check`: every problem of a ruleset, with place and cure."""

from __future__ import annotations

import argparse
import sys

from complaint_rules.cli.inputs import path_or_name
from complaint_rules.cli.places import placed
from complaint_rules.cli.streams import DONE, PROBLEMS, say, say_json
from complaint_rules.engines import NAMES, build
from complaint_rules.loading import check, load
from complaint_rules.problem import Report
from complaint_rules.report import as_data, as_sarif, as_text

_EPILOG = """\
examples:
  complaint-rules check core
  complaint-rules check shop --strict
  complaint-rules check shop --sarif > shop.sarif
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "check",
        help="tell every problem of a ruleset",
        description="Tell every problem of rulesets: what, where, and how to mend it.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a packaged name, file or folder")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the report as JSON")
    form.add_argument("--sarif", action="store_true", help="print the report as SARIF 2.1.0")
    parser.add_argument("--strict", action="store_true", help="warnings fail, too")
    parser.add_argument(
        "--engine", choices=NAMES, help="also see that this engine can decide by the ruleset"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check each path; 0 if all are clean, 3 if any has problems."""
    reports = {path: placed(check(path_or_name(path)), path) for path in options.paths}
    whole = Report.of(
        [problem for report in reports.values() for problem in report.problems],
        {name: text for report in reports.values() for name, text in report.sources.items()},
    )
    failed = not whole.ok or (options.strict and bool(whole.problems))
    if options.engine is not None:
        for path, report in reports.items():
            if report.ok:
                build(load(path_or_name(path)), options.engine)
    if options.json:
        say_json(as_data(whole))
    elif options.sarif:
        say_json(as_sarif(whole))
    else:
        for path, report in reports.items():
            text = as_text(report, color=sys.stdout.isatty())
            say(text if report.problems else f"{path}: {text}")
    return PROBLEMS if failed else DONE
