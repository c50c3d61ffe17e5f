"""The model: every part of format 1 is read, every fault of shape is one problem."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.document import Node, read_yaml
from complaint_rules.model.reading import read_model, validate
from complaint_rules.model.ruleset import RulesetModel
from complaint_rules.problem import Problem
from complaint_rules.source import Source

HEAD = 'format: 1\nid: shop\nedition: "1"\ntitle: Shop\ncurrency: EUR\n'


def node_of(text: str) -> Node:
    """Return the node of a text that YAML can read."""
    node, problems = read_yaml(Source("ruleset.yaml", text))
    assert problems == ()
    assert node is not None
    return node


def good(text: str) -> RulesetModel:
    """Return the model of a ruleset without faults."""
    model, problems = validate(node_of(HEAD + text))
    assert problems == []
    assert model is not None
    return model


def faults(text: str, head: str = HEAD) -> list[Problem]:
    """Return the problems of a ruleset."""
    model, problems = validate(node_of(head + text))
    assert model is None
    return problems


def only(text: str, head: str = HEAD) -> Problem:
    """Return the one problem of a ruleset."""
    problems = faults(text, head)
    assert len(problems) == 1, problems
    return problems[0]


FULL = """
note: for us
text: {en: House policy, fa: سیاست}
currency: {code: HUF, decimals: 0}
calendar: office
approvals: [none, agent, lead]
valid: {from: 2026-01-01, to: 2026-12-31}
extends: core
include: [a.yaml]
drop: {rules: [old], actions: gone, settings: [rate]}
calendars:
  office:
    timezone: Europe/Budapest
    hours: {mon-fri: ["09:00-12:00", "13:00-17:00"], sat: "10:00-12:00"}
    holidays: [HU, 2026-12-24]
    days: [{date: 2026-12-31, hours: "09:00-12:00", text: Half day}]
    years: 2026
settings:
  bare: 5 EUR
  listed: [a, b]
  nobody: []
  floor: {EUR: 5, GBP: 4.50}
  rate: [{valid: {from: 2026-01-01}, value: 6 EUR}, {valid: {to: 2025-12-31}, value: {EUR: 5}}]
  whole: {value: 1 h, kind: duration, default_of_ours: yes, source: 000-12}
facts:
  severity: {kind: level, values: [4, s3, true], default: s3, learn_by: ask, not_money: [s3]}
  signals: {kind: set, values: [a], default: []}
  angry: {kind: yes_no, not_money: yes, like: severity}
  review: {kind: record, fields: {stars: {kind: count}}}
  public: {kind: yes_no, derive: {when: {channel: [a, b]}}}
  effective: {kind: level, derive: {first: [{when: always, is: 'raise(severity, 1)'}], else: 5}}
  n: {kind: count, derive: {count: promises, where: {kept: no, due: "<= now"}}}
  first: {kind: instant, derive: {earliest: due, of: promises}}
  last: {kind: instant, derive: {latest: due, of: promises, where: {kept: no}}}
  looked:
    kind: number
    derive:
      table: {hit: F, out: looked, rows: [{a: 1, looked: 2, source: [x, y]}], else: {looked: 3}}
  open: {kind: duration, derive: now - received_at}
customer_types:
  abusive: {confirm: human, expires: 180 d, recognise: {at_least: {n: 2, of: [{a: 1}, {b: 2}]}}}
  calm: {guidance: {do: Listen, avoid: {en: Argue}}}
actions:
  thank: {owner: agent, due: now, after: listen, repeat: once, channel: phone, title: Thank}
  update: {owner: agent, due: [1/4 of first, {from: received_at, due: 4 h}], repeat: {each: first}}
  ladder: {owner: agent, repeat: {ever: 2}}
  excuse: {conduct: yes, law: false}
manner:
  soft: {phase: listening, guidance: {do: x}}
