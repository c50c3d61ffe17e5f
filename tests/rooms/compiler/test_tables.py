"""Decision tables by every hit policy (semantics 12)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest

from complaint_rules.calendar import Close, Duration, Unit
from complaint_rules.conditions.tree import Among, Constant, Truth
from complaint_rules.conditions.tree import Test as Leaf
from complaint_rules.facts import Kind
from complaint_rules.money import Money
from complaint_rules.policy import Policy, TableOf, Validity
from complaint_rules.problem import Problem

Compiled = Callable[[str], Policy]
Problems = Callable[[str], list[Problem]]

HEAD = """
facts:
  channel: {kind: choice, values: [phone, post, web]}
  contacts: {kind: count}
  limit: {kind: count}
  severity: {kind: level, values: [s3, s2, s1]}
  tags: {kind: set, values: [a, b]}
"""


def fact(declared: str, hit: str, rows: str, rest: str = "else: {x: 0}") -> str:
    """Return a ruleset with one fact that a table derives."""
    return (
        f"{HEAD}  x: {{{declared}, derive: {{table: {{hit: '{hit}', out: [x], "
        f"rows: [{rows}], {rest}}}}}}}\n"
    )


def test_rows_keep_what_is_written(compiled: Compiled) -> None:
    """A row has its id, condition, outputs, source, text and dates."""
    policy = compiled(
        HEAD
        + """
  x:
    kind: count
    derive:
      table:
        hit: F
        out: [x]
        rows:
          - {row: calls, channel: phone, contacts: "-", x: 1, source: a; b, text: By phone}
          - {channel: "-", x: 2, valid: {from: 2026-01-01}}
          - {x: "3", source: [c], text: {hu: Minden}, valid_from: "2026-01-01", valid_to: "-"}
          - {x: contacts, valid_from: "", valid_to: "2026-01-01", text: ""}
        else: {x: 0}
""".replace('valid_to: "-"', 'valid_to: ""')
    )
    derivation = policy.derivations["x"]
    assert isinstance(derivation, TableOf)
    one, two, three, four = derivation.table.rows
    assert (one.id, one.source, one.text) == ("x#calls", ("a", "b"), {"en": "By phone"})
    assert one.condition == Leaf("channel", Among(frozenset({"phone"})))
    assert one.outputs == {"x": Constant(1, Kind.COUNT)}
    since = Validity(datetime.date(2026, 1, 1))
    assert (two.id, two.condition, two.valid) == ("x#2", Truth(), since)
    assert (three.source, three.text, three.valid) == (("c",), {"hu": "Minden"}, since)
    assert (four.valid, four.text) == (Validity(None, datetime.date(2026, 1, 1)), {})
    assert derivation.table.otherwise == {"x": Constant(0, Kind.COUNT)}


def test_rows_from_csv(compiled: Compiled) -> None:
    """Cells of a CSV file are read as those in YAML."""
    from complaint_rules.composition import MappingFolder, Root
    from complaint_rules.loading.corridor import walk

    head = 'format: 1\nid: example\nedition: "1"\ntitle: Example\ncurrency: EUR\n'
    target = """
targets:
  reply:
    from: received_at
    met_by: round_start
    table: {hit: "C<", out: [due], rows: reply.csv}
