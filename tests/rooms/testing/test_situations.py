"""What the situation of a case is: defaults of the file, `like`, differences, steps, rows."""

from __future__ import annotations

from typing import Any

import pytest

from complaint_rules.problem import Problem
from complaint_rules.testing import Case, scenes_of
from complaint_rules.testing.situations import placed

HOUR = 3600
NINE = 1_795_507_200
"""2026-11-24 09:00 in Budapest."""


def facts(lab: Any, name: str = "first/one", moment: int = 0) -> dict[str, Any]:
    """Return the facts of a case's moment, as a host would give them."""
    suite = lab.suite()
    assert suite.report.ok, lab.problems()
    case = next(case for case in suite.cases if case.name == name)
    scenes, problems = scenes_of(suite.policy, case)
    assert problems == ()
    return {
        fact: int(value.timestamp()) if hasattr(value, "timestamp") else value
        for fact, value in scenes[moment].facts.items()
    }


def at(lab: Any, name: str, moment: int = 0) -> int:
    """Return the instant of a case's moment."""
    suite = lab.suite()
    case = next(case for case in suite.cases if case.name == name)
    return scenes_of(suite.policy, case)[0][moment].at


def test_the_facts_of_the_file_come_first(lab: Any) -> None:
    """Every scenario starts from the file's facts; its own replace them, null takes them away."""
    lab.one("state: {channel: ~, contacts: 3}\nexpect: {stage: open}")
    assert facts(lab) == {"received_at": NINE, "amount_paid": "100 EUR", "contacts": 3}
    assert at(lab, "first/one") == NINE + HOUR


