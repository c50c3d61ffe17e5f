"""Reading what a user names, and telling what went wrong, without ever a traceback."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from complaint_rules.problem import Report
from complaint_rules.report import as_data, as_text

DONE = 0
FAILED = 1
USAGE = 2
PROBLEMS = 3
FINDINGS = 4


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


def fail(text: str, code: int = FAILED) -> NoReturn:
    """Tell what went wrong and end."""
    tell(f"complaint-rules: {text}")
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
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        fail(f"cannot read `{name}`: {_reason(error)}", USAGE)


def write_text(path: Path, text: str) -> None:
    """Write a file."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        fail(f"cannot write `{path}`: {_reason(error)}", USAGE)


def _reason(error: OSError) -> str:
    return (error.strerror or "the system refuses").lower()


def present() -> str:
    """Return the present instant. Only the command line has a clock; the library has none."""
    return datetime.datetime.now(datetime.UTC).astimezone().isoformat(timespec="seconds")


def instant_of(text: str | None) -> str:
    """Return the instant asked for, or the present one, which is then told."""
    if text is not None:
        return text
    now = present()
    tell(f"deciding as of now, {now} (give --at to decide as of another time)")
    return now
