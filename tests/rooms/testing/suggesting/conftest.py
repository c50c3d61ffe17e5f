"""A ruleset in which everything is hard to reach, written into a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from complaint_rules.testing import Case, Suite, play, read_suite
from complaint_rules.testing.coverage import Coverage, cover
from complaint_rules.testing.suggesting import Suggestions, as_scenarios, suggest

HEAD = """\
format: 1
id: shop
edition: "1"
title: A shop
currency: EUR
calendar: office
calendars:
  office: {timezone: Europe/Budapest, hours: {mon-fri: ["09:00-17:00"]}}
  far: {timezone: Asia/Tokyo, hours: {mon-fri: ["09:00-17:00"]}}
approvals: [agent, lead]
"""
RULESET = (
    HEAD
    + """\
settings:
  pause: {title: Pause, kind: duration, value: 3 d, source: [house]}
facts:
  severity: {kind: level, values: [s3, s2, s1], default: s3}
  channel: {kind: choice, values: [email, phone]}
  contacts: {kind: count, default: 0}
  score: {kind: number}
  price: {kind: money}
  spent: {kind: money}
  note: {kind: text}
  seen_at: {kind: instant, default: not_yet}
  sent_at: {kind: instant, default: not_yet}
  bought_on: {kind: date}
  waited: {kind: duration}
  worked: {kind: business_duration}
  wishes: {kind: set, values: [speed, money, calm]}
  calls: {kind: records, fields: {minutes: {kind: count}, at: {kind: instant}, about: {kind: text}}}
  review: {kind: record, fields: {exists: {kind: yes_no, default: no}, stars: {kind: count}}}
  called_at: {kind: instant, derive: done_at(call)}
  long_calls: {kind: count, derive: {count: calls, where: {minutes: ">= 30", at: "< now"}}}
  fee:
    kind: number
    derive:
      table:
        hit: F
        out: [n]
        else: {n: "3"}
        rows:
          - {valid: {to: 2020-12-31}, score: ">= 0.5", n: "1"}
          - {valid: {to: 2025-12-31}, score: "< 0.5", n: "1"}
          - {score: "< 0.2", n: "2"}
          - {score: "< 0.4", n: "2"}
customer_types:
  calm: {}
  rude: {confirm: human, recognise: {contacts: ">= 9"}}
  angry: {expires: 30 d}
stages:
  - {id: open, when: {seen_at: not_yet}}
  - {id: seen, when: always}
sides:
  - {id: hasty, when: {wishes: speed}}
actions:
  thank: {title: Thank, owner: agent, due: now}
  call: {title: Call, owner: lead, due: {from: received_at, due: 1 h}, repeat: {ever: 5}}
  excuse: {title: Excuses, conduct: yes}
manner:
  warm: {title: Warm, phase: listening, guidance: {do: {en: Use the name}}}
sequences:
  - {id: first-thank, when: {channel: phone}, steps: [thank, call]}
targets:
  answer:
    title: Answer
    from: received_at
    met_by: seen_at
    when: {channel: known}
    table: {hit: F, out: [due], rows: [{severity: s1, due: 30 m}, {severity: "-", due: 2 h}]}
groups:
  goodwill: {title: Goodwill, opens: {seen_at: happened}}
remedies:
  voucher:
    title: Voucher
    when: {channel: email}
    amount: min(price, 90 EUR)
    approval: [{up_to: 5 EUR, by: agent}, {by: lead}]
  flowers: {title: Flowers, when: {contacts: "> 1"}, group: goodwill, approval: [{by: lead}]}
  rebate:
    title: Rebate
    when: {channel: phone}
    valid: {to: 2020-12-31}
    amount: {table: {hit: F, out: [paid], else: {paid: 1 EUR}, rows: [{severity: s1, paid: 9 EUR}]}}
    approval: [{up_to: 5 EUR, by: agent}, {by: lead}]
  call_back: {title: Call back, when: {channel: phone}, approval: [{by: lead}]}
  refund: {title: Refund, when: {channel: phone}, amount: amount_paid, owed: yes}
rules:
  - {id: thanks, text: All are thanked, source: [house], when: always,
     then: {do: [thank], never: [excuse], manner: [warm]}}
  - {id: often, text: Often, source: [house], when: {contacts: ">= 5", customer_types: angry},
     then: {do: [call], escalate: [lead], target: {answer: 10 m}, withhold: [call_back]}}
  - {id: old, text: Old, source: [house], valid: {to: 2020-12-31}, when: always, then: {do: [call]}}
  - {id: again, text: Again, source: [house], when: {called_at: "<= now - pause"},
     then: {do: [call]}}
  - {id: later, text: Later, source: [house], when: {sent_at: "> seen_at"}, then: {do: [call]}}
  - {id: dear, text: Dear, source: [house], when: {price: "> spent"}, then: {do: [call]}}
  - {id: long, text: Long, source: [house], when: {long_calls: ">= 2"}, then: {do: [call]}}
  - {id: many, text: Many, source: [house], when: {wishes: {count: ">= 2"}}, then: {do: [call]}}
  - {id: said, text: Said, source: [house], when: {note: '"hello: world"'}, then: {do: [call]}}
  - {id: stars, text: Stars, source: [house], when: {review.stars: "<= 2", review.exists: yes},
     then: {do: [call], cap: {voucher: 2 EUR}, approver: {call: lead}}}
  - {id: slow, text: Slow, source: [house], when: {waited: "> 5 m", worked: ">= 30 bm"},
     then: {do: [call]}}
  - {id: day, text: Day, source: [house], when: {bought_on: "<= 2026-01-31", channel: unknown},
     then: {do: [call]}}
  - {id: thanked, text: Thanked, source: [house], when: {done: [thank]}, then: {do: [call]}}
"""
)


@attrs.frozen
class Bench:
    """A folder with a ruleset and scenarios."""

    folder: Path

    def ruleset(self, text: str) -> Bench:
        """Write the ruleset."""
        (self.folder / "ruleset.yaml").write_text(text, encoding="utf-8")
        return self

    def scenarios(self, text: str, name: str = "first") -> Bench:
        """Write a scenario file."""
        path = self.folder / "scenarios" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return self

    def suite(self) -> Suite:
        """Read it."""
        suite = read_suite(self.folder)
        assert suite.policy is not None, [(p.message, p.span) for p in suite.ruleset.problems]
        assert suite.report.ok, [(p.message, p.span) for p in suite.report.problems]
        return suite

    def cover(self) -> Coverage:
        """Measure it."""
        suite = self.suite()
        assert suite.policy is not None
        return cover(suite.policy, suite.cases)

    def suggest(self) -> Suggestions:
        """Return what its scenarios lack."""
        return suggest(self.cover(), self.suite().cases)

    def kept(self, found: Suggestions, name: str = "suggested") -> list[Case]:
        """Write suggested cases beside the ruleset, and return them as they are read."""
        self.scenarios(as_scenarios(found), name)
        mine = [case for case in self.suite().cases if case.stem == name]
        assert all(case.unreviewed for case in mine)
        return mine

    def all_pass(self, cases: list[Case]) -> bool:
        """Return whether all cases pass."""
        policy = self.suite().policy
        assert policy is not None
        return all(play(policy, case).ok for case in cases)


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Return the shop, in the present folder under `shop`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop").mkdir()
    return Bench(Path("shop")).ruleset(RULESET)


@pytest.fixture
def plain() -> Callable[[str], str]:
    """Return how to make a small ruleset of some sections."""
    return lambda text: HEAD + text
