"""`complaint-rules decide`: one complaint's state in, what now out."""

from __future__ import annotations

import argparse

from complaint_rules.cli.inputs import add_deciding, add_language, policy_of, state_of
from complaint_rules.cli.streams import DONE, FAILED, instant_of, refuse, say
from complaint_rules.decision import decide, dumps
from complaint_rules.errors import StateError


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "decide",
        help="decide one complaint",
        description="Decide one complaint: next actions, remedies, due times, prohibitions.",
        epilog=(
            "example:\n  complaint-rules decide --ruleset core "
            "--at 2026-11-22T10:00:00+01:00 --json state.json"
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_deciding(parser)
    add_language(parser)
    parser.add_argument("--json", action="store_true", help="print the decision as JSON")
    parser.add_argument("state", metavar="STATE.json", help="the facts as JSON; - reads stdin")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Decide and print."""
    policy = policy_of(options)
    state = state_of(policy, options)
    try:
        decision = decide(policy, state, at=instant_of(options.at), engine=options.engine)
    except StateError as error:
        refuse(error.report, FAILED, as_json=options.json)
    if options.json:
        say(dumps(decision))
    else:
        from complaint_rules.cli.page import show  # noqa: PLC0415 - rich only for a page

        show(policy, decision, options.language)
    return DONE
