"""
Made-up policies that every engine can express, and states for them: the same for all, seeded.

Twenty facts: words, whole numbers, and yes or no. A rule tests two to five of them; the tests are
so wide that about eight rules hold in a state whatever the number of rules, if all is known of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

WORDS, NUMBERS, FLAGS = 9, 8, 3
CHOICES = 10
TOP = 1000
FIRING = 8
SEED = 20261124

Value = str | int | bool


@dataclass(frozen=True)
class OneOf:
    """The fact is one of these words."""

    fact: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Between:
    """The fact is at least `low` and less than `high`."""

    fact: str
    low: int
    high: int


@dataclass(frozen=True)
class Is:
    """The fact is this."""

    fact: str
    value: bool


Test = OneOf | Between | Is


@dataclass(frozen=True)
class Rule:
    """A rule: all its tests hold."""

    id: str
    tests: tuple[Test, ...]


def words() -> list[str]:
    """Return the names of the facts that are words."""
    return [f"word_{number}" for number in range(WORDS)]


def numbers() -> list[str]:
    """Return the names of the facts that are whole numbers."""
    return [f"number_{number}" for number in range(NUMBERS)]


def flags() -> list[str]:
    """Return the names of the facts that are yes or no."""
    return [f"flag_{number}" for number in range(FLAGS)]


def policy(size: int) -> list[Rule]:
    """Return `size` rules."""
    chance = Random(SEED + size)
    return [Rule(f"rule-{number:04}", _tests(chance, size)) for number in range(1, size + 1)]


def _tests(chance: Random, size: int) -> tuple[Test, ...]:
    """Return two to five tests that hold together in about `FIRING / size` of the states."""
    facts = chance.sample([*words(), *numbers(), *flags()], chance.randint(2, 5))
    if not any(fact.startswith("number") for fact in facts):
        facts[-1] = chance.choice(numbers())  # a number can be as narrow as it must be
    narrow = sum(1 for fact in facts if not fact.startswith("flag"))
    left = min(1.0, FIRING / size * 2 ** (len(facts) - narrow))
    tests: list[Test] = []
    # Numbers come last: they make up for what a few words cannot be as narrow as.
    for fact in sorted(facts, key=lambda each: (each.startswith("number"), each)):
        if fact.startswith("flag"):
            tests.append(Is(fact, chance.random() < 0.5))
            continue
        test, share = _test(chance, fact, min(1.0, left ** (1 / narrow)))
        tests.append(test)
        left, narrow = left / share, narrow - 1
    return tuple(tests)


def _test(chance: Random, fact: str, share: float) -> tuple[OneOf | Between, float]:
    """Return a test on a fact that holds in about this share of the states, and its true share."""
    if fact.startswith("word"):
        count = max(1, min(CHOICES, round(share * CHOICES + chance.uniform(-0.5, 0.5))))
        return OneOf(fact, tuple(sorted(chance.sample(choices(), count)))), count / CHOICES
    width = max(1, min(TOP, round(share * TOP)))
    low = chance.randint(0, TOP - width)
    return Between(fact, low, low + width), width / TOP


def choices() -> list[str]:
    """Return the words a fact may be."""
    return [f"choice_{number}" for number in range(CHOICES)]


def states(count: int) -> list[dict[str, Value]]:
    """Return `count` different states, every fact known."""
    chance = Random(SEED)
    made: list[dict[str, Value]] = []
    for _ in range(count):
        state: dict[str, Value] = {name: chance.choice(choices()) for name in words()}
        state.update({name: chance.randrange(TOP) for name in numbers()})
        state.update({name: chance.random() < 0.5 for name in flags()})
        made.append(state)
    return made


def partly_known(count: int) -> list[dict[str, Value]]:
    """Return `count` such states in which three facts in ten are not known."""
    chance = Random(SEED)
    return [
        {name: value for name, value in state.items() if chance.random() < 0.7}
        for state in states(count)
    ]
