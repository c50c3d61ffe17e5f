"""Durations as a due cell or a key writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaint_rules.compiler.values import LiteralError, duration_of
from complaint_rules.document import Scalar
from complaint_rules.grammar import Fault, parse_duration

if TYPE_CHECKING:
    from complaint_rules.calendar import Duration
    from complaint_rules.compiler.site import Site


def duration(site: Site | None) -> Duration | None:
    """Return the duration at `site`; None where there is none, or after its fault was reported."""
    if site is None:
        return None
    if not isinstance(site.node, Scalar):
        site.error("bad-duration", "has no single duration", "write `45 m`, `4 bh` or `3 bd`")
        return None
    literal = parse_duration(site.node.text)
    if isinstance(literal, Fault):
        site.fault(literal)
        return None
    try:
        return duration_of(literal)
    except LiteralError as error:
        site.error(error.code, str(error), error.cure)
        return None