targets:
  first:
    when: {public: yes}
    from: received_at
    met_by: first_response_at
    opens: 1 h
    due: 4 bh
    pauses: yes
    calendar: office
    table:
      hit: "C<"
      out: due
      priority: [a]
      rows:
        - {row: one, source: 000-1; 000-2, text: Row, valid: {from: 2026-01-01}, a: "-", due: 4 h}
        - {valid_from: 2026-01-01, valid_to: "", row: "", a: [b, c], due: 5}
remedies:
  gift:
    amount: {table: {hit: U, out: amount, rows: [{a: 1, amount: 5 EUR}], else: {amount: 0}}}
    cap: 100 EUR
    approval: [{up_to: 20 EUR, by: agent}, {by: lead}]
    group: goodwill
    excludes: refund
    fits: [money]
    cost: 5
  refund: {owed: yes, statutory: yes, voucher: no, amount: 20% * amount_paid, due: first}
groups: {goodwill: {pick: one, opens: {sent: happened}, cap: 5 EUR}}
sequences: [{id: letter, when: always, steps: [thank, update]}]
stages: [{id: open, when: {a: {all: [x]}}}]
sides: [{id: loud, when: {a: {count: ">= 2"}, not: {b: 1}, none: [{c: 1}]}}]
rules:
  - id: late
    text: Late
    source: [000-12, 13]
    when: {all: [{a: 1}, {any: [{b: 2}, {not: {all: [{c: 3}, {d: 4}]}}]}]}
    then:
      do: [thank, {action: update, due: now}]
      never: excuse
      target: {first: 4 h}
      manner: soft
      mute: [soft]
      cap: {gift: 5 EUR, total: 20}
      withhold: [gift]
      approver: {gift: lead}
      escalate: manager
