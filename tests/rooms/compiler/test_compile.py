"""Whole rulesets: all faults in one run, equal results, nothing raised."""

from __future__ import annotations

import pickle
import random
import re
import time
from collections.abc import Callable

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaint_rules.compiler import RESERVED_DEFAULTS, compile_ruleset, reserved_facts
from complaint_rules.composition import MappingFolder, Root, compose
from complaint_rules.loading import check, loads
from complaint_rules.model.reading import read_model
from complaint_rules.policy import Policy
from complaint_rules.problem import Problem, Severity

RULESET = """
format: 1
id: example
edition: "1"
title: Example
currency: EUR
calendars:
  office: {timezone: Europe/Budapest, hours: {mon-fri: ["09:00-17:00"]}}
facts:
  severity: {kind: level, values: [s4, s3, s2, s1], default: s3}
  channel: {kind: choice, values: [phone, email, in_person, social_public]}
  order_value: {kind: money}
  contacts: {kind: count}
  loss: {kind: yes_no, default: no}
  fault: {kind: choice, values: [company, third_party, customer], learn_by: investigate}
  public: {kind: yes_no, derive: {when: {channel: [social_public]}}}
  effective:
    kind: level
    like: severity
    derive:
      first: [{when: {any: [{loss: yes}, {contacts: ">= 5"}]}, is: 'raise(severity, 1)'}]
      else: severity
  slipping: {kind: count, derive: {count: promises, where: {kept: no, due: "<= now + 3 h"}}}
  hours_open: {kind: duration, derive: now - received_at}
  first_response_at: {kind: instant, default: not_yet}
  customer_types: {not_money: [premium]}
settings:
  floor: {source: x, value: {EUR: 5, GBP: 4}}
  rate:
    source: x
    value: [{valid: {from: 2026-01-01}, value: 6 EUR}, {valid: {to: 2025-12-31}, value: 5 EUR}]
customer_types:
  premium: {}
  abusive:
    confirm: human
    expires: 180 d
    recognise: {at_least: {n: 2, of: [{contacts: "> 10"}, {loss: yes}]}}
actions:
  investigate: {owner: agent, due: 1/4 of first_response}
  send_reply: {owner: agent, due: first_response, after: investigate}
  make_excuses: {conduct: yes}
targets:
  first_response:
    from: received_at
    met_by: first_response_at
    table:
      hit: C<
      out: [due]
      rows:
        - {severity: s1, customer_types: "-", due: 4 bh}
        - {row: vip, severity: "-", customer_types: premium, due: 3 bd end of day}
remedies:
  gift:
    amount: 'min(max(20% * amount_paid, floor), 100 EUR)'
    when: {fault: [company, third_party], customer_types: {none: [abusive]}}
    approval: [{up_to: 20 EUR, by: agent}, {by: lead}]
    group: goodwill
  refund: {owed: yes, amount: amount_paid + rate, when: {fault: company}}
rules:
  - id: solution-first
    text: The solution first
    source: [a]
    when:
      severity: ">= s2"
      order_value: "[100 EUR..500 EUR)"
      not: {fault: customer}
      any: [{contacts: ">= 5"}, {loss: yes}, {hours_open: "> 3 h"}]
    then:
      do: [send_reply, {action: investigate, due: now}]
      never: [make_excuses]
      cap: {gift: 0}
      target: {first_response: 2 h}
stages:
  - {id: open, when: {first_response_at: not_yet}}
  - {id: answered, when: always}
"""


def test_an_ordinary_ruleset_compiles() -> None:
    """A ruleset with something of everything has no problem, not even a warning."""
    assert check(RULESET.encode()).problems == ()
    policy = loads(RULESET)
    assert (policy.id, policy.edition, policy.currency) == ("example", "1", "EUR")
    assert len(policy.fingerprint) == 64


def test_equal_texts_give_equal_policies() -> None:
    """Compiling twice gives the same policy, and a pickled one is the same."""
    one, two = loads(RULESET), loads(RULESET)
    again = pickle.loads(pickle.dumps(one))
    for name in (field.name for field in attrs.fields(Policy)):
        assert getattr(one, name) == getattr(two, name) == getattr(again, name), name


def test_all_faults_are_told_in_one_run() -> None:
    """A slip in each section is told, and the order is that of the text."""
    slips = {
        "Europe/Budapest": "Europe/Budapset",
        "default: s3": "default: s5",
        "{kind: money}": "{kind: money, default: 5}",
        "learn_by: investigate": "learn_by: investigat",
        "[social_public]}}}": "[social]}}}",
        "value: {EUR: 5, GBP: 4}": "value: {EUR: 5, GBP: x}",
        '{contacts: "> 10"}': '{contact: "> 10"}',
        "1/4 of": "5/4 of",
        "met_by: first_response_at": "met_by: 5",
        "severity: s1,": "severity: s0,",
        "by: lead": "by: leader",
        '">= s2"': '">= s0"',
        "never: [make_excuses]": "never: [make_excusses]",
        "cap: {gift: 0}": "cap: {gfit: 0}",
    }
    text = RULESET
    for right, wrong in slips.items():
        assert right in text
        text = text.replace(right, wrong)
    report = check(text.encode())
    errors = [p for p in report.problems if p.severity is Severity.ERROR]
    assert len(errors) == len(slips)
    lines = [p.span.line for p in errors if p.span]
    assert lines == sorted(lines)
    assert all(p.help for p in errors)


