"""The command line run in this process, and files for it to read."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from complaint_rules.cli import main

AT = "2026-11-22T10:00:00+01:00"
STATE = {
    "complaint_id": "K-1",
    "received_at": "2026-11-20T15:30:00+01:00",
    "channel": "phone",
    "customer_types": ["premium"],
    "amount_paid": "100 EUR",
}
RULESET = """
format: 1
id: shop
edition: "3"
title: {en: Shop policy}
currency: EUR
calendar: office
calendars: {office: {timezone: Europe/Budapest, hours: {mon-fri: "09:00-17:00"}}}
stages:
  - {id: open, title: {en: Open, fa: باز}, when: always}
sides:
  - {id: watching, title: {en: Watched}, when: {watched: yes}}
customer_types:
  calm: {title: {en: Calm}}
  premium: {title: {en: Premium customer, fa: مشتری ویژه}}
  rude: {title: {en: Rude}, confirm: human, recognise: {watched: yes}}
actions:
  thank: {title: {en: Thank the customer, fa: سپاس از مشتری}, owner: agent, due: answer}
  call: {title: {en: Call, fa: تماس}, owner: lead}
  later: {title: {en: Later}, owner: lead, due: {from: watched_at, due: 1 d}}
  survey: {title: {en: Survey}, owner: agent, due: survey}
  excuse: {title: {en: Excuses, fa: بهانه}, conduct: yes}
  shout: {title: {en: Shouting}, conduct: yes}
manner:
  warm: {title: {en: Warm, fa: گرم}, guidance: {do: {en: Use the name, fa: نام را بگویید}}}
targets:
  answer: {title: {en: First answer}, from: received_at, met_by: answered_at, due: 2 d}
  survey: {title: {en: Survey}, from: received_at, opens: 3 d, met_by: answered_at, due: 5 d}
groups: {goodwill: {title: {en: Goodwill}, pick: one, opens: {answered_at: happened}}}
remedies:
  voucher: {title: {en: Voucher}, when: {channel: phone}, amount: 5 EUR, excludes: [gift],
            approval: [{by: agent}]}
  gift: {title: {en: Gift}, when: {channel: phone}, amount: 7 EUR, approval: [{by: lead}]}
  refund: {title: {en: Refund}, when: {channel: phone}, amount: loss, owed: yes}
  flowers: {title: {en: Flowers}, when: always, amount: 9 EUR, group: goodwill,
            approval: [{by: lead}]}
facts:
  channel: {kind: choice, values: [email, phone], learn_by: call, title: {en: Channel}}
  loss: {kind: money, title: {en: Loss}}
  watched: {kind: yes_no, default: no}
  watched_at: {kind: instant, default: not_yet}
  answered_at: {kind: instant, default: not_yet}
rules:
  - id: thanks
    text: {en: Customers are thanked}
    source: [us]
    when: always
    then: {do: [thank, later, survey], never: [excuse], manner: [warm]}
  - {id: calls, text: Calls, source: [us], when: {channel: phone}, then: {do: [call]}}
  - {id: quiet, text: Quiet, source: [us], when: {channel: email}, then: {never: [shout]}}
  - {id: watch, text: Watch, source: [us], when: {watched: yes}, then: {escalate: [lead]}}
"""
BAD = RULESET.replace("{channel: phone}, then: {do: [call]}", "{chanel: phone}, then: {do: [call]}")


@attrs.frozen
class Said:
    """What a command came to: its exit code, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it wrote to standard output, as JSON."""
        return json.loads(self.out)


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """Return what runs a command line; `stdin` is what it reads there."""

    def run(*words: object, stdin: bytes = b"") -> Said:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return run


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder, made the present one, with rulesets, a state and a mapping."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("shop", RULESET), ("bad", BAD)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "ruleset.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "state.json").write_text(json.dumps(STATE), encoding="utf-8")
    return tmp_path
