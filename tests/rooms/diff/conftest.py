"""A small ruleset in editions that differ by a word or two, and what compares them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from complaint_rules.diff import Complaint, Diff, Edition, compare, of_cases, read_edition

AT = 1_795_518_000
"""Tuesday, 24 November 2026, noon in Budapest."""
RULESET = """\
format: 1
id: shop
edition: "1"
title: {en: A shop}
currency: EUR
calendar: office
calendars:
  office: {timezone: Europe/Budapest, hours: {mon-fri: ["09:00-17:00"]}}
  tokyo: {timezone: Asia/Tokyo, hours: {mon-fri: ["09:00-17:00"]}}
approvals: [agent, lead]
settings:
  largest_gift: {title: {en: The largest gift}, value: 20 EUR, kind: money, source: [house]}
facts:
  severity: {title: {en: Severity}, kind: level, values: [s2, s1], default: s2}
  answered_at: {title: {en: Answered}, kind: instant, default: not_yet}
  bought_on: {title: {en: Bought on}, kind: date}
  share: {title: {en: Share}, kind: number}
  angry: {title: {en: Angry}, kind: yes_no, default: no}
  insulted: {title: {en: Insulted}, kind: yes_no, learn_by: listen}
stages:
  - {id: solved, title: {en: Solved}, when: {answered_at: happened}}
  - {id: open, title: {en: Open}, when: always}
sides:
  - {id: grave, title: {en: Grave}, when: {severity: s1}}
customer_types:
  calm: {title: {en: Calm}}
  shouting: {title: {en: Shouting}, recognise: {angry: yes}}
actions:
  thank: {title: {en: Thank}, owner: agent, due: answer, source: [house]}
  listen: {title: {en: Listen}, owner: agent, source: [house]}
  apologise: {title: {en: Apologise}, owner: agent, due: answer, source: [house]}
  call: {title: {en: Call}, owner: agent, due: {from: received_at, due: 1 d}, source: [house]}
  blame: {title: {en: Blame}, conduct: yes, source: [house]}
manner:
  warm: {title: {en: Warm}, guidance: {do: {en: Use the name}}, source: [house]}
targets:
  answer:
    title: {en: First answer}
    from: received_at
    met_by: answered_at
    source: [house]
    table:
      hit: "C<"
      out: [due]
      rows: [{row: small, severity: s2, due: 4 h}, {row: big, severity: s1, due: 1 h}]
remedies:
  refund:
    title: {en: Refund}
    when: {severity: s1}
    amount: amount_paid
    owed: yes
    due: {from: received_at, due: 14 d}
    source: [house]
  gift:
    title: {en: Gift}
    when: always
    amount: min(0.5 * amount_paid, largest_gift)
    cap: largest_gift
    approval: [{up_to: 10 EUR, by: agent}, {by: lead}]
    source: [house]
  voucher:
    title: {en: Voucher}
    when: {angry: yes}
    amount: 5 EUR
    excludes: [gift]
    approval: [{by: agent}]
    source: [house]
rules:
  - id: polite
    text: {en: Everybody is thanked and nobody is blamed}
    source: [house]
    when: always
    then: {do: [thank, apologise, call], never: [blame], manner: [warm]}
  - id: grave-matter
    text: {en: A grave matter reaches the lead}
    source: [house]
    when: {severity: s1}
    then: {escalate: [lead]}
  - id: insulted
    text: {en: Whoever was insulted is listened to}
    source: [house]
    when: {insulted: yes}
    then: {do: [listen]}
"""
SCENARIOS = """\
format: 1
at: 2026-11-24 12:00
state: {received_at: 2026-11-24 09:00, insulted: no, amount_paid: 60 EUR}
scenarios:
  - {id: small, story: A small matter, expect: {stage: open}}
  - id: big
    story: A big matter
    state: {severity: s1}
    steps: [{at: +1 h, state: {angry: yes}}]
    expect: {side: [grave]}
"""

Edit = tuple[str, str]
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return what writes an edition of the shop, with texts replaced, and returns its folder."""

    def writer(name: str, *edits: Edit, scenarios: str = SCENARIOS) -> Path:
        text = RULESET
        for old, new in edits:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        folder = tmp_path / name
        (folder / "scenarios").mkdir(parents=True)
        (folder / "ruleset.yaml").write_text(text, encoding="utf-8")
        if scenarios:
            (folder / "scenarios" / "all.yaml").write_text(scenarios, encoding="utf-8")
        return folder

    return writer


@pytest.fixture
def compared(write: Write) -> Callable[..., Diff]:
    """Return what compares the shop with an edited edition, over its scenarios or what is given."""

    def comparing(*edits: Edit, complaints: list[Complaint] | None = None) -> Diff:
        old, new = read_edition(write("old")), read_edition(write("new", *edits))
        return compare(old, new, given(old) if complaints is None else complaints)

    return comparing


def given(edition: Edition) -> list[Complaint]:
    """Return the moments of an edition's scenarios."""
    return list(of_cases((edition.policy, edition.cases)))
