"""
Made-up policies that every engine can express, and states for them: the same for all, seeded.

Twenty facts: words, whole numbers, and yes or no. A rule tests two to five of them; the tests are
so wide that about eight rules hold in a state whatever the number of rules.
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
    facts = chance.sample([*words(), *numbers(), *flags()], chance.randint(2, 5))
    narrow = [fact for fact in facts if not fact.startswith("flag")]
    if not narrow:
        facts.append(chance.choice(numbers()))
        narrow = [facts[-1]]
    wanted = min(1.0, FIRING / size) * 2 ** (len(facts) - len(narrow))
    each = min(1.0, wanted) ** (1 / len(narrow))
    return tuple(_test(chance, fact, each) for fact in facts)


def _test(chance: Random, fact: str, share: float) -> Test:
    if fact.startswith("word"):
        count = max(1, min(CHOICES, round(share * CHOICES + chance.uniform(-0.5, 0.5))))
        return OneOf(fact, tuple(sorted(chance.sample(choices(), count))))
    if fact.startswith("number"):
        width = max(1, min(TOP, round(share * TOP)))
        low = chance.randint(0, TOP - width)
        return Between(fact, low, low + width)
    return Is(fact, chance.random() < 0.5)


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
