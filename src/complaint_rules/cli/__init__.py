"""The command line: one file a command, no policy logic in any of them."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from complaint_rules.cli.streams import FAILED, Stop, plain, reason, tell
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.version import VERSION

__all__ = ["COMMANDS", "main", "parser"]

COMMANDS: Final = (
    "check",
    "decide",
    "explain",
    "test",
    "coverage",
    "mutate",
    "diff",
    "docs",
    "batch",
    "schema",
    "new",
)
"""The commands, each a module of this room; only the one that is asked for is imported."""
TRACEBACK: Final = "COMPLAINT_RULES_TRACEBACK"
"""The environment variable that shows where an error of the program itself comes from."""
_INTERRUPTED: Final = 130
_EPILOG: Final = """\
examples:
  complaint-rules new shop && complaint-rules check shop
  complaint-rules decide --ruleset shop --at 2026-11-22T10:00:00+01:00 state.json
  complaint-rules explain --at 2026-11-22T10:00:00+01:00 --why apologise state.json
  complaint-rules test shop
  complaint-rules batch --map map.yaml complaints.csv --out decisions.jsonl

exit codes: 0 done, 1 failed, 2 usage, 3 ruleset problems, 4 scenarios or findings
"""


def parser(only: str | None = None) -> argparse.ArgumentParser:
    """
    Return the parser of the command line.

    Args:
        only: The one command that it is to know; `None`: all of them.
    """
    made = argparse.ArgumentParser(
        prog="complaint-rules",
        description="Check rulesets for complaints and decide complaints by them.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--version", action="version", version=f"complaint-rules {VERSION}")
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in COMMANDS if only is None else (only,):
        importlib.import_module(f"{__name__}.{name}").add(commands)
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command line and return its exit code.

    Args:
        arguments: The words after the program's name; `None` takes the process's own.
    """
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        return _unread()
    except OSError as error:
        tell(f"complaint-rules: {plain(reason(error))}")
        return _unread()
    except KeyboardInterrupt:
        tell("complaint-rules: stopped")
        return _INTERRUPTED
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        tell(
            f"complaint-rules: an error of the program itself, please report it: "
            f"{type(error).__name__}: {plain(str(error))} ({TRACEBACK}=1 shows where)"
        )
        return FAILED
    return code


def _open_closed_streams() -> None:
    """Give a stream that was closed before the start (`>&-`) somewhere to go: nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115


def _run(arguments: Sequence[str] | None) -> int:
    try:
        words = sys.argv[1:] if arguments is None else arguments
        asked = words[0] if words and words[0] in COMMANDS else None
        options = parser(asked).parse_args(words)
        code: int = options.run(options)
    except Stop as stop:
        return stop.code
    except SystemExit as end:
        # argparse ends so after `--help`, and after telling what is wrong with the words.
        return end.code if isinstance(end.code, int) else FAILED
    except ComplaintRulesError as error:
        tell(f"complaint-rules: {error}")
        return FAILED
    return code


def _unread() -> int:
    """Send what is left of the output nowhere: Python's own flush at exit must not complain."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED
