"""How much of a ruleset its scenarios show: rules, rows, tests, thresholds, remedies, tiers."""

from __future__ import annotations

from complaint_rules.testing.coverage.points import WORDS, Point, Side, points
from complaint_rules.testing.coverage.summary import Coverage, cover, measure, percent
from complaint_rules.testing.coverage.texts import Texts, texts_of
from complaint_rules.testing.coverage.unreachable import unreachable

__all__ = [
    "WORDS",
    "Coverage",
    "Point",
    "Side",
    "Texts",
    "cover",
    "measure",
    "percent",
    "points",
    "texts_of",
    "unreachable",
]
