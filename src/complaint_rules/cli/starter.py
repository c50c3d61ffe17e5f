"""The files of a new ruleset, as text; NAME and PARENT are filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FILES: Final[Mapping[str, str]] = {
    "ruleset.yaml": """\
# A ruleset that extends `PARENT`: it holds only what is different here.
# Check it after every change:  complaint-rules check NAME
format: 1
id: NAME
edition: "1"
title:
  en: Complaint policy of NAME
extends: PARENT
include: [settings.yaml, rules.yaml]
""",
    "settings.yaml": """\
# Figures of the parent that are different here. A setting is simply declared again.
settings:
  goodwill_per_year:
    title: {en: Goodwill gestures a customer may have within 365 days}
    source: [our handbook]
    kind: count
    value: 2
""",
    "rules.yaml": """\
# Rules of our own. Each has an id, a text that says it in one sentence, and a source.
rules:
  - id: NAME-damaged-goods
    text: {en: "Who received damaged goods is called, not only written to"}
    source: [our handbook]
    when:
      cause_code: damaged
      complaint_open: yes
    then:
      do: [phone_call]
""",
    "README.md": """\
# NAME

A ruleset for complaints that extends `PARENT`.

    complaint-rules check NAME
    echo '{"received_at": "2026-11-20T09:00:00+01:00", "channel": "email"}' > state.json
    complaint-rules decide --ruleset NAME --at 2026-11-20T10:00:00+01:00 state.json

- `ruleset.yaml` names the ruleset, its edition and what it extends.
- `settings.yaml` holds figures that are different here.
- `rules.yaml` holds rules of our own. To change an inherited one, repeat its id with
  `amends: PARENT` and the keys that change.
""",
}
