"""The scenario files of a ruleset and of the rulesets it extends."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from complaint_rules.composition import DirectoryFolder, Root, Trouble
from complaint_rules.composition.folder import MAIN
from complaint_rules.composition.lineage import find_parent
from complaint_rules.document import Mapping, Node, Scalar, decode, read_yaml
from complaint_rules.document import Sequence as Listed
from complaint_rules.problem import Problem
from complaint_rules.source import Source
from complaint_rules.testing.reading import read_scenario_file
from complaint_rules.testing.tree import ScenarioFile

FOLDER = "scenarios"
ENDINGS = (".yaml", ".yml")
_MOST_RULESETS = 50


@attrs.frozen(eq=False)
class Shelf:
    """
    The scenario files of one ruleset.

    Attributes:
        id: The ruleset's id.
        files: What they say, by name.
        problems: Their faults.
        sources: Their texts.
    """

    id: str
    files: tuple[ScenarioFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    sources: tuple[Source, ...] = ()


def shelf_of(root: Root, shown: str, name: str) -> Shelf:
    """
    Return the scenario files that stand beside a ruleset.

    Args:
        root: Where the ruleset begins.
        shown: What stands before its files' names in messages: nothing, or a path and a slash.
        name: The ruleset's id.
    """
    names = root.folder.names() if root.main == MAIN else ()
    listed = () if isinstance(names, Trouble) else names
    found = [each for each in listed if each.startswith(f"{FOLDER}/") and each.endswith(ENDINGS)]
    return shelf(
        name,
        ((f"{shown}{each}", root.folder.read(each), stem_of(each)) for each in found),
        own=True,
    )


def stem_of(name: str) -> str:
    """Return what the full names of a file's scenarios begin with."""
    return name.removeprefix(f"{FOLDER}/").rpartition(".")[0]


def shelf(name: str, files: Iterator[tuple[str, bytes | Trouble, str]], *, own: bool) -> Shelf:
    """
    Return scenario files, read.

    Args:
        name: The ruleset's id.
        files: Name, bytes and stem of each.
        own: Leave out those that name a ruleset themselves.
    """
    read: list[ScenarioFile] = []
    problems: list[Problem] = []
    sources: list[Source] = []
    for file, data, stem in files:
        if isinstance(data, Trouble):
            problems.append(Problem(data.code, f"`{file}` {data.message}", help=data.help))
            continue
        made, found, source = read_scenario_file(file, data, stem)
        if own and made is not None and made.ruleset is not None:
            continue
        problems += found
        sources += [] if source is None else [source]
        read += [] if made is None else [made]
    return Shelf(name, tuple(read), tuple(problems), tuple(sources))


def ancestors(root: Root) -> tuple[tuple[str, Root], ...]:
    """
    Return the rulesets that one extends, and theirs, each once with its id, the nearest first.

    Args:
        root: Where the ruleset begins; what is wrong with it is told by loading it.
    """
    found: dict[str, tuple[str, Root]] = {}
    waiting = [(root, word) for word in header(root)[1]]
    while waiting and len(found) < _MOST_RULESETS:
        child, word = waiting.pop(0)
        parent = find_parent(child, word)
        if parent is None or parent.identity in {root.identity, *found}:
            continue
        name, words = header(parent)
        found[parent.identity] = (name or word, parent)
        waiting += [(parent, each) for each in words]
    return tuple(found.values())


def header(root: Root) -> tuple[str, tuple[str, ...]]:
    """Return a ruleset's id and the names of those it extends, as its first file says them."""
    data = root.folder.read(root.main)
    node: Node | None = None
    if not isinstance(data, Trouble):
        source, _ = decode(root.main, data)
        node = None if source is None else read_yaml(source)[0]
    if not isinstance(node, Mapping):
        return "", ()
    named = node.entries.get("id")
    name = named.value.text if named is not None and isinstance(named.value, Scalar) else ""
    entry = node.entries.get("extends")
    value = None if entry is None else entry.value
    listed = value.items if isinstance(value, Listed) else () if value is None else (value,)
    return name, tuple(item.text for item in listed if isinstance(item, Scalar) and item.text)


def shown_before(root: Root) -> str:
    """Return what stands before the names of a ruleset's files where it is a parent."""
    if root.prefix and not (isinstance(root.folder, DirectoryFolder) and _near(root.folder)):
        return root.prefix
    return f"{root.folder.path.as_posix()}/" if isinstance(root.folder, DirectoryFolder) else ""


def _near(folder: DirectoryFolder) -> bool:
    """Return whether a folder was reached from a path that is relative."""
    return not folder.path.is_absolute()
