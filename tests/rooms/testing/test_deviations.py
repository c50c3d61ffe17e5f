"""Rulesets that extend others answer their scenarios, or say where they mean not to."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from complaint_rules.testing import Status, as_junit, pick, run
from complaint_rules.testing.results import as_data

PARENT = """\
scenarios:
  - id: answer
    story: Two hours for an answer
    expect: {targets: {due: {answer: 2026-11-24 11:00}}}
  - id: later
    story: Time goes on
    expect: {stage: open}
    steps:
      - {at: +1 h, expect: {actions: thank}}
      - {at: +2 h, state: {answered_at: +0 m}, expect: {stage: answered}}
  - id: rows
    story: Each severity
    table:
      state: [severity]
      expect: [targets.due.answer]
      rows: {grave: [s1, -30 m], small: [s3, 2026-11-24 11:00]}
  - {id: known, story: A fault, expect: {stage: answered}, expected_failure: not yet done}
"""
QUICK = "targets: {answer: {amends: shop, due: 1 h}}\n"
HEAD = "format: 1\n"


def statuses(lab: Any) -> dict[str, Status]:
    """Return what became of each case."""
    return {name: outcome.status for name, outcome in lab.outcomes().items()}


def test_a_child_answers_its_parents_scenarios(lab: Any, child: Any) -> None:
    """Own cases first, then the parents', each once; a parent's own known faults are left out."""
    lab.write(PARENT)
    branch = child()
    branch.write(
        "scenarios: [{id: own, story: x, at: 2026-11-24 10:00, expect: {stage: open}}]", head=HEAD
    )
    assert list(statuses(branch).values()) == 5 * [Status.PASSED]
    assert list(statuses(branch)) == [
        "first/own", "shop:first/answer", "shop:first/later", "shop:first/rows[grave]",
        "shop:first/rows[small]",
    ]  # fmt: skip
    grand = child("extends: [branch, shop]\n", "grand")
    assert [name.split("/")[0] for name in statuses(grand)] == ["branch:first", *4 * ["shop:first"]]


def test_an_inherited_case_is_named_by_the_ruleset_that_answers_it(lab: Any, child: Any) -> None:
    """Two branches fail one scenario of their parent: each failure tells which of them it is."""
    lab.write(PARENT)
    child(QUICK, "north")
    child(QUICK, "south")
    done = run("north", "south", "shop", wanted=pick("answer"))
    names = ["north/ruleset.yaml::shop:first/answer", "south/ruleset.yaml::shop:first/answer"]
    assert [each.node for each in done.failed] == names
    assert done.results[-1].node == "shop/scenarios/first.yaml::answer"
    assert [case["node"] for case in as_data(done)["cases"]][:2] == names
    root = Xml.fromstring(as_junit(done))
    told = ["::".join((e.get("classname", ""), e.get("name", ""))) for e in root.iter("testcase")]
    assert told == [*names, "shop/scenarios/first.yaml::answer"]


def test_another_answer_fails_unless_it_is_meant(lab: Any, child: Any) -> None:
    """A deviation excuses the parent's case; with `expect` that must hold instead."""
    lab.write(PARENT)
    branch = child(QUICK)
    before = statuses(branch)
    assert [name for name, status in before.items() if status is Status.FAILED] == [
        "shop:first/answer", "shop:first/rows[small]",
    ]  # fmt: skip
    branch.write(
        """\
deviations:
  - of: shop:first/answer
    because: We answer within the hour
    expect: {targets: {due: {answer: 2026-11-24 10:00}}}
  - {of: 'shop:first/rows[small]', because: We answer within the hour}
""",
        head=HEAD,
    )
    assert set(statuses(branch).values()) == {Status.PASSED, Status.DEVIATES}
    assert run("branch").ok


def test_what_holds_instead_must_hold(lab: Any, child: Any) -> None:
    """A deviation whose own expectation fails is a failure, in words of its own."""
    lab.write(PARENT)
    branch = child(QUICK)
    branch.write(
        "deviations: [{of: shop:first/answer, because: x, "
        "expect: {targets: {due: {answer: +2 h}}}}]",
        head=HEAD,
    )
    outcome = branch.outcomes()["shop:first/answer"]
    assert outcome.status is Status.FAILED
    assert [each.expected for each in outcome.differences] == ["2026-11-24T12:00:00+01:00 (+2 h)"]


def test_a_stale_deviation_fails(lab: Any, child: Any) -> None:
    """A deviation from what the ruleset answers alike is no longer one."""
    lab.write(PARENT)
    branch = child()
    branch.write("deviations: [{of: shop:first/answer, because: once}]", head=HEAD)
    assert statuses(branch)["shop:first/answer"] is Status.STALE
    (failed,) = run("branch").failed
    assert "branch/scenarios/first.yaml:2:" in failed.text
    assert "take the deviation out" in failed.text
    assert "it was to deviate: once" in failed.text


def test_steps_are_deviated_from_one_by_one(lab: Any, child: Any) -> None:
    """`steps` of a deviation say what holds instead after each step, in their order."""
    lab.write(PARENT)
    branch = child("drop: {rules: [thanks]}\n")
    text = """\
deviations:
  - of: shop:first/later
    because: Nobody is thanked
    expect: {stage: open}
    steps: [{expect: {actions: {lacks: thank}}}, {story: at last}]
"""
    branch.write(text, head=HEAD)
    assert statuses(branch)["shop:first/later"] is Status.DEVIATES
    branch.write(text.replace("at last}", "x}, {expect: {stage: open}}"), head=HEAD)
    assert branch.codes() == ["bad-value"]


