"""What a path names: a ruleset, a scenario file, or a folder that holds several of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Dict
from pathlib import Path
from typing import Final

import attrs

from complaint_rules.composition import MAIN, DirectoryFolder, Root
from complaint_rules.document import Entry, Mapping, Scalar, decode, read_yaml
from complaint_rules.loading import packaged
from complaint_rules.loading.sources import root_of
from complaint_rules.problem import Problem
from complaint_rules.testing.shelves import ENDINGS, FOLDER, ancestors
from complaint_rules.testing.suites import Suite, read_suite

_MOST_ENTRIES: Final = 20_000
_HEAD: Final = 65_536
_KEYS: Final = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (rb"^format:", rb"^ruleset:", rb"^(scenarios|deviations):")
)
_FLOW: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|[#%][^\n]*\n|---)*\{")
"""What a file that is one flow mapping begins with: its keys stand anywhere in it."""


@attrs.define
class Asked:
    """
    One ruleset to test.

    Attributes:
        origin: Its packaged name or path.
        only: Names of scenario files in its folder, if only they are asked for.
        strays: Scenario files elsewhere that name it.
    """

    origin: str | Path
    only: list[str] | None = None
    strays: list[Path] = attrs.field(factory=list)

    def read(self) -> Suite:
        """Return the ruleset with the cases asked for."""
        return read_suite(self.origin, only=self.only, strays=self.strays)


def asked_by(paths: list[str]) -> tuple[list[Asked], list[Problem]]:
    """
    Return the rulesets that paths ask to test, each once, and what is wrong with the paths.

    Args:
        paths: Packaged names; folders of rulesets, or of several; scenario files.
    """
    found: dict[tuple[str, bool], Asked] = {}
    problems: list[Problem] = []
    for text in paths:
        if text in packaged():
            found.setdefault((text, False), Asked(text))
            continue
        asked = list(_asked(Path(text)))
        if not asked:
            cure = "name a ruleset's folder, a scenario file, or a packaged ruleset"
            told = f"there are no scenarios at `{text}`"
            problems.append(Problem("not-scenarios", told, help=cure))
        for each in asked:
            _merge(found, each)
    return list(found.values()), problems


def _merge(found: dict[tuple[str, bool], Asked], each: Asked) -> None:
    name = str(each.origin.resolve()) if isinstance(each.origin, Path) else each.origin
    known = found.setdefault((name, bool(each.strays)), each)
    if known is each:
        return
    if known.only is not None:
        known.only = None if each.only is None else [*known.only, *each.only]
    known.strays += [path for path in each.strays if path not in known.strays]


def _asked(path: Path) -> Iterator[Asked]:
    if path.is_file():
        yield from _of_file(path)
    elif (path / MAIN).is_file():
        yield Asked(path)
    elif path.is_dir():
        yield from _below(path)


def _of_file(path: Path) -> Iterator[Asked]:
    if path.name == MAIN:
        yield Asked(path.parent)
        return
    if is_stray(path):
        named = _ruleset_of(path)
        if named is not None:
            yield Asked(named, strays=[path])
        return
    home = home_of(path)
    if home is not None:
        yield Asked(home, only=[path.relative_to(home).as_posix()])


def _below(folder: Path) -> Iterator[Asked]:
    """Yield what stands below a folder that is no ruleset itself."""
    home = home_of(folder / "x")
    waiting, seen = [folder], 0
    while waiting:
        here = waiting.pop(0)
        for entry in sorted(here.iterdir()):
            seen += 1
            if seen > _MOST_ENTRIES:
                return
            if entry.name.startswith(".") or entry.is_symlink():
                continue
            if entry.is_dir():
                if (entry / MAIN).is_file():
                    yield Asked(entry)
                waiting.append(entry)
            elif entry.suffix in ENDINGS and entry.name != MAIN and (home or is_stray(entry)):
                yield from _of_file(entry)


def home_of(path: Path) -> Path | None:
    """Return the folder of the ruleset whose `scenarios` a file stands in, if it stands in any."""
    for parent in path.parents:
        if parent.name == FOLDER and (parent.parent / MAIN).is_file():
            return parent.parent
    return None


def is_stray(path: Path) -> bool:
    """Return whether a file looks like a scenario file that names its ruleset itself."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    if _FLOW.match(head) and b"ruleset" in head:
        keys = _entries(path).keys()
        return keys >= {"format", "ruleset"} and not keys.isdisjoint({"scenarios", "deviations"})
    return all(key.search(head) for key in _KEYS)


def _entries(path: Path) -> Dict[str, Entry]:
    """Return what a file holds under each of its keys; nothing if it is no mapping."""
    source, _ = decode(path.name, path.read_bytes())
    node = None if source is None else read_yaml(source)[0]
    return node.entries if isinstance(node, Mapping) else {}


def _ruleset_of(path: Path) -> str | Path | None:
    """Return the ruleset that a scenario file names: packaged, or a path from the file."""
    entry = _entries(path).get("ruleset")
    if entry is None or not isinstance(entry.value, Scalar):
        return None
    named = entry.value.text
    return named if named in packaged() else path.parent / named


def folders_of(paths: Iterable[str]) -> tuple[Path, ...]:
    """
    Return the folders of the rulesets that paths ask to test, and of those they extend.

    Args:
        paths: As for `asked_by`.
    """
    found: dict[Path, None] = {}
    for asked in asked_by(list(paths))[0]:
        root = root_of(asked.origin)
        if isinstance(root, Root):
            for each in (root, *(parent for _, parent in ancestors(root))):
                if isinstance(each.folder, DirectoryFolder):
                    found[each.folder.path] = None
    return tuple(found)
