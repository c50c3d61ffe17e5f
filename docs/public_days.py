"""
Write the public holidays that the package keeps anew: those its own rulesets name.

Run from the repository's root after an update of the holiday library:
``python -m docs.public_days``.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from complaint_rules import load
from complaint_rules.compiler.public_days import public_days
from complaint_rules.loading import packaged

KEPT = Path(__file__).parents[1] / "src/complaint_rules/compiler/public_days.json"
YEARS = (2010, 2040)


def places() -> list[str]:
    """Return the places whose holidays the packaged rulesets keep."""
    openings = (each for name in packaged() for each in load(name).openings.values())
    named = {word for opening in openings for word in opening.holidays}
    return sorted(word for word in named if not word[:1].isdigit())


def kept() -> dict[str, Any]:
    """Return what is to be kept, as the installed library has it."""
    return {
        "holidays": version("holidays"),
        "years": list(YEARS),
        "days": {place: _days(place) for place in places()},
    }


def _days(place: str) -> dict[str, str]:
    country, _, part = place.partition("-")
    found: dict[str, list[str]] = {}
    for day in sorted(public_days(country, part, *YEARS)):
        found.setdefault(str(day.year), []).append(f"{day:%m-%d}")
    return {year: " ".join(days) for year, days in found.items()}


if __name__ == "__main__":
    KEPT.write_text(json.dumps(kept(), indent=0) + "\n", encoding="utf-8")
    sys.stdout.write(f"{KEPT.name} written\n")
