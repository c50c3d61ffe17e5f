"""What no state can show is set apart, with the reason; and only where that is proved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from complaint_rules.testing.coverage import unreachable

if TYPE_CHECKING:
    from conftest import Bench

BASE = """\
format: 1
id: shop
edition: "1"
title: A shop
currency: EUR
calendar: office
calendars: {{office: {{timezone: Europe/Budapest, hours: {{mon-fri: ["09:00-17:00"]}}}}}}
settings:
  open_door: {{title: Open door, kind: yes_no, value: yes, source: [house]}}
  most: {{title: Most, kind: count, value: 0, source: [house]}}
  plenty: {{title: Plenty, kind: count, value: 5000, source: [house]}}
  least:
    title: Least
    kind: count
    source: [house]
    value: [{{valid: {{to: 2020-12-31}}, value: 0}}, {{valid: {{from: 2021-01-01}}, value: 2}}]
facts:
  severity: {{kind: level, values: [s3, s2, s1], default: s3}}
  channel: {{kind: choice, values: [email, phone]}}
  contacts: {{kind: count, default: 0}}
  score: {{kind: number}}
  wishes: {{kind: set, values: [speed, money]}}
  calls: {{kind: records, fields: {{minutes: {{kind: count}}}}}}
  door: {{kind: yes_no, derive: open_door}}
  size: {{kind: level, values: [small, big, huge],
         derive: {{first: [{{when: {{contacts: ">= 5"}}, is: big}}], else: small}}}}
  turned: {{kind: choice, values: [email, phone],
           derive: {{first: [{{when: {{contacts: ">= 5"}}, is: channel}}], else: email}}}}
  double: {{kind: count, derive: contacts * 2}}
  few: {{kind: count, derive: {{count: calls, where: {{minutes: "< 0"}}}}}}
  fee:
    kind: count
    derive: {{table: {{hit: {hit}, out: [n], {other}
             rows: [{{severity: s1, n: "1"}}, {{severity: "not(s1)", n: "2"}}]}}}}
actions:
  thank: {{title: Thank, owner: agent, due: now}}
approvals: [lead]
remedies:
  gift: {{title: Gift, when: {{{when}}}, amount: 5 EUR, approval: [{{by: lead}}]}}
rules:
  - {{id: one, text: One, source: [house], when: {{{when}}}, then: {{do: [thank]}}}}
"""


def proved(bench: Bench, when: str, *, hit: str = "F", other: str = 'else: {n: "3"},') -> set[str]:
    """Return what is proved of a rule `one`, and of the rest, with a condition."""
    text = BASE.format(when=when, hit=hit, other=other)
    return {
        f"{point.told}: {why}" for point, why in unreachable(bench.ruleset(text).policy).items()
    }


def of_one(bench: Bench, when: str) -> set[str]:
    """Return what is proved of the rule `one`."""
    return {each for each in proved(bench, when) if each.startswith("one")}


@pytest.mark.parametrize(
    "when",
    [
        'contacts: ">= 5"',
        "severity: s1",
        "channel: known",
        "score: '>= 0.5'",
        "wishes: speed",
        'contacts: "<= least"',
        'contacts: "< plenty"',
        'double: "< 0"',
        "size: big",
        "turned: phone",
        "channel: [email]",
        'amount_paid: ">= 5 EUR"',
        "fee: '1'",
        "not: {channel: email}",
        "any: [{channel: email}, {contacts: '>= 9'}]",
        "at_least: {n: 1, of: [{channel: email}, {contacts: '>= 9'}]}",
        "contacts: known",
        "all: [{contacts: '>= 2'}, {contacts: '< 9'}]",
    ],
)
def test_what_can_be_shown_is_never_set_apart(bench: Bench, when: str) -> None:
    """A test that some value passes and another fails is not unreachable."""
    assert of_one(bench, when) == set()


def test_a_constant_fact_has_one_side(bench: Bench) -> None:
    """A fact that is always what a setting says shows one side of its test only."""
    assert of_one(bench, "door: yes") == {"one: `door: yes` false: `door` is always `yes`"}


def test_what_a_constant_fact_denies_never_happens(bench: Bench) -> None:
    """A rule and a remedy whose condition denies a constant never come; the remedy may wait."""
    found = proved(bench, "door: no")
    assert found == {
        "one: `door: no` true: `door` is always `yes`",
        "gift: `door: no` true: `door` is always `yes`",
        "one fired: `door` is always `yes`",
        "gift offered: `door` is always `yes`",
        "gift: tier 1, lead reached: `door` is always `yes`",
        *(each for each in found if each.startswith("few")),
    }


def test_values_a_derived_fact_never_takes(bench: Bench) -> None:
    """A fact that is worked out from constants takes no other value."""
    told = "`size` is always one of `big`, `small`"
    assert of_one(bench, "size: huge") == {f"one: `size: huge` true: {told}", f"one fired: {told}"}


@pytest.mark.parametrize("hit", ["F", "C+"])
def test_values_a_table_never_gives(bench: Bench, hit: str) -> None:
    """A fact from a table takes the rows' values, unless the table reckons with them."""
    other = 'else: {n: "3"},' if hit == "F" else ""
    found = {e for e in proved(bench, 'fee: "7"', hit=hit, other=other) if e.startswith("one")}
    assert bool(found) is (hit == "F")


