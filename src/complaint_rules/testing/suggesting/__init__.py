"""The missing cases of a ruleset: for each thing no scenario shows, a small state that does."""

from __future__ import annotations

from complaint_rules.testing.suggesting.suggestions import Suggestion, Suggestions, suggest
from complaint_rules.testing.suggesting.written import as_scenarios

__all__ = ["Suggestion", "Suggestions", "as_scenarios", "suggest"]
