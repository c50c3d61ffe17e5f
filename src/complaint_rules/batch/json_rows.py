"""Rows of JSON Lines: one object a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from complaint_rules.batch.faults import fault
from complaint_rules.batch.progress import Progress
from complaint_rules.batch.row import Row, no_row
from complaint_rules.batch.texts import LONGEST, is_sound, lines_of, text_of
from complaint_rules.errors import StateError
from complaint_rules.intake import read_json

_ENCODING: Final = "save it as UTF-8"


def json_rows(raw: BinaryIO, progress: Progress, encoding: str | None) -> Iterator[Row]:
    """
    Yield the rows of a file of JSON Lines; blank lines are passed over.

    Args:
        raw: The file.
        progress: Told how far the stream has come.
        encoding: The text's encoding; UTF-8 (or UTF-16 with its mark) where `None`.

    Raises:
        RulesetError: Bytes stand in the file after which its encoding finds no way on.
    """
    text = text_of(raw, encoding)
    try:
        for number, line in enumerate(lines_of(text), start=1):
            if not line.strip():
                continue
            progress.read = raw.tell()
            progress.rows += 1
            yield _row(progress.rows, number, line)
    except UnicodeDecodeError as error:
        told = f"after row {progress.rows} bytes stand that are not {error.encoding}"
        raise fault("bad-encoding", told, _ENCODING) from None
    finally:
        text.detach()  # whoever opened the file closes it


def _row(number: int, line: int, text: str) -> Row:
    if len(text) >= LONGEST:
        told = f"the line is longer than {LONGEST:,} characters"
        return no_row(number, line, "file-too-large", told, "write one complaint on a line")
    if not is_sound(text):
        told = "the line holds bytes that are no text"
        return no_row(number, line, "bad-encoding", told, _ENCODING)
    try:
        cells = read_json(text)
    except StateError as error:
        return Row(number, None, error.report.problems, line)
    if isinstance(cells, dict):
        return Row(number, cells, (), line)
    cure = "write one object on each line"
    return no_row(number, line, "wrong-shape", "the line is no JSON object", cure)
