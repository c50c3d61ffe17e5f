"""Types, actions, targets, remedies, rules, sequences (semantics 7, 15 to 18, 22, 25, 28 to 31)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest

from complaint_rules.calendar import Duration, Unit
from complaint_rules.conditions.tree import Call, Constant, Contains, FactValue, Truth
from complaint_rules.conditions.tree import Test as Leaf
from complaint_rules.facts import Kind
from complaint_rules.money import Money
from complaint_rules.policy import (
    Do,
    DueAfter,
    DueNow,
    DueTarget,
    Policy,
    Repeat,
    Tier,
    Validity,
)
from complaint_rules.problem import Problem

Compiled = Callable[[str], Policy]
Problems = Callable[[str], list[Problem]]

BODY = """
customer_types:
  angry: {guidance: {do: Listen, avoid: {en: Arguing, hu: Vita}}}
  abusive: {confirm: human, expires: 180 d, recognise: {contacts: "> 9"}}
facts:
  contacts: {kind: count}
manner:
  calm-voice: {phase: listening, guidance: {do: Speak low}}
actions:
  apologise: {owner: agent, due: now, law: yes, source: a}
  explain: {owner: lead, channel: phone, after: apologise, due: [reply, 1/4 of reply]}
  survey: {owner: agent, repeat: {each: reply}, due: {from: received_at, due: 3 bd}}
  review: {owner: agent, repeat: {ever: 2}}
  excuse: {conduct: yes}
targets:
  reply: {from: received_at, met_by: done_at(explain), due: 8 h, opens: 1 h, pauses: yes}
  update: {from: 'latest(received_at, done_at(explain))', met_by: round_start, law: yes, source: a}
groups:
  gestures: {cap: 30 EUR, opens: {done: explain}}
remedies:
  refund: {owed: yes, statutory: yes, amount: amount_paid, due: reply}
  gift:
    amount: 10 EUR
    cap: 20 EUR
    group: gestures
    excludes: voucher
    fits: [kindness]
    cost: 4 EUR
    approval: [{up_to: 5 EUR, by: agent}, {by: lead}]
  voucher: {voucher: yes, amount: 5 EUR, group: goodwill}
sequences:
  - {id: reply_by_post, when: always, steps: [apologise, explain]}
sides:
  - {id: late, when: {contacts: "> 3"}}
rules:
  - id: many-contacts
    text: Many contacts
    source: [a]
    law: yes
    valid: {from: 2026-01-01}
    when: {contacts: "> 3"}
    then:
      do: [apologise, {action: explain, due: now}]
      never: excuse
      target: {update: 4 h}
      manner: calm-voice
      mute: calm-voice
      cap: {gift: 5 EUR, gestures: 6 EUR, goodwill: 7 EUR, total: 8 EUR}
      withhold: [voucher, gestures]
      approver: {gift: lead, total: manager}
      escalate: quality
  - {id: withhold-all, text: All, source: a, when: always, then: {withhold: [total, gift]}}
"""


def test_types(compiled: Compiled) -> None:
    """Types keep how they are recognised, confirmed and how long they last."""
    types = compiled(BODY).types
    assert types["abusive"].confirm_human
    assert types["abusive"].expires == Duration(180, Unit.D)
    assert isinstance(types["abusive"].recognise, Leaf)
    assert types["angry"].recognise is None
    assert types["angry"].guidance.avoid == {"en": "Arguing", "hu": "Vita"}


def test_actions(compiled: Compiled) -> None:
    """Actions keep owner, due times, order and repeats."""
    actions = compiled(BODY).actions
    assert actions["apologise"].due == (DueNow(),)
    assert actions["apologise"].law
    assert actions["explain"].due == (DueTarget("reply"), DueTarget("reply", (1, 4)))
    assert actions["explain"].after == ("apologise",)
    assert actions["explain"].channel == "phone"
    received = FactValue("received_at", Kind.INSTANT)
    assert actions["survey"].due == (DueAfter(received, Duration(3, Unit.BD)),)
    assert actions["survey"].repeat == Repeat(each="reply")
    assert actions["review"].repeat == Repeat(ever=2)
    assert actions["excuse"].conduct
    assert compiled(BODY).manner["calm-voice"].phase == "listening"


def test_targets(compiled: Compiled) -> None:
    """Targets keep their clock; `done_at` takes an action's id."""
    targets = compiled(BODY).targets
    explained = Call("done_at", (Constant("explain", Kind.TEXT),), Kind.INSTANT)
    assert targets["reply"].met_by == explained
    assert targets["reply"].opens == Duration(1, Unit.H)
    assert targets["reply"].pauses
    assert targets["update"].law


