# ruff: noqa: E501 - lines of rulesets are kept whole
"""
Small rulesets made up from parts of the language, heavy on time, sets, money and the unknown.

Everything is drawn from a `random.Random` that the caller seeds. What comes out is nearly always
valid; a part the compiler refuses is what `policy` passes over.
"""

from __future__ import annotations

from random import Random

from complaint_rules import Policy, RulesetError, loads

HEAD = """format: 1
id: made-up
edition: "1"
title: Made up
currency: EUR
calendar: office
calendars:
  office: {timezone: Europe/Budapest, hours: {mon-fri: ["09:00-12:00", "13:00-17:30"], sat: ["10:00-12:00"]}, holidays: HU, years: 2025-2028}
  night: {timezone: America/New_York, hours: {sun-thu: ["18:00-24:00"]}}
settings:
  patience: {value: 30 h, source: [house]}
  few: {value: 3, source: [house]}
  rate: {source: [house], value: [{valid: {from: 2026-11-15}, value: 7 EUR}, {valid: {from: 2026-01-01, to: 2026-11-14}, value: 5 EUR}]}
"""
INSTANTS = ("received_at", "first_at", "last_at", "reopened_at", "follow_at", "soonest")
DURATIONS = (
    "now - received_at", "now - first_at", "last_at - received_at", "now - latest(first_at, last_at)",
    "received_at - now", "now - earliest(first_at, last_at)", "now - round_start", "max(now - first_at, now - last_at)",
    "now - follow_at", "soonest - now", "now - add(received_at, 1 d)", "now - end_of_day(received_at)",
)  # fmt: skip
COUNTS = (
    "days_between(received_at, now)", "business_days_between(received_at, now)", "days_between(day, now)",
    "whole(now - received_at, 6 h)", "whole(now - last_at, 1 h)", "whole(now - first_at, patience)", "count(flags)",
    "done_count(write)", "days_between(now, due_day)", "min(n, days_between(received_at, now))", "abs(n)",
    "whole(open_time_between(received_at, now), 4 bh)", "business_days_between(now, due_day)",
)  # fmt: skip
AMOUNTS = (
    "rate", "rate * n", "min(2 EUR * age_days, paid)", "0.2 * paid", "paid - rate", "max(rate, 10 EUR, paid / 3)",
    "whole(now - received_at, 1 h) * 1 EUR", "demand.amount", "0", "paid / n", "round(paid)", "entitlement.amount",
)  # fmt: skip
LENGTHS = (
    "30 m", "4 h", "0 m", "2 d", "1 w", "1 mo", "45 bm", "3 bh", "2 bd", "1 bd end of day", "3 d close of business",
    "0 d end of day",
)  # fmt: skip


