"""`expect:` as it is written → single checks, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from complaint_rules.document import Entry, Mapping, Node, Scalar
from complaint_rules.document import Sequence as Listed
from complaint_rules.spelling import help_for
from complaint_rules.testing.fields import value_of
from complaint_rules.testing.page import Page, is_none
from complaint_rules.testing.sections import NONE, RANK, TESTS, Field, Section, sections
from complaint_rules.testing.tree import Check


def checks_of(page: Page, node: Node) -> tuple[Check, ...]:
    """
    Return what an `expect` expects, one check for each thing it says.

    Args:
        page: Takes the faults.
        node: What stands under `expect`.
    """
    known = sections()
    whole = page.mapping(node, "`expect`", known)
    if whole is None:
        return ()
    if not whole.entries:
        page.wrong(Scalar("", whole.span), "`expect`", "")
    return tuple(
        check
        for name, entry in whole.entries.items()
        if name in known
        for check in _section(page, known[name], entry.value)
    )


def column_checks(page: Page, column: Scalar, cell: Node) -> tuple[Check, ...]:
    """
    Return what one cell of a table expects.

    Args:
        page: Takes the faults.
        column: The path into `expect`: ``targets.due.first_response``.
        cell: What stands in the cell.
    """
    node = cell
    for step in reversed(column.text.split(".")):
        node = Mapping({step: Entry(Scalar(step, column.span), node)}, column.span)
    return checks_of(page, node)


def _section(page: Page, section: Section, node: Node) -> Iterable[Check]:
    name = section.name
    if section.value is not None:
        return _value(page, section.value, Check(name, "is", node.span), node)
    if is_none(node):
        return (Check(name, "none", node.span, written=NONE),)
    if isinstance(node, Mapping):
        keys = (*_tests(section), *section.fields)
        page.mapping(node, f"`{name}`", keys)
        parts = [(key, entry) for key, entry in node.entries.items() if key in keys]
        return [check for key, entry in parts for check in _part(page, section, key, entry.value)]
    return _listed(page, section, "has", node)


def _tests(section: Section) -> tuple[str, ...]:
    return TESTS if section.ordered else TESTS[:3]


def _part(page: Page, section: Section, key: str, node: Node) -> Iterable[Check]:
    if key in TESTS:
        return _listed(page, section, key, node)
    what = f"`{section.name}.{key}`"
    by_id = page.mapping(node, what)
    if by_id is None:
        return ()
    return [
        check
        for name, entry in by_id.entries.items()
        for check in _value(
            page,
            section.fields[key],
            Check(section.name, "field", entry.key.span, (name,), key),
            entry.value,
        )
    ]


def _listed(page: Page, section: Section, test: str, node: Node) -> Iterator[Check]:
    """Yield the checks of ids: one for each that must or must not be there, else one for all."""
    name = section.name
    if test == "exactly" and is_none(node):
        yield Check(name, "none", node.span, written=NONE)
        return
    words = page.words(node, f"`{name}`" if test == "has" else f"`{name}.{test}`")
    if isinstance(node, Listed) and not node.items and test != "exactly":
        cure = f"write `{name}: none` where nothing is to be there, or take it out"
        page.tell("empty-value", f"`{name}` lists nothing", node.span, cure)
    elif test in ("has", "lacks"):
        for word in words:
            yield Check(name, test, word.span, (word.text,), written=word.text)
    elif words or isinstance(node, Listed):
        ids = tuple(word.text for word in words)
        yield Check(name, test, node.span, ids, written=", ".join(ids) or NONE)


def _value(page: Page, field: Field, check: Check, node: Node) -> Iterator[Check]:
    """Yield a check with the value it expects, unless that is none of the field's values."""
    what = f"`{check.path}`"
    read = value_of(page, field, node, what)
    if read is None:
        return
    value, written = read
    if field.words and isinstance(value, str) and value not in field.words:
        told = f"`{value}` is not a value of {what}"
        page.tell("bad-value", told, node.span, help_for(value, field.words))
        return
    if check.field == RANK and value == 0:
        page.tell("bad-value", "ranks count from 1", node.span, "write `1` for the first")
        return
    yield Check(check.section, check.test, node.span, check.ids, check.field, value, written)
