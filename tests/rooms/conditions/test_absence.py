"""What follows from missing facts alone, of what an unknown condition waits for."""

from __future__ import annotations

from hypothesis import example, given
from tests.rooms.conditions import material
from tests.rooms.conditions.material import call, fact, situation, test_of

from complaint_rules.conditions import facts_of, tree, truth, unknown_facts
from complaint_rules.conditions.absence import ALL, UNKNOWN, absence
from complaint_rules.conditions.tree import (
    All,
    Among,
    Any,
    AtLeast,
    Compare,
    Condition,
    Constant,
    IsKnown,
    Not,
    Truth,
    Within,
)
from complaint_rules.facts import Kind
from complaint_rules.state import Situation

PHONE = test_of("channel", Among(frozenset({"phone"})))
MANY = test_of("contacts", Within(low=3))
GOOD = test_of("score", Compare(">", fact("other_score")))
LONG = test_of("language", Among(frozenset({"fa"})))
SCORED = test_of("score", IsKnown(True))


def waits(condition: Condition, *missing: str) -> frozenset[str] | None:
    """Return what a condition waits for that is unknown where just these facts are missing."""
    return absence(condition).names(frozenset(missing), UNKNOWN)


@given(material.conditions, material.situations)
@example(Any((All((MANY, GOOD)), Not(PHONE))), situation({"contacts": 3}))
def test_what_is_told_holds_wherever_the_same_is_missing(
    condition: tree.Condition, seen: Situation
) -> None:
    """Facts told are those an unknown condition waits for; what is sure, is so."""
    missing = facts_of(condition).difference(seen.values)
    found, holds = absence(condition), truth(condition, seen)
    assert found.sure(missing) in (None, holds)
    assert found.reads == facts_of(condition)
    told = found.names(missing, UNKNOWN if holds is None else ALL - {not holds, None})
    assert told in (None, unknown_facts(condition, seen))
    assert found.names(missing, ALL) in (None, unknown_facts(condition, seen))
    if found.plain and not missing:
        assert holds is not None


def test_no_item_settles_an_unknown_group() -> None:
    """Of an `any` that is unknown those items count that can be unknown; so of an `all`."""
    assert waits(All((PHONE, Any((MANY, GOOD)))), "score") == {"score"}
    assert waits(All((PHONE, Any((MANY, GOOD)))), "contacts", "other_score") is None
    assert waits(All((PHONE, GOOD)), "channel", "other_score") == {"channel", "other_score"}
    assert waits(All((MANY, Any((PHONE, SCORED)))), "contacts", "channel") == {"contacts"}
    assert waits(All((MANY, Any((PHONE, LONG)))), "contacts", "channel") is None
    assert waits(Not(Any((PHONE, MANY))), "channel") == {"channel"}


def test_an_item_in_an_unknown_group_may_itself_be_settled() -> None:
    """Where two items may be unknown, one may be so because of the other's facts alone."""
    both = All((PHONE, Any((MANY, Any((GOOD, Truth(False)))))))
    assert waits(both, "channel", "score") is None
    assert waits(both, "channel", "score", "contacts") == {"channel", "score", "contacts"}


def test_whether_facts_are_known_settles_items() -> None:
    """Items that ask whether a fact is known, and fixed ones, are settled and left out."""
    half = Any((All((SCORED, GOOD)), All((Truth(True), MANY))))
    assert waits(half, "score", "contacts") == {"contacts"}
    assert waits(All((half, PHONE)), "score", "contacts", "channel") == {"contacts", "channel"}
    assert absence(All((SCORED, MANY))).sure(frozenset({"score"})) is False
    assert absence(All((SCORED, Truth(True)))).sure(frozenset()) is True
    assert absence(Not(SCORED)).sure(frozenset()) is False
    assert waits(All((Not(SCORED), PHONE)), "channel", "score") == {"channel"}


def test_at_least_is_read_unless_it_is_settled() -> None:
    """How many items hold hangs on all of them."""
    two = AtLeast(2, (SCORED, Truth(True), MANY))
    assert absence(two).sure(frozenset()) is True
    assert absence(two).sure(frozenset({"score"})) is None
    assert absence(AtLeast(3, (SCORED, MANY, PHONE))).sure(frozenset({"score"})) is False
    assert waits(two, "score", "contacts") is None
    assert absence(AtLeast(1, (PHONE,))).plain
    assert waits(All((two, PHONE)), "channel") == {"channel"}
    assert absence(Not(two)).plain


def test_what_was_done_is_read() -> None:
    """A bound that asks what was done is not told by what is missing."""
    survey = call("done_at", Constant("send_survey", Kind.TEXT), kind=Kind.INSTANT)
    assert waits(test_of("resolved_at", Compare(">", survey)), "done") is None
    assert waits(test_of("resolved_at", Compare(">", survey))) == frozenset()
