"""What only the whole shows: types, money, time, texts, sources (semantics 16, 20, 32)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from complaint_rules.problem import Problem

Problems = Callable[[str], list[Problem]]

HEAD = """
facts:
  customer_types: {not_money: [angry, premium]}
  contacts: {kind: count, not_money: yes}
  loss: {kind: yes_no}
  severity: {kind: level, values: [s2, s1]}
  upset: {kind: yes_no, derive: {when: {customer_types: angry}}}
  quiet: {kind: yes_no, derive: {when: {upset: no}}}
  not_quiet: {kind: yes_no, derive: {when: {quiet: no}}}
  grave: {kind: level, like: severity, derive: {first: [{when: {upset: yes}, is: s1}], else: s2}}
  often: {kind: count, derive: contacts + 1}
  tagged: {kind: records, not_money: yes, fields: {at: {kind: instant}}}
  tags: {kind: count, derive: {count: tagged}}
  bills: {kind: records, fields: {total: {kind: money}}}
  dear: {kind: count, derive: {count: bills, where: {total: "> 1 EUR * contacts"}}}
  waited: {kind: duration, derive: now - received_at}
  due: {kind: business_duration, derive: 'open_time_between(received_at, now)'}
  kept: {kind: count, derive: {count: promises, where: {due: "<= now + 1 h"}}}
  left: {kind: duration, derive: round_start + 2 h - now}
  worked: {kind: business_duration, derive: 'open_time_between(received_at, now)'}
