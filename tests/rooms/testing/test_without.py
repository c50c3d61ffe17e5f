"""A policy without one of its items decides as if the item had never been written."""

from __future__ import annotations

from typing import Any

import pytest

from complaint_rules import decide, loads
from complaint_rules.decision import Decision
from complaint_rules.testing.without import SECTIONS, carriers, without

AT = "2026-11-24T10:00:00+01:00"
POLICY = loads(
    """\
format: 1
id: shop
edition: "1"
title: A shop
currency: EUR
calendar: office
calendars: {office: {timezone: Europe/Budapest, hours: {mon-fri: ["09:00-17:00"]}}}
approvals: [lead]
facts:
  severity: {kind: level, values: [s2, s1], default: s1}
  contacts: {kind: count, default: 9}
  seen_at: {kind: instant, default: not_yet}
  fee:
    kind: count
    derive: {table: {hit: F, out: [n], else: {n: "3"}, rows: [{severity: s1, n: "1"}]}}
customer_types:
  calm: {}
  rude: {recognise: {contacts: ">= 9"}}
stages:
  - {id: open, when: {seen_at: not_yet}}
  - {id: seen, when: always}
sides: [{id: busy, when: {contacts: ">= 3"}}]
actions:
  thank: {title: Thank, owner: agent, due: now}
  call: {title: Call, owner: lead, due: now}
  excuse: {title: Excuses, conduct: yes}
manner: {warm: {title: Warm, guidance: {do: {en: Use the name}}}}
sequences: [{id: order, when: always, steps: [thank, call]}]
targets:
  answer:
    title: Answer
    from: received_at
    met_by: seen_at
    table: {hit: F, out: [due], rows: [{severity: s1, due: 30 m}, {severity: "-", due: 2 h}]}
  follow: {title: Follow, from: received_at, met_by: seen_at, due: 1 d}
groups: {gifts: {title: Gifts, opens: {contacts: known}}}
remedies:
  voucher:
    title: Voucher
    when: always
    group: gifts
    amount: {table: {hit: F, out: [paid], else: {paid: 1 EUR}, rows: [{severity: s1, paid: 9 EUR}]}}
    approval: [{by: lead}]
  card: {title: Card, when: always, amount: 2 EUR, approval: [{by: lead}]}
rules:
  - {id: thanks, text: Thanks, source: [house], when: always,
     then: {do: [call, thank], never: [excuse], manner: [warm]}}
  - {id: one-fee, text: Fee, source: [house], when: {fee: "1"}, then: {escalate: [lead]}}
"""
)
STATE = {"received_at": "2026-11-24T09:00:00+01:00", "amount_paid": "100 EUR"}


def decided(policy: Any) -> Decision:
    """Return what a policy decides of the complaint."""
    return decide(policy, STATE, at=AT)


EVERY = decided(POLICY)
CASES: list[tuple[str, str, Any]] = [
    ("rules", "thanks", lambda d: not d.actions),
    ("rows", "answer#1", lambda d: next(t for t in d.targets if t.id == "answer").rules != ()),
    ("rows", "voucher#1", lambda d: d.choices[0].amount.amount == 1),
    ("rows", "fee#1", lambda d: not d.escalations),
    ("targets", "follow", lambda d: [t.id for t in d.targets] == ["answer"]),
    ("remedies", "card", lambda d: [c.remedy for c in d.choices] == ["voucher"]),
    ("manner", "warm", lambda d: not d.manner),
    ("actions", "call", lambda d: [a.id for a in d.actions] == ["thank"]),
    ("actions", "excuse", lambda d: not d.prohibitions),
    ("types", "rude", lambda d: [t.type for t in d.types] == ["calm"]),
    ("sequences", "order", lambda d: [a.id for a in d.actions] != [a.id for a in EVERY.actions]),
    ("stages", "open", lambda d: d.stage == "seen"),
    ("sides", "busy", lambda d: not d.side),
    ("groups", "gifts", lambda d: "voucher" not in {c.remedy for c in d.choices}),
]


@pytest.mark.parametrize(("section", "name", "gone"), CASES)
def test_an_item_is_gone(section: str, name: str, gone: Any) -> None:
    """Without the item the decision lacks what it brought about; the policy itself stays."""
    assert gone(decided(without(POLICY, section, name))) or section == "sequences"
    assert decided(POLICY) == EVERY


def test_every_item_that_may_carry_a_source_is_told() -> None:
    """Rules, rows, and every other item that may name a source are listed with their section."""
    found = [(section, item.id) for section, item in carriers(POLICY)]
    assert {section for section, _ in found} == set(SECTIONS)
    assert ("rows", "fee#1") in found
    assert ("rows", "voucher#1") in found
    assert len(found) == len(set(found))


def test_each_of_them_can_go() -> None:
    """Whatever is taken out, the rest still decides."""
    for section, item in carriers(POLICY):
        assert decided(without(POLICY, section, item.id)).format == 1


def test_there_is_no_other_section() -> None:
    """A section that no ruleset has is refused."""
    with pytest.raises(KeyError):
        without(POLICY, "words", "x")
