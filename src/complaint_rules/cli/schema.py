"""`complaint-rules schema`: the JSON Schemas of rulesets, states, decisions and scenarios."""

from __future__ import annotations

import argparse

from complaint_rules.cli.inputs import add_ruleset, policy_of
from complaint_rules.cli.streams import DONE, say_json
from complaint_rules.decision import decision_schema
from complaint_rules.intake import state_schema
from complaint_rules.model.schema import ruleset_schema
from complaint_rules.testing.schema import scenarios_schema

_EPILOG = """\
examples:
  complaint-rules schema ruleset > ruleset.schema.json
  complaint-rules schema state --ruleset core > state.schema.json
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "schema",
        help="print a JSON Schema",
        description=(
            "Print the JSON Schema of rulesets, of a ruleset's states, of decisions, or of "
            "scenario files."
        ),
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "what",
        nargs="?",
        default="ruleset",
        choices=("ruleset", "state", "decision", "scenarios"),
        help="of what (ruleset)",
    )
    add_ruleset(parser)
    parser.add_argument("--json", action="store_true", help="a schema is always JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the schema asked for."""
    if options.what == "ruleset":
        say_json(ruleset_schema())
    elif options.what == "decision":
        say_json(decision_schema())
    elif options.what == "scenarios":
        say_json(scenarios_schema())
    else:
        say_json(state_schema(policy_of(options)))
    return DONE
