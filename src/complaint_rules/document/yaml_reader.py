"""YAML text as nodes: every fault of a file in one reading, as far as it can be read."""

from __future__ import annotations

import yaml

from complaint_rules.document.building import Building
from complaint_rules.document.faults import is_tab, problem_of
from complaint_rules.document.nodes import Node, Scalar
from complaint_rules.document.slips import Slip, find_slips
from complaint_rules.document.texts import MOST_PROBLEMS, text_problems
from complaint_rules.problem import Problem
from complaint_rules.source import Source, Span

LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C where PyYAML was built with it, else the one in Python."""

_MOST_TABS = 200
_WORK = 16 * 1024 * 1024


def read_yaml(source: Source) -> tuple[Node | None, tuple[Problem, ...]]:
    """
    Read YAML text as nodes.

    One document of mappings, lists and scalars; no aliases, anchors, merge keys or tags. Never
    raises: whatever is wrong is a problem. Tests left without quotes are told each by itself
    (`unquoted-test`) and the reading goes on as if they were quoted; so the tree may be there
    even if there are problems, and serves to find more of them.

    Args:
        source: The text.

    Returns:
        The tree, or None if there is none to work with; and all that is wrong.
    """
    problems = text_problems(source)
    if problems:
        return None, problems
    built = _read(source, {})
    if built.fault or built.suspect:
        built = _reread(source, built)
    found = [problem_of(source, built.fault)] if built.fault else []
    found += [slip.problem(source.name) for slip in built.met]
    found += built.problems
    if not (found or built.unsound) and _is_nothing(built.root):
        return None, (_empty(source),)
    sound = not built.fault and not built.unsound
    return built.root if sound else None, tuple(found[:MOST_PROBLEMS])


def _reread(source: Source, first: Building) -> Building:
    """Read again with what looks like unquoted tests replaced, and keep those that were."""
    slips = find_slips(source.text)
    # A stretch that begins a line may be the last line of a text in quotes, closing quote and all.
    attempts = [slips, tuple(slip for slip in slips if slip.before)]
    met = max((_met(source, attempt) for attempt in dict.fromkeys(attempts)), key=len)
    return _read(source, {slip.start: slip for slip in met}) if met else first


def _met(source: Source, slips: tuple[Slip, ...]) -> list[Slip]:
    """Return those of `slips` that the parser meets as values, all of them being replaced."""
    return _read(source, {slip.start: slip for slip in slips}).met if slips else []


def _read(source: Source, slips: dict[int, Slip]) -> Building:
    """
    Read with every slip replaced by a plain word of equal length.

    A tab after the first word of a line is a blank to YAML 1.2, and to one of the two parsers;
    for the other it becomes one here, so that both read the same.
    """
    text = _stand_in(source.text, slips)
    for _ in range(min(_MOST_TABS, 1 + _WORK // (len(text) + 1))):
        built = Building(source, slips)
        built.run(text, LOADER)
        if built.fault is None or not is_tab(text, built.fault):
            break
        index = built.fault.index
        begin = max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1
        if not text[begin:index].strip(" \t"):
            break
        text = f"{text[:index]} {text[index + 1 :]}"
    return built


def _stand_in(text: str, slips: dict[int, Slip]) -> str:
    parts: list[str] = []
    done = 0
    for slip in sorted(slips.values(), key=lambda slip: slip.start):
        parts += [text[done : slip.start], "t" * (slip.end - slip.start)]
        done = slip.end
    return "".join([*parts, text[done:]])


def _is_nothing(root: Node | None) -> bool:
    return root is None or (isinstance(root, Scalar) and not root.quoted and not root.text)


def _empty(source: Source) -> Problem:
    return Problem(
        "empty-file",
        "the file holds nothing but blanks and comments",
        Span(source.name, 1, 1, 1, 2),
        help="write something in it, or do not include it",
    )
