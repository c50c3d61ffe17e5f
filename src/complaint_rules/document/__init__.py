"""YAML and CSV text as data whose every key, value and cell knows its span."""

from __future__ import annotations

from complaint_rules.document.csv_reader import read_csv
from complaint_rules.document.data import to_data
from complaint_rules.document.nodes import Entry, Mapping, Node, Scalar, Sequence, Table
from complaint_rules.document.places import find, key_span, value_span
from complaint_rules.document.texts import decode
from complaint_rules.document.yaml_reader import read_yaml

__all__ = [
    "Entry",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "Table",
    "decode",
    "find",
    "key_span",
    "read_csv",
    "read_yaml",
    "to_data",
    "value_span",
]
