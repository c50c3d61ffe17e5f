"""Time zones by IANA name, read from the ``tzdata`` package and from nowhere else."""

from __future__ import annotations

import functools
import importlib.resources
import zoneinfo
from typing import Final

import tzdata  # type: ignore[import-untyped]  # the package carries no types

TZDATA_VERSION: Final[str] = tzdata.IANA_VERSION
"""Version of the zone data in use, as IANA writes it (``2026a``)."""


@functools.cache
def zone_names() -> frozenset[str]:
    """Return every zone name that `zone` knows, old aliases included."""
    listed = importlib.resources.files(tzdata).joinpath("zones").read_text(encoding="utf-8")
    return frozenset(listed.split())


@functools.lru_cache(maxsize=1024)
def zone(name: str) -> zoneinfo.ZoneInfo | None:
    """
    Return the zone of an IANA name such as ``Europe/Budapest``, or None if there is no such zone.

    Only listed names are looked up, written exactly so: a name never reaches the file system as
    a path of the author's making.
    """
    if name not in zone_names():
        return None
    place = importlib.resources.files(tzdata).joinpath("zoneinfo", *name.split("/"))
    with place.open("rb") as data:
        return zoneinfo.ZoneInfo.from_file(data, key=name)
