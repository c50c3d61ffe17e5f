"""Facts, defaults, derivations and their order (semantics 1 to 5, 34)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from complaint_rules.conditions.tree import (
    Among,
    Arithmetic,
    Call,
    Compare,
    Constant,
    FactValue,
    FieldValue,
    Now,
    Within,
)
from complaint_rules.conditions.tree import Test as Leaf
from complaint_rules.facts import NOT_YET, Kind
from complaint_rules.money import Money
from complaint_rules.policy import (
    BuiltIn,
    FirstOf,
    Formula,
    OverRecords,
    Policy,
    TableOf,
    TruthOf,
)
from complaint_rules.problem import Problem

Compiled = Callable[[str], Policy]
Problems = Callable[[str], list[Problem]]


def test_a_fact_keeps_what_is_declared(compiled: Compiled) -> None:
    """Kind, values, title, `learn_by` and `not_money` of a fact stand in the policy."""
    policy = compiled(
        """
facts:
  severity: {kind: level, values: [s2, s1], title: How grave, not_money: [s1], learn_by: ask}
  effective: {kind: level, like: severity}
  public: {kind: yes_no, not_money: yes}
  again: {like: effective}
  early: {like: late}
  late: {like: last}
  last: {kind: choice, values: [x, y]}
  tally: {like: calls}
  calls: {kind: count}
actions: {ask: {owner: agent}}
"""
    )
    severity = policy.facts["severity"]
    assert (severity.kind, severity.values) == (Kind.LEVEL, ("s2", "s1"))
    assert (severity.title, severity.learn_by) == ({"en": "How grave"}, "ask")
    assert severity.not_money == frozenset({"s1"})
    assert policy.facts["effective"].values == ("s2", "s1")
    assert policy.facts["again"].kind is Kind.LEVEL
    assert policy.facts["tally"].kind is Kind.COUNT
    assert policy.facts["early"].values == policy.facts["late"].values == ("x", "y")
    assert policy.facts["public"].not_money is True
    assert not severity.reserved


def test_records_have_dotted_fields(compiled: Compiled) -> None:
    """A record's fields are facts under dotted names; `learn_by` of the record is theirs."""
    policy = compiled(
        """
facts:
  review:
    kind: record
    learn_by: ask
    fields: {stars: {kind: count, default: 3}, site: {kind: text, learn_by: look}}
  visit.count: {kind: count, default: 0}
  visit.last: {kind: instant}
actions: {ask: {owner: agent}, look: {owner: agent}}
"""
    )
    assert policy.facts["review"].kind is Kind.RECORD
    assert policy.facts["review.stars"].learn_by == "ask"
    assert policy.facts["review.site"].learn_by == "look"
    assert policy.defaults["review.stars"] == Constant(3, Kind.COUNT)
    assert sorted(policy.facts["visit"].fields) == ["count", "last"]
    assert policy.defaults["visit.count"] == Constant(0, Kind.COUNT)


def test_reserved_facts_are_there(compiled: Compiled) -> None:
    """The package's own facts stand in every policy, with defaults and built-in derivations."""
    policy = compiled("customer_types: {angry: {}}\nactions: {ask: {owner: agent}}\n")
    assert policy.facts["customer_types"].values == ("angry", "calm")
    assert policy.facts["done"].values == ("ask",)
    assert policy.facts["demand.amount"].kind is Kind.MONEY
    assert policy.facts["calendar"].values == ("always",)
    assert policy.defaults["reopened_at"] == Constant(NOT_YET, Kind.INSTANT)
    assert policy.defaults["voluntary_given"] == Constant(Money(Decimal(0), "EUR"), Kind.MONEY)
    assert policy.defaults["promises"] == Constant((), Kind.RECORDS)
    assert policy.defaults["promises.kept"] == Constant(value=False, kind=Kind.YES_NO)
    built_in = [name for name, each in policy.derivations.items() if each == BuiltIn()]
    assert built_in == ["round_start", "done", "customer_types", "was_silent", "stage", "side"]


def test_a_reserved_fact_takes_extras(compiled: Compiled) -> None:
    """A ruleset may title a reserved fact, change its default, and say what learns it."""
    policy = compiled(
        """
facts:
  pending_on: {title: Who is waited for, default: customer}
  amount_paid: {learn_by: ask}
  entitlement.amount: {learn_by: ask}
actions: {ask: {owner: agent}}
"""
    )
    assert policy.defaults["pending_on"] == Constant("customer", Kind.CHOICE)
    assert policy.facts["pending_on"].title == {"en": "Who is waited for"}
    assert policy.facts["amount_paid"].learn_by == "ask"
    assert policy.facts["entitlement.amount"].learn_by == "ask"


