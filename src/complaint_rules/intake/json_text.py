"""JSON text read exactly: numbers as written, no duplicate keys, every fault with its place."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NoReturn

from complaint_rules.errors import StateError
from complaint_rules.intake.fault import shown
from complaint_rules.problem import Problem, Report

MAX_BYTES = 16 * 1024 * 1024
"""Longest text that is read: 16 MiB."""


def read_json(text: str | bytes) -> Any:
    """
    Read JSON with every number exact: whole ones as `int`, the rest as `Decimal`.

    Arguments:
        text: JSON text, or its bytes in UTF-8 or UTF-16, with or without a byte order mark.

    Raises:
        StateError: It is not JSON (`bad-json`), names a key twice (`duplicate-key`), or is too
            long (`file-too-large`).
    """
    if len(text) > MAX_BYTES:
        _refuse("file-too-large", "the text is longer than 16 MiB", "give one complaint at a time")
    try:
        if isinstance(text, bytes):
            text = text.decode(json.detect_encoding(text))
        return json.loads(
            text.removeprefix("\ufeff"),
            parse_float=Decimal,
            parse_int=_whole,
            parse_constant=_constant,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        told = f"this is not JSON: {_lower(error.msg)} at line {error.lineno}, column {error.colno}"
        _refuse("bad-json", told, "check commas, quotes and brackets there")
    except UnicodeDecodeError as error:
        told = f"the bytes are not {error.encoding}: byte {error.start + 1} fits no character"
        _refuse("bad-encoding", told, "save the text as UTF-8")
    except RecursionError:
        _refuse("too-deep", "the text is nested too deeply", "a state has at most three levels")


def _whole(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= 4000 else Decimal(digits)


def _constant(word: str) -> NoReturn:
    _refuse("bad-json", f"`{word}` is no number", "leave the fact out if it is not known")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        _refuse("duplicate-key", f"{shown(twice)} is given twice", "keep one of the two")
    return made


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _refuse(code: str, message: str, cure: str) -> NoReturn:
    raise StateError(Report.of([Problem(code, message, help=cure)])) from None
