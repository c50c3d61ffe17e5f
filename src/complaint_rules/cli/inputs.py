"""What several commands take: a ruleset, a state, an instant, a language."""

from __future__ import annotations

import argparse

from complaint_rules.cli.check import path_or_name
from complaint_rules.cli.streams import FAILED, PROBLEMS, read_bytes, refuse
from complaint_rules.errors import RulesetError, StateError
from complaint_rules.intake import read_json, read_state
from complaint_rules.loading import load
from complaint_rules.policy import Policy
from complaint_rules.state import State

LANGUAGES = ("en", "fa", "hu", "ar")


def add_ruleset(parser: argparse.ArgumentParser) -> None:
    """Add ``--ruleset``."""
    parser.add_argument(
        "--ruleset", default="core", metavar="NAME|PATH", help="a packaged name or a path (core)"
    )


def add_deciding(parser: argparse.ArgumentParser) -> None:
    """Add what a decision needs: ruleset, instant, engine."""
    add_ruleset(parser)
    parser.add_argument(
        "--at", metavar="INSTANT", help="decide as of this instant, RFC 3339 (now, if not given)"
    )
    parser.add_argument("--engine", default="index", help="the engine that matches (index)")


def add_language(parser: argparse.ArgumentParser) -> None:
    """Add ``--language``."""
    parser.add_argument("--language", default="en", choices=LANGUAGES, help="of the words (en)")


def policy_of(options: argparse.Namespace) -> Policy:
    """Return the policy asked for, or print its problems and end with 3."""
    try:
        return load(path_or_name(options.ruleset))
    except RulesetError as error:
        refuse(error.report, PROBLEMS, as_json=getattr(options, "json", False))


def state_of(policy: Policy, options: argparse.Namespace) -> State:
    """Return the state in the file asked for, or print what is wrong with it and end with 1."""
    data = read_bytes(options.state)
    try:
        return read_state(policy, read_json(data))
    except StateError as error:
        refuse(error.report, FAILED, as_json=getattr(options, "json", False))
