"""
The good half of the language as data: small rulesets, states, and what must be decided.

A file of `good/` is a list of chunks. A chunk says which numbered points of the semantics it
`cites` and gives a `ruleset` as text (`HEADER` supplies what it leaves out) or names a packaged
one, perhaps `parents` (name -> text) to extend, and its `cases`. A case has a `story`, a
`state`, an instant `at`, and what it expects:

* `expect`: paths into the decision's JSON and the value there. Steps are parted by `/`; in a list
  a step is the id (`id`, `type`, `remedy`, `fact`, `to` or `code`) of one entry. A list of words
  stands for the ids of the entries, `12.00 EUR` for that amount, a mapping for the keys it names,
  and `absent` for nothing there.
* `refused`: codes of the StateError instead of a decision.
* `same_as`: another state that must give the same decision.

Instead of cases a chunk may have `problems`: the codes with which its text is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from complaint_rules import Policy, RulesetError, check, load, loads
from complaint_rules.document import read_yaml, to_data
from complaint_rules.source import Source

GOOD = Path(__file__).parent / "good"
HEADER = {
    "format": "1",
    "id": "corpus",
    "edition": '"1"',
    "title": "Corpus",
    "currency": "EUR",
    "calendar": "office",
    "calendars": '{office: {timezone: Europe/Budapest, hours: {mon-fri: ["09:00-17:00"]}}}',
}
POINTS = range(1, 35)
"""The numbered points a corpus case must cite; the engines' own tests cite the others."""

_NAMES = ("id", "type", "remedy", "fact", "to", "code")
_MONEY = re.compile(r"(-?[0-9.]+) ([A-Z]{3})")
_ABSENT = object()


@attrs.frozen(eq=False)
class Chunk:
    """One ruleset with its cases; `number` counts from 1 in the file."""

    file: str
    number: int
    cites: tuple[int, ...]
    ruleset: str
    parents: Mapping[str, str]
    cases: tuple[Mapping[str, Any], ...]
    problems: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the file's name with the chunk's number."""
        return f"{self.file}-{self.number}"

    def text(self) -> str:
        """Return the ruleset's whole text."""
        return whole(self.ruleset)

    def policy(self, folder: Path) -> Policy:
        """Return the compiled ruleset; parents are laid out in `folder`."""
        if "\n" not in self.ruleset:
            return load(self.ruleset)
        if self.parents:
            return load(self._laid_out(folder))
        return loads(self.text())

    def codes(self, folder: Path) -> list[str]:
        """Return the codes of the problems the ruleset has, sorted."""
        if self.parents:
            return sorted(p.code for p in check(self._laid_out(folder)).problems)
        try:
            loads(self.text())
        except RulesetError as error:
            return sorted(p.code for p in error.report.problems)
        return []

    def _laid_out(self, folder: Path) -> Path:
        for name, text in {**self.parents, "corpus": self.ruleset}.items():
            (folder / name).mkdir(parents=True)
            (folder / name / "ruleset.yaml").write_text(whole(text), encoding="utf-8")
        return folder / "corpus"


def whole(text: str) -> str:
    """Return a ruleset's text with the lines of `HEADER` it leaves out and does not inherit."""
    given = set(re.findall(r"^([a-z_]+):", text, re.MULTILINE))
    if {"extends", "format"} & given:
        given |= {"currency", "calendar", "calendars"}
    missing = [f"{key}: {value}" for key, value in HEADER.items() if key not in given]
    return "\n".join([*missing, text])


def chunks() -> Iterator[Chunk]:
    """Yield every chunk of every file."""
    for path in sorted(GOOD.glob("*.yaml")):
        node, problems = read_yaml(Source(path.name, path.read_text(encoding="utf-8")))
        if node is None or problems:
            raise AssertionError([f"{p.span}: {p.message}" for p in problems])
        for number, data in enumerate(to_data(node), 1):
            yield Chunk(
                file=path.name,
                number=number,
                cites=tuple(data["cites"]),
                ruleset=data["ruleset"],
                parents=data.get("parents", {}),
                cases=tuple(data.get("cases", ())),
                problems=tuple(sorted(data.get("problems", ()))),
            )


def faults(decision: Mapping[str, Any], expect: Mapping[str, Any]) -> list[str]:
    """Return where a decision's JSON differs from what is expected."""
    found = []
    for path, wanted in expect.items():
        got = _at(decision, path.split("/"))
        if not _fits(got, wanted):
            shown = "absent" if got is _ABSENT else got
            found.append(f"{path}: expected {wanted!r}, got {shown!r}")
    return found


def _at(value: Any, steps: list[str]) -> Any:
    for step in steps:
        if isinstance(value, list):
            value = next((item for item in value if _name(item) == step), _ABSENT)
        elif isinstance(value, dict):
            value = value.get(step, _ABSENT)
        else:
            return _ABSENT
        if value is _ABSENT:
            return _ABSENT
    return value


def _name(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    return next(item[key] for key in _NAMES if key in item)


def _fits(got: Any, wanted: Any) -> bool:
    if isinstance(wanted, str) and wanted == "absent":
        return got is _ABSENT
    if isinstance(wanted, dict):
        return isinstance(got, dict) and all(
            _fits(got.get(key, _ABSENT), value) for key, value in wanted.items()
        )
    if isinstance(wanted, list):
        return isinstance(got, list) and [_name(item) for item in got] == wanted
    if isinstance(got, dict) and isinstance(wanted, str):
        found = _MONEY.fullmatch(wanted)
        return bool(found) and got == {"amount": found[1], "currency": found[2]}
    return type(got) is type(wanted) and got == wanted