"""
    rows = "row,channel,severity,due,source\nquick,phone,>= s2,4 bh,a\n,-,-,3 bd end of day,\n"
    files = {"ruleset.yaml": (head + HEAD + target).encode(), "reply.csv": rows.encode()}
    policy = walk(Root(MappingFolder(files))).policy
    assert policy is not None
    table = policy.targets["reply"].table
    assert table is not None
    assert [row.id for row in table.rows] == ["reply#quick", "reply#2"]
    first, second = (row.outputs["due"] for row in table.rows)
    assert first == Constant(Duration(4, Unit.BH), Kind.DURATION)
    assert second == Constant(Duration(3, Unit.BD, Close.DAY), Kind.DURATION)
    assert policy.conditions[table.rows[0].number] == table.rows[0].condition


def test_lists_suit_sets(compiled: Compiled) -> None:
    """R, O and C give the values of a set; O in order of priority."""
    for hit in ("R", "C", "O"):
        rest = "priority: [b, a]" if hit == "O" else "else: {x: []}".replace("[]", "a")
        policy = compiled(
            fact("kind: set, values: [a, b]", hit, "{channel: phone, x: [a, b]}, {x: a}", rest)
        )
        derivation = policy.derivations["x"]
        assert isinstance(derivation, TableOf)
        assert derivation.table.rows[0].outputs["x"] == Constant(frozenset("ab"), Kind.SET)
        assert (len(derivation.table.priority) == 2) == (hit == "O")


def test_numbers_are_counted_added_and_compared(compiled: Compiled) -> None:
    """C+ C< C> C# boil the outputs down to one number."""
    for hit in ("C+", "C<", "C>", "C#"):
        policy = compiled(fact("kind: count", hit, "{channel: phone, x: 1}, {x: 2}"))
        assert isinstance(policy.derivations["x"], TableOf)


def test_an_output_is_found_by_name(compiled: Compiled) -> None:
    """Of several outputs a fact takes the one of its name, an amount `amount`."""
    policy = compiled(
        HEAD
        + """
  x:
    kind: count
    derive:
      table: {hit: F, out: [note, x], rows: [{note: 1, x: 2}], else: {note: 3, x: 4}}
remedies:
  gift:
    amount:
      table: {hit: "C>", out: [amount], rows: [{channel: phone, amount: 5 EUR}, {amount: 2 EUR}]}
"""
    )
    derivation, amount = policy.derivations["x"], policy.remedies["gift"].amount
    assert isinstance(derivation, TableOf)
    assert derivation.output == "x"
    assert isinstance(amount, TableOf)
    assert amount.output == "amount"
    assert amount.table.rows[0].outputs["amount"] == Constant(Money(Decimal(5), "EUR"), Kind.MONEY)
    assert policy.conditions[amount.table.rows[1].number] == Truth()


OVERLAP, HIDDEN = "overlapping-rows", "unreachable-row"
ROWS = [
    ("U", "{channel: phone, x: 1}, {contacts: 3, x: 2}", OVERLAP),
    ("U", "{channel: phone, x: 1}, {channel: post, x: 2}", ""),
    ("U", "{tags: {all: [a]}, x: 1}, {tags: {none: [a]}, x: 2}", ""),
    ("U", "{contacts: '1, 2', x: 1}, {contacts: 'not(1, 2)', x: 2}", ""),
    ("U", "{contacts: 'not([2..4])', x: 1}, {contacts: '[2..4]', x: 2}", ""),
    ("U", "{contacts: '> limit', x: 1}, {contacts: '<= limit', x: 2}", ""),
    ("U", "{channel: [phone, unknown], x: 1}, {channel: post, x: 2}", ""),
    ("U", "{channel: '-', x: 1}, {channel: post, x: 2}", OVERLAP),
    ("A", "{channel: phone, x: 1}, {contacts: 3, x: 1}", ""),
    ("A", "{channel: phone, x: 1}, {contacts: 3, x: 2}", OVERLAP),
    ("F", "{contacts: '>= 3', x: 1}, {contacts: '[1..5]', x: 2}", ""),
    ("F", "{contacts: 3, x: 1}, {contacts: 'not(1, [4..5])', x: 2}", ""),
    ("F", "{x: 1}, {contacts: 9, x: 2}", HIDDEN),
    ("F", "{contacts: '7, [limit..9]', x: 1}, {contacts: '7, [limit..9]', x: 2}", HIDDEN),
    ("F", "{contacts: '> 3', x: 1}, {contacts: '[limit..9], 5', x: 2}", ""),
    ("U", "{contacts: '1, > 5', x: 1}, {contacts: '2, > 3', x: 2}", OVERLAP),
    ("U", "{valid: {from: 2026-01-01}, x: 1}, {valid: {to: 2025-12-31}, x: 2}", ""),
    ("F", "{valid: {from: 2026-01-01}, x: 1}, {x: 2}", ""),
    ("F", "{row: a, contacts: 1, x: 1}, {row: a, contacts: 2, x: 2}", "id-taken"),
    ("F", "{contacts: 1, x: 1}, {chanel: phone, x: 2}", "unknown-fact"),
    ("F", "{contacts: 1, x: a}, {contacts: 2, x: 2}", "unknown-name"),
    ("F", "{contacts: '', x: 1}", "missing-cell"),
    ("F", "{contacts: 1, x: ''}", "missing-cell"),
]
OUTPUTS = [
    ("kind: choice, values: [a]", "C+", "{x: a}", "wrong-output"),
    ("kind: yes_no", "C#", "{x: yes}", "wrong-output"),
    ("kind: text", "C", "{x: a}", "list-hit-policy"),
]
FAULTS = [*(("kind: count", *row) for row in ROWS), *OUTPUTS]