class Writer:
    """Writes one ruleset."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance

    def _tests(self) -> tuple[str, ...]:
        chance = self.chance
        op = chance.choice(("<", "<=", ">", ">=", "=", "!="))
        compare = chance.choice(("<", "<=", ">", ">="))
        hours = chance.choice((0, 1, 6, 24, 30, 100))
        word = chance.choice(("low", "mid", "high"))
        return (
            f"yes1: {chance.choice(('yes', 'no', 'unknown', 'known'))}",
            f"yes2: {chance.choice(('yes', 'no', 'unknown'))}",
            f"sev: '{op} {word}'", f"sev: {word}", f"raised: '{compare} {word}'", f"n: '{op} {chance.randint(0, 4)}'",
            f"n: '{compare} few'", f"ratio: '[-0.5..{chance.choice((0, 1, 2.5))})'", f"paid: '{compare} {chance.randint(0, 100)} EUR'",
            "paid: '> 2 * demand.amount'", f"flags: {chance.choice('abc')}", f"flags: {{none: [{chance.choice('abc')}]}}",
            f"flags: {{all: [a, {chance.choice('bc')}]}}", f"flags: {{count: '{op} 1'}}", "chan: [email, phone]",
            "chan: not(email)", "chan: known", "chan: unknown", "words: x", "first_at: happened", "last_at: not_yet",
            f"last_at: '{compare} now - {hours} h'", f"first_at: '{compare} round_start'", f"last_at: '{compare} first_at'",
            f"follow_at: '{compare} now + {hours} h'", f"soonest: '{compare} now'", f"age: '{compare} {hours} h'",
            f"age: '{compare} patience'", f"age_days: '{op} {chance.randint(0, 5)}'", f"hours: '[{hours}..{hours + 3}]'",
            f"slips: '{op} {chance.randint(0, 2)}'", f"open: '{compare} {chance.choice((1, 8, 20))} bh'", "late: yes",
            f"due_day: '{compare} now'", f"day: '{compare} date_of(now)'", "done: write", "done: {none: [call, write]}",
            f"pending_on: {chance.choice(('customer', 'company'))}", "kind: not(none)", "accepted: {count: '0'}",
            f"demand.amount: '{compare} 50 EUR'", "demand.kinds: refund",
            f"waits: {{count: '{op} 1'}}" if chance.random() < 0 else "soonest: happened",
        )  # fmt: skip

    def test(self) -> str:
        """Return one test as `fact: test`."""
        return self.chance.choice(self._tests())

    def typed_test(self) -> str:
        """Return a test that may also look at types (not where a deadline hangs on it)."""
        if self.chance.random() < 0.15:
            return self.chance.choice(
                ("customer_types: angry", "customer_types: [premium, frequent]", "customer_types: {none: [angry]}")
            )  # fmt: skip
        return self.test()

    def when(self, depth: int = 2, *, types: bool = True) -> str:
        """Return a condition in flow style."""
        chance = self.chance
        one = self.typed_test if types else self.test
        if depth == 0 or chance.random() < 0.4:
            return "{" + one() + "}"
        items = ", ".join(
            self.when(depth - 1, types=types) for _ in range(chance.choice((1, 2, 2, 3)))
        )
        match chance.randrange(5):
            case 0:
                return f"{{not: {self.when(depth - 1, types=types)}}}"
            case 1:
                return f"{{at_least: {{n: 1, of: [{items}]}}}}"
            case _:
                return f"{{{chance.choice(('all', 'any', 'none'))}: [{items}]}}"

    def facts(self) -> str:
        """Return the facts, given and derived."""
        chance = self.chance
        inner = f"{{kept: no, until: '<= now + {chance.choice((1, 30))} h'}}"
        return f"""facts:
  sev: {{kind: level, values: [low, mid, high]{chance.choice((", default: low", ""))}}}
  chan: {{kind: choice, values: [email, phone, none]}}
  n: {{kind: count{chance.choice((", default: 2", ""))}}}
  ratio: {{kind: number}}
  paid: {{kind: money}}
  flags: {{kind: set, values: [a, b, c]{chance.choice((", default: []", ""))}}}
  words: {{kind: text, default: x}}
  yes1: {{kind: yes_no, default: no, learn_by: call}}
  yes2: {{kind: yes_no}}
  first_at: {{kind: instant, default: not_yet}}
  last_at: {{kind: instant, default: not_yet}}
  day: {{kind: date}}
  due_day: {{kind: date}}
  waits: {{kind: records, default: [], fields: {{until: {{kind: instant}}, kept: {{kind: yes_no, default: no}}, cost: {{kind: money}}}}}}
  age: {{kind: duration, derive: '{chance.choice(DURATIONS)}'}}
  age_days: {{kind: count, derive: '{chance.choice(COUNTS)}'}}
  hours: {{kind: count, derive: '{chance.choice(COUNTS)}'}}
  open: {{kind: business_duration, derive: 'open_time_between({chance.choice(INSTANTS[:4])}, now)'}}
  slips: {{kind: count, derive: {{count: waits, where: {inner}}}}}
  soonest: {{kind: instant, derive: {{earliest: until, of: waits, where: {{kept: no}}}}}}
  follow_at: {{kind: instant, derive: {{first: [{{when: {{yes1: yes}}, is: 'done_at(write)'}}, {{when: {{n: '> 2'}}, is: 'first_at + {chance.choice((2, 26))} h'}}], else: not_yet}}}}
  late: {{kind: yes_no, derive: {{when: {{any: [{{last_at: '< now - {chance.choice((1, 24))} h'}}, {{{chance.choice(("sev: high", "flags: a", "yes2: yes"))}}}]}}}}}}
  raised: {{kind: level, like: sev, derive: {{first: [{{when: {{late: yes}}, is: 'raise(sev, 1)'}}], else: sev}}}}
