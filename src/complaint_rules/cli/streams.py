"""Reading what a user names, and telling what went wrong, without ever a traceback."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import Any, Final, NoReturn

from complaint_rules.problem import Report
from complaint_rules.report import as_data, as_text

DONE: Final = 0
FAILED: Final = 1
USAGE: Final = 2
PROBLEMS: Final = 3
FINDINGS: Final = 4


class Stop(Exception):  # noqa: N818 - it is how a command ends early, not an error
    """A command ends here, with an exit code."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(code)


def say(text: str) -> None:
    """Write a line to standard output."""
    sys.stdout.write(text + "\n")


def tell(text: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(text + "\n")


def say_json(data: Any) -> None:
    """Write JSON data to standard output."""
    say(json.dumps(data, ensure_ascii=False, indent=2))


def plain(text: str) -> str:
    """Return a text from outside on one line, without what a terminal would obey."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def fail(text: str, code: int = FAILED) -> NoReturn:
    """Tell what went wrong and end."""
    tell(f"complaint-rules: {plain(text)}")
    raise Stop(code)


def refuse(report: Report, code: int, *, as_json: bool) -> NoReturn:
    """Print a report and end: as JSON on standard output, as text on standard error."""
    if as_json:
        say_json(as_data(report))
    else:
        tell(as_text(report, color=sys.stderr.isatty()))
    raise Stop(code)


def read_bytes(name: str) -> bytes:
    """Return the bytes of a file, or of standard input for ``-``."""
    try:
        if name != "-":
            return Path(name).read_bytes()
        if sys.stdin is None:
            fail("there is no standard input", USAGE)
        return sys.stdin.buffer.read()
    except (OSError, ValueError) as error:
        fail(f"cannot read `{name}`: {reason(error)}", USAGE)


def write_text(path: Path, text: str) -> None:
    """Write a file; the folder it goes into is made if need be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except (OSError, ValueError) as error:
        fail(f"cannot write `{path}`: {reason(error)}", USAGE)


def reason(error: Exception) -> str:
    """Return in a few words why the system refuses a file."""
    told = error.strerror if isinstance(error, OSError) else str(error)
    return (told or "the system refuses").lower()


def present() -> str:
    """Return the present instant. Only the command line has a clock; the library has none."""
    return datetime.datetime.now(datetime.UTC).astimezone().isoformat(timespec="seconds")
