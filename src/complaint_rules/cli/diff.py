"""`complaint-rules diff`: what a change of a ruleset does."""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import attrs

from complaint_rules.batch import Progress
from complaint_rules.cli.comparing import Bar, Touched
from complaint_rules.cli.inputs import instant_of, path_or_name
from complaint_rules.cli.places import placed
from complaint_rules.cli.streams import (
    DONE,
    FINDINGS,
    PROBLEMS,
    USAGE,
    fail,
    read_bytes,
    refuse,
    say,
    write_text,
)
from complaint_rules.diff import (
    Answer,
    Complaint,
    Diff,
    Edition,
    as_data,
    compare,
    generated,
    of_cases,
    of_rows,
    read_edition,
    render,
)
from complaint_rules.errors import RulesetError
from complaint_rules.mapping import RowMapping, decided_later, read_mapping

_GENERATED: Final = 500
_ENDINGS: Final = {".md": "markdown", ".html": "html", ".htm": "html", ".json": "json"}
_EPILOG: Final = """\
examples:
  complaint-rules diff core rulesets/core
  complaint-rules diff old/shop new/shop --markdown --out change.md
  complaint-rules diff old/shop new/shop --states cases.jsonl --at 2026-11-22T10:00:00+01:00
  complaint-rules diff old/shop new/shop --states cases.csv --map map.yaml --touched touched.jsonl
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "diff",
        help="tell what a change of a ruleset does",
        description=(
            "Compare two editions of a ruleset: what changed in words, and which complaints they "
            "decide differently. Recorded complaints if given, the scenarios of both, and made-up "
            "cases near the boundaries of their tests are decided by both."
        ),
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("old", metavar="OLD", help="the old edition: a packaged name or a path")
    parser.add_argument("new", metavar="NEW", help="the new edition")
    parser.add_argument(
        "--states", metavar="FILE", help="recorded complaints: .jsonl, .csv, .tsv or .parquet"
    )
    parser.add_argument("--map", metavar="MAP.yaml", help="how columns become facts")
    when = parser.add_mutually_exclusive_group()
    when.add_argument("--at", metavar="INSTANT", help="decide recorded complaints as of this")
    when.add_argument("--plus", metavar="DURATION", help="so long after the mapping's `at`")
    parser.add_argument("--no-scenarios", action="store_true", help="leave the scenarios out")
    parser.add_argument(
        "--generated",
        type=int,
        default=_GENERATED,
        metavar="N",
        help=f"try so many made-up boundary cases ({_GENERATED})",
    )
    form = parser.add_mutually_exclusive_group()
    for name, told in (("json", "JSON"), ("markdown", "Markdown"), ("html", "an HTML page")):
        form.add_argument(f"--{name}", action="store_true", help=f"print it as {told}")
    parser.add_argument(
        "--out", metavar="FILE", help="write it to a file: .md, .html, .json or text"
    )
    parser.add_argument(
        "--touched", metavar="FILE", help="all complaints decided differently, as JSON Lines"
    )
    parser.add_argument("--fail", action="store_true", help="end with 4 if any complaint differs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compare the editions; 0, or 3 if one has problems, or 4 with `--fail` if they differ."""
    old, new = _edition(options.old, options), _edition(options.new, options)
    progress = Progress()
    complaints = _complaints(old, new, options, progress)
    known = sum(len(case.moments) for each in (old, new) for case in each.cases)
    try:
        with Bar(known + options.generated, progress) as bar, Touched(options.touched) as touched:

            def told(complaint: Complaint, answers: Sequence[Answer]) -> None:
                bar.step()
                touched.take(complaint, answers, old)

            found = compare(old, new, complaints, told=told)
    except RulesetError as error:
        refuse(error.report, USAGE, as_json=options.json)
    _give(found, options)
    return FINDINGS if options.fail and found.differs else DONE


def _give(found: Diff, options: argparse.Namespace) -> None:
    """Print the comparison, or write it to a file, in the form asked for."""
    forms = (form for form in ("json", "markdown", "html") if getattr(options, form))
    path = None if options.out is None else Path(options.out)
    named = "" if path is None else _ENDINGS.get(path.suffix.lower(), "")
    form = next(forms, named)
    if form == "json":
        text = json.dumps(as_data(found), ensure_ascii=False, indent=2)
    elif form:
        text = render(found, form).removesuffix("\n")
    else:
        from complaint_rules.cli.differences import page  # noqa: PLC0415 - rich only for a page

        text = page(found, plain=path is not None)
    if path is None:
        say(text)
    else:
        write_text(path, f"{text}\n")


def _edition(name: str, options: argparse.Namespace) -> Edition:
    try:
        return read_edition(path_or_name(name))
    except RulesetError as error:
        refuse(placed(error.report, name), PROBLEMS, as_json=options.json)


def _complaints(
    old: Edition, new: Edition, options: argparse.Namespace, progress: Progress
) -> Iterator[Complaint]:
    parts: list[Iterator[Complaint]] = []
    if options.states is not None:
        mapping = _mapping(old, options)
        at = None if mapping is not None and mapping.at is not None else _instant(options)
        parts.append(of_rows(Path(options.states), mapping, at=at, progress=progress))
    elif options.map or options.at or options.plus:
        fail("`--map`, `--at` and `--plus` say how to read `--states`: give it", USAGE)
    if not options.no_scenarios:
        parts.append(of_cases((old.policy, old.cases), (new.policy, new.cases)))
    if options.generated > 0:
        parts.append(generated(old, new, options.generated))
    return itertools.chain(*parts)


def _instant(options: argparse.Namespace) -> int:
    if options.at is None:
        fail("no instant to decide at: give `--at`, or `at:` in the mapping", USAGE)
    return instant_of(options)


def _mapping(old: Edition, options: argparse.Namespace) -> RowMapping | None:
    if options.map is None:
        if options.plus is not None:
            fail("`--plus` needs a mapping with an `at`", USAGE)
        return None
    try:
        mapping = read_mapping(Path(options.map).name, read_bytes(options.map), old.policy)
        if options.at is not None:
            return attrs.evolve(mapping, at=None)
        return mapping if options.plus is None else decided_later(mapping, options.plus)
    except RulesetError as error:
        refuse(error.report, PROBLEMS, as_json=options.json)
