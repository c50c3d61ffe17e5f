"""What the models refuse, told as problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from complaint_rules.document import Node, key_span, value_span
from complaint_rules.model.base import (
    CURRENCY_PATTERN,
    ID_PATTERN,
    LANGUAGE_PATTERN,
    NAME_PATTERN,
    WORD_PATTERN,
)
from complaint_rules.model.hints import Path, description_at, keys_at, words_at
from complaint_rules.model.places import item_span, quoted, shape, thing
from complaint_rules.problem import Problem
from complaint_rules.spelling import did_you_mean, help_for

Error: TypeAlias = Mapping[str, Any]

_EXPECTED = {
    "string_type": "a text",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "yes or no",
    "date_type": "a date",
}
_GROUPS = ("all", "any", "none", "of")
_NAMES = {
    ID_PATTERN: "lower-case letters, digits, `_` and `-`, a letter first",
    WORD_PATTERN: "lower-case letters, digits and `_`, a letter first",
    NAME_PATTERN: "lower-case letters, digits and `_`, a letter first, at most one dot",
}


def problem_of(node: Node, path: Path, error: Error) -> Problem:
    """
    Return the problem that tells one error of the models.

    Args:
        node: The ruleset that was read.
        path: The error's place in it, free of the models' own steps.
        error: The error as pydantic reports it.
    """
    if path == ("format",) and error["type"] != "missing":
        return _wrong_format(node, path, error)
    tell = _TELLERS.get(error["type"])
    if tell is not None:
        return tell(node, path, error)
    if "help" in error.get("ctx", {}):
        return _own(node, path, error)
    return _wrong_shape(node, path, error)


def _own(node: Node, path: Path, error: Error) -> Problem:
    """Tell a fault that a model of ours found: its type is the code already."""
    message = error["msg"].replace("{thing}", thing(node, path))
    span = item_span(node, path) if error["type"] in _AT_KEY else value_span(node, path)
    return Problem(error["type"], message, span, help=error["ctx"]["help"])


_AT_KEY = ("empty-condition", "not-one-test")


def _unknown_key(node: Node, path: Path, _error: Error) -> Problem:
    key = str(path[-1])
    return Problem(
        "unknown-key",
        f"unknown key {quoted(key)} in {thing(node, path[:-1])}",
        key_span(node, path),
        "not a key here",
        help_for(key, keys_at(path[:-1]), "keys"),
    )


def _missing_key(node: Node, path: Path, error: Error) -> Problem:
    key = str(path[-1])
    if key == "when":
        return _empty_condition(node, path, error)
    description = description_at(path)
    return Problem(
        "missing-key",
        f"{thing(node, path[:-1])} has no {quoted(key)}",
        item_span(node, path[:-1]),
        f"{quoted(key)} is missing",
        f"add {quoted(key + ':')}" + (f": {description}" if description else ""),
    )


def _empty_condition(node: Node, path: Path, error: Error) -> Problem:
    return Problem(
        "empty-condition",
        f"{thing(node, path)} holds no test",
        item_span(node, path if error["type"] != "missing" else path[:-1]),
        "no test",
        "write a test, or `always` where there is nothing to test",
    )


def _too_short(node: Node, path: Path, error: Error) -> Problem:
    if path[-1] in _GROUPS and isinstance(error["input"], list):
        return _empty_condition(node, path, error)
    return Problem(
        "empty-value",
        f"{thing(node, path)} is empty",
        value_span(node, path),
        "empty",
        "write what belongs here, or remove the key",
    )


def _too_long(node: Node, path: Path, error: Error) -> Problem:
    most = error["ctx"]["max_length"]
    return Problem(
        "too-long",
        f"{thing(node, path)} has {len(error['input']):,} characters, more than {most:,}",
        value_span(node, path),
        help=f"shorten it to {most:,} characters",
    )


def _bad_pattern(node: Node, path: Path, error: Error) -> Problem:
    pattern, word = error["ctx"]["pattern"], str(error["input"])
    is_key = error["loc"][-1] == "[key]"
    span = key_span(node, path) if is_key else value_span(node, path)
    if pattern == CURRENCY_PATTERN:
        message, cure = f"{quoted(word)} is no currency", "write its three capitals, as in `EUR`"
        return Problem("unknown-currency", message, span, "no currency", cure)
    if pattern == LANGUAGE_PATTERN:
        message, cure = f"{quoted(word)} is no language", "write its short code, as in `en` or `fa`"
        return Problem("bad-language", message, span, "no language", cure)
    fixed = _fixed(word, hyphens=pattern == ID_PATTERN)
    cure = f"write `{fixed}`" if fixed else f"use {_NAMES[pattern]}"
    return Problem("bad-id", f"{quoted(word)} cannot be a name", span, _NAMES[pattern], cure)


def _fixed(word: str, *, hyphens: bool) -> str:
    """Return the nearest name to `word`, or nothing where it has letters of another script."""
    joined = "".join(c if c.isalnum() else "-" if hyphens else "_" for c in word.strip().lower())
    usable = joined.isascii() and joined[:1].isalpha() and len(joined) <= 80
    return joined if usable else ""


def _bad_value(node: Node, path: Path, error: Error) -> Problem:
    word = str(error["input"])
    if path[-1:] == ("when",):
        cure = 'write `always`, or tests as a mapping: `when: {severity: ">= s2"}`'
    else:
        cure = help_for(word, words_at(path), "words")
    message = f"{quoted(word)} is not a value of {thing(node, path)}"
    return Problem("bad-value", message, value_span(node, path), "not one of its values", cure)


def _out_of_bounds(node: Node, path: Path, error: Error) -> Problem:
    context = error["ctx"]
    bound = f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"
    message = f"{thing(node, path)} must be {bound}, not {error['input']}"
    return Problem("bad-value", message, value_span(node, path), f"must be {bound}")


def _bad_yes_no(node: Node, path: Path, error: Error) -> Problem:
    if not isinstance(error["input"], str):
        return _wrong_shape(node, path, error)
    message = f"{quoted(error['input'])} is not a value of {thing(node, path)}"
    return Problem("bad-value", message, value_span(node, path), "neither", "write `yes` or `no`")


def _wrong_shape(node: Node, path: Path, error: Error) -> Problem:
    value = error["input"]
    span = value_span(node, path)
    if path == ("edition",) and not isinstance(value, list | dict | bool):
        cure = f'write `edition: "{value}"`'
        message = f"the edition `{value}` is read as a number"
        return Problem("edition-unquoted", message, span, "needs quotes", cure)
    if path[-1:] == ("not",):
        return Problem(
            "not-one-test",
            f"{thing(node, path)} must be exactly one test, not {shape(value)}",
            item_span(node, path),
            help="write `not: {fact: test}`; for several, `none: […]`",
        )
    expected = _EXPECTED.get(error["type"], "something else")
    if expected == "a mapping" and _takes_texts(path):
        expected = "a text, or a text per language"
    message = f"{thing(node, path)} must be {expected}, not {shape(value)}"
    return Problem("wrong-shape", message, span, shape(value), _cure(path, expected, value))


def _takes_texts(path: Path) -> bool:
    return path[-1:] in (("title",), ("text",), ("avoid",)) or path[-2:] == ("guidance", "do")


def _cure(path: Path, expected: str, value: Any) -> str:
    if expected == "a text" and not isinstance(value, list | dict):
        return f'put it in quotes: `"{_plain(value)}"`'
    if path[-1:] == ("when",) and isinstance(value, list):
        return "several tests that must all hold: `when: {all: […]}`"
    if expected == "a list" and not isinstance(value, dict):
        return "write it as a list, each item on a line that begins with `- `"
    description = description_at(path)
    keys = [step for step in path if isinstance(step, str)]
    return f"{quoted(keys[-1])} is {description}" if description else f"write {expected}"


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)[:60]


def _wrong_format(node: Node, path: Path, error: Error) -> Problem:
    found = error["input"]
    written = quoted(_plain(found)) if not isinstance(found, list | dict) else shape(found)
    return Problem(
        "wrong-format",
        f"format {written} is not one that can be read",
        value_span(node, path),
        "unknown format",
        "write `format: 1`, without quotes",
    )


def near_key(unknown: str, missing: str) -> bool:
    """Return whether an unknown key is a slip for a missing one."""
    return did_you_mean(unknown, [missing]) is not None


_TELLERS: dict[str, Callable[[Node, Path, Error], Problem]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing_key,
    "string_pattern_mismatch": _bad_pattern,
    "string_too_long": _too_long,
    "string_too_short": _too_short,
    "too_short": _too_short,
    "literal_error": _bad_value,
    "greater_than_equal": _out_of_bounds,
    "less_than_equal": _out_of_bounds,
    "bool_type": _bad_yes_no,
    "empty-value": _too_short,
    "empty-condition": _empty_condition,
}
