"""Grades: which mutants count, what the share is, how processes share the work."""

from __future__ import annotations

import multiprocessing
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from complaint_rules.testing import read_suite
from complaint_rules.testing.coverage import texts_of
from complaint_rules.testing.mutation import KINDS, Fate, Wanted, as_data, crew, percent
from complaint_rules.testing.mutation.judging import moments
from complaint_rules.testing.mutation.listing import mutants

ITEMS = """\
sequences: [{id: plain, when: always, steps: [write, thank, call]}]
rules:
  - {id: a, text: x, source: [house], when: {vip: yes, contacts: ">= 2"}, then: {do: [thank]}}
  - {id: b, text: x, source: [house], when: {vip: no, any: [{vip: no}, {vip: no}]},
     then: {do: [call]}}
  - {id: c, text: x, source: [house], when: {vip: no, loud: yes}, then: {do: [write]}}
"""
KILLS = "state: {vip: yes, contacts: 2}\nexpect: {actions: thank}"
TIER = """\
remedies:
  gift: {title: G, when: {vip: yes}, amount: 3 EUR, approval: [{by: agent}]}
  card: {title: C, when: {vip: yes}, amount: 3 EUR, approval: [{by: lead}]}
"""


def test_the_share(mill: Any, graded: Any) -> None:
    """What is proved equivalent does not count; what only a snapshot notices is not killed."""
    found = graded(mill(ITEMS, KILLS, "state: {loud: yes}\nexpect: {stage: none}"))
    counts = {fate: len(found.of(fate)) for fate in Fate}
    assert all(counts.values())
    assert sum(counts.values()) == len(found.graded)
    counted = len(found.graded) - counts[Fate.EQUIVALENT]
    assert found.score == Fraction(counts[Fate.KILLED], counted)
    assert percent(Fraction(2, 3)) == 66.6
    assert percent(Fraction(9999, 10000)) == 99.9
    assert graded(mill(ITEMS, KILLS), Wanted(owner="nobody")).score == 1


def test_what_is_proved(mill: Any, graded: Any, one: Any) -> None:
    """Steps that never stand together may be swapped; the lowest role may go unnamed."""
    found = graded(mill(ITEMS + TIER, KILLS))
    assert one(found, "steps swapped", "`thank` and `call`").fate is Fate.EQUIVALENT
    assert one(found, "steps swapped", "`write` and `thank`").fate is Fate.EQUIVALENT
    assert one(found, "approval changed", owner="gift").fate is Fate.EQUIVALENT
    assert one(found, "approval changed", owner="card").fate is not Fate.EQUIVALENT


def test_what_learns_is_asked_for_elsewhere(mill: Any, graded: Any, one: Any) -> None:
    """An action that learns a fact may be next without a rule: nothing is proved of it."""
    folder = mill(ITEMS, KILLS)
    path = folder / "ruleset.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{kind: count, default: 0}", "{kind: count, learn_by: call}"))
    found = graded(folder)
    assert one(found, "steps swapped", "`thank` and `call`").fate is not Fate.EQUIVALENT


def test_those_wanted(mill: Any, graded: Any) -> None:
    """Mutants are picked by kind, by item, and by the file they are written in."""
    folder = mill(ITEMS, KILLS)
    kinds = graded(folder, Wanted(kinds=("threshold",)))
    assert {each.mutant.kind for each in kinds.graded} == {"threshold"}
    item = graded(folder, Wanted(owner="a"))
    assert {each.mutant.owner for each in item.graded} == {"a"}
    assert not graded(folder, Wanted(files=("other.yaml",))).graded
    assert graded(folder, Wanted(files=("ruleset.yaml",))).graded


def test_every_kind_is_known(mill: Any) -> None:
    """No mutant is of a kind that cannot be asked for, and no two mutants are named alike."""
    policy = read_suite("core").policy
    assert policy is not None
    every = mutants(policy)
    assert {each.kind for each in every} <= set(KINDS)
    assert len({id(each) for each in every}) == len(every)


def test_what_is_inherited_is_left_out(mill: Any, graded: Any) -> None:
    """A ruleset's own files are those it did not take over from another."""
    mill(ITEMS, KILLS)
    child = Path("child")
    (child / "scenarios").mkdir(parents=True)
    (child / "ruleset.yaml").write_text(
        'format: 1\nid: child\nedition: "1"\ntitle: C\nextends: [mill]\n'
        "rules:\n  - {id: own, text: x, source: [house], when: {loud: yes}, then: {do: [call]}}\n",
        encoding="utf-8",
    )
    own = graded(child, Wanted(texts_of(child).own))
    assert {each.mutant.owner for each in own.graded} == {"own"}
    assert len(graded(child).graded) > len(own.graded)


def test_what_a_ruleset_answers_instead(mill: Any, graded: Any, one: Any) -> None:
    """Of a parent's case that is answered otherwise, what holds instead kills."""
    mill(ITEMS, KILLS)
    child = Path("child")
    (child / "scenarios").mkdir(parents=True)
    (child / "ruleset.yaml").write_text(
        'format: 1\nid: child\nedition: "1"\ntitle: C\nextends: [mill]\n'
        "rules:\n"
        "  - {id: own, text: x, source: [house], when: {vip: yes}, then: {never: [thank]}}\n",
        encoding="utf-8",
    )
    deviation = "format: 1\ndeviations: [{of: mill:all/s1, because: quiet, expect: EXPECT}]\n"
    path = child / "scenarios" / "all.yaml"
    path.write_text(deviation.replace("EXPECT", "{actions: none}"), encoding="utf-8")
    assert one(graded(child), "prohibition dropped").fate is Fate.KILLED
    path.write_text(deviation.replace(", expect: EXPECT", ""), encoding="utf-8")
    assert one(graded(child, passed_over=1), "prohibition dropped").fate is not Fate.KILLED


def test_failing_cases_kill_nothing(mill: Any, graded: Any) -> None:
    """A case that fails by itself is passed over."""
    found = graded(
        mill(ITEMS, KILLS, "expect: {actions: excuse}".replace("excuse", "none")), None, 1
    )
    assert found.cases == 1


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_say_the_same(
    method: str, mill: Any, graded: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several processes come to the same as one, however they are begun."""
    monkeypatch.setattr(crew, "_FEW", 10)
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: [method])
    folder = mill(ITEMS, KILLS)
    alone, together = graded(folder), graded(folder, jobs=2)
    line = lambda _: ""  # noqa: E731
    assert as_data(together, line) == as_data(alone, line)


def test_progress(mill: Any, graded: Any) -> None:
    """It is told how far the work has come, from nothing to all of it."""
    told: list[tuple[int, int]] = []
    found = graded(mill(ITEMS, KILLS), show=lambda done, of: told.append((done, of)))
    whole = len(found.graded)
    assert told == [(number, whole) for number in range(whole + 1)]


def test_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many processes as cores, where the system says; else as many as it counts, or one."""
    assert crew.cores() >= 1
    monkeypatch.delattr("os.sched_getaffinity", raising=False)
    monkeypatch.setattr("os.cpu_count", lambda: None)
    assert crew.cores() == 1


def test_in_a_worker(mill: Any) -> None:
    """A worker judges by the policy and moments it was begun with."""
    suite = read_suite(mill(ITEMS, KILLS))
    assert suite.policy is not None
    crew._begin(suite.policy, moments(suite.policy, suite.cases))
    assert [each.number for each in crew._judge_some([0, 2])] == [0, 2]
