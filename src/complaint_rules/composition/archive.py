"""A ruleset in a zip archive, held in memory and read with bounds."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

import attrs

from complaint_rules.composition.folder import (
    MAIN,
    MISSING,
    Folder,
    MappingFolder,
    Trouble,
)
from complaint_rules.composition.names import normal

_MOST_MEMBERS = 10_000
_LARGEST_MEMBER = 8 * 1024 * 1024
_BAD = "it is not a zip archive that can be read"


@attrs.frozen
class ArchiveFolder:
    """The files of an archive; each is unpacked when it is asked for, up to a bound."""

    data: bytes = attrs.field(repr=False)
    members: Mapping[str, str]

    def names(self) -> tuple[str, ...] | Trouble:
        """Return the names of all files, sorted."""
        return tuple(sorted(self.members))

    def read(self, name: str) -> bytes | Trouble:
        """Return a file's bytes."""
        member = self.members.get(name)
        if member is None:
            return MISSING
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive, archive.open(member) as file:
                data = file.read(_LARGEST_MEMBER + 1)
        except (OSError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error, EOFError):
            return Trouble("bad-zip", "cannot be unpacked", "pack the folder anew")
        if len(data) > _LARGEST_MEMBER:
            return Trouble(
                "file-too-large",
                f"unpacks to more than {_LARGEST_MEMBER:,} bytes",
                "split it and include the parts",
            )
        return data


def open_archive(data: bytes) -> Folder | Trouble:
    """
    Return the folder that a zip archive holds.

    Where the archive holds one folder and ``ruleset.yaml`` in it, that folder is the ruleset's.

    Args:
        data: The archive's bytes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
    except (OSError, ValueError, NotImplementedError, EOFError, zipfile.BadZipFile):
        return Trouble("bad-zip", _BAD, "pack the ruleset's folder anew")
    if len(names) > _MOST_MEMBERS:
        return Trouble("ruleset-too-large", f"it holds more than {_MOST_MEMBERS:,} files")
    members: dict[str, str] = {}
    for name in names:
        plain = normal(name)
        if plain is None:
            continue
        if plain in members:
            return Trouble("bad-zip", f"it holds `{plain}` twice", "pack the folder anew")
        members[plain] = name
    return ArchiveFolder(data, _unwrapped(members)) if members else MappingFolder({})


def _unwrapped(members: dict[str, str]) -> dict[str, str]:
    tops = {name.partition("/")[0] for name in members}
    top = next(iter(tops)) + "/"
    if len(tops) > 1 or top + MAIN not in members:
        return members
    return {name.removeprefix(top): member for name, member in members.items()}
