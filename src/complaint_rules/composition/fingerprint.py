"""What a ruleset says, as one number: equal rulesets have equal fingerprints."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

_LAYOUT = ("include", "extends", "drop")
_UNORDERED = ("rules", "sides")


def fingerprint(data: Mapping[str, Any], extra: Any = None) -> str:
    """
    Return the SHA-256 of a composed ruleset in canonical JSON, in hexadecimal.

    Keys are sorted; numbers, yes and no are their text, so that a row of a CSV file equals the
    same row in YAML; rules and side states, whose order means nothing, are sorted by id. How the
    ruleset is spread over files and where it is written do not matter.

    Args:
        data: The composed ruleset as plain data.
        extra: What else it depends on, such as the dates its holidays came to; plain data too.
    """
    content = {key: _plain(value) for key, value in data.items() if key not in _LAYOUT}
    for section in _UNORDERED:
        listed = content.get(section)
        if isinstance(listed, list):
            content[section] = sorted(listed, key=_canonical)
    if extra is not None:
        content["+"] = _plain(extra)
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def _canonical(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if type(value) is str:  # most values are
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return (
        format(value, "f") if isinstance(value, Decimal) else None if value is None else str(value)
    )