"""


def test_all_of_format_1_is_read() -> None:
    """Every key of the language has a place in the model, bare forms are read as full ones."""
    text = 'format: 1\nid: shop\nedition: "1"\ntitle: Shop\n' + FULL
    model, problems = validate(node_of(text))
    assert problems == []
    assert model is not None
    assert model.settings["bare"].value == "5 EUR"
    assert model.facts["severity"].values == ["4", "s3", "yes"]
    assert model.facts["angry"].not_money is True
    assert model.actions["thank"].due is not None
    assert model.rules[0].then.do[0].action == "thank"
    rows = model.targets["first"].table
    assert rows is not None
    assert rows.rows[0].source == ["000-1", "000-2"]
    assert rows.rows[0].cells() == {"a": "-", "due": "4 h"}
    assert rows.rows[1].row is None
    assert rows.rows[1].valid_from == datetime.date(2026, 1, 1)
    assert rows.rows[1].valid_to is None
    assert model.rules[0].source == ["000-12", "13"]
    assert model.calendars["office"].years == "2026"


def test_tests_keep_their_order() -> None:
    """The tests of a group are returned as written."""
    model = good("rules: [{id: a, text: t, when: {b: 1, a: 2, all: [{c: 3}]}, then: {}}]")
    when = model.rules[0].when
    assert when != "always"
    assert list(when.tests()) == ["b", "a"]
    assert when.size() == 3


@pytest.mark.parametrize(
    ("code", "text", "message"),
    [
        ("unknown-key", "rulse: []", "unknown key `rulse` in the ruleset"),
        ("unknown-key", "actions: {a: {ownr: x}}", "unknown key `ownr` in action `a`"),
        ("unknown-key", "facts: {a: {derive: {frist: 1}}}", "unknown key `frist` in `derive`"),
        ("unknown-key", "actions: {a: {due: {form: x, due: 4 h}}}", "unknown key `form`"),
        ("unknown-key", 'actions: {a: {"<when>": x}}', "unknown key `<when>`"),
        ("missing-key", "targets: {a: {from: x}}", "target `a` has no `met_by`"),
        ("missing-key", "rules: [{text: t, when: always, then: {}}]", "rule 1 has no `id`"),
        ("missing-key", "actions: {a: {due: {due: 4 h}}}", "`due` in action `a` has no `from`"),
        ("empty-condition", "rules: [{id: a, text: t, then: {}}]", "rule `a` holds no test"),
        (
            "empty-condition",
            "stages: [{id: a, when: {}}]",
            "`when` in stage `a` holds no test",
        ),
        ("empty-condition", "stages: [{id: a}]", "stage `a` holds no test"),
        ("empty-condition", "stages:\n  - id: a\n    when:", "`when` in stage `a` holds no test"),
        ("empty-condition", "stages: [{id: a, when: {any: []}}]", "`any` in stage `a` holds no"),
        ("empty-condition", "stages: [{id: a, when: {all: [{}]}}]", "`all` in stage `a` holds"),
        (
            "empty-condition",
            "stages: [{id: a, when: {at_least: {n: 1, of: []}}}]",
            "`of` in stage `a` holds no test",
        ),
        (
            "not-one-test",
            "stages: [{id: a, when: {not: {a: 1, b: 2}}}]",
            "`not` holds 2 tests, it takes exactly one",
        ),
        ("not-one-test", "stages: [{id: a, when: {not: [{a: 1}]}}]", "exactly one test, not a"),
        ("wrong-shape", "stages: [{id: a, when: [b]}]", "must be a mapping, not a list"),
        ("wrong-shape", "rules: [5]", "rule 1 must be a mapping, not a number"),
        ("wrong-shape", "actions: {a: {title: [x]}}", "a text, or a text per language, not a l"),
        ("wrong-shape", "actions: {a: {guidance: {do: [x]}}}", "a text per language, not a list"),
        ("wrong-shape", "actions: {a: {note: 5}}", "`note` in action `a` must be a text, not a"),
        ("wrong-shape", "actions: {a: {note: true}}", "must be a text, not `true`"),
        ("wrong-shape", "actions: {a: {after: {b: c}}}", "must be a list, not a mapping"),
        ("wrong-shape", "targets: {a: {table: {rows: x}}}", ""),
        ("wrong-shape", "stages: [{id: a, when: {at_least: {n: x, of: [{a: 1}]}}}]", "whole numb"),
        ("wrong-shape", "stages: [{id: a, when: {b: {foo: 1}}}]", "such a mapping is neither a"),
        ("wrong-shape", "stages: [{id: a, when: {b: [[1]]}}]", "such a list is neither a test"),
        ("wrong-shape", "stages: [{id: a, when: {b: {all: []}}}]", "such a mapping"),
        ("wrong-shape", "stages: [{id: a, when: {b: {count: [1]}}}]", "such a mapping"),
        ("wrong-shape", "settings: {a: {value: {b: 1}}}", "not a setting's value"),
        ("wrong-shape", "actions: {a: {law: 5}}", "must be yes or no, not a number"),
        ("wrong-shape", "actions: {a: {valid: {from: 2026}}}", "must be a date, not a number"),
        ("bad-id", "actions: {Big Thanks: {}}", "`Big Thanks` cannot be a name"),
        ("bad-id", "facts: {late-by: {}}", "`late-by` cannot be a name"),
        ("bad-id", "actions: {متن: {}}", "`متن` cannot be a name"),
        ("bad-id", "actions: {a: {after: [Be]}}", "`Be` cannot be a name"),
        ("bad-language", "actions: {a: {title: {english: x}}}", "`english` is no language"),
        ("unknown-currency", "currency: euro", "`euro` is no currency"),
        ("bad-value", "facts: {a: {kind: cuont}}", "`cuont` is not a value of `kind` in fact `a`"),
        ("bad-value", "actions: {a: {law: maybe}}", "`maybe` is not a value of `law`"),
        ("bad-value", "actions: {a: {repeat: twice}}", "`twice` is not a value of `repeat`"),
        ("bad-value", "stages: [{id: a, when: x > 5}]", "`x > 5` is not a value of `when`"),
        ("bad-value", "currency: {code: EUR, decimals: 9}", "must be at most 6, not 9"),
        ("bad-value", "actions: {a: {repeat: {ever: 0}}}", "must be at least 1, not 0"),
        ("too-long", f"actions: {{a: {{note: {'x' * 3000}}}}}", "3,000 characters, more than 2"),
        ("empty-value", "actions: {a: }", "action `a` has no value"),
        ("empty-value", "actions:\n  a:\n    owner: ~", "`owner` in action `a` has no value"),
        (
            "empty-value",
            "actions:\n  a:\n    after:\n      -\n",
            "an empty item in `after` in a",
        ),
        ("empty-value", 'actions: {a: {title: ""}}', "`title` in action `a` is empty"),
        ("empty-value", "stages: [{id: a, when: {b: []}}]", "`b` in stage `a` is empty"),
        ("empty-value", "sequences: [{id: a, when: always, steps: []}]", "`steps` in sequence"),
        ("empty-value", "stages:\n  - id: a\n    when:\n      b:\n", "`b` in stage `a` has no"),
        (
            "empty-value",
            "targets: {a: {from: x, met_by: y, table: {hit: U, out: d, rows: [{b: }]}}}",
            "`b` in target `a` has no value",
        ),
        ("bad-date", "actions: {a: {valid: {from: 2026-02-30}}}", "`2026-02-30` is not a date"),
        ("bad-date", "actions: {a: {valid: {from: 20260230}}}", ""),
        ("bad-date", "actions: {a: {valid: {from: 2026-W01-1}}}", "`2026-W01-1` is not a date"),
        ("bad-date", "actions: {a: {valid: {from: tomorrow}}}", "`tomorrow` is not a date"),
    ],
)
def test_each_fault_is_one_problem(code: str, text: str, message: str) -> None:
    """Each fault of shape is exactly one problem of its own code, which names the place."""
    head = HEAD.replace("currency: EUR\n", "") if text.startswith("currency") else HEAD
    if code == "wrong-shape" and "rows: x" in text:
        text = "targets: {a: {from: x, met_by: y, table: {hit: U, out: d, rows: x}}}"
        message = "`rows` in target `a` must be a list, not a text"
    if "20260230" in text:
        text, message = text.replace("20260230", "'20260230'"), "`20260230` is not a date"
    problem = only(text, head)
    assert problem.code == code
    assert message in problem.message
    assert problem.span is not None
    assert "\n" not in problem.message + problem.help + problem.label


@pytest.mark.parametrize(
    ("code", "head", "message"),
    [
        ("wrong-format", HEAD.replace("format: 1", "format: 2"), "format `2` is not one"),
        ("wrong-format", HEAD.replace("format: 1", 'format: "1"'), "format `1` is not one"),
        ("wrong-format", HEAD.replace("format: 1", "format: [1]"), "format a list is not one"),
        ("wrong-format", HEAD.replace("format: 1", "format: true"), "format `true`"),
        ("missing-key", HEAD.replace("format: 1\n", ""), "the ruleset has no `format`"),
        ("edition-unquoted", HEAD.replace('"1"', "1.10"), "the edition `1.10` is read as a number"),
        ("edition-unquoted", HEAD.replace('"1"', "2026"), "the edition `2026`"),
        ("wrong-shape", HEAD.replace('"1"', "[1]"), "`edition` must be a text, not a list"),
        ("empty-value", HEAD.replace('"1"', ""), "`edition` has no value"),
        ("bad-id", HEAD.replace("shop", "My Shop"), "`My Shop` cannot be a name"),
        ("not-a-ruleset", "- a\n", "this is no ruleset"),
        ("not-a-ruleset", "a\n", "this is no ruleset"),
    ],
)
def test_faults_of_the_header(code: str, head: str, message: str) -> None:
    """Faults beside the sections are told with their own codes."""
    problem = only("", head)
    assert problem.code == code
    assert message in problem.message


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("rulse: []", "did you mean `rules`?"),
        ("facts: {a: {kind: cuont}}", "did you mean `count`?"),
        ("actions: {Big Thanks: {}}", "write `big-thanks`"),
        ("facts: {Late By: {}}", "write `late_by`"),
        ("targets: {a: {from: x}}", "add `met_by:`: an instant: what meets it"),
        ("stages: [{id: a, when: [b]}]", "several tests that must all hold: `when: {all: […]}`"),
        ("actions: {a: {note: 5}}", 'put it in quotes: `"5"`'),
        ("facts: {a: {values: {b: c}}}", "`values` is choice, set: any order; level: lowest first"),
        ("calendars: {a: {timezone: UTC, hours: 5}}", "`hours` is days ("),
        ("rules: a", "write it as a list, each item on a line that begins with `- `"),
        ("rules: [a]", "write a mapping"),
    ],
)
def test_help_is_the_cure(text: str, cure: str) -> None:
    """The help says what to write instead."""
    assert only(text).help.startswith(cure)


def test_spans_of_faults() -> None:
    """A fault points to the word that is wrong, or to what lacks a key."""
    assert str(only("actions:\n  a: {ownr: x}").span) == "ruleset.yaml:7:7"
    assert str(only("rules:\n  - when: always\n    id: a\n    then: {}\n").span) == (
        "ruleset.yaml:8:5"
    )
    assert str(only("", HEAD.replace("id: shop\n", "")).span) == "ruleset.yaml:1:1"
    assert str(only("targets:\n  a: {from: x}").span) == "ruleset.yaml:7:3"
    assert str(only("stages:\n  - {when: always}").span) == "ruleset.yaml:7:6"
    assert {str(p.span) for p in faults("rules:\n  - {}")} == {"ruleset.yaml:7:5"}


def test_ill_formed_items_are_left_out() -> None:
    """What is sound of a ruleset with faults is still read, with the names that are left out."""
    text = (
        "actions: {good: {owner: agent}, bad: {ownr: agent}}\n"
        "rules: [{id: a}, {id: b, text: t, when: always, then: {do: [good]}}, 5]\n"
        "stages: {}\n"
    )
    reading = read_model(node_of(HEAD.replace("currency: EUR\n", "currency: euro\n") + text))
    assert sorted(problem.code for problem in reading.problems) == [
        "empty-condition",
        "missing-key",
        "missing-key",
        "unknown-currency",
        "unknown-key",
        "wrong-shape",
        "wrong-shape",
    ]
    assert reading.left_out == {"bad", "a"}
    assert reading.model is not None
    assert list(reading.model.actions) == ["good"]
    assert [rule.id for rule in reading.model.rules] == ["b"]


def test_what_cannot_be_read_at_all() -> None:
    """A text that is no mapping has no model, not even in part."""
    assert read_model(node_of("- a\n")).model is None


WORDS = st.sampled_from(
    ["a", "when", "not", "all", "rows", "table", "at_least", "n", "of", "derive", "due", "valid",
     "from", "then", "do", "id", "value", "[key]", "<when>", "Üb er", "else", "hit", "out", ""]
)  # fmt: skip
VALUES = st.recursive(
    st.sampled_from(["x", "5", "1.5", "true", '""', "~", "yes", '"x y"', "2026-01-01"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(WORDS, inner, max_size=3).map(
            lambda entries: "{" + ", ".join(f'"{k}": {v}' for k, v in entries.items()) + "}"
        )
    ),
    max_leaves=8,
)
SECTIONS = st.sampled_from([*RulesetModel.model_fields, "other"])


@given(st.dictionaries(SECTIONS, VALUES, max_size=4))
def test_any_shape_gives_problems_and_no_traceback(entries: dict[str, str]) -> None:
    """Whatever stands under the sections, the answer is a model or problems with places."""
    text = "".join(f"{key}: {value}\n" for key, value in entries.items()) or "{}"
    node, problems = read_yaml(Source("ruleset.yaml", text))
    if node is None:
        assert problems
        return
    reading = read_model(node)
    told: Any = [problem.span for problem in reading.problems]
    assert reading.problems or reading.model is not None
    assert None not in told
    assert all("\n" not in p.message + p.help + p.label for p in reading.problems)