def test_defaults_of_each_kind(compiled: Compiled) -> None:
    """A default is a value or an expression of the fact's kind."""
    policy = compiled(
        """
facts:
  flag: {kind: yes_no, default: no}
  share: {kind: number, default: 20%}
  fee: {kind: money, default: 0}
  language: {kind: text, default: en}
  web: {kind: text, default: '"web form"'}
  tongue: {kind: text, default: no}
  other: {kind: text, default: language}
  tags: {kind: set, values: [a, b], default: [b]}
  none_yet: {kind: set, values: [a, b], default: []}
  one: {kind: set, values: [a, b], default: a}
  channel: {kind: choice, values: [e-mail, phone], default: e-mail}
  quoted: {kind: choice, values: [a, b], default: '"a"'}
  grouped: {kind: choice, values: [a, b], default: (b)}
  paid: {kind: money, default: amount_paid}
  calls: {kind: records, fields: {at: {kind: instant}}, default: []}
  asked_at: {kind: instant, derive: 'done_at("ask")'}
actions: {ask: {owner: agent}}
"""
    )
    wanted = {
        "flag": Constant(value=False, kind=Kind.YES_NO),
        "share": Constant(Decimal("0.2"), Kind.NUMBER),
        "fee": Constant(Money(Decimal(0), "EUR"), Kind.MONEY),
        "language": Constant("en", Kind.TEXT),
        "web": Constant("web form", Kind.TEXT),
        "tongue": Constant("no", Kind.TEXT),
        "other": FactValue("language", Kind.TEXT),
        "tags": Constant(frozenset("b"), Kind.SET),
        "none_yet": Constant(frozenset(), Kind.SET),
        "one": Constant(frozenset("a"), Kind.SET),
        "channel": Constant("e-mail", Kind.CHOICE),
        "quoted": Constant("a", Kind.CHOICE),
        "grouped": Constant("b", Kind.CHOICE),
        "paid": FactValue("amount_paid", Kind.MONEY),
        "calls": Constant((), Kind.RECORDS),
    }
    assert {name: policy.defaults[name] for name in wanted} == wanted


def test_defaults_stand_in_order(compiled: Compiled) -> None:
    """A default that reads another fact comes after that fact's default."""
    policy = compiled(
        """
facts:
  first: {kind: count, default: second + 1}
  second: {kind: count, default: third}
  third: {kind: count, default: 1}
"""
    )
    names = [name for name in policy.defaults if name in ("first", "second", "third")]
    assert names == ["third", "second", "first"]


DERIVED = """
facts:
  channel: {kind: choice, values: [phone, post]}
  severity: {kind: level, values: [s3, s2, s1]}
  public: {kind: yes_no, derive: {when: {channel: post}}}
  open_for: {kind: duration, derive: now - received_at}
  effective:
    kind: level
    like: severity
    derive:
      first:
        - {when: {public: yes}, is: 'raise(severity, 1)'}
        - {when: {channel: phone}, is: s1}
      else: severity
  slipping:
    kind: count
    derive: {count: promises, where: {kept: no, due: "<= now + promise_warning"}}
  next_due: {kind: instant, derive: {earliest: due, of: promises, where: {kept: no}}}
  late: {kind: count, derive: {count: promises, where: {expected: "> due"}}}
  last_due: {kind: instant, derive: {latest: due, of: promises}}
  points:
    kind: count
    derive:
      table:
        hit: C+
        out: [points]
        rows: [{channel: phone, points: 1}, {severity: s1, points: 2}]
"""


def test_derivations_of_each_form(compiled: Compiled) -> None:
    """Every form of `derive` becomes its tree."""
    policy = compiled(DERIVED)
    derived = policy.derivations
    severity = FactValue("severity", Kind.LEVEL)
    levels = ("s3", "s2", "s1")
    assert derived["public"] == TruthOf(Leaf("channel", Among(frozenset({"post"}))))
    received = FactValue("received_at", Kind.INSTANT)
    assert derived["open_for"] == Formula(Arithmetic("-", Now(), received, Kind.DURATION))
    effective = derived["effective"]
    assert isinstance(effective, FirstOf)
    one = Constant(Decimal(1), Kind.NUMBER)
    assert effective.cases[0][1] == Call("raise", (severity, one), Kind.LEVEL, levels)
    assert effective.cases[1][1] == Constant("s1", Kind.LEVEL)
    assert effective.otherwise == severity
    late = derived["late"]
    assert isinstance(late, OverRecords)
    assert late.where == Leaf("expected", Compare(">", FieldValue("due", Kind.INSTANT)))
    next_due, last_due = derived["next_due"], derived["last_due"]
    assert isinstance(next_due, OverRecords)
    assert (next_due.how, next_due.records, next_due.field) == ("earliest", "promises", "due")
    assert isinstance(last_due, OverRecords)
    assert last_due.how == "latest"
    points = derived["points"]
    assert isinstance(points, TableOf)
    assert (points.output, points.table.hit) == ("points", "C+")
    assert [row.id for row in points.table.rows] == ["points#1", "points#2"]
    assert points.table.rows[0].number == -1


