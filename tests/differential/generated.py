# ruff: noqa: E501 - tests of rulesets are kept whole
"""
Made-up policies and states by the thousand, and what of the language each pair goes through.

Everything is drawn from seeds: the same seed, the same pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from tests.differential.naive.conditions import WORDS, Declared, written
from tests.differential.naive.text import Tree, read_test
from tests.differential.voices import Pair, Voices, model_of
from tests.properties.rulesets import Writer
from tests.properties.states import DAY, complaint

from complaint_rules import Policy, RulesetError, loads
from complaint_rules.model.conditions import Group

START = 1_793_000_000
MORE_FACTS = """  tongue: {kind: text}
  also: {kind: level, like: sev}
  route: {kind: choice, values: [email, phone, none]}
  spent: {kind: duration}
  staffed: {kind: business_duration}
  deal: {kind: record, fields: {price: {kind: money}, grade: {kind: choice, values: [gold, plain], default: plain}, signed: {kind: instant}}}
  sent: {kind: money, derive: 'paid / 3 + rate'}
  queue: {kind: choice, values: [main, quick], derive: {table: {hit: F, out: [queue], rows: [{row: a, sev: '>= mid', chan: '-', queue: quick}, {row: b, sev: '-', chan: 'phone', queue: quick}], else: {queue: main}}}}
  score: {kind: number, derive: {table: {hit: 'C+', out: [score], rows: [{row: a, flags: a, score: '0.5'}, {row: b, n: '> 1', score: ratio}]}}}
