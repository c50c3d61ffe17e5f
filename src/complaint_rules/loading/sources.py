"""What a caller may name as a ruleset: a packaged name, a path, bytes, a package's resource."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeAlias

from complaint_rules.composition import (
    MAIN,
    MappingFolder,
    ResourceFolder,
    Root,
    Trouble,
    open_archive,
    packaged,
    packaged_names,
    root_at,
)
from complaint_rules.problem import Problem
from complaint_rules.spelling import did_you_mean

Origin: TypeAlias = str | Path | bytes | Traversable
"""A packaged ruleset's name, a path to a file, folder or zip, bytes, or a resource."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_LARGEST_ARCHIVE = 64 * 1024 * 1024
_MOST_SHOWN = 8


def root_of(origin: Origin) -> Root | Problem:
    """
    Return where a ruleset begins, or the problem that there is none.

    Args:
        origin: What the caller named. A text is a packaged ruleset's name if there is one of
            that name, else a path; bytes are a zip archive or a YAML text.
    """
    if isinstance(origin, bytes):
        return root_of_bytes(origin)
    if isinstance(origin, str):
        known = packaged(origin)
        return known or _root_of_path(Path(origin), origin)
    if isinstance(origin, Path):
        return _root_of_path(origin, str(origin))
    if origin.is_dir():
        return Root(ResourceFolder(origin))
    try:
        return root_of_bytes(origin.read_bytes(), origin.name)
    except OSError:
        return _no_such(origin.name)


def root_of_bytes(data: bytes, name: str = MAIN) -> Root | Problem:
    """Return the ruleset that is held in memory: a zip archive, or one YAML text."""
    if not data.startswith(_ZIP):
        return Root(MappingFolder({name: data}), name)
    folder = open_archive(data)
    if isinstance(folder, Trouble):
        return Problem(folder.code, folder.message, help=folder.help)
    return Root(folder)


def _root_of_path(path: Path, written: str) -> Root | Problem:
    root = root_at(path) if written else None
    if root is None:
        return _no_such(written)
    if path.is_dir():
        return _shelf(root, path, written) or root
    if path.suffix.lower() != ".zip":
        return root
    try:
        size = path.stat().st_size
        if size > _LARGEST_ARCHIVE:
            message = f"`{path.name}` has {size:,} bytes, more than {_LARGEST_ARCHIVE:,}"
            return Problem("ruleset-too-large", message, help="pack the ruleset's folder alone")
        data = path.read_bytes()
    except OSError:
        return _no_such(written)
    if data.startswith(_ZIP):
        return root_of_bytes(data)
    message = f"`{path.name}` is not a zip archive that can be read"
    return Problem("bad-zip", message, help="pack the ruleset's folder anew")


def _shelf(root: Root, path: Path, written: str) -> Problem | None:
    """Return what is wrong with a folder that is no ruleset, but holds some; else nothing."""
    if (path / MAIN).exists():
        return None
    names = root.folder.names()
    if isinstance(names, Trouble):
        return None
    found = [path / name.removesuffix(f"/{MAIN}") for name in names if name.endswith(f"/{MAIN}")]
    if not found:
        return None
    listed = ", ".join(f"`{_named(each)}`" for each in found[:_MOST_SHOWN])
    more = " …" if len(found) > _MOST_SHOWN else ""
    number = f"{len(found):,} rulesets" if len(found) > 1 else "a ruleset"
    message = f"`{_shown(written)}` is not a ruleset: it has no `{MAIN}`, but {number} in it"
    cure = f"name one of: {listed}{more}" if len(found) > 1 else f"name it: {listed}"
    return Problem("missing-file", message, help=cure)


def _named(path: Path) -> str:
    """Return what names the ruleset at a path: a packaged name alone would go before the path."""
    text = path.as_posix()
    return _shown(f"./{text}" if text in packaged_names() else text)


def _shown(written: str) -> str:
    """Return what was written as one line can show it."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in written)[:200]


def _no_such(written: str) -> Problem:
    names = packaged_names()
    near = did_you_mean(written, names)
    listed = ", ".join(f"`{name}`" for name in names)
    cure = f"did you mean `{near}`?" if near else f"name a file or folder, or one of {listed}"
    message = f"there is no ruleset `{_shown(written)}`: neither packaged nor a file or folder"
    return Problem("no-such-ruleset", message, help=cure)
