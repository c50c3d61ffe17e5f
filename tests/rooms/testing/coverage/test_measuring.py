"""What scenarios show of a ruleset: rules, rows, sides of tests and thresholds, remedies, tiers."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from complaint_rules.testing import read_suite
from complaint_rules.testing.coverage import Coverage, Point, cover, percent, points, texts_of

if TYPE_CHECKING:
    from conftest import Bench


def test_nothing_is_shown_without_scenarios(bench: Bench) -> None:
    """A ruleset without scenarios is shown by none: everything is missed."""
    found = cover(bench.policy, ())
    assert found.share == 0
    assert set(found.missed) == set(found.shown)
    assert found.cases == 0


def test_a_rule_fires(bench: Bench) -> None:
    """A rule whose condition holds is shown by the scenario; the others are not."""
    shown = bench.scenarios("state: {channel: phone}").shown()
    assert "thanks fired" in shown
    assert "often fired" not in shown


@pytest.mark.parametrize(("day", "fires"), [("2020-12-31", True), ("2021-01-01", False)])
def test_a_rule_fires_on_its_dates_only(bench: Bench, day: str, fires: bool) -> None:
    """A rule whose dates are past does not fire, though its condition holds."""
    shown = bench.scenarios(f"state: {{event_date: {day}}}").shown()
    assert ("once fired" in shown) is fires


@pytest.mark.parametrize(
    ("severity", "hit", "not_hit"), [("s1", "answer#1", "answer#2"), ("s3", "answer#2", "answer#1")]
)
def test_only_the_first_row_is_hit(bench: Bench, severity: str, hit: str, not_hit: str) -> None:
    """Under hit policy F the first row that holds is hit, and none after it."""
    shown = bench.scenarios(f"state: {{severity: {severity}, channel: email}}").shown()
    assert f"{hit} hit" in shown
    assert f"{not_hit} hit" not in shown


def test_rows_of_derived_facts_count(bench: Bench) -> None:
    """A row of a table that gives a fact is hit like one of a target's."""
    shown = bench.scenarios("state: {severity: s1}").shown()
    assert "fee#1 hit" in shown
    assert "fee#2 hit" not in shown


COLLECT = """\
format: 1
id: shop
edition: "1"
title: A shop
currency: EUR
calendar: office
calendars: {office: {timezone: Europe/Budapest, hours: {mon-fri: ["09:00-17:00"]}}}
facts:
  contacts: {kind: count, default: 0}
actions: {thank: {title: Thank, owner: agent, due: now}}
approvals: [lead]
remedies:
  voucher:
    title: Voucher
    when: always
    amount:
      table:
        hit: C+
        out: [paid]
        rows:
          - {valid: {to: 2020-12-31}, contacts: ">= 0", paid: 1 EUR}
          - {contacts: ">= 1", paid: 2 EUR}
          - {contacts: ">= 2", paid: 3 EUR}
    approval: [{by: lead}]
rules: [{id: thanks, text: All are thanked, source: [house], when: always, then: {do: [thank]}}]
"""


def test_every_row_that_holds_is_hit(bench: Bench) -> None:
    """Under a hit policy that collects, all rows that hold are hit, but those of other dates."""
    shown = bench.ruleset(COLLECT).scenarios("state: {contacts: 2}").shown()
    assert {"voucher#2 hit", "voucher#3 hit"} <= shown
    assert "voucher#1 hit" not in shown


@pytest.mark.parametrize(
    ("contacts", "shows"),
    [
        (3, {"false"}),
        (4, {"false", "just outside"}),
        (5, {"true", "just inside"}),
        (6, {"true", "just inside"}),
        (7, {"true"}),
    ],
)
def test_a_threshold_needs_both_its_sides(bench: Bench, contacts: int, shows: set[str]) -> None:
    """A threshold `>= 5` is shown from outside by a 4 and from inside by a 5 (or the next)."""
    shown = bench.scenarios(f"state: {{contacts: {contacts}}}").shown()
    told = "often: `contacts: >= 5` "
    assert {point.removeprefix(told) for point in shown if point.startswith(told)} == shows


def test_each_end_of_a_range_is_a_threshold(bench: Bench) -> None:
    """A range has two thresholds, told apart by their end."""
    shown = bench.scenarios("state: {score: 2}", "state: {score: 6}").shown()
    told = "middling: `score: [2..5]` "
    assert {point.removeprefix(told) for point in shown if point.startswith(told)} == {
        "true",
        "false",
        "from just inside",
        "to just outside",
    }


