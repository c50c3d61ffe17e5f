"""Where the files of a ruleset come from: a directory, a mapping, a package; nothing outside."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Protocol

import attrs

from complaint_rules.composition.names import normal

MAIN = "ruleset.yaml"
"""The file a ruleset's folder begins with."""

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes past which a file is not even opened; a text's own bound is far below (`document`)."""

_MOST_ENTRIES = 10_000
_DEEPEST = 12


@attrs.frozen
class Trouble:
    """
    Why a file cannot be had.

    Attributes:
        code: The code of the problem it makes.
        message: What is wrong with the file, to follow its name: "does not exist".
        help: The cure.
    """

    code: str
    message: str
    help: str = ""


MISSING = Trouble("missing-file", "does not exist")
OUTSIDE = Trouble(
    "include-outside",
    "lies outside the ruleset's folder",
    "move it into the folder and name it from there, with `/` between the parts",
)


class Folder(Protocol):
    """
    Files by name, relative and with forward slashes.

    Callers pass names that `complaint_rules.composition.names.normal` returned.
    """

    def names(self) -> tuple[str, ...] | Trouble:
        """Return the names of all files, sorted."""

    def read(self, name: str) -> bytes | Trouble:
        """Return a file's bytes."""


@attrs.frozen
class Root:
    """
    Where a ruleset begins.

    Attributes:
        folder: Its files.
        main: The name of its first file.
        identity: What tells it from other rulesets, however it was reached.
        prefix: What stands before its files' names in spans: nothing, or the parent's name and /.
    """

    folder: Folder
    main: str = MAIN
    identity: str = ""
    prefix: str = ""

    def beside(self, name: str) -> Root | None:
        """Return the ruleset of that name in the directory this one stands in, if there is one."""
        if not isinstance(self.folder, DirectoryFolder) or normal(name) != name or "/" in name:
            return None
        here = self.folder.path
        shelf = here.parent if self.main == MAIN else here
        return root_at(shelf / name) or root_at(shelf / f"{name}.yaml")


@attrs.frozen
class MappingFolder:
    """Files held in memory."""

    files: Mapping[str, bytes]

    def names(self) -> tuple[str, ...] | Trouble:
        """Return the names of all files, sorted."""
        return tuple(sorted(self.files))

    def read(self, name: str) -> bytes | Trouble:
        """Return a file's bytes."""
        return self.files.get(name, MISSING)


@attrs.frozen
class DirectoryFolder:
    """A directory; links that lead out of it are not followed."""

    path: Path

    def names(self) -> tuple[str, ...] | Trouble:
        """Return the names of all files, sorted; hidden ones and linked directories left out."""
        found: list[str] = []
        waiting: list[tuple[Path, str]] = [(self.path, "")]
        seen = 0
        while waiting:
            directory, before = waiting.pop()
            for entry in _entries(directory):
                seen += 1
                if seen > _MOST_ENTRIES:
                    return _too_many(_MOST_ENTRIES)
                name = before + entry.name
                if entry.name.startswith("."):
                    continue
                if entry.is_file():
                    found.append(name)
                elif entry.is_dir() and not entry.is_symlink() and name.count("/") < _DEEPEST:
                    waiting.append((entry, name + "/"))
        return tuple(sorted(found))

    def read(self, name: str) -> bytes | Trouble:
        """Return a file's bytes."""
        try:
            path = (self.path / name).resolve(strict=True)
            if not path.is_relative_to(self.path.resolve()):
                return OUTSIDE
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                return Trouble("missing-file", "is not a file")
            if status.st_size > LARGEST_FILE:
                return too_large(status.st_size)
            return path.read_bytes()
        except FileNotFoundError:
            return MISSING
        except (OSError, RuntimeError, ValueError) as error:
            return _unreadable(error)


@attrs.frozen
class ResourceFolder:
    """A folder inside an installed package, wherever its loader keeps it."""

    top: Traversable

    def names(self) -> tuple[str, ...] | Trouble:
        """Return the names of all files, sorted."""
        found: list[str] = []
        for seen, name in enumerate(_walk(self.top)):
            if seen >= _MOST_ENTRIES:
                return _too_many(_MOST_ENTRIES)
            found.append(name)
        return tuple(sorted(found))

    def read(self, name: str) -> bytes | Trouble:
        """Return a file's bytes."""
        try:
            return self.top.joinpath(*name.split("/")).read_bytes()
        except (FileNotFoundError, KeyError, NotADirectoryError):
            return MISSING
        except (OSError, ValueError) as error:
            return _unreadable(error)


def root_at(path: Path) -> Root | None:
    """Return the ruleset at a path: a directory with ``ruleset.yaml``, or a file."""
    try:
        if path.is_dir():
            return Root(DirectoryFolder(path), MAIN, str((path / MAIN).resolve()))
        if path.exists():
            return Root(DirectoryFolder(path.parent), path.name, str(path.resolve()))
    except (OSError, RuntimeError, ValueError):
        return None
    return None


def _entries(directory: Path) -> list[Path]:
    try:
        return sorted(directory.iterdir())
    except OSError:
        return []


def _walk(top: Traversable) -> Iterator[str]:
    waiting: list[tuple[Traversable, str, int]] = [(top, "", 0)]
    while waiting:
        folder, before, depth = waiting.pop()
        for entry in folder.iterdir():
            if entry.is_file():
                yield before + entry.name
            elif entry.is_dir() and depth < _DEEPEST:
                waiting.append((entry, f"{before}{entry.name}/", depth + 1))


def too_large(size: int) -> Trouble:
    """Return the trouble with a file of `size` bytes, which no ruleset needs."""
    return Trouble(
        "file-too-large",
        f"has {size:,} bytes, more than {LARGEST_FILE:,}",
        "split it and include the parts",
    )


def _too_many(most: int) -> Trouble:
    return Trouble(
        "ruleset-too-large",
        f"holds more than {most:,} files",
        "give the ruleset a folder of its own",
    )


def _unreadable(error: Exception) -> Trouble:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "no such name"
    return Trouble(
        "unreadable-file", f"cannot be read: {reason.lower()}", "check the file and its rights"
    )