def test_names_of_lost_items_count_as_declared() -> None:
    """What names an item that could not be read is not told a second time."""
    composed, _, _ = compose(Root(MappingFolder({"ruleset.yaml": RULESET.encode()})))
    assert composed is not None
    text = RULESET.replace("send_reply,", "write,").replace(
        "{loss: yes}, {hours", "{gone: 1}, {hours"
    )
    other, _, _ = compose(Root(MappingFolder({"ruleset.yaml": text.encode()})))
    assert other is not None
    model = read_model(other.node).model
    assert model is not None
    policy, told = compile_ruleset(model, other)
    assert policy is None
    assert [p.code for p in told] == ["unknown-fact", "unknown-action"]
    policy, told = compile_ruleset(model, attrs.evolve(other, lost=frozenset({"write", "gone"})))
    assert told == []


def test_an_ill_formed_item_does_not_cause_others(problems: Callable[[str], list[Problem]]) -> None:
    """A fact that could not be read is told once, however often it is tested."""
    found = problems(
        "facts: {x: {kind: cuont}}\n"
        "actions: {a: {owner: b}}\n"
        "rules: [{id: r, text: R, source: s, when: {x: 3}, then: {do: a}}]\n"
    )
    assert [p.code for p in found] == ["bad-value"]


def test_long_and_unprintable_words_are_shown_short(only: Callable[[str], Problem]) -> None:
    """A message quotes an author's words so that they fit a line of a terminal."""
    problem = only(
        'calendars: {a: {timezone: "\\t' + 1_000 * "x" + '", hours: {mon: "09:00-10:00"}}}\n'
    )
    assert problem.message.isprintable()
    assert len(problem.message) <= 400


def test_reserved_defaults_belong_to_reserved_facts() -> None:
    """Every reserved default is that of a reserved fact or of a field of one."""
    facts = reserved_facts([], [], [], [], [], [], [])
    fields = {f"{f.name}.{name}" for f in facts.values() for name in f.fields}
    assert set(RESERVED_DEFAULTS) <= {*facts, *fields}
    assert all(fact.reserved for fact in facts.values())


def test_a_large_ruleset_compiles_quickly() -> None:
    """A thousand rules take seconds at most."""
    rules = "".join(
        f"  - {{id: r{n}, text: R, source: s, when: {{contacts: '> {n}', channel: phone}}, "
        "then: {do: send_reply}}\n"
        for n in range(1_000)
    )
    text = RULESET.replace("stages:\n", f"{rules}stages:\n")
    started = time.perf_counter()
    assert len(loads(text).rules) == 1_001
    assert time.perf_counter() - started < 30


WORDS = [
    *("severity", "s1", "s2", "phone", "contacts", "5", "EUR", "-1", "now", "not_yet", "unknown"),
    *("3", "h", "bd", "[", "]", "{", "}", "(", ")", ",", ":", ">", ">=", "-", "always", "yes"),
    *("no", "done_at(x)", "first_response", "gift", "total", "goodwill", "20%", "1/0", "mo"),
    *("when", "derive", "table", "C<", "F", "U"),
]
WORDS_OR_TEXT = st.text(max_size=30) | st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


def mutated(seed: int) -> str:
    """Return the ruleset with a few words or lines changed."""
    rng = random.Random(seed)
    text = RULESET
    for _ in range(rng.randint(1, 4)):
        tokens = text.split(" ")
        at = rng.randrange(len(tokens))
        match rng.randrange(4):
            case 0:
                tokens[at] = rng.choice(WORDS)
            case 1:
                del tokens[at]
            case 2:
                tokens[at] = tokens[rng.randrange(len(tokens))]
            case _:
                tokens[at] = tokens[at][: len(tokens[at]) // 2]
        text = " ".join(tokens)
    return text


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**9))
def test_changed_rulesets_are_reported_never_raised(seed: int) -> None:
    """Whatever becomes of the text, there is a report, and a policy if it has no error."""
    text = mutated(seed)
    report = check(text.encode())
    assert all(p.message.isprintable() for p in report.problems)
    if report.ok:
        policy = loads(text)
        names = set(re.findall(r"^  (\w+): \{?kind", text, re.MULTILINE))
        assert names <= set(policy.facts)
        assert set(policy.settings) >= {"promise_warning"}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_changed_cells_are_reported_never_raised(data: st.DataObject) -> None:
    """A cell may hold any text at all."""
    cell = data.draw(
        st.text(max_size=30) | st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
    )
    quoted = "'" + cell.replace("'", "''").replace("\n", " ") + "'"
    places = [
        '">= s2"',
        "not_yet}",
        "'min(max(20% * amount_paid, floor), 100 EUR)'",
        "4 bh",
        "6 EUR",
    ]
    place = data.draw(st.sampled_from(places))
    text = RULESET.replace(place, quoted + ("}" if place.endswith("}") else ""))
    report = check(text.encode())
    for problem in report.problems:
        assert problem.message.isprintable()
        assert problem.help.isprintable()


@pytest.mark.parametrize("word", ["count", "raise", "whole", "add", "days_between", "earliest"])
def test_every_function_tells_what_it_takes(only: Callable[[str], Problem], word: str) -> None:
    """A call without arguments says what the function takes."""
    problem = only(f"facts: {{x: {{kind: number, derive: {word}()}}}}\n")
    assert problem.code == "wrong-arguments"
    assert problem.help.startswith(f"`{word}` takes ")
