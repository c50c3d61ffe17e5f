"""experta does not import on the Pythons this project supports; kept so that the run says so."""

from __future__ import annotations

import experta  # noqa: F401 - fails on Python 3.10 and later: `collections.Mapping` is gone

from benchmarks.peers import Peer
from benchmarks.synthetic import Rule


def build(rules: list[Rule]) -> Peer:
    """
    Refuse.

    Raises:
        RuntimeError: Always: it has never imported here.
    """
    raise RuntimeError(f"experta imports again: write its benchmark for {len(rules)} rules")
