"""A ruleset with something of everything, for tests of explanations."""

# ruff: noqa: E501 (an item a line)

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from tests.properties.turning import gives, honest

from complaint_rules.decision import Decision, decide
from complaint_rules.explanation import WhyNot, why_not
from complaint_rules.intake import read_state
from complaint_rules.loading import loads
from complaint_rules.policy import Policy
from complaint_rules.state import State

NOON = "2026-11-24T12:00:00+01:00"
"""A Tuesday."""
AT = 1_795_518_000

HALL = """
format: 1
id: hall
edition: "1"
title: {en: Hall, fa: تالار}
currency: EUR
calendar: office
calendars:
  office: {timezone: Europe/Budapest, hours: {mon-fri: ["09:00-17:00"]}}
approvals: [none, agent, lead, manager]
settings:
  patience: {value: 30 h, source: [here]}
  share: {value: 0.5, source: [here]}
facts:
  order_value: {kind: money, title: {en: order value, fa: ارزش سفارش}, learn_by: look_up}
  channel: {kind: choice, values: [email, phone, web], title: {en: channel}}
  severity: {kind: level, values: [low, mid, high], default: low}
  flags: {kind: set, values: [a, b, c], default: []}
  fault: {kind: choice, values: [us, them], learn_by: investigate}
  visits: {kind: count, default: 0}
  mood: {kind: number}
  open_for: {kind: duration, derive: 'now - received_at'}
  worked: {kind: business_duration, derive: 'open_time_between(received_at, now)'}
  days: {kind: count, derive: 'business_days_between(received_at, now)'}
  hours_given: {kind: duration}
  answered_at: {kind: instant, default: not_yet}
  bought_on: {kind: date}
  promised_for: {kind: instant}
  tongue: {kind: text}
  spoken: {kind: text}
  live: {kind: yes_no, default: no}
  harm: {kind: record, fields: {proven: {kind: yes_no}, cost: {kind: money}}}
  visited: {kind: records, default: [], fields: {on: {kind: instant}, rude: {kind: yes_no, default: no}, note: {kind: text}}}
  rude_visits: {kind: count, derive: {count: visited, where: {rude: yes, on: '< now'}}}
  last_rude: {kind: instant, derive: {latest: on, of: visited, where: {rude: yes}}}
  graver: {kind: level, like: severity, derive: {first: [{when: {live: yes}, is: 'raise(severity, 1)'}], else: severity}}
  tier:
    kind: choice
    values: [small, large]
    derive:
      table:
        hit: F
        out: [is]
        rows: [{row: big, order_value: '>= 500 EUR', visits: '-', is: large}, {row: often, order_value: '-', visits: '>= 9', is: large}]
        else: {is: small}
  asked_at: {kind: instant, derive: 'done_at(ask)'}
  asked_times: {kind: count, derive: 'done_count(ask)'}
  size: {kind: choice, values: [s, l], derive: {first: [{when: {live: yes}, is: l}, {when: {visits: '>= 7'}, is: l}], else: s}}
  scores: {kind: number, derive: {table: {hit: C+, out: [is], rows: [{row: l, live: yes, visits: '-', is: 3}, {row: v, live: '-', visits: '>= 2', is: 4}]}}}
  total_cost: {kind: money, derive: 'order_value + harm.cost'}
  gap: {kind: duration, derive: 'answered_at - received_at'}
  two: {kind: yes_no, derive: {when: {at_least: {n: 2, of: [{live: yes}, {visits: '1'}, {channel: web}]}}}}
  clean: {kind: yes_no, derive: {when: {all: [{flags: {none: [a]}}, {severity: not(high)}]}}}
customer_types:
  angry: {title: {en: Angry}, recognise: {any: [{mood: '<= -0.5'}, {flags: c}]}, expires: 3 d}
  vip: {}
  taker: {confirm: human, recognise: {at_least: {n: 2, of: [{visits: '>= 5'}, {flags: b}, {live: yes}]}}}
  silent: {expires: 9 d}
manner:
  soft: {title: {en: Softly}, guidance: {do: {en: Speak softly}, avoid: {en: Never shout}}, phase: listening}
  plain: {guidance: {do: Be plain}}
actions:
  thank: {title: {en: Thank the customer, fa: از مشتری تشکر کنید}, owner: agent, due: 1/2 of answer}
  ask: {title: {en: Ask}, owner: agent, repeat: {ever: 2}}
  update: {owner: agent, repeat: {each: answer}}
  investigate: {owner: lead}
  look_up: {owner: agent}
  sorry: {owner: agent}
  call: {owner: agent}
  interpret: {owner: agent}
  reply: {owner: agent}
  explain_delay: {owner: agent}
  reopen: {owner: agent}
  old: {owner: agent, valid: {to: 2025-12-31}}
  never_asked: {owner: agent}
  lie: {conduct: yes, title: {en: Lie}}
groups:
  goodwill: {opens: {answered_at: happened}}
  redress: {opens: always}
remedies:
  refund: {title: {en: Refund}, when: {fault: us}, amount: order_value, cap: order_value, group: redress, fits: [money], approval: [{up_to: 100 EUR, by: agent}, {by: lead}]}
  repair: {when: {severity: '>= mid'}, group: redress, approval: [{by: agent}]}
  gift: {when: {flags: a}, group: goodwill, amount: 'share * order_value', approval: [{by: lead}]}
  law_money: {owed: yes, statutory: yes, when: {harm.proven: yes}, amount: harm.cost, due: {from: received_at, due: 14 d}}
  coupon: {owed: yes, voucher: yes, when: {visits: '>= 3'}, fits: [token]}
  tea: {when: {visits: '>= 1'}}
  coffee: {when: {visits: '>= 1'}}
  cake: {when: {visits: '>= 1'}}
  juice: {when: {visits: '>= 1'}}
  water: {when: {visits: '>= 1'}}
  scaled:
    when: {channel: web}
    amount: {table: {hit: U, out: [is], rows: [{row: s, severity: low, is: 0 EUR}, {row: h, severity: high, is: 20 EUR}], else: {is: 0 EUR}}}
stages:
  - {id: over, title: {en: Over}, when: {answered_at: '>= round_start', flags: {all: [a, b]}}}
  - {id: going, when: {answered_at: '>= round_start'}}
  - {id: fresh, title: {en: Fresh}, when: always}
sides:
  - {id: aside, title: {en: Aside}, when: {live: yes}}
sequences:
  - {id: usual, when: always, steps: [thank, sorry, ask]}
targets:
  answer: {title: {en: Answer}, from: received_at, met_by: answered_at, due: 2 d, law: yes, pauses: yes, when: {kind: not(none)}}
  second: {from: answered_at, met_by: 'done_at(reply)', due: 1 bd, when: {visits: '>= 2'}}
  ruled: {from: received_at, met_by: answered_at, when: always}
rules:
  - {id: thanks, text: {en: Everybody is thanked, fa: از همه تشکر می‌شود}, source: [book 1], when: {order_value: ">= 100 EUR"}, then: {do: [thank]}}
  - {id: no-thanks, text: Not while angry, source: [book 2], when: {customer_types: angry}, then: {never: [thank], manner: [soft], escalate: [lead]}}
  - {id: asking, text: Ask, source: [x], when: {channel: [email, phone]}, then: {do: [ask]}}
  - {id: updating, text: Update, source: [x], when: {received_at: happened}, then: {do: [update]}}
  - {id: sorry-late, text: Late, source: [x], when: {open_for: "> patience"}, then: {do: [sorry]}}
  - {id: calls, text: Call, source: [x], when: {graver: high, tier: large}, then: {do: [call]}}
  - {id: tongues, text: Tongues, source: [x], when: {tongue: "!= fact(spoken)"}, then: {do: [interpret]}}
  - {id: replies, text: Reply, source: [x], when: {stage: over, side: aside}, then: {do: [reply]}}
  - {id: old-rule, text: Old, source: [x], valid: {to: 2025-12-31}, when: always, then: {do: [old]}}
  - {id: reopens, text: Reopen, source: [x], when: {rude_visits: ">= 3", last_rude: ">= answered_at"}, then: {do: [reopen]}}
  - {id: holds-back, text: Takers get nothing more, source: [x], when: {customer_types: taker}, then: {withhold: [gift, refund], mute: [soft]}}
  - {id: capped, text: No more, source: [x], when: {live: yes}, then: {cap: {total: 0 EUR}}}
  - {id: rules-second, text: Quick, source: [x], when: {live: yes}, then: {target: {ruled: 3 h}}}
  - {id: learns, text: Learn, source: [x], when: {all: [{fault: us}, {visits: ">= 4"}]}, then: {manner: [plain]}}
  - {id: no-lies, text: No lies, source: [x], when: {fault: us}, then: {never: [lie]}}
"""


@functools.cache
def hall() -> Policy:
    """Return the policy of the hall."""
    return loads(HALL)


def told(facts: Mapping[str, Any] | None = None) -> State:
    """Return a state of the hall."""
    return read_state(hall(), facts or {})


def decided(facts: Mapping[str, Any] | None = None) -> Decision:
    """Return what the hall decides at noon."""
    return decide(hall(), told(facts), at=NOON)


def turned(item: str, facts: Mapping[str, Any] | None = None) -> WhyNot:
    """Return why the hall does not give an item; a change that is found is proved."""
    state = told(facts)
    found = why_not(hall(), state, item, at=NOON)
    if found.found and found.kind in ("action", "remedy"):
        assert not gives(decide(hall(), state, at=NOON), found.kind, found.item)
        assert not honest(hall(), state, found.change, found.kind, found.item, AT)
    return found