def test_instants_are_local_offset_or_relative(lab: Any) -> None:
    """A local time is read in the calendar's zone; a relative one counts from the scenario's at."""
    body = (
        "at: 2026-11-24 12:00\nstate: {calendar: CALENDAR, answered_at: WHEN}\nexpect: {side: none}"
    )
    for calendar, when, seconds in (
        ("office", "2026-11-24 11:30", NINE + 2 * HOUR + HOUR // 2),
        ("far", "2026-11-24 11:30", NINE - 6 * HOUR + HOUR // 2),
        ("nowhere-known", "-90 s", None),
        ("office", "2026-11-24T09:00:00+01:00", NINE),
        ("office", "2026-11-24T08:00Z", NINE),
        ("office", "-3 d", NINE - 69 * HOUR),
        ("office", "-1 w", NINE - 165 * HOUR),
        ("office", "not_yet", "not_yet"),
        ("office", "unknown", "unknown"),
    ):
        lab.one(body.replace("CALENDAR", calendar).replace("WHEN", when))
        if seconds is None:
            assert lab.codes() == ["unknown-value"]
        else:
            assert facts(lab)["answered_at"] == seconds


def test_records_are_set_whole_or_field_by_field(lab: Any) -> None:
    """A record written whole replaces its fields, a dotted name sets one, null takes all away."""
    lab.write("""\
scenarios:
  - {id: whole, story: x, state: {review: {exists: yes, seen_at: -2 h}}, expect: {side: reviewed}}
  - {id: field, story: x, like: whole, state: {review.exists: no}, expect: {side: none}}
  - {id: again, story: x, like: whole, state: {review: {exists: yes}}, expect: {side: reviewed}}
  - {id: gone, story: x, like: whole, state: {review: ~}, expect: {side: none}}
  - {id: unknown, story: x, like: whole, state: {review: unknown}, expect: {side: none}}
  - {id: known, story: x, like: unknown, state: {review.exists: yes}, expect: {side: reviewed}}
  - {id: amount, story: x, state: {paid: {amount: 5, currency: EUR}}, expect: {side: none}}
""")
    assert {name.rpartition("/")[2]: o.status.value for name, o in lab.outcomes().items()} == (
        dict.fromkeys(("whole", "field", "again", "gone", "unknown", "known", "amount"), "passed")
    )
    assert facts(lab, "first/field")["review.seen_at"] == NINE - HOUR
    assert "review.seen_at" not in facts(lab, "first/again")


def test_records_in_lists_and_types_hold_instants(lab: Any) -> None:
    """Instants inside promises, pauses and the basis of types may be relative, too."""
    lab.one("""\
state:
  customer_types: [angry]
  type_basis: {angry: {since: -1 d, signals: [he shouted]}}
  promises: [{what: a call, due: +1 h, kept: no}]
  pauses: [{from: -30 m, to: -20 m}]
  pending_since: 2026-11-24 09:10
  done: [thank, {action: call, at: -5 m}]
expect: {stage: open}
""")
    found = facts(lab)
    assert found["type_basis.angry"]["since"].timestamp() == NINE - 23 * HOUR
    assert found["promises"][0]["due"].timestamp() == NINE + 2 * HOUR
    assert found["pauses"][0]["to"].timestamp() == NINE + 40 * 60
    assert found["pending_since"] == NINE + 600
    assert [each["at"].timestamp() for each in found["done"]] == [NINE + HOUR, NINE + 55 * 60]


def test_steps_go_on_in_time(lab: Any) -> None:
    """A step counts from the one before, changes facts, and appends what is done then."""
    lab.one("""\
steps:
  - at: +2 h
    state: {contacts: 1}
    done: [thank, apologise]
  - {at: +1 d, done: call, expect: {actions: {lacks: thank}}}
  - {state: {done: unknown}}
  - {done: thank, expect: {actions: {lacks: thank}}}
  - {at: 2026-11-26 10:00, state: {answered_at: -1 h}, expect: {stage: answered}}
""")
    assert [at(lab, "first/one", moment) - NINE for moment in range(6)] == [
        HOUR, 3 * HOUR, 27 * HOUR, 27 * HOUR, 27 * HOUR, 49 * HOUR,
    ]  # fmt: skip
    assert facts(lab, moment=1)["contacts"] == 1
    done = facts(lab, moment=2)["done"]
    assert [(each["action"], each["at"].timestamp() - NINE) for each in done] == [
        ("thank", 3 * HOUR), ("apologise", 3 * HOUR), ("call", 27 * HOUR),
    ]  # fmt: skip
    assert facts(lab, moment=3)["done"] == "unknown"
    assert len(facts(lab, moment=4)["done"]) == 1
    assert facts(lab, moment=5)["answered_at"] == NINE + 48 * HOUR
    assert [each.status.value for each in lab.outcomes().values()] == ["passed"]


def test_like_starts_from_another_situation(lab: Any) -> None:
    """`like` takes at and facts, also after a step, also of another file; differences are added."""
    lab.write(
        """\
scenarios:
  - {id: last, story: x, like: middle, state: {contacts: 3}, expect: {stage: open}}
  - {id: middle, story: x, like: base, at: +1 h, state: {severity: s2}, expect: {stage: open}}
  - id: base
    story: x
    state: {answered_at: not_yet, contacts: 1}
    expect: {stage: open}
    steps: [{at: +1 d, state: {contacts: 2}}, {at: +1 d, state: {contacts: 4}}]
  - {id: later, story: x, like: base#1, state: {severity: s1}, expect: {stage: open}}
"""
    )
    lab.write(
        "scenarios: [{id: other, story: x, like: first/base#2, at: +1 h, expect: {stage: open}}]",
        "deep/second",
        head="format: 1\nstate: {channel: phone}\n",
    )
    assert facts(lab, "first/last") == {
        "received_at": NINE, "channel": "email", "amount_paid": "100 EUR",
        "answered_at": "not_yet", "contacts": 3, "severity": "s2",
    }  # fmt: skip
    assert at(lab, "first/last") == NINE + 2 * HOUR
    assert facts(lab, "first/later")["contacts"] == 2
    assert facts(lab, "deep/second/other") == {
        **facts(lab, "first/base"), "contacts": 4,
    }  # fmt: skip
    assert at(lab, "deep/second/other") == NINE + 50 * HOUR


def test_rows_of_a_table_are_cases(lab: Any) -> None:
    """A row sets facts and the instant, expects, and says nothing where a dash stands."""
    lab.one("""\
state: {severity: s2}
expect: {actions: thank}
table:
  state: [at, severity, customer_types]
  expect: [targets.due.answer, stage, actions.lacks]
  rows:
    quick: [2026-11-24 10:10, s1, [calm], -30 m, open, "-"]
    slow: ["-", s3, "-", 2026-11-24 11:00, "-", [call, apologise]]
    same: [+1 h, "-", "-", "-", "-", "-"]
steps: [{at: +1 h, expect: {stage: open}}]
""")
    outcomes = lab.outcomes()
    assert {name: outcome.status.value for name, outcome in outcomes.items()} == {
        "first/one[quick]": "passed", "first/one[slow]": "passed", "first/one[same]": "passed",
    }  # fmt: skip
    assert facts(lab, "first/one[quick]")["received_at"] == NINE + 600
    assert facts(lab, "first/one[slow]")["severity"] == "s3"
    assert facts(lab, "first/one[same]")["severity"] == "s2"
    assert at(lab, "first/one[same]") == NINE + 2 * HOUR
    quick: Case = outcomes["first/one[quick]"].case
    assert [check.path for check in quick.moments[0].checks] == [
        "actions.has", "targets.due.answer", "stage",
    ]  # fmt: skip


REFUSED = [
    ("state: {severty: s1}", "unknown-fact", 7, "severity"),
    ("state: {busy: yes}", "derived-given", 7, "leave it out"),
    ("state: {severity: s9}", "unknown-value", 7, "s3"),
    ("state: {review.exits: yes}", "unknown-field", 7, "exists"),
    ("state: {received_at: yesterday}", "bad-instant", 7, "write it like"),
    ("state: {done: [thenk]}", "unknown-value", 7, "thank"),
    ("state: {done: thank}", "wrong-shape", 7, "a list"),
    ("state: {done: [{action: thank}]}", "missing-field", 7, "at"),
    ("state: {done: [{action: thank, at: -1 m, by: me}]}", "unknown-field", 7, "known"),
    ("state: {done: [[thank]]}", "wrong-shape", 7, ""),
    ("state: {promises: [soon]}", "wrong-shape", 7, ""),
    ("state: {type_basis: soon}", "wrong-shape", 7, ""),
    ("state: {paid: 5 EUR, amount_paid: 5 USD}", "mixed-currencies", 7, "one currency"),
    ("state: {paid: {amount: -1, currency: EUR}}", "negative-amount", 7, "0 or more"),
    ("state: [severity]", "wrong-shape", 7, "a mapping"),
    ("at: 1899-01-01 10:00", "bad-instant", 7, "2026-11-24 10:00"),
    ("at: 0999-01-01T10:00Z", "bad-instant", 7, "2026-11-24 10:00"),
    ("at: -999999999 h", "bad-instant", 7, "+30 m"),
    ("at: -999999999 w", "bad-instant", 7, "+30 m"),
    ("at: tomorrow", "bad-instant", 7, "+30 m"),
    ("at: 2026-13-45 10:00", "bad-instant", 7, "+30 m"),
    ("at: [2026-11-24 10:00]", "wrong-shape", 7, "a text"),
    ("steps: [{at: +1 d}, {at: 2026-11-25 09:00}]", "time-goes-back", 7, "follow each other"),
    ("steps: [{done: [thank]}, {at: +1 h, done: [cal]}]", "unknown-value", 7, "call"),
    ("steps: [{att: +1 h}]", "unknown-key", 7, "`at`"),
    ("steps: [soon]", "wrong-shape", 7, "a mapping"),
    ("steps: soon", "wrong-shape", 7, "a list"),
    ("like: two", "unknown-scenario", 7, "known scenarios: `one`"),
    ("like: forst/one", "unknown-scenario", 7, "`first/one`"),
    ("like: a b", "unknown-scenario", 7, "known"),
    ("like: other:first/one", "unknown-scenario", 7, "no scenarios are declared"),
    ("like: one", "like-cycle", 7, "itself"),
    ("table: {state: [severity], rows: {a: [s1], A: [s2]}}", "bad-id", 7, "lower-case"),
    ("table: {state: [severity], rows: {a: [s1, s2]}}", "ragged-row", 7, "`severity`"),
    ("table: {state: [severity], rows: {a: s1}}", "wrong-shape", 7, "a list"),
    ("table: {state: [severity], rows: [s1]}", "wrong-shape", 7, "a mapping"),
    ("table: {state: [severity]}", "missing-key", 7, "rows"),
    ("table: [severity]", "wrong-shape", 7, "a mapping"),
    ("table: {state: [at], rows: {a: [noon]}}", "bad-instant", 7, "+30 m"),
    ("table: {state: [at], rows: {a: [[+1 h]]}}", "wrong-shape", 7, "an instant"),
    ("table: {state: [severty], rows: {a: [s1], b: [s2]}}", "unknown-fact", 7, "severity"),
    ("table: {expect: [actoins], rows: {a: [thank]}}", "unknown-key", 7, "`actions`"),
    ("shows: {a: b}", "wrong-shape", 7, "a list of words"),
    ("tags:", "empty-value", 7, "take the key out"),
    ("unreviewed: maybe", "bad-value", 7, "`yes` or `no`"),
    ("expected_failure: yes", "bad-value", 7, "say why"),
    ("expected_failure: [x]", "wrong-shape", 7, "a text"),
    ("expected_failure: " + 310 * "x", "too-long", 7, "one line"),
    ("storry: x", "unknown-key", 7, "`story`"),
]


@pytest.mark.parametrize(("body", "code", "line", "cure"), REFUSED)
def test_a_fault_is_told_at_its_place(lab: Any, body: str, code: str, line: int, cure: str) -> None:
    """Each fault of a scenario is one problem, at its line, with a cure."""
    lab.one(f"{body}\nexpect: {{actions: thank}}")
    ((found, where, _, helped),) = lab.problems()
    assert (found, where) == (code, line)
    assert cure in helped
    assert lab.suite().cases == ()


def test_faults_of_done_actions_stand_at_their_own_word(lab: Any) -> None:
    """Of several actions done, the one that is not known is underlined."""
    lab.one("steps: [{done: [thank]}, {at: +1 h, done: [call, cal]}]\nexpect: {stage: open}")
    (problem,) = lab.suite().report.problems
    assert problem.span is not None
    assert problem.span.column == 5 + len("steps: [{done: [thank]}, {at: +1 h, done: [call, ")


def test_a_relative_instant_needs_another(lab: Any) -> None:
    """Without an instant in the file, a scenario must give one that counts from nothing."""
    head = "format: 1\n"
    lab.one("expect: {stage: open}", head=head)
    assert lab.codes() == ["missing-at"]
    lab.one("at: +1 h\nexpect: {stage: open}", head=head)
    assert set(lab.codes()) == {"missing-at", "bad-instant"}


def test_a_step_that_is_not_there_is_told(lab: Any) -> None:
    """`like: id#n` needs an n-th step."""
    lab.write("""\
scenarios:
  - {id: base, story: x, expect: {stage: open}, steps: [{at: +1 h}]}
  - {id: later, story: x, like: base#2, expect: {stage: open}}
  - {id: after, story: x, like: later, expect: {stage: open}}
""")
    assert [(code, message) for code, _, message, _ in lab.problems()] == [
        ("unknown-scenario", "`first/base` has 1 steps, so there is no step 2")
    ]


def test_a_circle_of_three_is_told_once(lab: Any) -> None:
    """Scenarios that are like each other in a circle are told with the way around."""
    lab.write("""\
scenarios:
  - {id: a, story: x, like: b, expect: {stage: open}}
  - {id: b, story: x, like: c, expect: {stage: open}}
  - {id: c, story: x, like: a, expect: {stage: open}}
  - {id: d, story: x, like: a, expect: {stage: open}}
""")
    assert [(code, message) for code, _, message, _ in lab.problems()] == [
        ("like-cycle", "scenarios are like each other in a circle: a → b → c → a")
    ]


def test_what_happens_after_the_instant_breaks_a_case(lab: Any) -> None:
    """A happening that lies ahead cannot be decided; it is told at its fact, and nothing passes."""
    lab.one("state: {answered_at: +1 h}\nexpect: {stage: open}")
    (outcome,) = lab.outcomes().values()
    assert (outcome.status.value, outcome.ok) == ("cannot be played", False)
    ((problem,), span) = (outcome.problems, outcome.problems[0].span)
    assert (problem.code, span.line, span.column) == ("future-happening", 7, 12 + 14)


def test_rows_may_say_the_instant_alone(lab: Any) -> None:
    """Where each row has its `at`, the scenario needs none; but nobody can start from it."""
    text = """\
scenarios:
  - id: rows
    story: x
    state: {received_at: -1 h}
    table:
      state: [at]
      expect: [stage]
      rows: {a: [2026-11-24 10:00, open], b: [WHEN, open]}
"""
    lab.write(text.replace("WHEN", "2026-11-25 10:00"), head="format: 1\n")
    assert at(lab, "first/rows[b]") == NINE + 25 * HOUR
    like = "  - {id: next, story: x, like: rows, at: 2026-11-26 10:00, expect: {stage: open}}\n"
    lab.write(text.replace("WHEN", "2026-11-25 10:00") + like, head="format: 1\n")
    assert [message for *_, message, _ in lab.problems()] == [
        "`first/rows` says its instant only in its rows"
    ]
    lab.write(text.replace("WHEN", '"-"'), head="format: 1\n")
    assert lab.codes() == ["missing-at"]
    lab.write(text.replace("WHEN", "+1 h"), head="format: 1\n")
    assert set(lab.codes()) == {"missing-at", "bad-instant"}


def test_a_fault_of_no_fact_stands_at_the_instant(lab: Any) -> None:
    """What a state lacks as a whole is told where the moment is written."""
    lab.one("expect: {stage: open}")
    (case,) = lab.suite().cases
    moment = case.moments[0]
    assert placed(Problem("x-y", "x", place="nothing"), moment).span == moment.at.span
