"""The command line: one file a command, no policy logic in any of them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from complaint_rules.cli import batch, check, decide, explain, new, schema
from complaint_rules.cli.streams import FAILED, Stop, tell
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.version import VERSION

COMMANDS = (check, decide, explain, batch, schema, new)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    made = argparse.ArgumentParser(
        prog="complaint-rules",
        description="Check rulesets for complaints and decide complaints by them.",
        epilog="exit codes: 0 done, 1 failed, 2 usage, 3 ruleset problems, 4 findings",
    )
    made.add_argument("--version", action="version", version=f"complaint-rules {VERSION}")
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command line and return its exit code.

    Args:
        arguments: The words after the program's name; `None` takes the process's own.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        options = parser().parse_args(arguments)
        code: int = options.run(options)
        sys.stdout.flush()
    except Stop as stop:
        return stop.code
    except ComplaintRulesError as error:
        tell(f"complaint-rules: {error}")
        return FAILED
    except BrokenPipeError:
        # The reader went away (`| head`): what is left goes nowhere, and Python's own flush at
        # exit must not complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        tell("complaint-rules: stopped")
        return 130
    return code
