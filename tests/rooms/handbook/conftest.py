"""A small ruleset that says a little of everything a handbook can tell, and one that extends it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from complaint_rules.handbook import Book, as_html, handbook
from complaint_rules.loading import load
from complaint_rules.policy import Policy

SHOP = """
format: 1
id: shop
edition: "1"
title: {en: Shop <policy>, fa: سیاست فروشگاه}
text: {en: What we owe & offer, fa: آنچه بدهکاریم}
currency: EUR
calendar: desk
words:
  phone: {title: {en: phone, fa: تلفن}}
  agent: {title: {en: agent, fa: کارشناس}}
  EUR: {title: {en: EUR, fa: یورو}}
settings:
  limit: {value: {EUR: 50, GBP: 45}, source: [S1], title: {en: The limit, fa: سقف}}
  share: {value: 12.5%, default_of_ours: yes, title: {en: The share, fa: سهم}}
  rate:
    title: {en: The rate, fa: نرخ}
    law: yes
    source: [LAW]
    value:
      - {valid: {to: 2025-12-31}, value: 2}
      - {valid: {from: 2026-01-01, to: 2026-12-31}, value: 3}
      - {valid: {from: 2027-01-01}, value: 4.5}
  grace: {value: 3 d, default_of_ours: yes}
  floor: {value: -0.5, kind: number, default_of_ours: yes}
  open_now: {value: yes, default_of_ours: yes}
  first_day: {value: 2026-01-01, kind: date, default_of_ours: yes}
  usual: {value: phone, like: channel, default_of_ours: yes}
  both: {value: [phone, email], like: channels, default_of_ours: yes}
calendars:
  desk:
    title: {en: The desk, fa: میز}
    text: {en: Where letters are answered, fa: جای پاسخ به نامه‌ها}
    timezone: Europe/Budapest
    hours: {mon-fri: ["09:00-12:00", "13:00-17:00"]}
    holidays: HU
    days: [{date: 2026-12-24, hours: ["09:00-12:00"]}, {date: 2026-12-31}]
  far: {timezone: Asia/Tehran, hours: {mon: ["09:00-10:00"]}}
facts:
  severity: {kind: level, values: [s4, s3, s2, s1], title: {en: Severity, fa: شدت}}
  channel: {kind: choice, values: [phone, email, letter, shop], learn_by: ask}
  channels: {kind: set, values: [phone, email]}
  paid: {kind: yes_no, title: {en: It is paid, fa: پرداخت شده}}
  loss: {kind: money}
  score: {kind: number}
  visits: {kind: count}
  told_at: {kind: instant}
  spent: {kind: duration}
  waited: {kind: business_duration}
  day: {kind: date}
  name: {kind: text}
  parcels:
    kind: records
    fields:
      lost: {kind: yes_no, title: {en: It is lost, fa: گم شده}}
      sent: {kind: instant}
  house: {kind: record, fields: {size: {kind: count}}}
  lost_parcels: {kind: count, derive: {count: parcels, where: {lost: yes, sent: "< now"}}}
  first_parcel: {kind: instant, derive: {earliest: sent, of: parcels}}
  last_parcel: {kind: instant, derive: {latest: sent, of: parcels, where: {lost: no}}}
  grave: {kind: yes_no, derive: {when: {severity: [s1, s2]}}}
  heavy:
    kind: level
    like: severity
    derive: {first: [{when: {paid: yes}, is: "raise(severity, 1)"}], else: severity}
  ranked:
    kind: choice
    like: channel
    derive:
      table:
        hit: F
        out: [ranked]
        rows:
          - {row: one, paid: yes, ranked: phone}
          - {row: two, paid: no, ranked: email}
        else: {ranked: letter}
  sums: {kind: number, derive: "round(score - (2 - 1) / 3) + abs(-score)"}
  later: {kind: instant, derive: "latest(told_at, add(received_at, 2 bd))"}
customer_types:
  calm: {title: {en: Calm, fa: آرام}, text: {en: At ease, fa: آسوده}}
  loud:
    title: {en: Loud, fa: بلند}
    confirm: human
    expires: 30 d
    guidance: {do: {en: Listen, fa: گوش دهید}, avoid: {en: Shout, fa: فریاد}}
    recognise:
      at_least:
        n: 2
        of:
          - {visits: ">= 3"}
          - {all: [{paid: yes}, {channel: phone}]}
          - {not: {all: [{score: "[1..5)"}, {name: known}]}}
manner:
  soft: {title: {en: Softly, fa: آرام}, phase: listening, guidance: {do: {en: Low, fa: آهسته}}}
actions:
  ask:
    title: {en: Ask, fa: بپرسید}
    text: {en: One question, fa: یک پرسش}
    owner: agent
    channel: phone
    due: [reply, now, 1/4 of reply, {from: received_at, due: 2 bd end of day}]
    after: [greet]
    repeat: {each: reply}
    guidance: {do: {en: Kindly, fa: مهربان}, avoid: {en: Twice, fa: دو بار}}
  greet: {title: {en: Greet, fa: درود}, owner: clerk, due: now, repeat: {ever: 2}}
  write: {owner: agent, repeat: {ever: 1}}
  shout: {conduct: yes, title: {en: Shouting, fa: فریاد}, source: [S2]}