"""


class WideWriter(Writer):
    """Writes rulesets with tests of every kind of fact, by every operator."""

    def _more(self) -> tuple[str, ...]:
        chance = self.chance
        compare = chance.choice(("<", "<=", ">", ">="))
        some, day = chance.randint(0, 6), chance.choice(("2026-10-26", "2026-11-20", "2027-01-01"))
        word, letter = chance.choice(("low", "mid", "high")), chance.choice("abc")
        return (
            f"flags: {{any: [{letter}, b]}}", f"flags: '!= {letter}'", f"flags: 'not({letter}, b)'",
            f"n: 'not({some}, > 4)'", f"n: '{some}, {some + 2}'", f"n: ['{some}', unknown]", "n: '-'",
            f"ratio: '({compare} -0.5)'" if chance.random() < 0 else f"ratio: '{compare} -{some}.5'",
            f"ratio: 'not([{some}..7])'", "score: '> 0.5'", f"score: ']0..{some + 1}['",
            f"paid: '[{some} EUR..50 EUR)'", "paid: '= rate'", f"sent: '{compare} {some} EUR'",
            f"sev: '[low..{word}]'", f"sev: 'not({word})'", "sev: '>= fact(also)'", f"also: '{compare} {word}'",
            "chan: '!= fact(route)'", "chan: '= fact(route)'", f"route: [{chance.choice(('email', 'phone'))}, unknown]",
            "tongue: '!= en'", "tongue: 'hu, \"x y\"'", "words: 'not(x)'", "yes2: 'not(yes)'", "yes2: '= fact(yes1)'",
            f"spent: '{compare} {some} h'", f"spent: '[0 m..{some + 1} d]'", f"staffed: '{compare} {some} bh'",
            f"staffed: 'not(> {some} bm)'", "first_at: 'not(< round_start)'", "last_at: '[first_at..now]'",
            f"day: '{compare} {day}'", f"day: '!= {day}'", f"due_day: '[{day}..2027-03-01)'", "due_day: known",
            "queue: quick", "queue: 'not(main)'", "stage: '!= over'", "side: aside", "was_silent: no",
            f"deal.price: '{compare} {some} EUR'", "deal.grade: gold", "deal.signed: '> now - 30 d'", "slips: '> 0'",
            "received_at: '< now - 1 d'", "received_at: '> now - 2 bd'", "follow_at: 'not_yet'", "kind: '-'",
        )  # fmt: skip

    def test(self) -> str:
        """Return one test as `fact: test`."""
        return super().test() if self.chance.random() < 0.45 else self.chance.choice(self._more())

    def when(self, depth: int = 2, *, types: bool = True) -> str:
        """Return a condition in flow style; at times several tests side by side."""
        if self.chance.random() < 0.12:
            tests = {test.partition(":")[0]: test for test in (self.test() for _ in range(3))}
            return "{" + ", ".join(tests.values()) + "}"
        return super().when(depth, types=types)

    def facts(self) -> str:
        """Return the facts, given and derived."""
        return super().facts() + MORE_FACTS


def policies(seed: str, count: int) -> Iterator[tuple[str, Policy]]:
    """Yield so many different policies with their texts."""
    chance = Random(seed)
    while count:
        text = WideWriter(chance).text()
        try:
            policy = loads(text)
        except RulesetError:
            continue
        count -= 1
        yield text, policy


def pairs_of(policy: Policy, seed: str, count: int) -> list[Pair]:
    """Return so many facts, each with an instant to decide at."""
    chance = Random(seed)
    found: list[Pair] = []
    for _ in range(count):
        received = START + chance.randint(0, 90 * DAY)
        at = received + chance.randint(0, 20 * DAY)
        found.append((complaint(policy, chance, received, at), at))
    return found


def voices_of(text: str, policy: Policy, **given: Any) -> Voices:
    """Return the voices on a generated policy."""
    return Voices(policy, model_of(text, text=True), **given)


# ---------------------------------------------------------------------- census

RECORDS = "waits"
GROUPINGS = ("all", "any", "none", "not", "at_least", "side by side")


class Census:
    """Counts the pairs in which a kind is known and tested, an operator used, a grouping met."""

    def __init__(self) -> None:
        self.pairs = 0
        self.counts: Counter[str] = Counter()

    def add(self, voices: Voices, known: list[Mapping[str, Any]]) -> None:
        """Count the pairs of a policy, given what is known in each."""
        self.pairs += len(known)
        groupings, tests = _features(voices)
        for values in known:
            met = set(groupings)
            if values.get(RECORDS):
                met.add("kind records")  # their fields are tested by derived facts
            for name, kind, ops in tests:
                if name in values:
                    met |= {f"kind {kind}", *ops}
                    if "." in name:
                        met.add("kind record")
                else:
                    met |= {op for op in ops if op in ("test known", "test unknown")}
            self.counts.update(met)

    def table(self) -> str:
        """Return the shares as lines of text."""
        return "\n".join(
            f"{name:24} {self.counts[name] / self.pairs:7.1%}" for name in sorted(self.counts)
        )

    def rare(self, share: float = 0.01) -> list[str]:
        """Return what is met in fewer pairs than a share of all."""
        return [name for name in EVERYTHING if self.counts[name] < share * self.pairs]


EVERYTHING = (
    *(f"grouping {name}" for name in (*GROUPINGS, "always")),
    *(f"kind {name}" for name in (
        "yes_no", "count", "number", "money", "duration", "business_duration", "instant", "date",
        "text", "choice", "level", "set", "record", "records",
    )),
    *(f"test {name}" for name in (
        "=", "!=", "<", "<=", ">", ">=", "range", "list", "not", "-", "known", "unknown",
        "happened", "not_yet", "fact", "reckoned", "set all", "set any", "set none", "set count",
    )),
)  # fmt: skip


def _features(voices: Voices) -> tuple[set[str], list[tuple[str, str, set[str]]]]:
    model, groupings = voices.book.model, set[str]()
    tests: list[tuple[str, str, set[str]]] = []
    stack: list[Any] = [each.when for each in model.rules]
    stack += [each.when for each in (*model.targets.values(), *model.remedies.values())]
    stack += [each.opens for each in model.groups.values()]
    for target in model.targets.values():
        for row in target.table.rows if target.table else ():
            cells = ((name, cell) for name, cell in row.cells().items() if name != "due")
            tests += [_test(name, cell, voices) for name, cell in cells]
    while stack:
        group = stack.pop()
        if not isinstance(group, Group):
            groupings.add("grouping always")
            continue
        if group.size() > 1:
            groupings.add("grouping side by side")
        listed = {"all": group.all, "any": group.any, "none": group.none,
                  "not": [group.not_] if group.not_ else None,
                  "at_least": group.at_least.of if group.at_least else None}  # fmt: skip
        for name, inner in listed.items():
            if inner is not None:
                groupings.add(f"grouping {name}")
                stack += inner
        tests += [_test(name, cell, voices) for name, cell in group.tests().items()]
    return groupings, tests


def _test(name: str, cell: Any, voices: Voices) -> tuple[str, str, set[str]]:
    fact: Declared = voices.book.facts[name]
    if isinstance(cell, Mapping):
        return name, fact.kind, {f"test set {how}" for how in cell}
    cells = cell if isinstance(cell, list) else [cell]
    ops = {"test list"} if len(cells) > 1 else set()
    for each in cells:
        tree = read_test(written(each), words=fact.kind in WORDS)
        ops |= _operators(tree)
    return name, fact.kind, ops


def _operators(tree: Tree) -> set[str]:
    if tree[0] == "anything":
        return {"test -"}
    found = {"test not"} if tree[0] == "not" else set()
    if len(tree[1]) > 1:
        found.add("test list")
    for member in tree[1]:
        if member[0] == "state":
            found.add(f"test {member[1]}")
        elif member[0] == "range":
            found.add("test range")
        else:
            found.add(f"test {member[1]}")
            if member[2][0] == "fact":
                found.add("test fact")
            elif member[2][0] != "value":
                found.add("test reckoned")
    return found
