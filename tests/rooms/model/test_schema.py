"""The JSON Schema of rulesets: sound, and of one mind with the models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from complaint_rules.document import read_yaml, to_data
from complaint_rules.model.schema import ruleset_schema
from complaint_rules.source import Source

SCHEMA = ruleset_schema()
CHECK = Draft202012Validator(SCHEMA)
HEAD = 'format: 1\nid: shop\nedition: "1"\n'


def plain(value: Any) -> Any:
    """Return data as JSON has it."""
    return json.loads(json.dumps(value, default=float))


def fits(text: str, head: str = HEAD + "title: Shop\ncurrency: EUR\n") -> bool:
    """Return whether a ruleset's text fits the schema."""
    node, problems = read_yaml(Source("ruleset.yaml", head + text))
    assert problems == ()
    assert node is not None
    return CHECK.is_valid(plain(to_data(node)))


def test_it_is_a_schema() -> None:
    """It is a schema of draft 2020-12, it is JSON, and it is the same every time."""
    Draft202012Validator.check_schema(SCHEMA)
    assert json.dumps(SCHEMA) == json.dumps(ruleset_schema())
    assert SCHEMA["$schema"].endswith("2020-12/schema")


def test_every_reference_leads_somewhere() -> None:
    """No `$ref` names a definition that is not there."""
    waiting, names = [SCHEMA], set()
    while waiting:
        part = waiting.pop()
        for key, value in part.items() if isinstance(part, dict) else enumerate(part):
            if key == "$ref":
                names.add(value.rpartition("/")[2])
            elif isinstance(value, dict | list):
                waiting.append(value)
    assert names <= set(SCHEMA["$defs"])


def test_every_key_is_described() -> None:
    """Nearly every key has words an editor can show; nothing may be null."""
    text = json.dumps(SCHEMA)
    assert '"null"' not in text
    assert "_of" not in SCHEMA["properties"]
    assert SCHEMA["$defs"]["RuleModel"]["properties"]["then"]["description"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "settings: {a: 5 EUR, b: {EUR: 5}, c: [x], d: {value: 5, kind: count}}",
        "settings: {e: [{valid: {from: 2026-01-01}, value: {GBP: 5}}]}",
        "facts: {a: {kind: count, default: 0}, r: {kind: record, fields: {x: {kind: text}}}}",
        "rules: [{id: a, text: {en: x}, when: {b: {all: [x]}, not: {c: [d, e]}}, then: {}}]",
        "rules: [{id: a, text: x, when: {a: 1}, then: {do: [x, {action: y, due: now}]}}]",
        "rules: [{id: a, text: x, when: always, then: {do: x, never: [y]}}]",
        "rules: [{id: a, amends: core, then: {do: x}}]",
        "targets: {a: {from: x, met_by: y, table: {hit: 'C<', out: due, rows: t/a.csv}}}",
        "targets: {a: {from: x, met_by: y, table: {hit: F, out: [due], rows: [{due: 4 h, n: 5}]}}}",
        "actions: {a: {owner: x, repeat: {each: update}, due: [now, {from: x, due: 4 h}]}}",
        "include: [a.yaml]\ndrop: {rules: [x]}",
    ],
)
def test_good_texts_fit(text: str) -> None:
    """What the models read fits the schema, bare forms too."""
    assert fits(text)


@pytest.mark.parametrize(
    "text",
    [
        "rulse: []",
        "settings: {Big: 5}",
        "settings: {a: {EURO: 5}}",
        "facts: {a: {kind: cuont}}",
        "actions: {a: {ownr: x}}",
        "actions: {a: {owner: }}",
        "rules: [{id: A, text: x, when: always, then: {}}]",
        "rules: [{text: x, when: always, then: {}}]",
        "rules: [{id: a, when: always, then: {}}]",
        "rules: [{id: a, text: x, when: {all: []}, then: {}}]",
        "rules: [{id: a, text: x, when: {b: {foo: 1}}, then: {}}]",
        "targets: {a: {from: x, met_by: y, table: {hit: X, out: due, rows: a.csv}}}",
        "targets: {a: {from: x, met_by: y, table: {hit: U, out: due, rows: a.txt}}}",
    ],
)
def test_bad_texts_do_not_fit(text: str) -> None:
    """What the models refuse for its keys and shapes does not fit the schema."""
    assert not fits(text)


def test_what_may_be_inherited_may_be_absent() -> None:
    """A ruleset that extends another need not repeat title and currency."""
    assert not fits("", HEAD)
    assert fits("extends: core", HEAD)


def test_included_files_fit() -> None:
    """A file without a first file's keys is an included one; with any of them it needs all."""
    assert fits("rules: []", "")
    assert not fits("rulse: []", "")
    assert not fits("title: Shop", "")


ROOT = Path(__file__).parents[3]
APART = ("not_policy.yaml", "survivors.yaml")
"""What stands beside a ruleset and is no part of it; scenarios apart."""
GOOD = [
    *(
        path
        for path in sorted((ROOT / "rulesets").rglob("*.yaml"))
        if "scenarios" not in path.parts and path.name not in APART
    ),
    *sorted((ROOT / "tests" / "language" / "bad").glob("*/good/**/*.yaml")),
]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_whatever_loads_fits(path: Path) -> None:
    """Each file of the shipped rulesets and of the mended examples fits the schema."""
    assert fits(path.read_text(encoding="utf-8"), "")