def test_remedies(compiled: Compiled) -> None:
    """Remedies keep amount, cap, approval, group; goodwill needs no declaration."""
    policy = compiled(BODY)
    gift, refund = policy.remedies["gift"], policy.remedies["refund"]
    five = Constant(Money(Decimal(5), "EUR"), Kind.MONEY)
    assert gift.approval == (Tier("agent", five), Tier("lead"))
    assert (gift.group, gift.excludes, gift.fits) == ("gestures", ("voucher",), {"kindness"})
    assert (refund.owed, refund.statutory, refund.due) == (True, True, (DueTarget("reply"),))
    assert policy.facts["accepted"].values == ("refund", "gift", "voucher", "kindness")
    assert list(policy.groups) == ["gestures", "goodwill"]
    opens = policy.conditions[policy.groups["gestures"].opens]
    assert opens == Leaf("done", Contains("any", frozenset({"explain"})))
    assert policy.conditions[policy.groups["goodwill"].opens] == Truth()


def test_rules(compiled: Compiled) -> None:
    """A rule keeps all it brings about; a withheld group is the remedies in it."""
    policy = compiled(BODY)
    rule, last = policy.rules
    assert rule.do == (Do("apologise"), Do("explain", (DueNow(),)))
    assert (rule.never, rule.manner, rule.mute) == (("excuse",), ("calm-voice",), ("calm-voice",))
    assert rule.target == (("update", Duration(4, Unit.H)),)
    assert [name for name, _ in rule.cap] == ["gift", "gestures", "goodwill", "total"]
    assert rule.withhold == ("voucher", "gift")
    assert rule.approver == (("gift", "lead"), ("total", "manager"))
    assert (rule.escalate, rule.law) == (("quality",), True)
    assert rule.valid == Validity(datetime.date(2026, 1, 1))
    assert last.withhold == ("gift", "voucher")
    assert rule.span is not None
    assert BODY.splitlines()[rule.span.line - 6] == "  - id: many-contacts"
    assert rule.span.column == len("  - id: ") + 1


def test_equal_conditions_share_a_number(compiled: Compiled) -> None:
    """What is asked twice is matched once."""
    policy = compiled(BODY)
    assert len(set(policy.conditions)) == len(policy.conditions)
    assert policy.rules[1].when == policy.targets["reply"].when
    assert policy.sequences[0].steps == ("apologise", "explain")
    assert [side.id for side in policy.sides] == ["late"]


def test_decimals_of_the_currency(compiled: Compiled) -> None:
    """A ruleset may round its currency otherwise than ISO 4217 says."""
    policy = compiled(BODY)
    assert policy.decimals == {}
    from complaint_rules.loading import loads

    text = 'format: 1\nid: a\nedition: "1"\ntitle: A\ncurrency: {code: HUF, decimals: 0}\n'
    assert loads(text).decimals_of("HUF") == 0


def rule(then: str, when: str = "always") -> str:
    """Return a ruleset with one rule."""
    return (
        "actions: {ask: {owner: agent}, excuse: {conduct: yes}}\n"
        "manner: {low: {guidance: {do: Speak low}}}\n"
        "remedies: {gift: {amount: 5 EUR}, refund: {owed: yes, amount: 5 EUR}}\n"
        "targets: {reply: {from: received_at, met_by: round_start, due: 8 h}}\n"
        f"rules: [{{id: one, text: One, source: a, when: {when}, then: {then}}}]\n"
    )


FAULTS = {
    "{do: asc}": "unknown-action",
    "{do: {action: ask, due: repy}}": "unknown-target",
    "{do: {action: ask, due: 3 h}}": "due-without-start",
    "{do: {action: ask, due: 0/4 of reply}}": "bad-fraction",
    "{do: {action: ask, due: 1/4 of repy}}": "unknown-target",
    "{do: {action: ask, due: {from: gone, due: 3 h}}}": "unknown-name",
    "{do: {action: ask, due: {from: received_at, due: 3 x}}}": "unknown-unit",
    "{do: {action: ask, due: {from: now, due: 3 h}}}": "unstepped-time",
    "{do: {action: ask, due: '???'}}": "bad-due",
    "{never: asc}": "unknown-action",
    "{never: gift}": "unknown-action",
    "{target: {repy: 3 h}}": "unknown-target",
    "{target: {reply: 3 x}}": "unknown-unit",
    "{manner: high}": "unknown-manner",
    "{mute: high}": "unknown-manner",
    "{cap: {gfit: 3 EUR}}": "unknown-remedy",
    "{cap: {gift: 3}}": "wrong-kind",
    "{cap: {refund: 3 EUR}}": "owed-limited",
    "{approver: {gift: boss}}": "unknown-role",
    "{approver: {refund: lead}}": "owed-limited",
    "{withhold: refund}": "owed-limited",
    "{withhold: [gift, gfit]}": "unknown-remedy",
    "{do: excuse}": "conduct-as-action",
    "{do: []}": "empty-rule",
}


