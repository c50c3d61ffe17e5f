"""Waiting for a change of the files behind some paths."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from complaint_rules.testing.finding import folders_of

_PAUSE: Final = 0.5
"""Seconds between two looks at the files."""
_ENDINGS: Final = (".yaml", ".yml", ".csv")


def changed(paths: Iterable[str]) -> None:
    """
    Return once a file behind one of the paths has changed, appeared or gone.

    Args:
        paths: As `complaint-rules test` takes them; the rulesets that theirs extend count, too.
    """
    before = _looked(paths)
    while _looked(paths) == before:
        time.sleep(_PAUSE)


def _looked(paths: Iterable[str]) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in _files(paths) if path.is_file()}


def _files(paths: Iterable[str]) -> Iterator[Path]:
    for folder in folders_of(paths):
        for ending in _ENDINGS:
            yield from folder.rglob(f"*{ending}")
    yield from (Path(path) for path in paths)
