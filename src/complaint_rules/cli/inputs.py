"""What several commands take: a ruleset, a state, an instant, a language."""

from __future__ import annotations

import argparse
from pathlib import Path

from complaint_rules.cli.places import placed
from complaint_rules.cli.streams import FAILED, PROBLEMS, USAGE, present, read_bytes, refuse, tell
from complaint_rules.decision import whole_seconds
from complaint_rules.engines import NAMES
from complaint_rules.errors import RulesetError, StateError
from complaint_rules.intake import read_json, read_state
from complaint_rules.loading import load, packaged
from complaint_rules.policy import Policy
from complaint_rules.state import State

LANGUAGES = ("en", "fa", "hu", "ar")


def add_ruleset(parser: argparse.ArgumentParser) -> None:
    """Add ``--ruleset``."""
    parser.add_argument(
        "--ruleset", default="core", metavar="NAME|PATH", help="a packaged name or a path (core)"
    )


def add_engine(parser: argparse.ArgumentParser) -> None:
    """Add ``--engine``."""
    parser.add_argument(
        "--engine", default=NAMES[0], choices=NAMES, help=f"the engine that matches ({NAMES[0]})"
    )


def add_deciding(parser: argparse.ArgumentParser) -> None:
    """Add what a decision of one complaint needs: ruleset, instant, engine, language, state."""
    add_ruleset(parser)
    parser.add_argument(
        "--at", metavar="INSTANT", help="decide as of this instant, RFC 3339 (now, if not given)"
    )
    add_engine(parser)
    parser.add_argument("--language", default="en", choices=LANGUAGES, help="of the words (en)")
    parser.add_argument("state", metavar="STATE.json", help="the facts as JSON; - reads stdin")


def path_or_name(text: str) -> str | Path:
    """Return a packaged ruleset's name as it is, everything else as a path."""
    return text if text in packaged() else Path(text)


def policy_of(options: argparse.Namespace) -> Policy:
    """Return the policy asked for, or print its problems and end with 3."""
    try:
        return load(path_or_name(options.ruleset))
    except RulesetError as error:
        refuse(placed(error.report, options.ruleset), PROBLEMS, as_json=options.json)


def state_of(policy: Policy, options: argparse.Namespace) -> State:
    """Return the state in the file asked for, or print what is wrong with it and end with 1."""
    data = read_bytes(options.state)
    try:
        return read_state(policy, read_json(data))
    except StateError as error:
        refuse(error.report, FAILED, as_json=options.json)


def instant_of(options: argparse.Namespace) -> int:
    """
    Return the instant asked for in whole seconds, or print what is wrong with it and end with 2.

    Where none is asked for it is the present one, which is then told on standard error.
    """
    written = options.at
    if written is None:
        written = present()
        tell(f"deciding as of now, {written} (give --at to decide as of another time)")
    try:
        return whole_seconds(written)
    except StateError as error:
        refuse(error.report, USAGE, as_json=options.json)
