"""What the notices of a decision mean: no fault, but something that limits the answer."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

NOTICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "currency-mismatch": "Amounts of different currencies met; what needed both is unknown.",
        "division-by-zero": "An expression divided by zero; its value is unknown.",
        "holidays-unknown": "A date lies outside the years whose holidays the calendar knows.",
        "never-open": "A calendar has no opening time in reach; what needed it is unknown.",
        "number-too-long": "A computed number has too many digits; its value is unknown.",
        "opens-after-due": "A target would open after it is due; its opening was left out.",
        "setting-unset": "A setting has no value on the event date, or none in the currency of "
        "the complaint; what needs it is unknown.",
        "table-broken": "Several rows of a table hold that must not; its output is unknown.",
    }
)
"""A sentence per notice code."""
