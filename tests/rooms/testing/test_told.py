"""A run in words, as data and as JUnit XML; and which cases are picked."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as Xml

import attrs
import pytest

from complaint_rules.testing import (
    PickError,
    Progress,
    Result,
    Run,
    as_data,
    as_junit,
    passes,
    pick,
    run,
)

MIXED = """\
tags: [all]
scenarios:
  - {id: well, story: All is well, tags: quick, expect: {stage: open}}
  - {id: bad, story: "A \\u200c fault", expect: {actions: {has: [thank, call]}, stage: answered}}
  - {id: known, story: A known fault, expect: {stage: answered}, expected_failure: next week}
  - {id: mended, story: A mended fault, expect: {stage: open}, expected_failure: last week}
  - {id: fresh, story: Nobody looked, expect: {stage: open}, unreviewed: yes}
  - {id: ahead, story: Ahead, state: {answered_at: +1 h}, expect: {stage: open}}
"""


def text_of(lab: Any, body: str) -> str:
    """Return the words for the only case."""
    lab.one(body)
    (result,) = run("shop").results
    return result.text


def test_a_failure_tells_story_place_and_difference(lab: Any) -> None:
    """Story, instant, the path in `expect`, expected and got, and where it is written."""
    assert text_of(lab, "expect: {stage: answered}").splitlines() == [
        "A story",
        "at 2026-11-24T10:00:00+01:00:",
        "  stage",
        "    expected: answered",
        "    got:      open",
        "    written:  shop/scenarios/first.yaml:7:21",
    ]


def test_a_missing_item_is_told_with_its_why_not(lab: Any) -> None:
    """What is not there is explained by the tests that fail and what would turn them."""
    text = text_of(lab, "expect: {actions: call}")
    assert "Call" in text
    assert "angry" in text.lower()


def test_an_item_too_many_is_told_with_its_why(lab: Any) -> None:
    """What is there, or is otherwise, is explained by the rules behind it."""
    for expect in ("actions: {lacks: thank}", "actions: {owner: {thank: lead}}", "actions: none"):
        assert "All are thanked" in text_of(lab, f"expect: {{{expect}}}")
    assert "Voucher" in text_of(lab, "expect: {withheld: voucher}")
    assert "Excuses" in text_of(lab, "expect: {prohibitions: {lacks: excuse}}")
    assert "manager" in text_of(lab, "expect: {escalations: manager}")


def test_what_nobody_can_explain_is_only_told(lab: Any) -> None:
    """An order, a stage, a fact to ask: the difference stands alone; so does a fourth one."""
    lines = text_of(lab, "expect: {choices: {order: [voucher, card]}}").splitlines()
    assert lines[-1].startswith("    written:")
    assert text_of(lab, "expect: {asks: severity}").count("\n") == 5
    many = text_of(
        lab, "expect: {actions: {lacks: thank}, owed: refund, goodwill: flowers, types: angry}"
    )
    assert many.splitlines()[-1].startswith("    written:  shop/scenarios/first.yaml:7:")


def test_a_step_is_told_by_number_and_story(lab: Any) -> None:
    """A difference after a step names it."""
    body = "steps: [{at: +1 h, story: STORY, expect: {stage: answered}}]"
    assert "at 2026-11-24T11:00:00+01:00 (step 1, they call):" in text_of(
        lab, body.replace("STORY", "they call")
    )
    assert "(step 1):" in text_of(lab, body.replace("story: STORY, ", ""))


def test_a_name_the_ruleset_lacks_is_not_explained(lab: Any, child: Any) -> None:
    """A child without the parent's item tells the difference, and no why-not of it."""
    lab.write("scenarios: [{id: a, story: x, expect: {manner: warm}}]")
    child("drop: {rules: [thanks], manner: [warm]}\n")
    (failed,) = run("branch").failed
    assert failed.text.splitlines()[-1].startswith("    written:")


def test_a_run_is_counted(lab: Any) -> None:
    """Each case comes to one thing; unreviewed ones and those left out are counted apart."""
    lab.write(MIXED)
    done = run("shop")
    assert dict(done.counts()) == {
        "passed": 2,
        "failed": 1,
        "failed as expected": 1,
        "passed, though expected to fail": 1,
        "cannot be played": 1,
        "unreviewed": 1,
    }
    assert [result.outcome.case.scenario for result in done.failed] == ["bad", "mended", "ahead"]
    assert "take `expected_failure` out" in done.failed[1].text
    assert "[future-happening]" in done.failed[2].text
    assert dict(run("shop", wanted=pick("quick")).counts()) == {"passed": 1, "left out": 5}


def test_strict_refuses_what_nobody_reviewed(lab: Any) -> None:
    """With `strict` an unreviewed case is not well, though it passes."""
    lab.write(MIXED)
    fresh = run("shop", strict=True, wanted=pick("fresh"))
    assert [(r.ok, r.told) for r in fresh.results] == [(False, "unreviewed")]
    assert "nobody has reviewed it" in fresh.results[0].text
    assert run("shop", wanted=pick("fresh")).ok


def test_fail_fast_stops_at_the_first_failure(lab: Any) -> None:
    """After a failure nothing more is played; what is left is counted."""
    lab.write(MIXED)
    done = run("shop", fail_fast=True)
    assert [result.ok for result in done.results] == [True, False]
    assert done.left_out == 4