def test_what_the_child_dropped_is_a_difference(lab: Any, child: Any) -> None:
    """A parent's expectation of what the child does not have fails; a deviation excuses it."""
    lab.write("scenarios: [{id: a, story: x, state: {contacts: 1}, expect: {manner: warm}}]")
    branch = child(
        "drop: {rules: [thanks], manner: [warm], facts: [contacts, busy], customer_types: [rude]}\n"
    )
    suite = branch.suite()
    assert suite.report.ok
    assert statuses(branch)["shop:first/a"] in (Status.BROKEN, Status.FAILED)
    branch.write("deviations: [{of: shop:first/a, because: x}]", head=HEAD)
    assert statuses(branch)["shop:first/a"] is Status.DEVIATES


def test_the_nearest_deviation_holds(lab: Any, child: Any) -> None:
    """A grandchild inherits its parent's deviation, and may state another."""
    lab.write(PARENT)
    child(QUICK).write(
        "deviations: [{of: shop:first/answer, because: x, "
        "expect: {targets: {due: {answer: +0 m}}}}]",
        head=HEAD,
    )
    grand = child("extends: [branch]\n", "grand")
    assert statuses(grand)["shop:first/answer"] is Status.DEVIATES
    grand.write("deviations: [{of: shop:first/answer, because: y}]", head=HEAD)
    assert grand.outcomes()["shop:first/answer"].case.because == "y"


REFUSED = [
    ("{because: x}", "missing-key", "name the parent's scenario"),
    ("{of: shop:first/answer}", "missing-key", "why the answer"),
    ("{of: first/answer, because: x}", "bad-value", "[row]"),
    ("{of: [x], because: x}", "wrong-shape", "a text"),
    ("{of: stop:first/answer, because: x}", "unknown-scenario", "`shop`?"),
    ("{of: shop:first/anser, because: x}", "unknown-scenario", "`first/answer`?"),
    ("{of: 'shop:first/rows[smal]', because: x}", "unknown-scenario", "`first/rows[small]`?"),
    ("{of: shop:first/answer, becase: x, because: x}", "unknown-key", "`because`?"),
    ("{of: shop:first/answer, because: x, expect: {stage: opne}}", "unknown-item", "`open`?"),
    ("{of: shop:first/answer, because: x, steps: x}", "wrong-shape", "a list"),
    ("{of: shop:first/later, because: x, steps: [x]}", "wrong-shape", "a mapping"),
    ("{of: shop:first/later, because: x, steps: [{at: +1 h}]}", "unknown-key", "known keys"),
    ("x", "wrong-shape", "a mapping"),
]


@pytest.mark.parametrize(("entry", "code", "cure"), REFUSED)
def test_a_deviation_with_a_fault_is_told(
    lab: Any, child: Any, entry: str, code: str, cure: str
) -> None:
    """Each fault of a deviation is one problem with a cure."""
    lab.write(PARENT)
    branch = child(QUICK)
    branch.write(f"deviations:\n  - {entry}\n", head=HEAD)
    problems = branch.problems()
    assert [problem[0] for problem in problems] == [code]
    assert cure in problems[0][3]


def test_two_deviations_of_one_case_are_told(lab: Any, child: Any) -> None:
    """Which of two deviations holds would be anybody's guess."""
    lab.write(PARENT)
    branch = child(QUICK)
    entry = "  - {of: shop:first/answer, because: x}\n"
    branch.write(f"deviations:\n{entry}{entry}", head=HEAD)
    assert branch.codes() == ["id-taken"]


def test_faults_of_a_parents_files_are_told_in_the_child(lab: Any, child: Any) -> None:
    """A parent's file with faults is a problem of whoever must answer it, too."""
    lab.write("scenarios: [{id: a, story: x, expect: {stag: open}}]")
    branch = child()
    assert branch.codes() == ["unknown-key"]
    (problem,) = branch.suite().report.problems
    assert str(problem.span).startswith("shop/scenarios/first.yaml:4:")


def test_the_packaged_ruleset_is_a_parent_by_name(lab: Any, child: Any) -> None:
    """Whoever extends `core` answers its scenarios; their files are named by the ruleset."""
    branch = child("extends: core\n")
    cases = branch.suite().cases
    assert all(case.ruleset == "core" for case in cases)
    assert all(case.file.startswith("core/scenarios/") for case in cases)


def test_a_file_of_deviations_plays_what_it_deviates_from(lab: Any, child: Any) -> None:
    """Asked for alone, it plays the cases its deviations are of, and no others."""
    lab.write(PARENT)
    branch = child(QUICK)
    branch.write("deviations: [{of: shop:first/answer, because: x}]", "meant", head=HEAD)
    branch.write("deviations: [{of: shop:first/later, because: x}]", "other", head=HEAD)
    done = run("branch/scenarios/meant.yaml")
    assert [(each.outcome.case.name, each.ok) for each in done.results] == [
        ("shop:first/answer", True)
    ]
    branch.write("deviations: [{of: shop:first/answer}]", "meant", head=HEAD)
    done = run("branch/scenarios/meant.yaml")
    assert not done.results
    assert [p.code for report in done.reports for p in report.problems] == ["missing-key"]


def test_a_file_elsewhere_deviates_from_nothing(lab: Any, child: Any) -> None:
    """A stray file belongs to the ruleset itself, which it cannot deviate from."""
    lab.write(PARENT)
    stray = lab.folder.parent / "stray.yaml"
    text = "format: 1\nruleset: shop\ndeviations: [{of: shop:first/answer, because: x}]\n"
    stray.write_text(text, encoding="utf-8")
    (report,) = run(stray).reports
    assert [problem.message for problem in report.problems] == [
        "the ruleset does not extend `shop`"
    ]
