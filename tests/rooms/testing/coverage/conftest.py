"""A shop whose tests are of every kind, written into a folder and measured."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from complaint_rules.policy import Policy
from complaint_rules.testing import read_suite
from complaint_rules.testing.coverage import Coverage, cover

RULESET = """\
format: 1
id: shop
edition: "1"
title: A shop
currency: EUR
calendar: office
calendars: {office: {timezone: Europe/Budapest, hours: {mon-fri: ["09:00-17:00"]}}}
settings:
  most: {title: Most, kind: count, value: 3, source: [house]}
  lately: {title: Lately, kind: duration, value: 2 d, source: [house]}
  open_door: {title: Open door, kind: yes_no, value: yes, source: [house]}
facts:
  severity: {kind: level, values: [s3, s2, s1], default: s3}
  channel: {kind: choice, values: [email, phone]}
  contacts: {kind: count, default: 0}
  score: {kind: number}
  seen_at: {kind: instant, default: not_yet}
  bought_on: {kind: date}
  wishes: {kind: set, values: [speed, money, calm]}
  calls: {kind: records, fields: {minutes: {kind: count}, about: {kind: text}}}
  door: {kind: yes_no, derive: open_door}
  middling: {kind: yes_no, derive: {when: {score: "[2..5]"}}}
  size: {kind: level, values: [small, big, huge],
         derive: {first: [{when: {contacts: ">= 5"}, is: big}], else: small}}
  long_calls: {kind: count, derive: {count: calls, where: {minutes: ">= 30"}}}
  fee:
    kind: count
    derive: {table: {hit: F, out: [n], else: {n: "3"},
                     rows: [{severity: s1, n: "1"}, {severity: "-", n: "2"}]}}
customer_types:
  calm: {}
  rude: {confirm: human, recognise: {contacts: ">= 9"}}
stages:
  - {id: open, when: {seen_at: not_yet}}
  - {id: seen, when: always}
sides:
  - {id: hasty, when: {wishes: speed}}
actions:
  thank: {title: Thank, owner: agent, due: now}
  call: {title: Call, owner: lead, due: now}
sequences:
  - {id: first-thank, when: {channel: phone}, steps: [thank, call]}
targets:
  answer:
    title: Answer
    from: received_at
    met_by: seen_at
    when: {channel: known}
    table:
      hit: F
      out: [due]
      rows:
        - {severity: s1, due: 30 m}
        - {severity: "-", due: 2 h}
        - {severity: s2, due: 3 h}
groups:
  goodwill: {title: Goodwill, opens: {seen_at: happened}}
remedies:
  voucher: {title: Voucher, when: {channel: email}, amount: amount_paid,
            approval: [{up_to: 5 EUR, by: agent}, {by: lead}]}
  flowers: {title: Flowers, when: {contacts: "> 1"}, group: goodwill,
            approval: [{up_to: 5 EUR, by: agent}, {by: lead}]}
  refund: {title: Refund, when: {channel: phone}, amount: amount_paid, owed: yes}
approvals: [agent, lead]
rules:
  - {id: thanks, text: All are thanked, source: [house], when: always, then: {do: [thank]}}
  - id: often
    text: Who comes often is called
    source: [house]
    when: {contacts: ">= 5", channel: email}
    then: {do: [call]}
  - id: often-too
    text: The same for the other thing
    source: [house]
    when: {contacts: ">= 5", channel: email}
    then: {do: [thank]}
  - {id: once, text: Held once, source: [house], valid: {to: 2020-12-31}, when: always,
     then: {do: [call]}}
  - {id: few, text: Few, source: [house], when: {contacts: "<= most"}, then: {do: [call]}}
  - {id: long, text: Long, source: [house], when: {long_calls: ">= 1"}, then: {do: [call]}}
"""
HEAD = """\
format: 1
at: 2026-11-24 10:00
state: {received_at: -1 h}
scenarios:
"""


@attrs.frozen
class Bench:
    """A folder with a ruleset and scenarios."""

    folder: Path

    def ruleset(self, text: str) -> Bench:
        """Write the ruleset."""
        (self.folder / "ruleset.yaml").write_text(text, encoding="utf-8")
        return self

    def scenarios(self, *bodies: str, name: str = "first") -> Bench:
        """Write scenarios, each as its keys but id and story."""
        thanks = "expect: {actions: thank}"
        keys = [body if "expect" in body else f"{body}, {thanks}" for body in bodies]
        told = "".join(
            f"  - {{id: n{n}, story: A story, {each}}}\n" for n, each in enumerate(keys, 1)
        )
        path = self.folder / "scenarios" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(HEAD + (told or "  []\n"), encoding="utf-8")
        return self

    @property
    def policy(self) -> Policy:
        """The ruleset, compiled."""
        suite = read_suite(self.folder)
        assert suite.policy is not None, [p.message for p in suite.ruleset.problems]
        return suite.policy

    def cover(self) -> Coverage:
        """Measure it."""
        suite = read_suite(self.folder)
        assert suite.policy is not None, [p.message for p in suite.ruleset.problems]
        assert suite.report.ok, [p.message for p in suite.report.problems]
        return cover(suite.policy, suite.cases)

    def shown(self) -> set[str]:
        """Return the points shown, as told."""
        return {point.told for point, by in self.cover().shown.items() if by}


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Return the shop, in the present folder under `shop`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop").mkdir()
    return Bench(Path("shop")).ruleset(RULESET)