def test_derived_facts_stand_after_what_they_read(compiled: Compiled) -> None:
    """Derivations are in an order in which each reads only those before it."""
    policy = compiled(
        """
facts:
  last: {kind: number, derive: middle + 1}
  middle: {kind: number, derive: first + 1}
  first: {kind: number, derive: count(customer_types)}
customer_types: {angry: {recognise: {received_at: happened}}}
"""
    )
    order = list(policy.derivations)
    assert order.index("customer_types") < order.index("first") < order.index("middle")
    assert order.index("middle") < order.index("last")


def test_what_moves_with_time_is_marked(compiled: Compiled) -> None:
    """A fact that reads `now`, itself or through others, says so."""
    policy = compiled(
        DERIVED
        + """
  old: {kind: yes_no, derive: {when: {open_for: "> 2 d"}}}
stages: [{id: late, when: {old: yes}}, {id: early, when: always}]
"""
    )
    moving = sorted(fact.name for fact in policy.facts.values() if fact.time)
    assert moving == ["old", "open_for", "slipping", "stage"]


FAULTS = {
    "kind: count, derive: {when: always}": "wrong-kind",
    "kind: text, derive: {count: promises}": "wrong-kind",
    "kind: count, derive: {earliest: due, of: promises}": "wrong-kind",
    "kind: instant, derive: {earliest: kept, of: promises}": "wrong-kind",
    "kind: instant, derive: {earliest: duw, of: promises}": "unknown-field",
    "kind: count, derive: {count: promisses}": "unknown-fact",
    "kind: count, derive: {count: amount_paid}": "wrong-kind",
    "kind: count, derive: {count: promises, where: {keptt: no}}": "unknown-field",
    "kind: count, derive: 1.5": "wrong-kind",
    "kind: count, derive: '-2'": "wrong-kind",
    "kind: count, derive: 4 / 2": "wrong-kind",
    "kind: money, derive: 5": "wrong-kind",
    "kind: date, derive: received_at": "wrong-kind",
    "kind: duration, derive: 1 mo": "wrong-kind",
    "kind: choice, values: [a], derive: kind": "wrong-kind",
    "kind: choice, values: [a], derive: b": "unknown-value",
    "kind: choice, values: [a], derive: '\"b\"'": "unknown-value",
    "kind: count, derive: '1 +'": "bad-expression",
    "kind: number, derive: done_at(nothing)": "unknown-action",
    "kind: instant, derive: 'done_at(now, now)'": "wrong-arguments",
    "kind: money, derive: 'round(5 EUR, 1 EUR)'": "wrong-arguments",
    "kind: number, derive: fact(nothing)": "unknown-name",
    "kind: count, default: [1]": "wrong-kind",
    "kind: text, default: few": "wrong-kind",
    "kind: choice, values: [a], derive: {first: [{when: always, is: b}], else: a}": "unknown-value",
    "kind: choice, values: [a], derive: {first: [{when: always, is: a}], else: b}": "unknown-value",
    "kind: records, fields: {at: {kind: text, default: more}}": "default-of-derived",
    "kind: business_duration, derive: 'open_time_between(received_at, now)'": "",
    "kind: set, values: [a], default: [b]": "unknown-value",
    "kind: set, values: [a], default: {all: [a]}": "wrong-kind",
    "kind: level, values: [a, b], default: c": "unknown-value",
    "kind: level, values: [a, b], not_money: [c]": "unknown-value",
    "kind: choice, values: [known]": "reserved-id",
    "kind: records, fields: {at: {kind: instant}}, default: 5": "wrong-kind",
    "kind: record, fields: {at: {kind: instant}}, default: 5": "wrong-kind",
    "kind: record, fields: {at: {kind: record, fields: {on: {kind: date}}}}": "wrong-kind",
    "kind: record, fields: {at: {kind: instant, derive: now}}": "unfit-key",
    "kind: record, fields: {at: {title: At}}": "missing-kind",
    "kind: count, fields: {at: {kind: instant}}": "unfit-key",
    "like: nothing": "unknown-fact",
    "like: x": "missing-kind",
    "kind: count, learn_by: ask": "unknown-action",
    "kind: count, learn_by: excuse": "conduct-as-action",
    "kind: instant, default: now": "unstepped-time",
    "kind: number, derive: (now - received_at) / (now - pending_since)": "wrong-kind",
}


@pytest.mark.parametrize(("fact", "code"), FAULTS.items())
def test_faults(problems: Problems, fact: str, code: str) -> None:
    """Each slip in a fact is told once, with its cure."""
    found = problems(
        f"facts: {{x: {{{fact}}}, more: {{kind: text, derive: currency}}}}\n"
        "actions: {excuse: {conduct: yes}}\nsettings: {few: {value: 3, source: a}}\n"
    )
    assert [problem.code for problem in found] == ([code] if code else [])
    assert all(problem.help for problem in found)


