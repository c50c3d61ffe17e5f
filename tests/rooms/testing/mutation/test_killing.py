"""Every kind of change: the scenario that notices it, and one that does not."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from complaint_rules.testing.mutation import Fate


@attrs.frozen
class Change:
    """
    One change of a small ruleset.

    Attributes:
        items: The ruleset's items.
        kind: The kind of the change.
        words: Words by which it is told.
        notices: A scenario that notices it.
        misses: One that passes either way.
        owner: Part of the id of what is changed.
    """

    items: str
    kind: str
    words: str
    notices: str
    misses: str
    owner: str = ""


def rule(when: str, then: str = "{do: [thank]}") -> str:
    """Return a ruleset's one rule."""
    return f"rules:\n  - {{id: one, text: x, source: [house], when: {when}, then: {then}}}\n"


THANKED, NOT_THANKED = "expect: {actions: thank}", "expect: {actions: none}"
COUNT, BOTH = rule('{contacts: ">= 5"}'), rule("{vip: yes, channel: email}")
DUE = "targets:\n  answer: {title: A, from: received_at, met_by: answered_at, due: 4 h}\n"
TABLE = """\
targets:
  answer:
    title: A
    from: received_at
    met_by: answered_at
    table: {hit: HIT, out: [due], rows: [{severity: s1, due: 1 h}, {vip: yes, due: 2 h}]}
"""
ELSE = TABLE.replace(", rows", ", else: {due: 4 h}, rows")
LEVEL = """\
  worth: {kind: choice, values: [low, high], derive: {table: T}}
"""
REMEDY = """\
remedies:
  gift: {title: G, when: {vip: yes}, amount: 10 EUR, PARTS}
  card: {title: C, when: {vip: yes}, amount: 3 EUR, approval: [{by: agent}]}
"""
TIERS = "approval: [{up_to: 5 EUR, by: agent}, {up_to: 20 EUR, by: lead}, {by: manager}]"


def gift(parts: str = "approval: [{by: agent}]") -> str:
    """Return a gift with some parts, and a card beside it."""
    return REMEDY.replace("PARTS", parts)


