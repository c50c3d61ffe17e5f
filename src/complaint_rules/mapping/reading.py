"""A mapping file → a `RowMapping`, or every fault of it with file, line and cure."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

import attrs

from complaint_rules.document import Mapping, decode, read_yaml, value_span
from complaint_rules.errors import RulesetError
from complaint_rules.mapping.facts import fact_rule
from complaint_rules.mapping.page import Page
from complaint_rules.mapping.times import at_rule, wall_duration
from complaint_rules.mapping.tree import RowMapping
from complaint_rules.policy import Policy
from complaint_rules.problem import Problem, Report
from complaint_rules.source import Source, Span

_TOP: Final = ("format", "at", "timezone", "date", "facts", "ignore", "separator", "encoding")


def read_mapping(name: str, data: bytes, policy: Policy) -> RowMapping:
    """
    Read a mapping file for `policy`.

    Args:
        name: The file's name, for messages.
        data: Its bytes: YAML in UTF-8.
        policy: The policy whose facts the mapping fills.

    Raises:
        RulesetError: The file has faults; the report names each with line and cure.
    """
    source, problems = decode(name, data)
    if source is None or problems:
        raise _refused(problems, source)
    node, problems = read_yaml(source)
    if node is None or problems:
        raise _refused(problems, source)
    if not isinstance(node, Mapping):
        cure = "write `format: 1`, then `facts:`"
        told = "a mapping file is a mapping"
        raise _refused([Problem("wrong-shape", told, node.span, "", cure)], source)
    page = Page(policy, node)
    made = _whole(page, source)
    if page.problems:
        raise _refused(page.problems, source)
    return made


def _refused(problems: Any, source: Source | None) -> RulesetError:
    return RulesetError(Report.of(problems, {} if source is None else {source.name: source}))


def decided_later(mapping: RowMapping, plus: str) -> RowMapping:
    """
    Return the mapping with its rows decided so long after the column's instant.

    Args:
        mapping: A mapping with an `at`.
        plus: A duration on the wall clock, such as ``60 d``; it takes the place of the mapping's.

    Raises:
        RulesetError: It is no such duration (`bad-duration`), or the mapping has no `at`
            (`missing-at`).
    """
    if mapping.at is None:
        told = "the mapping names no column with the instant to decide at"
        problem = Problem("missing-at", told, help="add `at: {column: …}` to it")
        raise RulesetError(Report.of([problem]))
    read = wall_duration(plus)
    if isinstance(read, Problem):
        raise RulesetError(Report.of([read]))
    return attrs.evolve(mapping, at=attrs.evolve(mapping.at, plus=read))


def _whole(page: Page, source: Source) -> RowMapping:
    page.known(page.data, _TOP, ())
    if page.get(("format",)) != 1 or isinstance(page.get(("format",)), bool):
        told = "the mapping has no format that this version reads"
        page.tell("unknown-format", told, ("format",), "write `format: 1`")
    facts = page.get(("facts",))
    if not isinstance(facts, dict) or not facts:
        page.tell("missing-key", "the mapping fills no facts", ("facts",), "list them at `facts:`")
        facts = {}
    rules = tuple(rule for name in facts if (rule := fact_rule(page, name)) is not None)
    at = at_rule(page)
    made = RowMapping(
        facts=rules,
        at=at,
        ignored=frozenset(page.texts(("ignore",))),
        separator=_separator(page),
        encoding=_encoding(page),
        source=source,
    )
    twice = sorted(made.ignored.intersection(made.columns()))
    for column in twice:
        told = f"the column `{column}` is both read and ignored"
        page.tell("wrong-shape", told, ("ignore",), "take it out of `ignore`")
    return attrs.evolve(made, places=dict(_places(page, made)))


def _places(page: Page, mapping: RowMapping) -> Iterator[tuple[str, Span]]:
    """Yield where the mapping names each column it reads."""
    if mapping.at is not None:
        yield mapping.at.column, value_span(page.node, ("at", "column"))
    for rule in mapping.facts:
        if rule.column is not None:
            yield rule.column, value_span(page.node, ("facts", rule.fact, "column"))


def _separator(page: Page) -> str | None:
    """Return what stands between the cells of a CSV file."""
    mark = page.word(("separator",))
    if mark is not None and (len(mark) != 1 or mark in '"\r\n'):
        cure = 'write one character, such as `";"`'
        page.tell("wrong-shape", f"`{mark}` is no separator", ("separator",), cure)
        return None
    return mark


def _encoding(page: Page) -> str | None:
    """Return the encoding, if it is one of text."""
    name = page.word(("encoding",))
    if name is not None:
        try:
            io.TextIOWrapper(io.BytesIO(), name).read()
        except (LookupError, ValueError):
            cure = "write `utf-8` or `cp1252`"
            page.tell("bad-encoding", f"unknown encoding `{name}`", ("encoding",), cure)
            return None
    return name
