"""Names of files inside a ruleset's folder: what they may look like, and patterns of them."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable

YAML_ENDINGS = (".yaml", ".yml")
CSV_ENDING = ".csv"


def normal(name: str) -> str | None:
    """
    Return a file's name in its plain form, or None if it may lead out of the folder.

    Names are relative to the ruleset's folder and have forward slashes. Whatever is absolute,
    climbs (`..`), names a drive or holds a backslash or a control character leads out.
    """
    if name.startswith("/") or "\\" in name or ":" in name or not name.isprintable():
        return None
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if not parts or ".." in parts:
        return None
    return "/".join(parts)


def is_pattern(name: str) -> bool:
    """Return whether `name` stands for several files."""
    return any(sign in name for sign in "*?[")


def matching(pattern: str, names: Iterable[str]) -> list[str]:
    """Return the names that fit `pattern`, sorted; `*` and `?` stay within one part of a name."""
    wanted = pattern.split("/")
    return sorted(name for name in names if _fits(name.split("/"), wanted))


def _fits(parts: list[str], wanted: list[str]) -> bool:
    return len(parts) == len(wanted) and all(
        fnmatch.fnmatchcase(part, want) for part, want in zip(parts, wanted, strict=True)
    )


def is_yaml(name: str) -> bool:
    """Return whether a file of this name is read as YAML."""
    return name.lower().endswith(YAML_ENDINGS)


def is_csv(name: str) -> bool:
    """Return whether a file of this name is read as a table."""
    return name.lower().endswith(CSV_ENDING)
