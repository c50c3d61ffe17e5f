"""`complaint-rules decide`: one complaint's state in, what now out."""

from __future__ import annotations

import argparse

from complaint_rules.cli.inputs import add_deciding, instant_of, policy_of, state_of
from complaint_rules.cli.streams import DONE, FAILED, refuse, say
from complaint_rules.decision import decide, dumps
from complaint_rules.errors import StateError

_EPILOG = """\
examples:
  complaint-rules decide --at 2026-11-22T10:00:00+01:00 state.json
  complaint-rules decide --ruleset core --at 2026-11-22T10:00:00+01:00 --json state.json
  echo '{"received_at": "2026-11-20T09:00:00+01:00"}' | complaint-rules decide -
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "decide",
        help="decide one complaint",
        description="Decide one complaint: next actions, remedies, due times, prohibitions.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_deciding(parser)
    parser.add_argument("--json", action="store_true", help="print the decision as JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Decide and print."""
    policy = policy_of(options)
    at = instant_of(options)
    state = state_of(policy, options)
    try:
        decision = decide(policy, state, at=at, engine=options.engine)
    except StateError as error:
        refuse(error.report, FAILED, as_json=options.json)
    if options.json:
        say(dumps(decision))
    else:
        from complaint_rules.cli.page import page  # noqa: PLC0415 - rich only for a page

        say(page(policy, decision, options.language))
    return DONE
