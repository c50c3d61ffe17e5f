"""
Three voices on the same question: the index engine, durable-rules, and the naive interpreter.

What every item's condition is (true, false or unknown) is compared; a disagreement is told with
the rule, the smallest part of the state that still shows it, and all three answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
from tests.differential.naive.complaint import Basis, Given, Rulebook, answers
from tests.differential.naive.values import NOT_YET as NAIVELY_NOT_YET
from tests.differential.naive.values import Cash

from complaint_rules import Policy, StateError
from complaint_rules.composition import Root, compose
from complaint_rules.decision.seeing.situation import look
from complaint_rules.engines import Engine, Index
from complaint_rules.engines.durable import Durable
from complaint_rules.facts import NOT_YET
from complaint_rules.intake import read_state
from complaint_rules.loading.sources import Origin, root_of, root_of_bytes
from complaint_rules.model.reading import read_model
from complaint_rules.model.ruleset import RulesetModel
from complaint_rules.money import Money
from complaint_rules.policy import Table, TableOf
from complaint_rules.state import Situation, State

Key = tuple[str, str]
Truth = bool | None
Answers = dict[Key, Truth]
Pair = tuple[Mapping[str, Any], int]


def model_of(origin: Origin | str, *, text: bool = False) -> RulesetModel:
    """Return a ruleset as written, whole."""
    root = root_of_bytes(origin.encode()) if text and isinstance(origin, str) else root_of(origin)
    assert isinstance(root, Root)
    composed = compose(root)[0]
    assert composed is not None
    model = read_model(composed.node).model
    assert isinstance(model, RulesetModel)
    return model


def items(policy: Policy) -> Iterator[tuple[Key, int]]:
    """Yield every item that has a condition, with its number."""
    for rule in policy.rules:
        yield ("rule", rule.id), rule.when
    for name, target in policy.targets.items():
        yield ("target", name), target.when
        yield from _rows(target.table)
    for name, remedy in policy.remedies.items():
        yield ("remedy", name), remedy.when
        if isinstance(remedy.amount, TableOf):
            yield from _rows(remedy.amount.table)
    for name, group in policy.groups.items():
        yield ("group", name), group.opens
    for sequence in policy.sequences:
        yield ("sequence", sequence.id), sequence.when


def _rows(table: Table | None) -> Iterator[tuple[Key, int]]:
    for row in table.rows if table else ():
        if row.number >= 0:
            yield ("row", row.id), row.number


def plain(value: Any) -> Any:
    """Return a given value in the naive interpreter's words."""
    if value is NOT_YET:
        return NAIVELY_NOT_YET
    if isinstance(value, Money):
        return Cash(Fraction(value.amount), value.currency)
    if isinstance(value, tuple):
        return tuple({name: plain(each) for name, each in record.items()} for record in value)
    return Fraction(value) if isinstance(value, Decimal) else value


def given(state: State) -> Given:
    """Return a state in the naive interpreter's words."""
    return Given(
        {name: plain(value) for name, value in state.values.items()},
        state.unknown,
        tuple((each.action, each.at) for each in state.done),
        {
            name: Basis(each.confirmed_by is not None, each.since, each.expires_at)
            for name, each in state.types.items()
        },
    )


@attrs.frozen
class Disagreement:
    """One item on which the voices differ."""

    key: Key
    facts: Mapping[str, Any]
    at: int
    said: Mapping[str, Truth]

    def __str__(self) -> str:
        told = ", ".join(f"{voice}: {_word(truth)}" for voice, truth in self.said.items())
        return f"{self.key[0]} `{self.key[1]}` at {self.at} with {dict(self.facts)}: {told}"


def _word(truth: Truth) -> str:
    return "unknown" if truth is None else str(truth).lower()


class Voices:
    """The voices on one policy."""

    def __init__(
        self,
        policy: Policy,
        model: RulesetModel,
        *,
        index: Engine | None = None,
        durable: Durable | None = None,
    ) -> None:
        self.policy = policy
        self.book = Rulebook(model)
        self.items = list(items(policy))
        self.index = index or Index.of(policy.conditions, policy.facts)
        self.durable = durable or Durable.of(policy)

    def seen(self, pair: Pair) -> tuple[State, Situation] | None:
        """Return a state and how it is seen at its instant; `None` for one that is refused."""
        facts, at = pair
        try:
            state = read_state(self.policy, facts)
            return state, look(self.policy, state, at).situation
        except StateError:
            return None

    def heard(self, pairs: Sequence[Pair]) -> list[dict[str, Answers] | None]:
        """Return what each voice says of each pair; `None` for a pair that is refused."""
        seen = [self.seen(pair) for pair in pairs]
        kept = [each for each in seen if each is not None]
        matches = iter(self.durable.matches([situation for _, situation in kept]))
        found: list[dict[str, Answers] | None] = []
        for pair, each in zip(pairs, seen, strict=True):
            if each is None:
                found.append(None)
                continue
            state, situation = each
            index, durable = self.index.match(situation), next(matches)
            found.append(
                {
                    "index": {key: index.truth(number) for key, number in self.items},
                    "durable": {key: durable.truth(number) for key, number in self.items},
                    "naive": answers(self.book, given(state), pair[1]),
                }
            )
        return found

    def disagreements(self, pairs: Sequence[Pair], most: int = 1) -> list[Disagreement]:
        """Return where the voices differ, at most so many, each with its state shrunk."""
        found: list[Disagreement] = []
        for pair, voices in zip(pairs, self.heard(pairs), strict=True):
            if voices is None:
                continue
            keys = [
                key for key, _ in self.items if len({said[key] for said in voices.values()}) > 1
            ]
            found += [self._shrunk(key, pair) for key in keys[: most - len(found)]]
            if len(found) >= most:
                break
        return found

    def _shrunk(self, key: Key, pair: Pair) -> Disagreement:
        """Leave out facts, then parts of lists and mappings, as long as the voices differ."""
        kept = dict(pair[0])

        def differ(facts: Mapping[str, Any]) -> dict[str, Truth] | None:
            voices = self.heard([(facts, pair[1])])[0]
            said = voices and {voice: each[key] for voice, each in voices.items()}
            return said if said and len(set(said.values())) > 1 else None

        for name in sorted(kept):
            fewer = {each: value for each, value in kept.items() if each != name}
            if differ(fewer):
                kept = fewer
        for name in sorted(kept):
            for part in _smaller(kept[name]):
                if differ({**kept, name: part}):
                    kept[name] = part
        return Disagreement(key, kept, pair[1], differ(kept) or {})

    def close(self) -> None:
        """End the child process."""
        self.durable.close()


def _smaller(value: Any) -> Iterator[Any]:
    """Yield a list with one entry, or a mapping with one key."""
    if isinstance(value, list) and len(value) > 1:
        yield from ([each] for each in value)
    elif isinstance(value, dict) and len(value) > 1:
        yield from ({name: each} for name, each in value.items())
