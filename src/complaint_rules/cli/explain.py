"""`complaint-rules explain`: why, why not, and what to ask."""

from __future__ import annotations

import argparse

from complaint_rules.cli.inputs import add_deciding, add_language, policy_of, state_of
from complaint_rules.cli.streams import DONE, FAILED, instant_of, refuse, say, say_json
from complaint_rules.decision import decide
from complaint_rules.errors import StateError
from complaint_rules.explanation import as_data, ask, explanation, render, why


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "explain",
        help="say why, why not, and what to ask",
        description="Explain a decision in words: all of it, one line of it, or what is not in it.",
        epilog=(
            "examples:\n  complaint-rules explain --at 2026-11-22T10:00:00+01:00 state.json\n"
            "  complaint-rules explain --at 2026-11-22T10:00:00+01:00 --why-not gift state.json"
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_deciding(parser)
    add_language(parser)
    question = parser.add_mutually_exclusive_group()
    question.add_argument("--why", metavar="ITEM", help="why this action, remedy, … is there")
    question.add_argument("--why-not", metavar="ITEM", help="why it is not, and what would turn it")
    question.add_argument("--ask", action="store_true", help="which facts are worth learning")
    parser.add_argument(
        "--form", default="text", choices=("text", "markdown", "html"), help="of the words (text)"
    )
    parser.add_argument("--json", action="store_true", help="print the explanation as JSON")
    parser.add_argument("state", metavar="STATE.json", help="the facts as JSON; - reads stdin")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Explain and print."""
    policy = policy_of(options)
    state = state_of(policy, options)
    language = options.language
    try:
        at = instant_of(options.at)
        if options.why_not is not None:
            from complaint_rules.explanation import why_not

            found = why_not(
                policy, state, options.why_not, at=at, engine=options.engine, language=language
            )
            told = found.explanation
        else:
            decision = decide(policy, state, at=at, engine=options.engine)
            if options.why is not None:
                told = why(policy, decision, options.why, language=language)
            elif options.ask:
                told = ask(policy, decision, language=language)
            else:
                told = explanation(policy, decision, language=language)
    except StateError as error:
        refuse(error.report, FAILED, as_json=options.json)
    if options.json:
        say_json(as_data(told))
    else:
        say(render(told, options.form))
    return DONE
