"""Parts of a decision that are made when they are first read."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from tests.rooms.decision.shop import decided, rule, shop

from complaint_rules.decision.answer.as_json import dumps, from_json, to_json
from complaint_rules.decision.answer.later import Later, may_come_later
from complaint_rules.decision.answer.shape import Decision

POLICY = shop(
    "facts: {angry: {kind: yes_no}}\n"
    "actions: {call: {owner: agent}}\n"
    f"rules: [{rule('r', '{angry: yes}', 'do: [call]')}]"
)


def _fresh() -> Decision:
    """Return a decision whose reasons nobody has read."""
    return decided(POLICY, {"angry": True})


@attrs.frozen
class _Thing:
    size: int
    made: Any


may_come_later(_Thing, "made")


def test_a_value_is_made_once_and_only_when_it_is_read() -> None:
    """What makes it is called at the first reading and not again."""
    calls: list[int] = []

    def make() -> list[int]:
        calls.append(1)
        return [7]

    thing = _Thing(1, Later(make))
    assert (thing.size, calls) == (1, [])
    assert thing.made == [7]
    assert thing.made is thing.made
    assert calls == [1]


def test_a_value_may_be_given_at_once() -> None:
    """A field that may come later takes a plain value as every other one."""
    assert _Thing(1, [2]) == _Thing(1, Later(lambda: [2]))
    assert repr(_Thing(1, Later(lambda: [2]))) == "_Thing(size=1, made=[2])"


def test_the_field_stays_what_it_was() -> None:
    """It cannot be set from outside, and the class still has it."""
    thing = _Thing(1, Later(lambda: [2]))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        thing.made = [3]  # type: ignore[misc]  # this is what is tried
    assert hasattr(_Thing, "made")
    assert not isinstance(getattr(thing, "made"), Later)  # noqa: B009  # read by its name


def _pickled(decision: Decision) -> Decision:
    found = pickle.loads(pickle.dumps(decision))
    assert isinstance(found, Decision)
    return found


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, attrs.evolve, _pickled])
def test_copies_have_the_reasons(copied: Callable[[Decision], Decision]) -> None:
    """A copy made before anybody read the reasons is equal to the decision and has them."""
    found = copied(_fresh())
    assert found == _fresh()
    assert list(found.reasons) == ["r"]
    assert found.reasons["r"].facts == {"angry": True}


def test_reasons_are_a_plain_mapping() -> None:
    """They are written, compared and shown as if they had been made with the decision."""
    assert type(_fresh().reasons) is dict
    assert "reasons={'r': Reason(truth='true'" in repr(_fresh())
    assert from_json(to_json(_fresh())) == _fresh()
    assert dumps(_fresh()) == dumps(copy.copy(_fresh()))
    assert attrs.asdict(_fresh())["reasons"]["r"]["truth"] == "true"