def test_a_test_of_something_unknown_shows_neither_side(bench: Bench) -> None:
    """A test whose fact is unknown shows nothing; that it was met so is told apart."""
    found = bench.scenarios("state: {contacts: unknown}").cover()
    mine = [point for point in found.shown if point.owner == "often" and "contacts" in point.what]
    assert mine
    assert not any(found.shown[point] for point in mine)
    assert {point for point in found.unknown if point.owner == "often"} >= {mine[0]}
    assert "often: `contacts: >= 5`" in found.to_json()["met_unknown"]


def test_known_or_not_is_shown_by_both(bench: Bench) -> None:
    """A test for `known` is shown true by a known fact and false by an unknown one."""
    assert "answer: `channel: known` true" in bench.scenarios("state: {channel: email}").shown()
    assert "answer: `channel: known` false" in bench.scenarios("tags: [x]").shown()


def test_a_bound_that_is_unknown_shows_nothing(bench: Bench) -> None:
    """A test whose computed bound is unknown is neither true nor false."""
    bounded = 'when: {amount_paid: ">= voluntary_given"}\n    amount'
    bench.ruleset(COLLECT.replace("when: always\n    amount", bounded))
    bench.scenarios("state: {amount_paid: 1 EUR, voluntary_given: unknown}")
    assert not {told for told in bench.shown() if "amount_paid" in told}


def test_fields_of_records_are_looked_through(bench: Bench) -> None:
    """A test in a `where` is shown by each record; an unknown field by none."""
    shown = bench.scenarios("state: {calls: [{minutes: 29}, {minutes: 31}, {about: rain}]}").shown()
    told = "long_calls: `minutes: >= 30` "
    assert {point.removeprefix(told) for point in shown if point.startswith(told)} == {
        "true",
        "false",
        "just inside",
        "just outside",
    }


def test_records_that_are_unknown_show_nothing(bench: Bench) -> None:
    """A list nobody knows has no records to look at."""
    shown = bench.scenarios("state: {calls: unknown}").shown()
    assert not [told for told in shown if told.startswith("long_calls:")]


def test_remedies_are_offered_and_withheld(bench: Bench) -> None:
    """A choice, goodwill and what is owed count as offered; what waits as withheld."""
    paid = "channel: phone, contacts: 2, amount_paid: 9 EUR"
    later = bench.scenarios(f"state: {{{paid}}}").shown()
    assert {"refund offered", "flowers withheld"} <= later
    given = bench.scenarios(f"state: {{{paid}, seen_at: 2026-11-24 09:30}}").shown()
    assert "flowers offered" in given


def test_an_entitlement_is_no_remedy_of_the_ruleset(bench: Bench) -> None:
    """What is owed by law beside the ruleset's remedies is passed over."""
    shown = bench.scenarios("state: {entitlement: {kinds: [refund], amount: 4 EUR}}").shown()
    assert not [told for told in shown if told.startswith("entitlement")]


@pytest.mark.parametrize(
    ("paid", "tier"),
    [("4 EUR", "tier 1, agent"), ("400 EUR", "tier 2, lead")],
)
def test_tiers_are_reached_by_their_amounts(bench: Bench, paid: str, tier: str) -> None:
    """A tier of an approval is reached by an amount that falls into it."""
    state = f"state: {{channel: email, amount_paid: {paid}}}"
    told = {each for each in bench.scenarios(state).shown() if each.startswith("voucher: tier")}
    assert told == {f"voucher: {tier} reached"}


def test_who_shows_a_point_is_told(bench: Bench) -> None:
    """Each point names the first case that shows it."""
    found = bench.scenarios("state: {channel: phone}", "state: {contacts: 5}").cover()
    by = {point.told: name for point, name in found.shown.items()}
    assert by["thanks fired"] == "first/n1"
    assert by["size: `contacts: >= 5` true"] == "first/n2"


@pytest.mark.parametrize(
    "word",
    [
        "unreviewed: yes",
        "expected_failure: not yet, expect: {actions: none}",
        "expect: {actions: none}",
    ],
)
def test_what_nobody_vouches_for_shows_nothing(bench: Bench, word: str) -> None:
    """Unreviewed cases, failing ones and those expected to fail are passed over."""
    found = bench.scenarios(word).cover()
    assert found.share == 0
    assert (found.cases, found.passed_over) == (0, 1)