@pytest.mark.parametrize(("then", "code"), FAULTS.items())
def test_faults_of_rules(problems: Problems, then: str, code: str) -> None:
    """Each slip in what a rule brings about is told once."""
    found = problems(rule(then))
    assert [problem.code for problem in found] == [code]
    assert found[0].help
    assert found[0].message.startswith("rule `one`")


ITEMS = {
    "actions: {a: {owner: b, after: c}}": "unknown-action",
    "actions: {a: {owner: b, repeat: {each: c}}}": "unknown-target",
    "actions: {a: {conduct: yes, owner: b}}": "unfit-key",
    "actions: {a: {owner: b, after: x}, x: {conduct: yes}}": "conduct-as-action",
    "targets: {a: {from: 5, met_by: received_at, due: 3 h}}": "wrong-kind",
    "targets: {a: {from: now, met_by: received_at, due: 3 h}}": "unstepped-time",
    "targets: {a: {from: received_at, met_by: event_date, due: 3 h}}": "wrong-kind",
    "targets: {now: {from: received_at, met_by: round_start, due: 3 h}}": "reserved-id",
    "remedies: {a: {amount: 5 EUR, approval: [{up_to: 5, by: lead}, {by: lead}]}}": "wrong-kind",
    "remedies: {a: {amount: 5 EUR, approval: [{by: agent}, {by: lead}]}}": "approval-order",
    "remedies: {a: {amount: 5 EUR, excludes: b}}": "unknown-remedy",
    "remedies: {a: {owed: yes, amount: 5 EUR, group: goodwill}}": "owed-limited",
    "remedies: {a: {amount: 5 EUR, cost: 3}}": "wrong-kind",
    "remedies: {a: {amount: 5 EUR}}\ngroups: {a: {}}": "id-taken",
    "manner: {x: {guidance: {do: X}}}\nremedies: {a: {amount: 1 EUR}}\n"
    "rules: [{id: a, text: A, source: s, when: always, then: {manner: x}}]": "id-taken",
    "groups: {a: {cap: 5}}": "wrong-kind",
    "customer_types: {a: {expires: 3 x}}": "unknown-unit",
    "customer_types: {a: {recognise: {b: yes}}}": "unknown-fact",
    "sequences: [{id: a, when: always, steps: [b]}]": "unknown-action",
    "stages: [{id: a, when: {b: yes}}]": "unknown-fact",
}


@pytest.mark.parametrize(("text", "code"), ITEMS.items())
def test_faults_of_items(problems: Problems, text: str, code: str) -> None:
    """Each slip in an item is told once."""
    assert [problem.code for problem in problems(text + "\n")] == [code]


def test_tiers_of_several_currencies_are_not_compared(compiled: Compiled) -> None:
    """Whether tiers of two currencies rise cannot be told, so nothing is."""
    tiers = "[{up_to: 50 EUR, by: agent}, {up_to: 20 GBP, by: lead}, {by: manager}]"
    policy = compiled(f"remedies: {{a: {{amount: 5 EUR, approval: {tiers}}}}}\n")
    assert len(policy.remedies["a"].approval) == 3


def test_sequences_against_a_chain_of_after(problems: Problems) -> None:
    """An order that only a chain of `after` forbids is told; actions outside are no matter."""
    actions = "actions: {a: {owner: x, after: b}, b: {owner: x, after: c}, c: {owner: x}}\n"
    actions = actions.replace("}}\n", "}, d: {owner: x, after: [b, c]}}\n")
    good = "sequences: [{id: s, when: always, steps: [c, b, d, a]}]\n"
    bad = "sequences: [{id: s, when: always, steps: [a, c]}]\n"
    assert problems(actions + good) == []
    (problem,) = problems(actions + bad)
    assert problem.code == "after-against-sequence"
    assert "`a` before `c`" in problem.message
