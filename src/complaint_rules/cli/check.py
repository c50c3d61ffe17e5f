"""`complaint-rules check`: every problem of a ruleset, with place and cure."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from complaint_rules.cli.streams import DONE, PROBLEMS, say, say_json
from complaint_rules.engines import build
from complaint_rules.loading import check, load, packaged
from complaint_rules.problem import Report
from complaint_rules.report import as_data, as_sarif, as_text


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "check",
        help="tell every problem of a ruleset",
        description="Tell every problem of rulesets: what, where, and how to mend it.",
        epilog="examples:\n  complaint-rules check core\n  complaint-rules check shop --sarif",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a packaged name, file or folder")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the report as JSON")
    form.add_argument("--sarif", action="store_true", help="print the report as SARIF 2.1.0")
    parser.add_argument("--strict", action="store_true", help="warnings fail, too")
    parser.add_argument("--engine", default="index", help="build this engine, too (index)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check each path; 0 if all are clean, 3 if any has problems."""
    reports = {path: check(path_or_name(path)) for path in options.paths}
    whole = Report.of(
        [problem for report in reports.values() for problem in report.problems],
        {name: text for report in reports.values() for name, text in report.sources.items()},
    )
    failed = not whole.ok or (options.strict and bool(whole.problems))
    if not failed:
        for path in options.paths:
            build(load(path_or_name(path)), options.engine)
    if options.json:
        say_json(as_data(whole))
    elif options.sarif:
        say_json(as_sarif(whole))
    else:
        for path, report in reports.items():
            text = as_text(report, color=sys.stdout.isatty())
            say(f"{path}: {text}" if not report.problems else text)
    return PROBLEMS if failed else DONE


def path_or_name(text: str) -> str | Path:
    """Return a packaged ruleset's name as it is, everything else as a path."""
    return text if text in packaged() else Path(text)
