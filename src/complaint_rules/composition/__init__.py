"""
A ruleset's files as one: includes, tables, parents.

`compose` reads the first file of a ruleset and whatever it names, and returns one mapping whose
every part still knows the file and line it comes from. Nothing outside the ruleset's folder is
read, except the rulesets it extends.
"""

from __future__ import annotations

from complaint_rules.composition.archive import open_archive
from complaint_rules.composition.compose import Composed, compose
from complaint_rules.composition.fingerprint import fingerprint
from complaint_rules.composition.folder import (
    MAIN,
    DirectoryFolder,
    Folder,
    MappingFolder,
    ResourceFolder,
    Root,
    Trouble,
    root_at,
)
from complaint_rules.composition.lineage import find_parent
from complaint_rules.composition.shelf import packaged, packaged_names

__all__ = [
    "MAIN",
    "Composed",
    "DirectoryFolder",
    "Folder",
    "MappingFolder",
    "ResourceFolder",
    "Root",
    "Trouble",
    "compose",
    "find_parent",
    "fingerprint",
    "open_archive",
    "packaged",
    "packaged_names",
    "root_at",
]
