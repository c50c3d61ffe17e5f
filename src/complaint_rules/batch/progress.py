"""How far a run has come."""

from __future__ import annotations

import attrs


@attrs.define
class Progress:
    """
    How far a stream of rows has come.

    Attributes:
        total: Bytes of the file; rows, where it is Parquet.
        read: How many of them are read.
        rows: Rows read.
    """

    total: int = 0
    read: int = 0
    rows: int = 0
