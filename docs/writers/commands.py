"""The page of the command line, from its own parser."""

from __future__ import annotations

import argparse

from complaint_rules.cli import parser

_TOP = """\
# Command line

`complaint-rules COMMAND …`; `python -m complaint_rules` is the same.

Every command has `--help` and `--json`.
Results go to standard output; messages, progress and warnings to standard error.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | failed: a file, a state or a row that cannot be used |
| 2 | wrong usage |
| 3 | the ruleset has problems |
| 4 | scenarios failed, or an analysis found something |
"""


def page() -> str:
    """Return the page."""
    found = next(a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    return "\n".join([_TOP, *(_command(name, each) for name, each in found.choices.items())])


def _command(name: str, command: argparse.ArgumentParser) -> str:
    listed = [action for action in command._actions if action.dest != "help"]
    rows = "\n".join(f"| {_written(action)} | {_cell(action.help or '')} |" for action in listed)
    examples = "\n".join(
        line.strip() for line in (command.epilog or "").splitlines() if line.startswith("  ")
    )
    parts = [
        f"## complaint-rules {name}\n",
        f"{command.description}\n",
        f"| argument | meaning |\n|---|---|\n{rows}\n",
    ]
    if examples:
        parts.append(f"```sh\n{examples}\n```\n")
    return "\n".join(parts)


def _written(action: argparse.Action) -> str:
    """Return an argument as it is typed."""
    value = action.metavar or ""
    if action.choices is not None:
        value = " \\| ".join(f"{choice}" for choice in action.choices)
    words = ", ".join(action.option_strings)
    if action.nargs == 0:
        value = ""
    elif action.option_strings and not value:
        value = action.dest.upper()
    several = " …" if action.nargs == "+" else ""
    needed = " (required)" if action.required and action.option_strings else ""
    return f"`{f'{words} {_cell(str(value))}'.strip()}{several}`{needed}"


def _cell(text: str) -> str:
    return text.replace("\\|", "|").replace("|", "\\|")
