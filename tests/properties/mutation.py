"""
Texts made worse: copies of good and bad rulesets with a few edits, as people and tools make them.

Everything is drawn from a `random.Random` that the caller seeds, so a seed names a text for ever.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from tests.language.corpus import chunks

from complaint_rules.catalogue import CATALOGUE
from complaint_rules.problem import Problem, Report, Severity
from complaint_rules.report import as_data, as_sarif, as_text
from complaint_rules.source import Source

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = "core"

CHARACTERS = (
    " :-#,[]{}()'\"|>!&*%@`?\\/~^.=<+\t\n\r0159aeAZ_äé‌یك٣Ａ１\u200b\ufeff\0\x1b\x85\u2028\u202e😀"
)
FRAGMENTS = (
    ">= 3", "< 5", "[1..5)", "(1..2]", "]1..2[", "not(", "not(a, b)", "-", "null", "unknown",
    "known", "happened", "not_yet", "yes", "no", "on", "2 EUR", "EUR 2", "2,5 EUR", "1.234,5",
    "4 h", "0 m", "1 bd end of day", "close of business", "9999999 d", "1/0", "1/4 of", "now",
    "now - received_at", "fact(", "raise(severity, 1)", "min(1, 2", "max()",
    "whole(now - received_at, 1 h)", "add(now, 1 d)", "2026-02-30", "2026-11-22T10:00:00",
    "2026-11-22T10:00:00Z", "09:00-17:00", "17:00-09:00", "mon-fri", "{", "}", "[", "]", "[]",
    "{}", "''", '"', "'", "|", ">-", "&a", "*a", "<<: *a", "!!str", "!!python/object:os.system",
    "---", "...", "# x", ": ", "- ", "? ", "%YAML 1.1", "\t", "when: always", "when: {}",
    "all: []", "none:", "at_least: {n: 2, of: []}", "not: {all: [a]}", "include: [ruleset.yaml]",
    "include: [../x.yaml]", "include: ['*']", "extends: [core]", "extends: corpus",
    "amends: core", "drop: {rules: [x]}", "derive: x", "derive: {first: [], else: no}",
    "kind: level", "kind: records", "default: unknown", "like: severity", "values: [a, a]",
    "hit: P", "hit: C+", "law: yes", "valid: {from: 2026-01-01}", "repeat: {each: x}",
    "opens: 24 h", "due: now", "edition: 1.10", "1e999999", "0x1F", "1_000", "12:30:45", ".inf",
    ".nan", "9" * 400, "a" * 300, "((((((((((", "[[[[[[[[[[", "{a: {a: {a: {a: ",
    "customer_types", "complaint_id", "stage", "done", "total", "entitlement", "en:",
)  # fmt: skip
WORDS = re.compile(r"[^\W\d]\w*|\d+|[^\w\s]")
KEY = re.compile(r"[A-Za-z_][\w.-]*(?=\s*:)")
VALUE = re.compile(r"(?<=: )[^\n]+")

Edit = Callable[[str, Random], str]


def _characters(text: str, chance: Random) -> str:
    """Insert, delete or replace a run of characters."""
    at = chance.randrange(len(text) + 1)
    gone = chance.choice((0, 0, 1, 1, 2, 9))
    put = "".join(chance.choice(CHARACTERS) for _ in range(chance.choice((0, 1, 1, 2))))
    return text[:at] + put + text[at + gone :]


def _lines(text: str, chance: Random) -> str:
    """Delete, repeat, move or swap lines."""
    lines = text.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            del lines[one : one + chance.choice((1, 1, 2, 5))]
        case 1:
            lines.insert(other, lines[one])
        case 2:
            lines[one], lines[other] = lines[other], lines[one]
        case _:
            lines.insert(other, lines.pop(one))
    return "\n".join(lines)


def _indent(text: str, chance: Random) -> str:
    """Move some lines to the right or left."""
    lines = text.split("\n")
    first = chance.randrange(len(lines))
    for number in range(first, min(len(lines), first + chance.choice((1, 1, 3)))):
        line = lines[number]
        lines[number] = chance.choice((" " + line, "  " + line, "\t" + line, line[1:], line[2:]))
    return "\n".join(lines)


def _swapped(pattern: re.Pattern[str], text: str, chance: Random) -> str:
    """Put one stretch that a pattern finds in the place of another."""
    found = list(pattern.finditer(text))
    if not found:
        return text
    one, other = chance.choice(found), chance.choice(found)
    return text[: one.start()] + other[0] + text[one.end() :]


def _keys(text: str, chance: Random) -> str:
    """Rename a key."""
    return _swapped(KEY, text, chance)


def _values(text: str, chance: Random) -> str:
    """Replace a value by another one's."""
    return _swapped(VALUE, text, chance)


def _tokens(text: str, chance: Random) -> str:
    """Replace a word by another one."""
    return _swapped(WORDS, text, chance)


