"""
What was found out about mutants before, in a file beside the ruleset.

It is believed only for the same ruleset, read by the same program with the same time zones and
holidays. A mutant stays killed while the case that killed it is unchanged; one that was left alive
is believed while all cases are. Whatever else stands in the file counts for nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

import attrs

from complaint_rules.calendar import TZDATA_VERSION
from complaint_rules.policy import Policy
from complaint_rules.source import Span
from complaint_rules.testing.cases import Case
from complaint_rules.testing.mutation.judging import Fate
from complaint_rules.testing.mutation.mutant import Mutant

FORMAT: Final = 1
FOLDER: Final = ".complaint-rules"
FILE: Final = "mutation.json"


@attrs.frozen
class Known:
    """
    What is known of one mutant.

    Attributes:
        fate: What became of it.
        case: Full name of the case that killed it, or that it decides otherwise; may be empty.
        digest: Digest of that case if it was killed, of all cases if it was left alive; empty
            where no case has to do with it.
        scenario: A scenario that tells it from the ruleset; may be empty.
    """

    fate: Fate
    case: str = ""
    digest: str = ""
    scenario: str = ""


class Memory:
    """
    What is known of the mutants of one ruleset.

    Args:
        policy: The ruleset.
        cases: Its cases, those that count alone.
        text: The file as it was kept; anything unfit is forgotten.
    """

    def __init__(self, policy: Policy, cases: Iterable[Case], text: str = "") -> None:
        self._mark = _digest([FORMAT, policy.fingerprint, program()])
        self._cases = {each.name: _digest(_plain(each)) for each in cases}
        self._all = _digest(sorted(self._cases.items()))
        self._known: dict[str, Known] = _read(text, self._mark)

    def recall(self, number: int, mutant: Mutant) -> Known | None:
        """
        Return what is known of a mutant; `None` where it must be judged.

        Args:
            number: Its place among all mutants of the policy.
            mutant: The mutant.
        """
        known = self._known.get(_name(number, mutant))
        if known is None or known.fate is Fate.EQUIVALENT:
            return known
        if known.fate is Fate.KILLED:
            return known if known.digest == self._cases.get(known.case) else None
        return known if known.digest == self._all else None

    def keep(self, number: int, mutant: Mutant, fate: Fate, case: str, scenario: str) -> Known:
        """Remember and return what became of a mutant."""
        digest = "" if fate is Fate.EQUIVALENT else self._all
        if fate is Fate.KILLED:
            digest = self._cases[case]
        known = self._known[_name(number, mutant)] = Known(fate, case, digest, scenario)
        return known

    def text(self) -> str:
        """Return all of it as the text of a file."""
        told = {
            name: [each.fate.name, each.case, each.digest, each.scenario]
            for name, each in sorted(self._known.items())
        }
        data = {"mark": self._mark, "seal": _digest([self._mark, told]), "known": told}
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def file_beside(origin: Path) -> Path:
    """Return where the memory of a ruleset is kept: in a hidden folder beside its first file."""
    return origin / FOLDER / FILE


def read_file(path: Path) -> str:
    """Return the text of a memory; empty where there is none that can be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def write_file(path: Path, text: str) -> None:
    """
    Write a memory; a hidden folder of its own is kept out of version control.

    Raises:
        OSError: The system refuses.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.parent.name == FOLDER:
        (path.parent / ".gitignore").write_text("*\n", encoding="utf-8")
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(text, encoding="utf-8", newline="\n")
    fresh.replace(path)


@cache
def program() -> str:
    """Return a digest of what decides besides the ruleset: this package, time zones, holidays."""
    found = hashlib.sha256(f"{TZDATA_VERSION} {version('holidays')}".encode())
    waiting: list[tuple[str, Traversable]] = [("", files("complaint_rules"))]
    texts: dict[str, bytes] = {}
    while waiting:
        place, each = waiting.pop()
        if each.is_dir():
            waiting += [(f"{place}/{inner.name}", inner) for inner in each.iterdir()]
        elif each.name.endswith((".py", ".lark", ".json")):
            texts[place] = each.read_bytes()
    for place, data in sorted(texts.items()):
        found.update(f"{place} {len(data)} ".encode() + data)
    return found.hexdigest()


def _name(number: int, mutant: Mutant) -> str:
    return f"{number}|{mutant.kind}|{mutant.owner}|{mutant.told}"


def _read(text: str, mark: str) -> dict[str, Known]:
    try:
        data = json.loads(text)
        told = data["known"]
        if data["mark"] != mark or data["seal"] != _digest([mark, told]):
            return {}
        return {name: Known(Fate[each[0]], *map(str, each[1:])) for name, each in told.items()}
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return {}


def _digest(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Return what a case says as JSON's own types, without where it is written."""
    if isinstance(value, Span):
        return None
    if attrs.has(type(value)):
        names = [each.name for each in attrs.fields(type(value))]
        return [type(value).__name__, [[name, _plain(getattr(value, name))] for name in names]]
    if isinstance(value, Mapping):
        return [[str(name), _plain(value[name])] for name in sorted(value, key=str)]
    if isinstance(value, frozenset):
        return ["set", sorted(map(repr, value))]
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return (
        value if isinstance(value, str | bool | int | None) else [type(value).__name__, str(value)]
    )