"""

    def targets(self) -> str:
        """Return targets with due times of every unit."""
        chance = self.chance
        lines = ["targets:"]
        for name in ("answer", "update", "finish"):
            rows = ", ".join(
                f"{{row: r{i}, {self.test()}, due: {chance.choice(LENGTHS)}}}" for i in range(2)
            )
            table = f"table: {{hit: 'C<', out: [due], rows: [{rows}]}}"
            due = f"due: {chance.choice(LENGTHS)}"
            body = chance.choice((due, due, table, f"{due}, {table}"))
            start = chance.choice(
                (*INSTANTS, "latest(received_at, last_at)", "end_of_day(day)", "round_start")
            )
            met = chance.choice(("done_at(write)", "first_at", "last_at", "done_at(close)"))
            opens = f", opens: {chance.choice(LENGTHS)}" if chance.random() < 0.3 else ""
            more = chance.choice(("", ", pauses: yes", ", calendar: night", ", law: yes"))
            when = f", when: {self.when(1, types=False)}" if chance.random() < 0.4 else ""
            lines.append(
                f"  {name}: {{from: '{start}', met_by: '{met}', {body}{opens}{more}{when}}}"
            )
        return "\n".join(lines) + "\n"

    def due(self) -> str:
        """Return when an action is due."""
        return self.chance.choice(
            ("now", "answer", "update", "1/4 of answer", "1/2 of finish", "[answer, now]",
             f"{{from: last_at, due: {self.chance.choice(LENGTHS)}}}", "{from: follow_at, due: 4 h}",
             "{from: 'end_of_day(due_day)', due: 2 d}")
        )  # fmt: skip

    def rules(self) -> str:
        """Return rules with every sort of outcome."""
        chance = self.chance
        lines = ["rules:"]
        for number in range(chance.randint(3, 8)):
            then = chance.choice(
                ("do: [write, call]", f"do: [{{action: close, due: {self.due()}}}]", "do: [thank, close]", "escalate: [lead]",
                 "manner: [soft]", "withhold: [gift]", f"cap: {{gift: '{chance.choice(AMOUNTS)}'}}", "approver: {gift: lead}",
                 "never: [call]", "never: [lie, thank]", f"target: {{finish: {chance.choice(LENGTHS)}}}")
            )  # fmt: skip
            types = not then.startswith(("never", "target"))
            law = ", law: yes" if chance.random() < 0.1 else ""
            valid = ", valid: {from: 2026-11-10}" if chance.random() < 0.1 else ""
            when = self.when(2, types=types)
            lines.append(
                f"  - {{id: r{number}, text: x, source: [house]{law}{valid}, when: {when}, then: {{{then}}}}}"
            )
        return "\n".join(lines) + "\n"

    def items(self) -> str:
        """Return types, actions, remedies, groups and stages."""
        chance = self.chance
        return f"""customer_types:
  angry: {{recognise: {{ratio: '<= -0.5'}}, expires: 3 d}}
  premium: {{}}
  frequent: {{recognise: {self.when(1, types=False)}, confirm: human}}
  silent: {{recognise: {{yes2: yes}}, expires: 2 d}}
manner: {{soft: {{guidance: {{do: Speak softly}}}}}}
actions:
  write: {{owner: agent, due: {self.due()}, repeat: {chance.choice(("once", "{each: update}", "{ever: 2}"))}}}
  call: {{owner: agent, due: {self.due()}, after: [write]}}
  thank: {{owner: agent, due: {self.due()}}}
  close: {{owner: lead}}
  explain_delay: {{owner: agent}}
  lie: {{conduct: yes}}
groups:
  goodwill: {{opens: {self.when(1)}}}
remedies:
  refund: {{owed: {chance.choice(("yes", "no"))}, when: {self.when(1)}, amount: '{chance.choice(AMOUNTS)}', due: {{from: received_at, due: {chance.choice(LENGTHS)}}}}}
  gift: {{group: goodwill, when: {self.when(1)}, amount: '{chance.choice(AMOUNTS)}', cap: '{chance.choice(AMOUNTS)}', approval: [{{up_to: 20 EUR, by: agent}}, {{by: lead}}]}}
  repair: {{when: {self.when(1)}, excludes: [refund], fits: [fix], approval: [{{by: agent}}]}}
stages:
  - {{id: over, when: {{first_at: '>= round_start'}}}}
  - {{id: odd, when: {self.when(1, types=False)}}}
  - {{id: rest, when: always}}
sides:
  - {{id: aside, when: {self.when(1, types=False)}}}
sequences:
  - {{id: usual, when: {self.when(1)}, steps: [thank, write, call]}}
approvals: [none, agent, lead, manager]
"""

    def text(self) -> str:
        """Return the whole ruleset."""
        return HEAD + self.facts() + self.items() + self.targets() + self.rules()


def made_up(chance: Random, tries: int = 20) -> tuple[str, Policy | None]:
    """Return a made-up ruleset that loads, and its policy; None where none of `tries` does."""
    text = ""
    for _ in range(tries):
        text = Writer(chance).text()
        try:
            return text, loads(text)
        except RulesetError:
            continue
    return text, None