def _slip(text: str, chance: Random) -> str:
    """Misspell a word by one letter."""
    found = [match for match in WORDS.finditer(text) if len(match[0]) > 3]
    if not found:
        return text
    word = chance.choice(found)
    at = chance.randrange(word.start(), word.end())
    return text[:at] + text[at + 1 :]


def _fragment(text: str, chance: Random) -> str:
    """Put a fragment of YAML or of a test in the place of a word, a value or nothing."""
    found = list(chance.choice((WORDS, VALUE, KEY)).finditer(text))
    fragment = chance.choice(FRAGMENTS)
    if not found or chance.random() < 0.2:
        at = chance.randrange(len(text) + 1)
        return text[:at] + fragment + text[at:]
    place = chance.choice(found)
    return text[: place.start()] + fragment + text[place.end() :]


def _cut(text: str, chance: Random) -> str:
    """Lose the end, or the beginning."""
    at = chance.randrange(len(text) + 1)
    return text[:at] if chance.random() < 0.8 else text[at:]


EDITS: tuple[Edit, ...] = (
    _characters, _characters, _lines, _lines, _indent, _keys, _values, _values, _tokens, _tokens,
    _slip, _fragment, _fragment, _fragment, _cut,
)  # fmt: skip


def mutated(text: str, chance: Random) -> str:
    """Return `text` after one to four edits."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 4))):
        text = chance.choice(EDITS)(text, chance)
    return text


def mutated_bytes(text: str, chance: Random) -> bytes:
    """Return `text` mutated and encoded, now and then wrongly."""
    data = bytearray(mutated(text, chance).encode("utf-8", "surrogatepass"))
    if chance.random() < 0.03:
        at = chance.randrange(len(data) + 1)
        data[at:at] = chance.randbytes(chance.randint(1, 3))
    if chance.random() < 0.01:
        return bytes(data).decode("utf-8", "replace").encode(chance.choice(("utf-16", "utf-32")))
    return bytes(data)


# ------------------------------------------------------------------------- what is mutated


@functools.cache
def small_texts() -> tuple[str, ...]:
    """Return the texts of the corpus's rulesets, and of the bad and good examples of each code."""
    found = [chunk.text() for chunk in chunks() if "\n" in chunk.ruleset and not chunk.parents]
    paths = sorted((ROOT / "tests" / "language" / "bad").rglob("ruleset.yaml"))
    texts = [path.read_bytes() for path in paths if path.stat().st_size < 20_000]
    found += [text.decode("utf-8", "replace") for text in texts]
    return tuple(dict.fromkeys(found))


@functools.cache
def shipped() -> Mapping[str, bytes]:
    """Return the files of the packaged house policy."""
    folder = ROOT / "rulesets" / SHIPPED
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".yaml", ".csv")
    }


def mutated_folder(chance: Random) -> dict[str, bytes]:
    """Return the packaged policy with one, two or three of its files mutated."""
    files = dict(shipped())
    for name in chance.sample(sorted(files), chance.choice((1, 1, 2, 3))):
        files[name] = mutated_bytes(files[name].decode(), chance)
    return files


# ------------------------------------------------------------------------ what must be true


def report_faults(report: Report) -> list[str]:
    """Return what is wrong with a report itself: a span outside its text, a form it cannot take."""
    found = [fault for problem in report.problems for fault in _problem_faults(problem, report)]
    printed = as_text(report)
    as_text(report, color=True).encode()
    printed.encode()
    if any(ord(character) < 32 and character != "\n" for character in printed):
        found.append("a control character is printed")
    for data in (as_data(report), as_sarif(report)):
        json.dumps(data, ensure_ascii=False, allow_nan=False).encode()
    return found


def _problem_faults(problem: Problem, report: Report) -> list[str]:
    found = []
    entry = CATALOGUE.get(problem.code)
    if entry is None:
        found.append(f"{problem.code} is in no catalogue")
    elif problem.severity is not entry.severity:
        found.append(f"{problem.code} is {problem.severity}, by the catalogue {entry.severity}")
    if not problem.message or "\n" in problem.message:
        found.append(f"{problem.code}: the message is not one line")
    span = problem.span
    if span is not None:
        source = report.sources.get(span.file)
        if source is not None and not _inside(problem, source):
            found.append(f"{problem.code}: {span} to {span.end_line}:{span.end_column} is outside")
    elif problem.severity is Severity.ERROR and problem.code not in WITHOUT_SPAN:
        found.append(f"{problem.code} has no span")
    return found


WITHOUT_SPAN = frozenset(
    {"no-such-ruleset", "bad-zip", "missing-file", "ruleset-too-large", "unreadable-file"}
)


def _inside(problem: Problem, source: Source) -> bool:
    span = problem.span
    assert span is not None
    lines = source.lines or [""]
    begin, end = (span.line, span.column), (span.end_line, span.end_column)
    if not (begin <= end and span.line >= 1 and span.column >= 1 and span.end_column >= 1):
        return False
    # One character past the end of a line, and the line after the last, are where things lack.
    return span.end_line <= len(lines) + 1 and all(
        column <= len(source.line(line)) + 2 for line, column in (begin, end)
    )