@pytest.mark.parametrize(("declared", "hit", "rows", "code"), FAULTS)
def test_faults(problems: Problems, declared: str, hit: str, rows: str, code: str) -> None:
    """Overlaps, hidden rows and unfit outputs are told; what is sound is not."""
    rest = f"else: {{x: {'a' if 'choice' in declared else 'no' if 'yes' in declared else 0}}}"
    found = problems(fact(declared, hit, rows, rest))
    assert [problem.code for problem in found] == ([code] if code else [])


def test_several_outputs_need_the_right_name(problems: Problems) -> None:
    """Where no output is called after what the table gives, that is told; `else` has them all."""
    text = HEAD + (
        "  x: {kind: count, derive: {table: {hit: F, out: [a, b], rows: [{a: 1, b: 2}], "
        "else: {a: 1}}}}\n"
    )
    assert [p.code for p in problems(text)] == ["wrong-output", "missing-cell"]


def test_a_target_takes_no_sums(problems: Problems) -> None:
    """Due times are not added or counted; lists of them are no due time."""
    for hit, code in (("C+", "wrong-output"), ("C#", "wrong-output"), ("C", "list-hit-policy")):
        text = (
            "targets: {reply: {from: received_at, met_by: round_start, "
            f"table: {{hit: '{hit}', out: [due], rows: [{{due: 4 h}}]}}}}}}\n"
        )
        assert [p.code for p in problems(text)] == [code]


def test_due_cells_are_durations(problems: Problems) -> None:
    """A due cell that is no duration is told."""
    cells = {"soon": "bad-duration", "[4 h, 5 h]": "bad-duration", "1.5 bd": "bad-duration"}
    for cell, code in cells.items():
        text = (
            "targets: {reply: {from: received_at, met_by: round_start, "
            f"table: {{hit: F, out: [due], rows: [{{due: {cell}}}]}}}}}}\n"
        )
        assert [p.code for p in problems(text)] == [code]


def test_large_tables_are_checked_in_bounded_time(compiled: Compiled) -> None:
    """A table of a thousand rows compiles."""
    rows = ", ".join(f"{{contacts: {n}, x: {n}}}" for n in range(1_000))
    policy = compiled(fact("kind: count", "U", rows))
    derivation = policy.derivations["x"]
    assert isinstance(derivation, TableOf)
    assert len(derivation.table.rows) == 1_000


def test_many_overlaps_are_told_but_not_all(problems: Problems) -> None:
    """Twenty overlaps of one table are enough to see what is wrong."""
    rows = ", ".join(f"{{contacts: '>= {n + 1}', x: {n}}}" for n in range(50))
    found = problems(fact("kind: count", "U", rows))
    assert [p.code for p in found] == ["overlapping-rows"] * len(found)
    assert 1 <= len(found) <= 20
