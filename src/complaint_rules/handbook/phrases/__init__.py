"""The handbook's own phrases, a typed mapping with the same keys for every language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from complaint_rules.handbook.phrases import ar, en, fa, hu

BY_LANGUAGE: Final[Mapping[str, Mapping[str, str]]] = {
    "en": en.PHRASES,
    "fa": fa.PHRASES,
    "hu": hu.PHRASES,
    "ar": ar.PHRASES,
}
"""Phrases by language code."""
