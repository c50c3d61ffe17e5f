"""A small shop with scenarios: written into a folder, read and played."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from complaint_rules.testing import Outcome, Suite, play, read_suite

RULESET = """\
format: 1
id: shop
edition: "1"
title: A shop
currency: EUR
calendar: office
calendars:
  office: {timezone: Europe/Budapest, hours: {mon-fri: ["09:00-17:00"]}}
  far: {timezone: Asia/Tokyo, hours: {mon-fri: ["09:00-17:00"]}}
facts:
  severity: {kind: level, values: [s3, s2, s1], default: s3}
  channel: {kind: choice, values: [email, phone]}
  answered_at: {kind: instant, default: not_yet}
  contacts: {kind: count, default: 0}
  paid: {kind: money}
  busy: {kind: yes_no, derive: {when: {contacts: ">= 5"}}}
  review:
    kind: record
    fields: {exists: {kind: yes_no, default: no}, seen_at: {kind: instant, default: not_yet}}
customer_types:
  calm: {}
  angry: {}
  rude: {confirm: human, recognise: {contacts: ">= 9"}}
stages:
  - {id: open, when: {answered_at: not_yet}}
  - {id: answered, when: always}
sides:
  - {id: reviewed, when: {review.exists: yes}}
actions:
  thank: {title: Thank the customer, owner: agent, due: now}
  apologise: {title: Apologise, owner: agent, due: answer, after: [thank]}
  call: {title: Call, owner: lead, due: {from: received_at, due: 1 h}}
  excuse: {title: Excuses, conduct: yes}
manner:
  warm: {title: Warm, phase: listening, guidance: {do: {en: Use the name}}}
targets:
  answer: {title: Answer, from: received_at, met_by: answered_at, due: 2 h}
  solution: {title: Solution, from: received_at, met_by: answered_at, due: 5 d, pauses: yes}
groups:
  gifts: {title: Gifts}
  goodwill: {title: Goodwill, opens: {answered_at: happened}}
remedies:
  refund: {title: Refund, when: {channel: phone}, amount: paid, owed: yes}
  voucher: {title: Voucher, when: {channel: email}, amount: 10 EUR, cap: 8 EUR, group: gifts,
            excludes: [card], approval: [{up_to: 5 EUR, by: agent}, {by: lead}]}
  card: {title: Card, when: {channel: email}, amount: 3 EUR, group: gifts, approval: [{by: agent}]}
  flowers: {title: Flowers, when: always, amount: 9 EUR, group: goodwill, approval: [{by: lead}]}
rules:
  - {id: thanks, text: All are thanked, source: [house], when: always,
     then: {do: [thank], never: [excuse], manner: [warm]}}
  - {id: sorry, text: The angry hear sorry, source: [house], when: {customer_types: angry},
     then: {do: [apologise, call], escalate: [manager]}}
  - {id: grave, text: Grave matters are quick, source: [house], when: {severity: s1},
     then: {target: {answer: 30 m}, approver: {call: lead}}}
"""
HEAD = """\
format: 1
at: 2026-11-24 10:00
state: {received_at: -1 h, channel: email, amount_paid: 100 EUR}
"""


@attrs.frozen
class Lab:
    """A folder with a ruleset and scenario files."""

    folder: Path

    def write(self, text: str, name: str = "first", *, head: str = HEAD) -> Lab:
        """Write a scenario file; `head` stands before its text."""
        path = self.folder / "scenarios" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + text, encoding="utf-8")
        return self

    def one(self, body: str, *, head: str = HEAD) -> Lab:
        """Write a file with one scenario, its keys but id and story given."""
        lines = "".join(f"    {line}\n" for line in body.strip("\n").split("\n"))
        return self.write(f"scenarios:\n  - id: one\n    story: A story\n{lines}", head=head)

    def suite(self) -> Suite:
        """Read the folder."""
        suite = read_suite(self.folder)
        assert suite.ruleset.ok, [p.message for p in suite.ruleset.problems]
        return suite

    def problems(self) -> list[tuple[str, int, str, str]]:
        """Return code, line, message and help of each problem of the scenario files."""
        return [
            (p.code, p.span.line if p.span else 0, p.message, p.help)
            for p in self.suite().report.problems
        ]

    def codes(self) -> list[str]:
        """Return the codes of the problems."""
        return [code for code, *_ in self.problems()]

    def outcomes(self) -> dict[str, Outcome]:
        """Play every case, by its name."""
        suite = self.suite()
        assert suite.policy is not None
        assert suite.report.ok, self.problems()
        return {case.name: play(suite.policy, case) for case in suite.cases}

    def differences(self) -> list[tuple[str, str, str]]:
        """Return path, expected and got of every difference of every case."""
        return [
            (each.check.path, each.expected, each.got)
            for outcome in self.outcomes().values()
            for each in outcome.differences
        ]


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lab:
    """Return the shop, in the present folder under `shop`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "ruleset.yaml").write_text(RULESET, encoding="utf-8")
    return Lab(Path("shop"))


@pytest.fixture
def child(lab: Lab) -> Callable[[str], Lab]:
    """Return how to make a ruleset that extends the shop."""

    def make(text: str = "", name: str = "branch") -> Lab:
        folder = lab.folder.parent / name
        folder.mkdir()
        head = f'format: 1\nid: {name}\nedition: "1"\ntitle: A branch\n'
        extends = "" if "extends:" in text else "extends: [shop]\n"
        (folder / "ruleset.yaml").write_text(f"{head}{extends}{text}", encoding="utf-8")
        return Lab(folder)

    return make
