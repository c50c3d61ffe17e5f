"""Parts made quickly are those that their class makes."""

from __future__ import annotations

import copy
import pickle

import attrs
import pytest

from complaint_rules.decision.answer.fresh import blank, maker
from complaint_rules.decision.answer.shape import DecidedAction, Reason

ACTION = ("call", "agent", None, 60, "due", "answer", None, ("r",))


def test_a_part_made_quickly_is_equal_to_one_its_class_makes() -> None:
    """It is of the class, equal, shown, hashed, copied, pickled and evolved alike."""
    made, usual = maker(DecidedAction)(*ACTION), DecidedAction(*ACTION)
    assert type(made) is DecidedAction
    assert (made, hash(made), repr(made)) == (usual, hash(usual), repr(usual))
    assert copy.copy(made) == pickle.loads(pickle.dumps(made)) == usual
    assert attrs.evolve(made, due=None) == attrs.evolve(usual, due=None)


def test_a_part_made_quickly_is_frozen() -> None:
    """Nobody sees it while it is not."""
    made = maker(Reason)("true", (), None, {})
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        made.truth = "unknown"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        made.more = 1  # type: ignore[attr-defined]


def test_all_fields_are_given() -> None:
    """One too few is refused, as by the class."""
    with pytest.raises(TypeError):
        maker(DecidedAction)("call", "agent")  # type: ignore[call-arg]


def test_a_part_may_be_filled_by_hand() -> None:
    """A blank one takes every field, and is frozen once it is of its class."""
    made = blank(Reason)()
    made.truth, made.source, made.span, made.facts = "true", ("law",), None, {}
    with pytest.raises(AttributeError):
        made.more = 1
    made.__class__ = Reason
    assert made == Reason("true", ("law",), None, {})
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        made.truth = "unknown"
