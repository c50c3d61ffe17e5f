"""A report printed: as text for people, as plain data, and as SARIF for other tools."""

from __future__ import annotations

import unicodedata
from typing import Any
from urllib.parse import quote

import attrs

from complaint_rules.problem import Problem, Report, Severity
from complaint_rules.source import Source, Span

_WIDEST = 160
_LEAD = 40
_TAB = 4
_ELLIPSIS = "…"
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

# Joiners and direction marks that Persian and Arabic words need; the overrides and isolates,
# which could show a line in another order than it is read, are not among them.
_INVISIBLE_BUT_MEANT = "\u200c\u200d\u200e\u200f\u061c"
_VISIBLE_FORMATS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"
_HIDDEN_KINDS = ("Cc", "Cf", "Cs", "Zl", "Zp")

_COLOURS = {"error": "1;31", "warning": "1;33", "gutter": "1;34", "help": "1;36", "bold": "1"}


def as_text(report: Report, *, color: bool = False) -> str:
    """
    Return a report as text: each problem with its line and underlined words, then the counts.

    Nothing in a ruleset or a state reaches the terminal as a control character.

    Args:
        report: What to print.
        color: True to add ANSI colours, for a terminal.
    """
    paint = _Paint(color)
    blocks = [_block(problem, report, paint) for problem in report.problems]
    return "\n\n".join([*blocks, _summary(report)])


def as_data(report: Report) -> dict[str, Any]:
    """
    Return a report as plain data, ready for JSON.

    `problems` holds one mapping for each problem, in the report's order: code, severity, message,
    file, line, column, end_line, end_column (null without a span; columns count characters from
    1, the end is exclusive), underlined (the words on the first line), label, help and place (a
    path inside a state, else empty). `errors` and `warnings` count them.
    """
    warnings = len(report.problems) - len(report.errors)
    problems = [_problem_data(problem, report) for problem in report.problems]
    return {"problems": problems, "errors": len(report.errors), "warnings": warnings}


def as_sarif(report: Report) -> dict[str, Any]:
    """Return a report as a SARIF 2.1.0 log with one run, ready for JSON (OASIS, SARIF 2.1.0)."""
    codes = sorted({problem.code for problem in report.problems})
    index = {code: position for position, code in enumerate(codes)}
    driver = {"name": "complaint-rules", "rules": [{"id": _sound(code)} for code in codes]}
    results = [_result(problem, report, index) for problem in report.problems]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


@attrs.frozen
class _Paint:
    """Puts colours on words, or leaves them as they are."""

    on: bool

    def __call__(self, colour: str, text: str) -> str:
        return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if self.on and text else text


def _block(problem: Problem, report: Report, paint: _Paint) -> str:
    level = problem.severity.value
    head = paint(level, f"{level}[{_visible(problem.code)}]")
    lines = [head + paint("bold", f": {_visible(problem.message)}")]
    span, label = problem.span, _visible(problem.label)
    width = len(str(span.line)) if span else 1
    margin = " " * (width + 1)
    if span:
        arrow = paint("gutter", " " * width + "-->")
        lines.append(f"{arrow} {_visible(span.file)}:{span.line}:{span.column}")
        source = report.sources.get(span.file)
        if source is not None:
            lines += _excerpt(source, span, label, width, paint, level)
            label = ""
    elif problem.place:
        lines.append(f"{paint('gutter', ' -->')} state: {_visible(problem.place)}")
    if label:
        lines.append(f"{margin}{paint('gutter', '=')} note: {label}")
    if problem.help:
        cure = f"{paint('help', 'help')}: {_visible(problem.help)}"
        lines.append(f"{margin}{paint('gutter', '=')} {cure}")
    return "\n".join(lines)


def _excerpt(
    source: Source, span: Span, label: str, width: int, paint: _Paint, level: str
) -> list[str]:
    shown, before, under = _underlined(source.line(span.line), *_columns(source, span))
    bar = paint("gutter", "|")
    margin = " " * (width + 1)
    carets = paint(level, f"{'^' * under} {label}".rstrip())
    return [
        f"{margin}{bar}",
        f"{paint('gutter', str(span.line))} {bar} {shown}".rstrip(),
        f"{margin}{bar} {' ' * before}{carets}",
    ]


