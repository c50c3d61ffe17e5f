"""States that tell a survivor apart: they are found, small, and kill it once they are kept."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent
from typing import Any

import pytest

from complaint_rules.testing.mutation import Fate

ITEMS = """\
targets: {answer: {title: A, from: received_at, met_by: answered_at, due: 4 bh, pauses: yes}}
sequences: [{id: plain, when: {loud: yes}, steps: [write, thank]}]
stages: [{id: loud, when: {loud: yes}}, {id: calm, when: always}]
groups: {gifts: {title: G, opens: {contacts: ">= 1"}}}
remedies:
  gift: {title: G, when: {vip: yes}, amount: paid, cap: 10 EUR, group: gifts,
         approval: [{up_to: 5 EUR, by: agent}, {by: lead}]}
  refund: {title: R, when: {channel: post}, amount: paid, owed: yes, due: {from: told_at, due: 2 d}}
rules:
  - {id: a, text: x, source: [house], when: {vip: yes, channel: email}, then: {do: [thank, write]}}
  - {id: b, text: x, source: [house], when: {contacts: ">= 2", loud: yes},
     then: {do: [call], never: [excuse]}}
  - {id: c, text: x, source: [house], when: {wishes: {any: [money, words]}, done: {all: [thank]}},
     then: {do: [write]}}
  - {id: d, text: x, source: [house], when: {told_at: "> received_at"},
     then: {target: {answer: 1 h}}}
"""


def keep(folder: Path, scenarios: list[str]) -> None:
    """Write found scenarios beside a ruleset, as somebody who has looked at them."""
    text = "format: 1\nscenarios:\n"
    for number, each in enumerate(scenarios):
        lines = each.replace("- id: ", f"- id: n{number}-").replace("  unreviewed: yes\n", "")
        text += indent(lines, "  ")
    (folder / "scenarios" / "kept.yaml").write_text(text, encoding="utf-8")


def test_what_is_found_kills(mill: Any, graded: Any) -> None:
    """Pasted and reviewed, the scenarios found pass, and leave few of the survivors alive."""
    folder = mill(ITEMS, "expect: {stage: calm}")
    before = graded(folder)
    alive = before.of(Fate.SURVIVED, Fate.SNAPSHOT)
    found = [each.known.scenario for each in alive if each.known.scenario]
    assert len(found) >= len(alive) * 0.9
    keep(folder, found)
    after = graded(folder)
    assert after.score >= before.score
    told = {(e.mutant.kind, e.mutant.owner, e.mutant.told) for e in after.of(Fate.KILLED)}
    for each in alive:
        key = (each.mutant.kind, each.mutant.owner, each.mutant.told)
        assert key in told or not each.known.scenario, key


def test_it_is_small(mill: Any, graded: Any, one: Any) -> None:
    """No fact is in it without which it would still tell, save when the complaint came."""
    folder = mill(ITEMS, "state: {wishes: [flowers], severity: s1}\nexpect: {stage: calm}")
    found = one(graded(folder), "prohibition dropped").known.scenario
    assert found == (
        "- id: b-never-excuse-dropped\n"
        '  story: "b: `never: excuse` dropped (prohibition dropped)"\n'
        "  unreviewed: yes\n"
        "  at: 2026-11-24 10:00\n"
        "  state:\n"
        "    calendar: office\n"
        "    contacts: 2\n"
        "    loud: yes\n"
        "    received_at: 2026-11-24 09:00\n"
        "  expect:\n"
        "    prohibitions: {has: [excuse]}\n"
        "  # the mutant: prohibitions: {lacks: [excuse]}\n"
    )


@pytest.mark.parametrize(
    ("kind", "words", "owner", "line"),
    [
        ("deadline doubled", "due twice", "refund", "owed: {due: {refund: 2026-11-"),
        ("pause changed", "", "answer", "targets: "),
        ("cap changed", "dropped", "gift", "choices: {amount: {gift: 10.00 EUR}"),
        ("steps swapped", "", "plain", "actions: {order: [write, thank]}"),
        ("value left out", "without `money`", "c", "actions: {has: [write]}"),
    ],
)
def test_what_it_expects(
    kind: str, words: str, owner: str, line: str, mill: Any, graded: Any, one: Any
) -> None:
    """It expects what the ruleset decides and the mutant does not, in a scenario's words."""
    bodies = (
        "state: {vip: yes, loud: yes, contacts: 2, pauses: [{from: -30 m}]}\nexpect: {stage: loud}",
    )
    found = one(graded(mill(ITEMS, *bodies)), kind, words, owner)
    assert line in found.known.scenario
