"""Rows in chunks that go to another process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

import attrs

from complaint_rules.batch.arrow import CHUNK_ROWS, Batch
from complaint_rules.batch.progress import Progress
from complaint_rules.batch.row import Row

Cargo: TypeAlias = tuple[Row, ...] | Batch
"""What goes to another process: rows as they were read, or as Arrow where they came as that."""

_MOST_BYTES: Final = 1024 * 1024
"""So much of a file, and a chunk is full though it has few rows."""


@attrs.frozen(eq=False)
class Chunk:
    """
    Some rows that follow each other.

    Attributes:
        cargo: The rows.
        first, last: Their numbers.
        reads: How far the stream had come with each row.
    """

    cargo: Cargo
    first: int
    last: int
    reads: Sequence[int]


def in_chunks(source: Iterator[Row], progress: Progress) -> Iterator[Chunk]:
    """
    Yield rows in chunks; those before an error come before it.

    Args:
        source: The rows.
        progress: What `source` tells how far it has come.
    """
    held: list[Row] = []
    reads: list[int] = []
    failed: Exception | None = None
    began = 0
    while True:
        try:
            row = next(source, None)
        except Exception as error:  # noqa: BLE001 - raised below, after the rows before it
            row, failed = None, error
        if row is not None:
            held.append(row)
            reads.append(progress.read)
        if held and (
            row is None or len(held) == CHUNK_ROWS or progress.read - began >= _MOST_BYTES
        ):
            yield Chunk(tuple(held), held[0].number, held[-1].number, reads)
            held, reads, began = [], [], progress.read
        if failed is not None:
            raise failed
        if row is None:
            return


def of_batches(source: Iterator[tuple[Batch, int]]) -> Iterator[Chunk]:
    """Yield packed batches, given with how many rows each has, as chunks."""
    for batch, count in source:
        numbers = range(batch.first, batch.first + count)
        yield Chunk(batch, batch.first, batch.first + count - 1, numbers)
