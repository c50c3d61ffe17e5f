"""What scenarios show of a ruleset, over its own text: one page of HTML that needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from importlib.resources import files
from xml.etree import ElementTree as Xml

import attrs

from complaint_rules.source import Source
from complaint_rules.testing.coverage.points import WORDS, Point
from complaint_rules.testing.coverage.summary import Coverage, percent

_WORDS = {"full": "shown", "part": "partly shown", "miss": "missed", "never": "unreachable"}


@attrs.define(eq=False)
class _Line:
    """What stands on a line: points shown, points missed, points that nothing can show."""

    shown: list[tuple[Point, str]] = attrs.field(factory=list)
    missed: list[Point] = attrs.field(factory=list)
    never: list[tuple[Point, str]] = attrs.field(factory=list)

    @property
    def state(self) -> str:
        """The line's colour; empty where nothing on it can be shown."""
        if self.missed:
            return "part" if self.shown else "miss"
        return "full" if self.shown else "never" if self.never else ""


def as_html(coverage: Coverage, sources: Mapping[str, Source]) -> str:
    """
    Return a page: the shares, an index of the files, and each file with its lines coloured.

    Everything of a ruleset goes through the writer of the XML library, which escapes it.

    Args:
        coverage: What the scenarios show.
        sources: The texts, by the name that spans have; those with nothing to show are left out.
    """
    lines = _by_line(coverage)
    texts = {name: source for name, source in sources.items() if name in lines}
    root = Xml.Element("html", lang="en")
    head = _child(root, "head")
    _child(head, "meta", charset="utf-8")
    _child(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    title = f"{coverage.policy.id} {coverage.policy.edition}: coverage by scenarios"
    _child(head, "title").text = title
    style = files("complaint_rules.testing.coverage").joinpath("coverage.css")
    _child(head, "style").text = style.read_text("utf-8")
    body = _child(root, "body")
    _front(_child(body, "header"), coverage, title)
    _index(_child(body, "nav"), lines, texts)
    main = _child(body, "main")
    for number, (name, source) in enumerate(texts.items()):
        _file(main, number, source, lines[name])
    return f"<!DOCTYPE html>\n{Xml.tostring(root, encoding='unicode', method='html')}\n"


def _child(parent: Xml.Element, tag: str, text: str = "", **attributes: str) -> Xml.Element:
    made = Xml.SubElement(parent, tag, {name.rstrip("_"): v for name, v in attributes.items()})
    made.text = text or None
    return made


def _by_line(coverage: Coverage) -> dict[str, dict[int, _Line]]:
    found: dict[str, dict[int, _Line]] = {}

    def line(point: Point) -> _Line:
        assert point.span is not None, "points without a place are left out"  # noqa: S101
        return found.setdefault(point.span.file, {}).setdefault(point.span.line, _Line())

    for point, by in coverage.shown.items():
        if point.span is not None:
            if by:
                line(point).shown.append((point, by))
            else:
                line(point).missed.append(point)
    for point, why in coverage.unreachable.items():
        if point.span is not None:
            line(point).never.append((point, why))
    return found


# ------------------------------------------------------------------------ parts


def _front(parent: Xml.Element, coverage: Coverage, title: str) -> None:
    _child(parent, "h1", title)
    told = f"{coverage.cases:,} scenarios counted, {coverage.passed_over:,} passed over"
    _child(parent, "p", f"{told} (unreviewed, failing, or expected to fail).")
    table = _child(parent, "table")
    seen = len(coverage.shown) - len(coverage.missed)
    rows = [(WORDS[side], *counts) for side, counts in coverage.tally().items()]
    for name, some, whole in (*rows, ("all", seen, len(coverage.shown))):
        row = _child(table, "tr", class_="full" if some == whole else "part")
        _child(row, "th", name, scope="row")
        _child(row, "td", f"{some:,} of {whole:,}")
        share = percent(Fraction(some, whole)) if whole else 100.0
        _child(row, "td", f"{share} %")
    legend = _child(parent, "p", class_="legend")
    for state, words in _WORDS.items():
        _child(legend, "span", words, class_=state)


def _index(
    parent: Xml.Element, lines: Mapping[str, Mapping[int, _Line]], texts: Mapping[str, Source]
) -> None:
    _child(parent, "h2", "Files")
    table = _child(parent, "table")
    for number, name in enumerate(texts):
        every = lines[name].values()
        shown, missed = sum(len(e.shown) for e in every), sum(len(e.missed) for e in every)
        row = _child(table, "tr", class_="part" if missed else "full")
        _child(_child(row, "th", scope="row"), "a", name, href=f"#file-{number}")
        _child(row, "td", f"{shown:,} of {shown + missed:,}")
        _child(row, "td", f"{missed:,} missed" if missed else "")


def _file(parent: Xml.Element, number: int, source: Source, lines: Mapping[int, _Line]) -> None:
    section = _child(parent, "section", id=f"file-{number}")
    _child(section, "h2", source.name)
    listed = _child(section, "ol")
    for place, text in enumerate(source.lines, 1):
        line = lines.get(place, _Line())
        item = _child(listed, "li", class_=line.state, id=f"file-{number}-{place}")
        _child(item, "code", text or " ", dir="ltr")
        if line.state:
            item.set("title", _hover(line))
        for point in line.missed:
            _child(item, "small", f"missed: {point.told}")
        for point, why in line.never:
            _child(item, "small", f"unreachable: {point.told}: {why}")


def _hover(line: _Line) -> str:
    """Return what is told of a line where the pointer rests on it."""
    told = [f"missed: {point.told}" for point in line.missed]
    told += [f"{point.told}, by {by}" for point, by in line.shown]
    return "\n".join([*told, *(f"unreachable: {point.told}: {why}" for point, why in line.never)])