def test_a_count_is_never_negative(bench: Bench) -> None:
    """A count that is given has no value below zero, not even against a setting."""
    told = "no value of `contacts` passes `< most`"
    assert of_one(bench, 'contacts: "< most"') == {
        f"one: `contacts: < most` true: {told}",
        "one: `contacts: < most` just inside: `contacts` has no value there",
        f"one fired: {told}",
    }


def test_fields_of_records_have_their_values_too(bench: Bench) -> None:
    """A field of a record is a count like any other."""
    assert "few: `minutes: < 0` true: no value of `minutes` passes `< 0`" in proved(
        bench, "channel: email"
    )


def test_every_value_passes(bench: Bench) -> None:
    """A test that every value passes is never seen false, nor from outside."""
    found = of_one(bench, "channel: [email, phone]")
    assert found == {
        "one: `channel: [email, phone]` false: every value of `channel` passes `[email, phone]`"
    }


def test_how_many_members_a_set_can_have(bench: Bench) -> None:
    """A set of two words never has three members, so the edge is out of reach."""
    told = "no value of `wishes` passes `{count: >= 4}`"
    assert f"one fired: {told}" in of_one(bench, 'wishes: {count: ">= 4"}')


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ("all: [{contacts: '>= 5'}, {contacts: '< 3'}]", "cannot be both `>= 5` and `< 3`"),
        ("not: {door: yes}", "`door` is always `yes`"),
        ("not: {any: [{door: yes}, {contacts: '>= 5'}]}", "`door` is always `yes`"),
        ("any: [{door: no}, {size: huge}]", "`door` is always `yes`"),
        ("not: {all: [{door: yes}, {size: [big, small]}]}", "`door` is always `yes`"),
        (
            "at_least: {n: 2, of: [{door: no}, {size: huge}, {channel: email}]}",
            "`door` is always `yes`",
        ),
        (
            "not: {at_least: {n: 1, of: [{door: yes}, {channel: email}]}}",
            "`door` is always `yes`",
        ),
    ],
)
def test_conditions_that_contradict_themselves(bench: Bench, when: str, reason: str) -> None:
    """A rule whose condition cannot hold never fires; the reason names what is against it."""
    (told,) = {each for each in of_one(bench, when) if each.startswith("one fired")}
    assert reason in told


def test_a_condition_with_a_way_out_may_hold(bench: Bench) -> None:
    """A denial of something that need not hold, and one of several ways, are no contradiction."""
    assert not [
        each
        for when in (
            "not: {all: [{door: yes}, {channel: email}]}",
            "any: [{door: no}, {channel: email}]",
            "at_least: {n: 1, of: [{door: no}, {channel: email}]}",
            "not: {at_least: {n: 2, of: [{door: yes}, {channel: email}]}}",
        )
        for each in of_one(bench, when)
        if each.startswith("one fired")
    ]


NEVER_ROW = """\
  - {id: two, text: Two, source: [house], when: always, then: {do: [thank]}}
targets:
  answer:
    title: Answer
    from: received_at
    met_by: resolved_at
    table: {hit: F, out: [due], rows: [{door: no, due: 1 h}, {severity: "-", due: 2 h}]}
"""


def test_a_row_that_contradicts_a_constant(bench: Bench) -> None:
    """A row whose test no value passes is never hit."""
    resolved = "facts:\n  resolved_at: {kind: instant, default: not_yet}\n"
    text = BASE.format(when="channel: email", hit="F", other='else: {n: "3"},') + NEVER_ROW
    bench.ruleset(text.replace("facts:\n", resolved, 1))
    found = {f"{point.told}: {why}" for point, why in unreachable(bench.policy).items()}
    assert "answer#1 hit: `door` is always `yes`" in found


def test_what_stands_behind_a_row_that_always_holds(bench: Bench) -> None:
    """Under hit policy F a row behind one that holds wherever it does is never hit."""
    found = {f"{point.told}: {why}" for point, why in unreachable(bench.policy).items()}
    told = "answer#3 hit: row `answer#2` stands before it and holds wherever it does"
    assert told in found
    assert "flowers: tier 2, lead reached: `flowers` has no amount" in found