targets:
  reply:
    title: {en: Reply, fa: پاسخ}
    text: {en: The first word, fa: نخستین سخن}
    when: {kind: complaint}
    from: received_at
    met_by: told_at
    opens: 1 h
    due: 0 d end of day
    pauses: yes
    calendar: far
    law: yes
    source: [LAW]
    table:
      hit: "C<"
      out: [due]
      rows:
        - {row: a, channel: [phone, email], severity: s1, due: 1 bm}
        - {row: b, channel: [phone, email], severity: s2, due: 2 bh, source: [S1]}
        - {row: c, channel: [phone, email], severity: s3, due: 1 w}
        - {row: d, channel: [phone, email], customer_types: loud, severity: s1, due: 0 m}
        - row: e
          channel: [phone, email]
          customer_types: loud
          severity: s2
          due: 1 mo
          valid: {from: 2026-01-01}
        - {row: f, channel: letter, due: 3 bd close of business, source: [S1, S3]}
        - {row: g, text: {en: Far away, fa: دور}, channel: shop, due: 5 d}
  visit:
    from: 'earliest(told_at, received_at)'
    met_by: done_at(greet)
    due: 0 d close of business
remedies:
  gift:
    title: {en: Gift, fa: هدیه}
    text: {en: A small one, fa: کوچک}
    when: {paid: yes}
    amount: 'min(max(share * loss, 5 EUR), limit)'
    cap: 'rate * loss'
    cost: 2 EUR
    approval: [{up_to: limit, by: agent}, {by: lead}]
    group: extra
    voucher: yes
    fits: [goods]
    excludes: [refund]
    due: {from: told_at, due: 5 bd}
  refund:
    when: always
    owed: yes
    statutory: yes
    amount:
      table:
        hit: F
        out: [amount]
        rows:
          - {row: big, loss: ">= 100 EUR", amount: 'loss - 10 EUR'}
          - {row: small, loss: "< 100 EUR", amount: 'loss'}
        else: {amount: 5 EUR}
  help: {when: {name: unknown}, approval: [{by: none}]}
groups:
  extra: {title: {en: Extras, fa: افزوده}, opens: {told_at: happened}, cap: 100 EUR, pick: one}
stages:
  - {id: begun, title: {en: Begun, fa: آغاز}, text: {en: In, fa: نو}, when: {told_at: not_yet}}
  - {id: over, when: always}
sides:
  - {id: waiting, title: {en: Waiting, fa: منتظر}, when: {pending_on: customer}}
sequences:
  - {id: usual, title: {en: Usual, fa: معمول}, when: {paid: yes}, steps: [greet, ask]}
  - {id: rest, when: always, steps: [ask]}
rules:
  - id: loud-softly
    text: {en: Speak softly to loud ones, fa: با بلندها آرام سخن بگویید}
    source: [S1, S2]
    when: {customer_types: loud, day: ">= 2026-01-01", score: "not(3)", paid: no}
    then:
      do: [greet, {action: ask, due: now}]
      never: [shout, write]
      target: {reply: 30 m}
      manner: [soft]
      mute: [soft]
      withhold: [gift, extra]
      cap: {total: 100 EUR, gift: 5 EUR}
      approver: {total: lead, extra: lead, ask: lead}
      escalate: [lead]
  - id: all-greeted
    text: {en: Everybody is greeted, fa: به همه درود گفته می‌شود}
    law: yes
    source: [LAW]
    valid: {from: 2026-01-01}
    when: always
    then: {do: [greet]}
"""
CHILD = """
format: 1
id: child
edition: "1"
title: {en: Child, fa: فرزند}
currency: EUR
extends: [shop]
drop: {settings: [grace], sequences: [usual]}
settings:
  limit: {amends: shop, value: {EUR: 60}}
  extra_days: {value: 2, kind: count, default_of_ours: yes, title: {en: Days, fa: روزها}}
calendars:
  desk: {amends: shop, hours: {mon-fri: ["10:00-16:00"]}}
actions:
  greet: {amends: shop, owner: agent, title: {en: Welcome, fa: خوشامد}}
remedies:
  help: {amends: shop, when: {name: known}}
rules:
  - id: loud-softly
    amends: shop
    then: {escalate: [manager]}
"""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the two rulesets stand side by side."""
    top = tmp_path_factory.mktemp("handbook")
    for name, text in (("shop", SHOP), ("child", CHILD)):
        (top / name).mkdir()
        (top / name / "ruleset.yaml").write_text(text, encoding="utf-8")
    return top


@pytest.fixture(scope="session")
def shop(folder: Path) -> Policy:
    """The small ruleset."""
    return load(folder / "shop")


@pytest.fixture(scope="session")
def child(folder: Path) -> Policy:
    """The ruleset that extends it."""
    return load(folder / "child")


@pytest.fixture(scope="session")
def book(shop: Policy) -> Book:
    """Its handbook in English."""
    return handbook(shop)


@pytest.fixture(scope="session")
def words() -> Callable[[Book, str], str]:
    """Return the words of a place of a handbook, without tags, one space between them."""

    def read(book: Book, anchor: str) -> str:
        page = as_html(book)
        place = rf'<(article|section)[^>]* id="{re.escape(anchor)}">.*?</\1>'
        found = re.search(place, page, re.DOTALL)
        assert found is not None, anchor
        return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())

    return read
