"""The rulesets that come with the package."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from complaint_rules.composition.folder import (
    MAIN,
    DirectoryFolder,
    Folder,
    ResourceFolder,
    Root,
)

_PACKAGE = "complaint_rules"


def packaged_names() -> tuple[str, ...]:
    """Return the names of the rulesets that come with the package, sorted."""
    shelf = _shelf()
    entries = shelf.iterdir() if shelf.is_dir() else ()
    return tuple(sorted(entry.name for entry in entries if _is_ruleset(entry)))


def packaged(name: str) -> Root | None:
    """Return the ruleset of that name that comes with the package, if there is one."""
    if name not in packaged_names():
        return None
    top = _shelf().joinpath(name)
    folder: Folder = DirectoryFolder(top) if isinstance(top, Path) else ResourceFolder(top)
    identity = str((top / MAIN).resolve()) if isinstance(top, Path) else f"package:{name}"
    return Root(folder, MAIN, identity)


def _shelf() -> Traversable:
    """Return where they stand: in the installed package, or beside ``src`` in a checkout."""
    package = files(_PACKAGE)
    installed = package.joinpath("rulesets")
    if installed.is_dir() or not isinstance(package, Path):
        return installed
    return package.parent.parent / "rulesets"


def _is_ruleset(entry: Traversable) -> bool:
    return entry.is_dir() and entry.joinpath(MAIN).is_file()
