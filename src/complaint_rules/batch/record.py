"""What a sink writes of one decision: its JSON text, and where asked for a flat record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import attrs

COLUMNS: Final = {
    "row": "count",
    "complaint_id": "text",
    "at": "text",
    "stage": "text",
    "types": "text",
    "actions": "text",
    "next_due": "text",
    "overdue": "text",
    "owed": "text",
    "choices": "text",
    "goodwill": "text",
    "withheld": "text",
    "prohibitions": "text",
    "asks": "text",
    "review_at": "text",
    "decision": "text",
}
"""Columns of a flat record; ``decision`` holds the whole decision as JSON."""


@attrs.frozen
class Record:
    """
    One decision as it is written.

    Attributes:
        number: The row's number.
        text: The decision as JSON.
        cells: The flat record's cells by column; empty where nobody wants them.
    """

    number: int
    text: str
    cells: dict[str, Any] = attrs.field(factory=dict)


def recorded(number: int, decision: Mapping[str, Any], *, flat: bool) -> Record:
    """Return the record of one decision, as JSON data; `flat` with its cells."""
    text = as_json(decision)
    return Record(number, text, _flat(number, decision, text) if flat else {})


def as_json(data: Any) -> str:
    """Return `data` as one line of JSON, the same bytes for equal data."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _flat(number: int, decision: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Return one decision as a flat record: lists as ids with blanks between."""
    dues = [action["due"] for action in decision["actions"] if action["due"]]
    late = [target["id"] for target in decision["targets"] if target["status"] == "overdue"]
    return {
        "row": number,
        "complaint_id": decision["complaint_id"] or "",
        "at": decision["at"],
        "stage": decision["stage"],
        "types": _ids(decision["types"], "type"),
        "actions": _ids(decision["actions"], "id"),
        "next_due": min(dues, default=""),
        "overdue": " ".join(late),
        "owed": " ".join(map(_offer, decision["owed"])),
        "choices": " ".join(map(_offer, decision["choices"])),
        "goodwill": " ".join(map(_offer, decision["goodwill"])),
        "withheld": _ids(decision["withheld"], "remedy"),
        "prohibitions": _ids(decision["prohibitions"], "id"),
        "asks": _ids(decision["asks"], "fact"),
        "review_at": decision["review_at"] or "",
        "decision": text,
    }


def _ids(items: list[Mapping[str, Any]], key: str) -> str:
    return " ".join(str(item[key]) for item in items)


def _offer(item: Mapping[str, Any]) -> str:
    amount, remedy = item["amount"], str(item["remedy"])
    return f"{remedy}={amount['amount']}{amount['currency']}" if amount else remedy
