"""The files of one run: each read once, within bounds, its faults collected."""

from __future__ import annotations

import attrs

from complaint_rules.composition.folder import Root, Trouble
from complaint_rules.document import Node, Table, decode, read_csv, read_yaml
from complaint_rules.problem import Problem
from complaint_rules.source import Source, Span
from complaint_rules.spelling import did_you_mean

MOST_FILES = 500
MOST_BYTES = 16 * 1024 * 1024
MOST_CELLS = 1_000_000


@attrs.define(eq=False)
class Files:
    """
    What was read so far, and what was wrong with it.

    Attributes:
        sources: The texts by their name in spans.
        problems: Every fault found.
        whole: False once a file could not be read in full: names may be missing then.
        lost: Ids of items that were left out because of a fault.
    """

    sources: dict[str, Source] = attrs.field(factory=dict)
    problems: list[Problem] = attrs.field(factory=list)
    whole: bool = True
    lost: set[str] = attrs.field(factory=set)
    _csv: dict[str, Table | None] = attrs.field(factory=dict)
    _bytes: int = 0
    _cells: int = 0
    _full: bool = False

    def tell(
        self, code: str, message: str, span: Span | None, label: str = "", cure: str = ""
    ) -> None:
        """Add a problem."""
        self.problems.append(Problem(code, message, span, label, cure))

    def yaml(self, root: Root, name: str, asked: Span | None) -> Node | None:
        """Return a file of `root` read as YAML; `asked` is where its name is written."""
        source = self._source(root, name, asked)
        if source is None:
            return None
        node, problems = read_yaml(source)
        self.problems.extend(problems)
        self.whole = self.whole and not problems
        return node

    def csv(self, root: Root, name: str, asked: Span) -> Table | None:
        """Return a file of `root` read as a table; `asked` is where its name is written."""
        full = root.prefix + name
        if full not in self._csv:
            self._csv[full] = self._read_csv(root, name, asked)
        return self._csv[full]

    def room_for(self, cells: int, asked: Span) -> bool:
        """Return whether so many more cells of tables fit; if they do not, tell it once."""
        self._cells += cells
        if self._cells > MOST_CELLS:
            self._too_large(f"its tables have more than {MOST_CELLS:,} cells", asked)
        return self._cells <= MOST_CELLS

    def names(self, root: Root, asked: Span) -> tuple[str, ...] | None:
        """Return the names of all files of `root`; None, told, if they are too many."""
        names = root.folder.names()
        if isinstance(names, Trouble):
            self.tell(names.code, f"the folder {names.message}", asked, cure=names.help)
            self.whole = False
            return None
        return names

    def _read_csv(self, root: Root, name: str, asked: Span) -> Table | None:
        source = self._source(root, name, asked)
        if source is None:
            return None
        table, problems = read_csv(source)
        self.problems.extend(problems)
        self.whole = self.whole and not problems
        return None if table is not None and problems and not table.rows else table

    def _source(self, root: Root, name: str, asked: Span | None) -> Source | None:
        if len(self.sources) >= MOST_FILES:
            self._too_large(f"it has more than {MOST_FILES:,} files", asked)
            return None
        data = root.folder.read(name)
        if isinstance(data, Trouble):
            self._trouble(root, name, data, asked)
            return None
        self._bytes += len(data)
        if self._bytes > MOST_BYTES:
            self._too_large(f"its files have more than {MOST_BYTES:,} bytes", asked)
            return None
        source, problems = decode(root.prefix + name, data)
        self.problems.extend(problems)
        self.whole = self.whole and not problems
        if source is not None:
            self.sources[source.name] = source
        return source

    def _trouble(self, root: Root, name: str, trouble: Trouble, asked: Span | None) -> None:
        self.whole = False
        cure = trouble.help or _nearest(root, name, asked)
        self.tell(trouble.code, f"`{name}` {trouble.message}", asked, "", cure)

    def _too_large(self, why: str, asked: Span | None) -> None:
        self.whole = False
        if not self._full:
            self._full = True
            cure = "split it into rulesets that extend each other"
            self.tell("ruleset-too-large", f"the ruleset is too large: {why}", asked, "", cure)


def _nearest(root: Root, name: str, asked: Span | None) -> str:
    """Return the cure for a file that is not there."""
    names = root.folder.names()
    if isinstance(names, Trouble):
        return "names are relative to the ruleset's folder"
    if asked is not None and asked.file.startswith(root.prefix):
        folder = asked.file.removeprefix(root.prefix).rpartition("/")[0]
        if folder and f"{folder}/{name}" in names:
            return f"write `{folder}/{name}`: names are relative to the ruleset's folder"
    near = did_you_mean(name, names)
    last = name.rpartition("/")[2]
    same = [other for other in names if other.rpartition("/")[2] == last]
    if near or same:
        return f"did you mean `{near or same[0]}`?"
    return "names are relative to the ruleset's folder"