def test_each_step_of_a_case_counts(bench: Bench) -> None:
    """What a later moment of a case decides is shown, too."""
    step = "{at: +1 h, state: {contacts: 5, channel: email}, expect: {actions: call}}"
    assert "often fired" in bench.scenarios(f"steps: [{step}]").shown()


def test_the_share_is_never_rounded_up(bench: Bench) -> None:
    """A share is cut after the first decimal, so that 100 means all."""
    assert percent(Fraction(1999, 2000)) == 99.9
    assert percent(Fraction(2, 3)) == 66.6
    assert percent(Fraction(1)) == 100.0
    assert Coverage(bench.policy, {}, {}, frozenset(), 0, 0).share == 1


def test_the_tally_counts_each_sort(bench: Bench) -> None:
    """The tally says how many of each sort are shown, in a fixed order."""
    tally = bench.scenarios("state: {channel: phone}").cover().tally()
    assert tally["fired"] == (2, 6)
    assert tally["hit"] == (2, 4)
    assert list(tally) == [
        "fired",
        "hit",
        "true",
        "false",
        "inside",
        "outside",
        "offered",
        "withheld",
        "tier",
    ]


def test_as_data_it_names_every_point_missed(bench: Bench) -> None:
    """As data: shares in percent, and file, line and words of every point missed."""
    data = bench.scenarios("state: {contacts: 4}").cover().to_json()
    assert data["ruleset"] == "shop"
    assert data["sides"]["fired"] == {"seen": 1, "of": 6, "percent": 16.6}
    missed = {each["told"]: each for each in data["missed"]}
    assert missed["often fired"] == {
        "side": "fired",
        "section": "rules",
        "owner": "often",
        "what": "",
        "told": "often fired",
        "file": "ruleset.yaml",
        "line": missed["often fired"]["line"],
    }
    assert {each["reason"] for each in data["unreachable"]}


def test_a_point_without_a_place_is_told_so(bench: Bench) -> None:
    """A point that is written nowhere has neither file nor line."""
    found = Coverage(bench.policy, {Point("fired", "rules", "x"): ""}, {}, frozenset(), 0, 0)
    (told,) = found.to_json()["missed"]
    assert (told["file"], told["line"]) == (None, None)
    assert found.within({"ruleset.yaml"}).shown == {}


def test_tests_stand_where_they_are_written(bench: Bench) -> None:
    """Equal conditions share one tree: a test of the second stands at its owner's place."""
    lines = (bench.folder / "ruleset.yaml").read_text(encoding="utf-8").splitlines()
    found = {(p.owner, p.side): p for p in points(bench.policy) if "contacts" in p.what}
    first, second = found["often", "true"].span, found["often-too", "true"].span
    assert first is not None
    assert second is not None
    assert "when: {contacts" in lines[first.line - 1]
    assert "id: often-too" in lines[second.line - 1]


CHILD = """\
format: 1
id: branch
edition: "1"
title: A branch
extends: [shop]
rules:
  - {id: own, text: Of our own, source: [house], when: {contacts: ">= 5", channel: email},
     then: {do: [thank]}}
  - {id: few, amends: shop, when: {contacts: ">= 7"}}
"""


def test_an_extending_ruleset_counts_its_own_files(bench: Bench) -> None:
    """Points written in the files of a ruleset itself can be told from inherited ones."""
    branch = bench.folder.parent / "branch"
    branch.mkdir()
    (branch / "ruleset.yaml").write_text(CHILD, encoding="utf-8")
    suite = read_suite(branch)
    assert suite.policy is not None, [p.message for p in suite.ruleset.problems]
    texts = texts_of(branch)
    assert texts.own == {"ruleset.yaml"}
    assert set(texts.sources) == {"ruleset.yaml", "shop/ruleset.yaml"}
    own = cover(suite.policy, suite.cases).within(texts.own)
    assert {point.owner for point in own.shown} == {"own", "few"}


def test_there_are_no_texts_of_no_ruleset() -> None:
    """What is no ruleset has no texts."""
    found = texts_of("no-such-ruleset")
    assert (found.sources, found.own) == ({}, frozenset())