def test_only_the_first_failures_are_explained(lab: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where much fails at once, later failures are told without their why: that is a search."""
    lab.one("expect: {actions: {lacks: thank}}")
    assert "All are thanked" in run("shop").results[0].text
    monkeypatch.setattr("complaint_rules.testing.running._EXPLAINED", 0)
    assert "All are thanked" not in run("shop").results[0].text


def test_progress_and_time_are_told(lab: Any) -> None:
    """After each case the caller hears of it; a clock of his measures it."""
    lab.write(MIXED)
    seen: list[tuple[str, Progress]] = []
    ticks = iter(range(100))

    def hear(result: Result, progress: Progress) -> None:
        seen.append((result.outcome.case.scenario, progress))

    done = run("shop", clock=lambda: float(next(ticks)), on_result=hear, explained=False)
    assert [progress.played for _, progress in seen] == [1, 2, 3, 4, 5, 6]
    assert {progress.total for _, progress in seen} == {6}
    assert {result.seconds for result in done.results} == {1.0}


def test_as_data_tells_everything(lab: Any) -> None:
    """A run as data: counts, cases with differences, problems."""
    lab.write(MIXED).write("scenarios: x\n", "broken")
    data = as_data(run("shop"))
    assert data["ok"] is False
    assert data["counts"]["played"] == 6
    bad = data["cases"][1]
    assert (bad["name"], bad["status"], bad["ok"]) == ("first/bad", "failed", False)
    assert [(d["path"], d["expected"], d["got"]) for d in bad["differences"]] == [
        ("actions.has", "`call`", "thank"),
        ("stage", "answered", "open"),
    ]
    assert data["cases"][2]["differences"] == []
    assert data["cases"][2]["expected_failure"] == "next week"
    assert data["cases"][5]["problems"][0]["code"] == "future-happening"
    assert [problem["code"] for problem in data["problems"]] == ["wrong-shape"]


def test_junit_holds_failures_skips_and_errors(lab: Any) -> None:
    """JUnit XML: a suite per file, a case per case, problems as errors; nothing XML cannot hold."""
    lab.write(MIXED).write("scenarios: x\n", "broken")
    root = Xml.fromstring(as_junit(run("shop")))
    assert {name: root.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "7", "failures": "3", "errors": "1", "skipped": "1",
    }  # fmt: skip
    cases = {case.get("name"): case for case in root.iter("testcase")}
    failure = cases["bad"].find("failure")
    assert failure is not None
    assert "A \u200c fault" in (failure.text or "")
    assert cases["known"].find("skipped").get("message") == "next week"
    assert cases["well"].get("line") == "6"
    assert cases["shop/scenarios/broken.yaml:4:12"].find("error") is not None
    nowhere = Xml.fromstring(as_junit(run("nowhere")))
    assert [case.get("name") for case in nowhere.iter("testcase")] == ["problem"]


def test_junit_has_no_character_that_xml_lacks(lab: Any) -> None:
    """A control character, wherever it comes from, is shown as one that is none."""
    lab.write(MIXED)
    (result,) = run("shop", wanted=pick("bad")).results
    loud = Run([attrs.evolve(result, text="ring \x07")])
    (failure,) = Xml.fromstring(as_junit(loud)).iter("failure")
    assert failure.text == "ring \N{REPLACEMENT CHARACTER}"


def test_passes_agrees_with_play(lab: Any) -> None:
    """The quick answer is that of the whole one, whatever became of the case."""
    lab.write(MIXED)
    suite = lab.suite()
    for case in suite.cases:
        outcome = lab.outcomes()[case.name]
        assert passes(suite.policy, case) is outcome.ok


def test_passes_refuses_what_does_not_fit_a_policy(lab: Any, child: Any) -> None:
    """Played against another policy, a case whose facts it does not know does not pass."""
    lab.one("state: {contacts: 1}\nexpect: {stage: open}")
    (case,) = lab.suite().cases
    other = child("drop: {facts: [contacts, busy], customer_types: [rude]}\n").suite().policy
    assert other is not None
    assert passes(other, case) is False


@pytest.mark.parametrize(
    ("words", "picked"),
    [
        ("well", "well"),
        ("WELL or bad", "well bad"),
        ("first/", "well bad known"),
        ("all and not bad", "well known"),
        ("not (well or known)", "bad"),
        ("not not quick", "well"),
        ("quick or known and bad", "well"),
        ("(quick or known) and not bad", "well known"),
        ("nothing", ""),
    ],
)
def test_words_pick_cases(lab: Any, words: str, picked: str) -> None:
    """Words of names and tags, joined by and, or, not and parentheses."""
    lab.write(MIXED)
    chosen = pick(words)
    cases = [case for case in lab.suite().cases if case.scenario in ("well", "bad", "known")]
    assert [case.scenario for case in cases if chosen(case)] == picked.split()


@pytest.mark.parametrize(
    "words", ["", "a b", "and", "not", "a or", "(a", "a)", "(", "a and or b", "a " * 201]
)
def test_words_that_mean_nothing_are_refused(words: str) -> None:
    """A choice that cannot be read is told, not guessed."""
    with pytest.raises(PickError, match=r"\w"):
        pick(words)