CHANGES = {
    "a threshold one lower": Change(
        COUNT, "threshold", "becomes `4`", f"state: {{contacts: 4}}\n{NOT_THANKED}",
        f"state: {{contacts: 3}}\n{NOT_THANKED}",
    ),
    "a threshold one higher": Change(
        COUNT, "threshold", "becomes `6`", f"state: {{contacts: 5}}\n{THANKED}",
        f"state: {{contacts: 6}}\n{THANKED}",
    ),
    "an amount a cent higher": Change(
        rule('{paid: "<= 5 EUR"}'), "threshold", "becomes `5.01 EUR`",
        f"state: {{paid: 5.01 EUR}}\n{NOT_THANKED}", f"state: {{paid: 5.02 EUR}}\n{NOT_THANKED}",
    ),
    "a number's last digit lower": Change(
        rule('{score: "< 2.50"}'), "threshold", "becomes `2.49`",
        f'state: {{score: "2.49"}}\n{THANKED}', f'state: {{score: "2.4"}}\n{THANKED}',
    ),
    "a level one higher": Change(
        rule('{severity: ">= s2"}'), "threshold", "becomes `s1`",
        f"state: {{severity: s2}}\n{THANKED}", f"state: {{severity: s1}}\n{THANKED}",
    ),
    "a date a day later": Change(
        rule('{seen_on: ">= 2026-11-20"}'), "threshold", "becomes `2026-11-21`",
        f"state: {{seen_on: 2026-11-20}}\n{THANKED}", f"state: {{seen_on: 2026-11-21}}\n{THANKED}",
    ),
    "a duration a minute longer": Change(
        rule('{waited: "> 2 h"}'), "threshold", "becomes `7260`",
        f"state: {{waited: 121 m}}\n{THANKED}", f"state: {{waited: 3 h}}\n{THANKED}",
    ),
    "a computed bound a minute later": Change(
        rule('{told_at: "> received_at + 10 m"}'), "threshold", "bound raised",
        "state: {told_at: -49 m}\nexpect: {actions: thank}", f"state: {{told_at: -1 m}}\n{THANKED}",
    ),
    "a computed count one lower": Change(
        rule('{contacts: ">= score"}'), "threshold", "bound lowered",
        f'state: {{contacts: 1, score: "2"}}\n{NOT_THANKED}',
        f'state: {{contacts: 0, score: "2"}}\n{NOT_THANKED}',
    ),
    "an end taken in": Change(
        rule('{paid: "> 5 EUR"}'), "end", "taken in", f"state: {{paid: 5 EUR}}\n{NOT_THANKED}",
        f"state: {{paid: 4 EUR}}\n{NOT_THANKED}",
    ),
    "an end left out": Change(
        rule('{paid: "<= 5 EUR"}'), "end", "left out", f"state: {{paid: 5 EUR}}\n{THANKED}",
        f"state: {{paid: 4 EUR}}\n{THANKED}",
    ),
    "a computed end left out": Change(
        rule('{told_at: ">= received_at"}'), "end", "becomes `>`",
        f"state: {{told_at: -1 h}}\n{THANKED}", f"state: {{told_at: -5 m}}\n{THANKED}",
    ),
    "a size of a set": Change(
        rule('{wishes: {count: ">= 2"}}'), "threshold", "becomes `3`",
        f"state: {{wishes: [money, words]}}\n{THANKED}",
        f"state: {{wishes: [money, words, flowers]}}\n{THANKED}",
    ),
    "fewer of several": Change(
        rule("{at_least: {n: 2, of: [{vip: yes}, {loud: yes}, {channel: post}]}}"),
        "threshold", "at least 1", f"state: {{vip: yes}}\n{NOT_THANKED}", NOT_THANKED,
    ),
    "the only test dropped": Change(
        COUNT, "test dropped", "", NOT_THANKED, f"state: {{contacts: 5}}\n{THANKED}"
    ),
    "one of two tests dropped": Change(
        BOTH, "test dropped", "vip", NOT_THANKED, f"state: {{vip: yes}}\n{THANKED}"
    ),
    "an alternative dropped": Change(
        rule("{any: [{vip: yes}, {loud: yes}]}"), "test dropped", "loud",
        f"state: {{loud: yes}}\n{THANKED}", f"state: {{vip: yes}}\n{THANKED}",
    ),
    "a test negated": Change(
        BOTH, "test negated", "vip", f"state: {{vip: yes}}\n{THANKED}",
        f"state: {{channel: post}}\n{NOT_THANKED}",
    ),
    "a test under not negated": Change(
        rule("{vip: yes, none: [{channel: post}]}"), "test negated", "post",
        f"state: {{vip: yes}}\n{THANKED}", NOT_THANKED,
    ),
    "a value left out": Change(
        rule("{channel: [phone, post]}"), "value left out", "without `post`",
        f"state: {{channel: post}}\n{THANKED}", f"state: {{channel: phone}}\n{THANKED}",
    ),
    "a member left out": Change(
        rule("{wishes: {any: [money, words]}}"), "value left out", "without `words`",
        f"state: {{wishes: [words]}}\n{THANKED}", f"state: {{wishes: [money]}}\n{THANKED}",
    ),
    "an action dropped": Change(
        COUNT, "action dropped", "thank", f"state: {{contacts: 5}}\n{THANKED}", NOT_THANKED
    ),
    "a prohibition dropped": Change(
        rule("{vip: yes}", "{never: [excuse]}"), "prohibition dropped", "excuse",
        "state: {vip: yes}\nexpect: {prohibitions: excuse}", "expect: {prohibitions: none}",
    ),
    "a role no longer called in": Change(
        rule("{vip: yes}", "{escalate: [manager]}"), "escalation dropped", "manager",
        "state: {vip: yes}\nexpect: {escalations: manager}", "expect: {escalations: none}",
    ),
    "a length of time dropped": Change(
        DUE + rule("{vip: yes}", "{target: {answer: 1 h}}"), "deadline dropped", "answer",
        "state: {vip: yes}\nexpect: {targets: {due: {answer: 2026-11-24 10:00}}}",
        "expect: {targets: {due: {answer: 2026-11-24 13:00}}}",
    ),
    "a length of time doubled": Change(
        DUE + rule("{vip: yes}", "{target: {answer: 1 h}}"), "deadline doubled", "answer",
        "state: {vip: yes}\nexpect: {targets: {due: {answer: 2026-11-24 10:00}}}",
        "expect: {targets: {due: {answer: 2026-11-24 13:00}}}",
    ),
    "a target twice as long": Change(
        DUE, "deadline doubled", "", "expect: {targets: {due: {answer: 2026-11-24 13:00}}}",
        "expect: {targets: answer}", "answer",
    ),
    "a due time of a rule": Change(
        rule("{vip: yes}", "{do: [{action: write, due: {from: received_at, due: 2 h}}]}"),
        "deadline doubled", "write",
        "state: {vip: yes}\nexpect: {actions: {due: {write: 2026-11-24 11:00}}}",
        "expect: {actions: none}",
    ),
    "a due time of an action": Change(
        rule("{vip: yes}", "{do: [call]}"), "deadline doubled", "due twice",
        "state: {vip: yes}\nexpect: {actions: {due: {call: 2026-11-24 10:00}}}",
        "state: {vip: yes}\nexpect: {actions: call}", "call",
    ),
    "a part of a target": Change(
        DUE + rule("{vip: yes}", "{do: [{action: write, due: 1/4 of answer}]}"),
        "deadline doubled", "write",
        "state: {vip: yes, loud: yes}\nexpect: {actions: {due: {write: 2026-11-24 10:00}}}",
        "state: {vip: yes}\nexpect: {actions: write}",
    ),
    "a row dropped": Change(
        TABLE.replace("HIT", '"C<"'), "row dropped", "dropped",
        "state: {severity: s1, vip: yes}\nexpect: {targets: {due: {answer: 2026-11-24 10:00}}}",
        "state: {vip: yes}\nexpect: {targets: {due: {answer: 2026-11-24 11:00}}}", "#1",
    ),
    "a row's length doubled": Change(
        TABLE.replace("HIT", '"C<"'), "deadline doubled", "due",
        "state: {vip: yes}\nexpect: {targets: {due: {answer: 2026-11-24 11:00}}}",
        "state: {severity: s1}\nexpect: {targets: {due: {answer: 2026-11-24 10:00}}}", "#2",
    ),
    "two rows swapped": Change(
        TABLE.replace("HIT", "F"), "rows swapped", "swapped",
        "state: {severity: s1, vip: yes}\nexpect: {targets: {due: {answer: 2026-11-24 10:00}}}",
        "state: {vip: yes}\nexpect: {targets: {due: {answer: 2026-11-24 11:00}}}",
    ),
    "a row's test dropped": Change(
        TABLE.replace("HIT", '"C<"'), "test dropped", "s1",
        "expect: {targets: none}",
        "state: {severity: s1}\nexpect: {targets: {due: {answer: 2026-11-24 10:00}}}",
    ),
    "an opening dropped": Change(
        DUE.replace("due: 4 h", "due: 4 h, opens: 2 h"), "opening dropped", "opens",
        "expect: {targets: {opens: {answer: 2026-11-24 11:00}}}", "expect: {targets: answer}",
    ),
    "a clock that no longer stops": Change(
        DUE.replace("due: 4 h", "due: 4 h, pauses: yes"), "pause changed", "no longer",
        "state: {pauses: [{from: -30 m}]}\nexpect: {targets: {status: {answer: paused}}}",
        "expect: {targets: answer}",
    ),
    "a clock that stops": Change(
        DUE, "pause changed", "though it must not",
        "state: {pauses: [{from: -30 m}]}\nexpect: {targets: {status: {answer: due}}}",
        "expect: {targets: answer}",
    ),
    "a stage": Change(
        "stages: [{id: loud, when: {loud: yes}}, {id: calm, when: always}]\n", "test negated",
        "loud", "state: {loud: yes}\nexpect: {stage: loud}", "expect: {actions: none}",
    ),
    "a side state": Change(
        "sides: [{id: loud, when: {loud: yes}}]\n", "test dropped", "loud", "expect: {side: none}",
        "state: {loud: yes}\nexpect: {side: loud}",
    ),
    "a type": Change(
        "customer_types: {calm: {}, angry: {recognise: {loud: yes}}}\n", "test dropped", "loud",
        "expect: {types: {lacks: [angry]}}", "state: {loud: yes}\nexpect: {types: angry}",
    ),
    "a sequence's condition": Change(
        "sequences: [{id: plain, when: {loud: yes}, steps: [write, thank]}]\n"
        + rule("always", "{do: [thank, write]}"), "test dropped", "loud",
        "expect: {actions: {order: [thank, write]}}",
        "state: {loud: yes}\nexpect: {actions: {order: [write, thank]}}",
    ),
    "steps swapped": Change(
        "sequences: [{id: plain, when: always, steps: [write, thank]}]\n"
        + rule("always", "{do: [thank, write]}"), "steps swapped", "thank",
        "expect: {actions: {order: [write, thank]}}", "expect: {actions: {has: [write, thank]}}",
    ),
    "an order dropped": Change(
        rule("always", "{do: [thank, write]}").replace("rules:", "ACTIONS\nrules:").replace(
            "ACTIONS", "manner: {}"
        ), "action dropped", "write", "expect: {actions: write}", "expect: {actions: thank}",
    ),
    "a remedy's test": Change(
        gift(), "test negated", "vip", "state: {vip: yes}\nexpect: {choices: gift}",
        "expect: {stage: none}", "gift",
    ),
    "an amount doubled": Change(
        gift(), "amount changed", "doubled",
        "state: {vip: yes}\nexpect: {choices: {amount: {gift: 10 EUR}}}",
        "state: {vip: yes}\nexpect: {choices: gift}", "gift",
    ),
    "a part of a least left out": Change(
        gift('approval: [{by: agent}]').replace("10 EUR", '"min(10 EUR, max(paid, 2 EUR))"'),
        "amount changed", "part 1 of `min`",
        "state: {vip: yes}\nexpect: {choices: {amount: {gift: 10 EUR}}}",
        "state: {vip: yes, paid: 4 EUR}\nexpect: {choices: {amount: {gift: 4 EUR}}}",
    ),
    "a cap dropped": Change(
        gift("cap: 8 EUR, approval: [{by: agent}]"), "cap changed", "dropped",
        "state: {vip: yes}\nexpect: {choices: {amount: {gift: 8 EUR}}}",
        "state: {vip: yes}\nexpect: {choices: gift}",
    ),
    "a cap halved": Change(
        gift("cap: 8 EUR, approval: [{by: agent}]"), "cap changed", "halved",
        "state: {vip: yes}\nexpect: {choices: {amount: {gift: 8 EUR}}}",
        "state: {vip: yes}\nexpect: {choices: gift}",
    ),
    "a rule's cap dropped": Change(
        gift() + rule("{loud: yes}", "{cap: {gift: 4 EUR}}"), "cap dropped", "gift",
        "state: {vip: yes, loud: yes}\nexpect: {choices: {amount: {gift: 4 EUR}}}",
        "state: {vip: yes, loud: yes}\nexpect: {choices: gift}",
    ),
    "a rule's cap doubled": Change(
        gift() + rule("{loud: yes}", "{cap: {gift: 4 EUR}}"), "cap changed", "`cap: gift` doubled",
        "state: {vip: yes, loud: yes}\nexpect: {choices: {amount: {gift: 4 EUR}}}",
        "state: {vip: yes, loud: yes}\nexpect: {choices: gift}",
    ),
    "a tier dropped": Change(
        gift(TIERS), "approval changed", "`lead`, dropped",
        "state: {vip: yes}\nexpect: {choices: {approver: {gift: lead}}}",
        "state: {vip: yes}\nexpect: {choices: gift}",
    ),
    "a tier that reaches further": Change(
        gift(TIERS).replace("amount: 10 EUR", 'amount: "5.01 EUR"'), "approval changed",
        "`agent`, reaches", "state: {vip: yes}\nexpect: {choices: {approver: {gift: lead}}}",
        "state: {vip: yes}\nexpect: {choices: gift}",
    ),
    "a remedy no longer excluded": Change(
        gift("excludes: [card], approval: [{by: agent}]"), "mark dropped", "excludes",
        "state: {vip: yes}\nexpect: {choices: {excludes: {gift: [card]}}}",
        "state: {vip: yes}\nexpect: {choices: gift}",
    ),
    "a remedy no longer owed": Change(
        gift("owed: yes"), "mark dropped", "owed", "state: {vip: yes}\nexpect: {owed: gift}",
        "expect: {owed: none}",
    ),
    "a rule that withholds": Change(
        gift() + rule("{loud: yes}", "{withhold: [gift]}"), "withhold dropped", "gift",
        "state: {vip: yes, loud: yes}\nexpect: {withheld: gift}",
        "state: {vip: yes}\nexpect: {choices: gift}",
    ),
    "a rule's approver dropped": Change(
        gift() + rule("{loud: yes}", "{approver: {gift: manager}}"), "approver dropped", "gift",
        "state: {vip: yes, loud: yes}\nexpect: {choices: {approver: {gift: manager}}}",
        "state: {vip: yes, loud: yes}\nexpect: {choices: gift}",
    ),
    "a manner dropped": Change(
        "manner: {warm: {title: W, phase: listening, guidance: {do: {en: x}}}}\n"
        + rule("{vip: yes}", "{manner: [warm]}"), "manner dropped", "warm",
        "state: {vip: yes}\nexpect: {manner: warm}", "expect: {manner: none}",
    ),
    "opened an hour later": Change(
        DUE.replace("4 h", "4 bh"), "hours changed", "opens",
        "state: {received_at: 2026-11-24 08:00}\n"
        "expect: {targets: {due: {answer: 2026-11-24 13:00}}}",
        "expect: {targets: answer}",
    ),
    "closed an hour earlier": Change(
        DUE.replace("4 h", "9 bh"), "hours changed", "closes",
        "expect: {targets: {due: {answer: 2026-11-26 10:00}}}", "expect: {targets: answer}",
    ),
    "open on holidays": Change(
        DUE.replace("4 h", "9 bh"), "hours changed", "holidays",
        "expect: {targets: {due: {answer: 2026-11-26 10:00}}}", "expect: {targets: answer}",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_the_right_scenario_notices(name: str, mill: Any, graded: Any, one: Any) -> None:
    """A scenario that expects what a change spoils kills it, and is named."""
    change = CHANGES[name]
    found = one(
        graded(mill(change.items, change.misses, change.notices)),
        change.kind,
        change.words,
        change.owner,
    )
    assert (found.fate, found.known.case) == (Fate.KILLED, "all/s2")


@pytest.mark.parametrize("name", CHANGES)
def test_another_scenario_does_not(name: str, mill: Any, graded: Any, one: Any) -> None:
    """A scenario beside the change leaves it alive, and a state that tells it apart is found."""
    change = CHANGES[name]
    found = one(graded(mill(change.items, change.misses)), change.kind, change.words, change.owner)
    assert found.fate in (Fate.SURVIVED, Fate.SNAPSHOT)
