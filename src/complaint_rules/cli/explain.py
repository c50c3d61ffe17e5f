"""`complaint-rules explain`: why, why not, and what to ask."""

from __future__ import annotations

import argparse

from complaint_rules.cli.inputs import add_deciding, instant_of, policy_of, state_of
from complaint_rules.cli.streams import DONE, FAILED, refuse, say, say_json
from complaint_rules.decision import decide
from complaint_rules.errors import StateError
from complaint_rules.explanation import (
    FORMS,
    Explanation,
    as_data,
    ask,
    explanation,
    render,
    why,
    why_not,
)
from complaint_rules.policy import Policy
from complaint_rules.state import State

_EPILOG = """\
examples:
  complaint-rules explain --at 2026-11-22T10:00:00+01:00 state.json
  complaint-rules explain --at 2026-11-22T10:00:00+01:00 --why apologise state.json
  complaint-rules explain --at 2026-11-22T10:00:00+01:00 --why-not refund --language fa state.json
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "explain",
        help="say why, why not, and what to ask",
        description="Explain a decision in words: all of it, one line of it, or what is not in it.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_deciding(parser)
    question = parser.add_mutually_exclusive_group()
    question.add_argument("--why", metavar="ITEM", help="why this action, remedy, … is there")
    question.add_argument("--why-not", metavar="ITEM", help="why it is not, and what would turn it")
    question.add_argument("--ask", action="store_true", help="which facts are worth learning")
    parser.add_argument("--form", default="text", choices=tuple(FORMS), help="of the words (text)")
    parser.add_argument("--json", action="store_true", help="print the explanation as JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Explain and print."""
    policy = policy_of(options)
    at = instant_of(options)
    state = state_of(policy, options)
    try:
        told = _told(policy, state, at, options)
    except StateError as error:
        refuse(error.report, FAILED, as_json=options.json)
    if options.json:
        say_json(as_data(told))
    else:
        say(render(told, options.form))
    return DONE


def _told(policy: Policy, state: State, at: int, options: argparse.Namespace) -> Explanation:
    engine, language = options.engine, options.language
    if options.why_not is not None:
        found = why_not(policy, state, options.why_not, at=at, engine=engine, language=language)
        return found.explanation
    decision = decide(policy, state, at=at, engine=engine)
    if options.why is not None:
        return why(policy, decision, options.why, language=language)
    if options.ask:
        return ask(policy, decision, language=language)
    return explanation(policy, decision, language=language)
