"""What `complaint-rules diff` shows and writes while it compares."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from complaint_rules.batch import Progress
from complaint_rules.cli.streams import USAGE, fail, reason
from complaint_rules.decision.answer.codec import instant_text
from complaint_rules.diff import Answer, Complaint, Edition
from complaint_rules.diff.forms.data import answer_data
from complaint_rules.diff.states import jsonable


class Bar:
    """
    A progress bar on a terminal; nothing elsewhere.

    Args:
        known: How many complaints there are besides those of a file.
        progress: How far the file is read.
    """

    def __init__(self, known: int, progress: Progress) -> None:
        self._known, self._progress = known, progress
        self._done = 0

    def __enter__(self) -> Bar:
        self._bar = None
        if sys.stderr.isatty():
            from complaint_rules.cli.bars import Bar as Line  # noqa: PLC0415 - rich only here

            self._bar = Line("comparing", "complaints")
        return self

    def step(self) -> None:
        """Show that one more complaint was compared."""
        self._done += 1
        if self._bar is None:
            return
        read = self._progress
        # How many rows a file has is known at its end; until then its bytes tell about how many.
        rows = read.rows * read.total // read.read if read.read else 0
        self._bar.show(self._done, max(self._done, self._known + rows))

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()


class Touched:
    """Writes the complaints that are decided differently, a line each, if a file is asked for."""

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._file: TextIO | None = None

    def __enter__(self) -> Touched:
        if self._path is not None:
            try:
                self._file = Path(self._path).open("w", encoding="utf-8", newline="\n")
            except (OSError, ValueError) as error:
                fail(f"cannot write `{self._path}`: {reason(error)}", USAGE)
        return self

    def take(self, complaint: Complaint, answers: Sequence[Answer], edition: Edition) -> None:
        """Write a complaint with its differences, if it has any; instants in an edition's zone."""
        if self._file is None or not answers:
            return
        timezone = edition.policy.calendars[edition.policy.calendar].timezone
        data = {
            "name": complaint.name,
            "origin": complaint.origin,
            "at": instant_text(complaint.at, timezone),
            "facts": jsonable(complaint.facts),
            "differences": [answer_data(each, timezone) for each in answers],
        }
        self._file.write(json.dumps(data, ensure_ascii=False) + "\n")

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