def test_level_of_other_values_is_refused(problems: Problems) -> None:
    """A level takes another level's value only if both have the same values."""
    found = problems(
        "facts:\n  a: {kind: level, values: [x, y]}\n"
        "  b: {kind: level, values: [y, x], derive: a}\n"
        "  c: {kind: count, derive: 'whole(1 h, 1 h) + min(count(done), 2)'}\n"
        "  d: {kind: level, values: [x, y], derive: 'max(a, b)'}\n"
    )
    assert [(p.code, p.span.line) for p in found if p.span] == [
        ("wrong-kind", 8),
        ("wrong-arguments", 10),
    ]


def test_names_are_shared_with_settings(problems: Problems) -> None:
    """Facts and settings have one namespace; words of the language are taken."""
    found = problems(
        "facts: {limit: {kind: count}, source: {kind: text}}\n"
        "settings: {limit: {value: 3, default_of_ours: yes}, row: {value: 1, source: x}}\n"
    )
    assert [p.code for p in found] == ["id-taken", "reserved-id", "reserved-id"]


def test_what_is_broken_is_told_once(problems: Problems) -> None:
    """What is like a fact at fault, or goes over one, is passed over."""
    found = problems(
        "facts:\n  a: {kind: choice}\n  b: {like: a}\n  c: {like: d}\n  d: {}\n  e: {like: d}\n"
        "  n: {kind: count, derive: {count: a}}\n"
        "settings: {f: {like: a, value: x, source: s}}\n"
    )
    assert [(p.code, p.span.line) for p in found if p.span] == [
        ("missing-values", 7),
        ("missing-kind", 9),
        ("missing-kind", 10),
    ]


def test_dotted_names_need_a_record(problems: Problems) -> None:
    """A dotted name beside a fact of another kind is told."""
    found = problems("facts: {a.b: {kind: count}, a: {kind: count}}\n")
    assert [p.code for p in found] == ["wrong-kind"]


def test_rings_through_the_packages_own_facts(problems: Problems) -> None:
    """A type that is recognised by a fact derived from types is in a ring."""
    found = problems(
        """
facts: {angry_now: {kind: yes_no, derive: {when: {customer_types: angry}}}}
customer_types: {angry: {recognise: {angry_now: yes}}}
stages: [{id: a, when: {stage: a}}, {id: b, when: always}]
"""
    )
    assert [p.code for p in found] == ["derive-cycle", "derive-cycle"]
    assert "`angry_now` → `customer_types` → `angry_now`" in found[1].message
    assert "`stage` → `stage`" in found[0].message


def test_constants_are_folded(compiled: Compiled) -> None:
    """Arithmetic on constants is done once; what has no plain result is left alone."""
    policy = compiled(
        """
facts:
  a: {kind: number, derive: '(1 + 2) * 3 - 10 / 4'}
  b: {kind: money, derive: '2 * 5 EUR - 1 EUR'}
  d: {kind: number, derive: '5 EUR / 2 EUR'}
  e: {kind: number, derive: '1 / 3'}
  f: {kind: money, derive: '5 EUR + 0 HUF'}

"""
    )
    values = {
        name: each.expression.value
        for name, each in policy.derivations.items()
        if isinstance(each, Formula) and isinstance(each.expression, Constant)
    }
    assert values["a"] == Decimal("6.5")
    assert values["b"] == Money(Decimal(9), "EUR")
    assert values["d"] == Decimal("2.5")
    assert values["e"] * 3 == 1  # type: ignore[operator]
    assert isinstance(policy.derivations["f"], Formula)
    assert isinstance(policy.derivations["f"].expression, Arithmetic)


def test_zero_fits_money_anywhere(compiled: Compiled) -> None:
    """A plain 0 beside an amount is an amount of nothing."""
    policy = compiled(
        "facts:\n  a: {kind: money, derive: 'max(0, amount_paid - 0)'}\n"
        "  b: {kind: yes_no, derive: {when: {amount_paid: '> 0 * 1'}}}\n"
        "  c: {kind: number, derive: 'round(count(done) * 1.5, 0)'}\n"
    )
    derived = policy.derivations["a"]
    zero = Constant(Money(Decimal(0), "EUR"), Kind.MONEY)
    assert isinstance(derived, Formula)
    assert isinstance(derived.expression, Call)
    assert derived.expression.arguments[0] == zero
    truth = policy.derivations["b"]
    assert isinstance(truth, TruthOf)
    assert isinstance(truth.condition, Leaf)
    low = Money(Decimal(0), "EUR")
    assert truth.condition.check == Within(low=low, low_closed=False)
