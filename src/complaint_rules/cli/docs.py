"""`complaint-rules docs`: a ruleset as a handbook to read, print and sign."""

from __future__ import annotations

import argparse
from pathlib import Path

from complaint_rules.cli.inputs import LANGUAGES, path_or_name
from complaint_rules.cli.places import placed
from complaint_rules.cli.streams import DONE, PROBLEMS, refuse, say, say_json, tell, write_text
from complaint_rules.handbook import FORMS, Book, handbook, reasons, stories
from complaint_rules.loading import parents
from complaint_rules.policy import Policy
from complaint_rules.testing import Suite, read_suite

_EPILOG = """\
examples:
  complaint-rules docs core > core.html
  complaint-rules docs shop --language fa --out shop-fa.html
  complaint-rules docs shop --format md --out docs/
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "docs",
        help="write a ruleset as a handbook",
        description=(
            "Write a ruleset as a handbook: one page of HTML that needs nothing else, or Markdown."
        ),
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("ruleset", metavar="RULESET", help="a packaged name, file or folder")
    parser.add_argument("--language", default="en", choices=LANGUAGES, help="of the words (en)")
    parser.add_argument("--format", default="html", choices=tuple(FORMS), help="(html)")
    parser.add_argument(
        "--out",
        metavar="FILE|DIR",
        help="the file to write, or the folder for ID.LANGUAGE.FORMAT (standard output)",
    )
    parser.add_argument("--json", action="store_true", help="tell as JSON what was written")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the handbook."""
    origin = path_or_name(options.ruleset)
    suite = read_suite(origin)
    if suite.policy is None:
        refuse(placed(suite.ruleset, options.ruleset), PROBLEMS, as_json=options.json)
    if not suite.report.ok:
        tell("complaint-rules: scenarios with faults are left out (`complaint-rules test` tells)")
    text = FORMS[options.format](_book(suite.policy, suite, origin, options.language))
    path = _path(suite.policy, options)
    if path is not None:
        write_text(path, text)
    if options.json:
        say_json(_data(suite.policy, options, path, text))
    elif path is None:
        say(text.rstrip("\n"))
    else:
        say(f"wrote {path}")
    return DONE


def _book(policy: Policy, suite: Suite, origin: str | Path, language: str) -> Book:
    return handbook(
        policy,
        language=language,
        stories=stories(suite.cases),
        parents=parents(origin),
        reasons=reasons(suite.cases),
    )


def _path(policy: Policy, options: argparse.Namespace) -> Path | None:
    """Return the file to write: the one asked for, or one in the folder asked for."""
    if options.out is None:
        return None
    path = Path(options.out)
    if path.is_dir() or options.out.endswith("/") or not path.suffix:
        return path / f"{policy.id}.{options.language}.{options.format}"
    return path


def _data(
    policy: Policy, options: argparse.Namespace, path: Path | None, text: str
) -> dict[str, str]:
    written = {"text": text} if path is None else {"path": path.as_posix()}
    return {
        "ruleset": policy.id,
        "edition": policy.edition,
        "fingerprint": policy.fingerprint,
        "language": options.language,
        "format": options.format,
        **written,
    }