customer_types: {angry: {}, premium: {}, abusive: {}, silent: {}}
actions: {excuse: {conduct: yes}, ask: {owner: agent}}
stages: [{id: hot, when: {upset: yes}}, {id: cold, when: always}]
"""

DEADLINES = {
    "{customer_types: angry}": "",
    "{customer_types: {all: [angry, premium]}}": "",
    "{customer_types: [angry, premium]}": "",
    "{any: [{customer_types: angry}, {at_least: {n: 1, of: [{customer_types: premium}]}}]}": "",
    "{upset: yes}": "",
    '{upset: "!= no"}': "",
    "{quiet: no}": "",
    "{not_quiet: yes}": "",
    "{was_silent: yes}": "",
    "{not: {customer_types: {none: [angry]}}}": "",
    "{not: {quiet: yes}}": "",
    "{severity: s1}": "",
    "{customer_types: {none: [angry]}}": "customer_types",
    '{customer_types: "not(angry)"}': "customer_types",
    "{not: {customer_types: angry}}": "customer_types",
    "{customer_types: calm}": "customer_types",
    '{customer_types: {count: ">= 2"}}': "customer_types",
    "{customer_types: known}": "customer_types",
    "{upset: no}": "upset",
    "{upset: known}": "upset",
    "{quiet: yes}": "quiet",
    "{was_silent: no}": "was_silent",
    "{grave: s1}": "grave",
    "{stage: hot}": "stage",
    '{often: "> count(customer_types)"}': "often",
}


@pytest.mark.parametrize(("when", "fact"), DEADLINES.items())
def test_no_type_lengthens_a_deadline(problems: Problems, when: str, fact: str) -> None:
    """A rule that forbids, a target and its rows may test for types only where more is stricter."""
    row = "{" + when.strip("{}") + ", due: 3 h}"
    plain = when.count("{") == 1 or when.startswith("{customer_types: {")
    if when.startswith("{customer_types: {"):
        row = when[:-1] + ", due: 3 h}"
    texts = {
        "rule": f"rules: [{{id: r, text: R, source: a, when: {when}, then: {{never: excuse}}}}]",
        "target": (
            f"targets: {{t: {{from: received_at, met_by: round_start, due: 3 h, when: {when}}}}}"
        ),
    }
    if plain:
        texts["row"] = (
            "targets: {t: {from: received_at, met_by: round_start, "
            f"table: {{hit: C<, out: [due], rows: [{row}]}}}}}}"
        )
    for what, text in texts.items():
        found = problems(HEAD + text + "\n")
        codes = {problem.code for problem in found}
        assert codes == ({"type-sensitive-deadline"} if fact else set()), (what, found)
        assert all(f"`{fact}`" in problem.message for problem in found)


def test_a_rules_own_deadline_counts_too(problems: Problems) -> None:
    """A rule that sets a due time may not test types away either; one that only asks may."""
    target = "targets: {t: {from: received_at, met_by: round_start, due: 9 h}}\n"
    when = "{customer_types: {none: [angry]}}"
    deadline = (
        f"rules: [{{id: r, text: R, source: a, when: {when}, then: {{target: {{t: 3 h}}}}}}]\n"
    )
    asks = f"rules: [{{id: r, text: R, source: a, when: {when}, then: {{do: ask}}}}]\n"
    assert [p.code for p in problems(HEAD + target + deadline)] == ["type-sensitive-deadline"]
    assert problems(HEAD + target + asks) == []


MONEY = {
    "{customer_types: abusive}": "",
    "{customer_types: {none: [abusive]}}": "",
    "{customer_types: known}": "",
    "{loss: yes}": "",
    "{customer_types: angry}": "`angry` of `customer_types`",
    "{customer_types: [abusive, premium]}": "`premium` of `customer_types`",
    "{customer_types: {none: [angry, premium]}}": "`angry`, `premium` of `customer_types`",
    "{customer_types: calm}": "`angry`, `premium` of `customer_types`",
    '{customer_types: {count: ">= 2"}}': "`angry`, `premium` of `customer_types`",
    '{contacts: "> 3"}': "`contacts`",
    "{contacts: known}": "`contacts`",
    '{often: "> 3"}': "`contacts` (through `often`)",
    '{tags: "> 3"}': "`tagged` (through `tags`)",
    "{quiet: yes}": "`angry` of `customer_types` (through `upset`) (through `quiet`)",
    "{stage: hot}": "`angry` of `customer_types` (through `upset`) (through `stage`)",
    '{order: "> 5 EUR * contacts"}': "`contacts`",
    '{dear: "> 1"}': "`contacts` (through `dear`)",
}


@pytest.mark.parametrize(("when", "why"), MONEY.items())
def test_mood_buys_nothing(problems: Problems, when: str, why: str) -> None:
    """Eligibility, caps and refusals may not hang on what is marked `not_money`."""
    head = HEAD.replace("  loss:", "  order: {kind: money}\n  loss:")
    gift = "remedies: {gift: {amount: 5 EUR, when: always}}\n"
    texts = [
        gift.replace("always", when),
        gift + f"rules: [{{id: r, text: R, source: a, when: {when}, then: {{withhold: gift}}}}]\n",
        gift
        + f"rules: [{{id: r, text: R, source: a, when: {when}, then: {{cap: {{gift: 0}}}}}}]\n",
    ]
    for text in texts:
        found = problems(head + text)
        assert [p.code for p in found] == (["money-by-mood"] if why else []), found
        assert all(f"depend on {why}, which buys nothing" in p.message for p in found)


TABLE = (
    "remedies: {gift: {amount: {table: {hit: F, out: [amount], rows: [{ROW}], else: {amount: 0}}}}}"
)
RULE = (
    "remedies: {gift: {amount: 1 EUR}}\n"
    "rules: [{id: r, text: R, source: a, when: always, then: {cap: {gift: 1 EUR * contacts}}}]"
)
AMOUNTS = [
    "remedies: {gift: {amount: 5 EUR * contacts}}",
    "remedies: {gift: {amount: 5 EUR, cap: 5 EUR * often}}",
    "remedies: {gift: {amount: 5 EUR, approval: [{up_to: 5 EUR * tags, by: lead}, {by: lead}]}}",
    "groups: {some: {cap: 5 EUR * contacts}}",
    TABLE.replace("ROW", "amount: 5 EUR * contacts"),
    TABLE.replace("ROW", "upset: yes, amount: 1 EUR"),
    RULE,
]


@pytest.mark.parametrize("text", AMOUNTS)
def test_amounts_do_not_hang_on_mood(problems: Problems, text: str) -> None:
    """Amounts and caps may not be reckoned from what is marked `not_money`."""
    assert [p.code for p in problems(HEAD + text + "\n")] == ["money-by-mood"]


def test_silent_as_a_mood(problems: Problems) -> None:
    """Where `silent` buys nothing, neither does having been silent."""
    head = HEAD.replace("[angry, premium]", "[silent]")
    text = "remedies: {gift: {amount: 5 EUR, when: {was_silent: yes}}}\n"
    assert [p.code for p in problems(head + text)] == ["money-by-mood"]
    whole = HEAD.replace("[angry, premium]", "yes")
    assert [p.code for p in problems(whole + text)] == ["money-by-mood"]


TIME = {
    "facts_: {x: {kind: number, derive: 'whole(waited, left)'}}": "unstepped-time",
    "facts_: {x: {kind: duration, derive: waited + waited}}": "",
    "facts_: {x: {kind: count, derive: 'whole(waited, 1 h)'}}": "",
    "facts_: {x: {kind: date, default: date_of(now)}}": "unstepped-time",
    "remedies: {gift: {amount: '5 EUR * days_between(received_at, now)'}}": "",
    "remedies: {gift: {amount: '5 EUR * whole(waited, 1 h)'}}": "",
    "remedies: {gift: {amount: 5 EUR, cost: '5 EUR * whole(waited, left)'}}": "unstepped-time",
    "remedies: {gift: {amount: 5 EUR, due: {from: now + 1 h, due: 1 d}}}": "unstepped-time",
    "targets: {t: {from: received_at, met_by: 'latest(now)', due: 3 h}}": "unstepped-time",
    "sides: [{id: a, when: {waited: '> left'}}]": "",
    "sides: [{id: a, when: {waited: '> waited + 5 m'}}]": "",
    "sides: [{id: a, when: {waited: '> 3 h'}}]": "",
    "sides: [{id: a, when: {worked: '> open_time_between(round_start, now)'}}]": "unstepped-time",
    "rules: [{id: r, text: R, source: a, when: {left: '< 2 h'}, then: {do: ask}}]": "",
    "groups: {g: {opens: {waited: '> 2 h'}}}": "",
    "sequences: [{id: s, when: {waited: '> 2 h'}, steps: [ask]}]": "",
}


@pytest.mark.parametrize(("text", "code"), TIME.items())
def test_time_is_compared_or_counted(problems: Problems, text: str, code: str) -> None:
    """A running time may be compared and counted; a value may not run with it."""
    added = text.removeprefix("facts_: {").removesuffix("}") if text.startswith("facts_") else ""
    head = HEAD.replace("customer_types: {angry:", f"  {added}\ncustomer_types: {{angry:")
    found = problems(head + ("" if added else text + "\n"))
    assert [p.code for p in found] == ([code] if code else [])


def test_texts_in_the_languages_of_the_title() -> None:
    """Every text should have the languages that the ruleset's title has."""
    from complaint_rules.loading import check

    text = """
format: 1
id: example
edition: "1"
title: {en: Example, hu: Példa}
currency: EUR
facts:
  visit: {kind: record, title: {en: Visit, hu: Látogatás}, fields: {at: {kind: instant, title: At}}}
  x:
    kind: count
    derive:
      table: {hit: F, out: [x], rows: [{x: 1, text: {hu: Egy}}, {x: 2, text: ""}], else: {x: 0}}
manner: {low: {guidance: {do: Speak low}}}
rules:
  - {id: r, text: One, source: a, when: always, then: {manner: low}}
"""
    found = [
        (p.message, p.span.line)
        for p in check(text.encode()).problems
        if p.span and p.code == "missing-translation"
    ]
    assert found == [
        ("fact `visit` has its `title` not in `hu`", 8),
        ("fact `x` has its `text` not in `en`", 12),
        ("manner `low` has its `do` not in `hu`", 13),
        ("rule `r` has its `text` not in `hu`", 15),
    ]


def test_sources(problems: Problems) -> None:
    """Rules, law and figures should say where they come from."""
    found = problems(
        "actions: {ask: {owner: agent, law: yes}}\nsettings: {a: 3, b: {value: 3, law: yes}}\n"
        "rules: [{id: r, text: R, when: always, then: {do: ask}}]\n"
    )
    assert [p.code for p in found] == ["missing-source"] * 4
    assert [p.span.line for p in found if p.span] == [6, 7, 7, 8]