def _columns(source: Source, span: Span) -> tuple[int, int]:
    """Return where the underlined part of the first line begins and ends, from 0."""
    length = len(source.line(span.line))
    begin = min(max(span.column - 1, 0), length)
    end = length if span.end_line > span.line else min(span.end_column - 1, length)
    return begin, max(begin, end)


def _underlined(line: str, begin: int, end: int) -> tuple[str, int, int]:
    """
    Return a line as shown, the blanks before its underlined part, and the width of that part.

    A line wider than a page is shown as a window around where the underlining begins.
    """
    lead = ""
    if len(line) > _WIDEST and begin > _LEAD:
        line, begin, end = line[begin - _LEAD :], _LEAD, end - begin + _LEAD
        lead = _ELLIPSIS
    shown, width, marks = lead, len(lead), [0, 0]
    for index, character in enumerate(line):
        text = " " * (_TAB - width % _TAB) if character == "\t" else _visible(character)
        step = sum(_width(c) for c in text)
        if width + step > _WIDEST:
            shown += _ELLIPSIS
            break
        marks[0] += step if index < begin else 0
        marks[1] += step if begin <= index < end else 0
        shown, width = shown + text, width + step
    return shown, len(lead) + marks[0], max(1, marks[1])


def _width(character: str) -> int:
    """Return how many columns of a terminal a character takes."""
    if character in _INVISIBLE_BUT_MEANT or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _visible(text: str) -> str:
    """Replace what a terminal would obey or hide by something that shows."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if unicodedata.category(character) not in _HIDDEN_KINDS:
        return character
    if character in _INVISIBLE_BUT_MEANT or character in _VISIBLE_FORMATS:
        return character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return f"<U+{code:04X}>"


def _summary(report: Report) -> str:
    errors = len(report.errors)
    counts = [(errors, "error"), (len(report.problems) - errors, "warning")]
    told = [f"{n} {name}{'' if n == 1 else 's'}" for n, name in counts if n]
    return ", ".join(told) or "no problems"


def _problem_data(problem: Problem, report: Report) -> dict[str, Any]:
    span = problem.span
    return {
        "code": _sound(problem.code),
        "severity": problem.severity.value,
        "message": _sound(problem.message),
        "file": _sound(span.file) if span else None,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
        "underlined": _words(problem, report),
        "label": _sound(problem.label),
        "help": _sound(problem.help),
        "place": _sound(problem.place),
    }


def _words(problem: Problem, report: Report) -> str:
    """Return the underlined words of a problem's first line, empty if there are none."""
    source = report.sources.get(problem.span.file) if problem.span else None
    if problem.span is None or source is None:
        return ""
    begin, end = _columns(source, problem.span)
    return _sound(source.line(problem.span.line)[begin:end])


def _sound(text: str) -> str:
    """Replace halves of surrogate pairs, which no encoding can write."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _result(problem: Problem, report: Report, index: dict[str, int]) -> dict[str, Any]:
    parts = [problem.message, problem.label, problem.help and f"help: {problem.help}"]
    result: dict[str, Any] = {
        "ruleId": _sound(problem.code),
        "ruleIndex": index[problem.code],
        "level": "error" if problem.severity is Severity.ERROR else "warning",
        "message": {"text": _sound("; ".join(part for part in parts if part))},
    }
    location: dict[str, Any] = {}
    if problem.span:
        location["physicalLocation"] = {
            "artifactLocation": {"uri": quote(problem.span.file, errors="replace")},
            "region": _region(problem, problem.span, report),
        }
    if problem.place:
        location["logicalLocations"] = [{"fullyQualifiedName": _sound(problem.place)}]
    if location:
        result["locations"] = [location]
    return result


def _region(problem: Problem, span: Span, report: Report) -> dict[str, Any]:
    line, column = max(span.line, 1), max(span.column, 1)
    end_line = max(span.end_line, line)
    end_column = max(span.end_column, column if end_line == line else 1)
    region: dict[str, Any] = {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    }
    words = _words(problem, report)
    if words:
        region["snippet"] = {"text": words}
    return region
