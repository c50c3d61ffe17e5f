"""How far a run has come."""

from __future__ import annotations

import attrs


@attrs.define
class Progress:
    """How far a stream of rows has come, in bytes of its file (rows for Parquet)."""

    total: int = 0
    read: int = 0
