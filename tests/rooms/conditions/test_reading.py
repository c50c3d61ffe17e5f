"""What conditions and expressions read."""

from __future__ import annotations

from tests.rooms.conditions.material import call, constant, fact, test_of

from complaint_rules.conditions import actions_of, facts_of, reads_now, settings_of, walk
from complaint_rules.conditions.tree import (
    All,
    Any,
    Arithmetic,
    AtLeast,
    Compare,
    Constant,
    Counts,
    IsKnown,
    Negation,
    Not,
    Now,
    SettingValue,
    Truth,
    Within,
)
from complaint_rules.conditions.tree import (
    Test as Leaf,
)
from complaint_rules.facts import Kind

SURVEY = call("done_at", Constant("send_survey", Kind.TEXT), kind=Kind.INSTANT)
BOUND = Arithmetic(
    "+", Negation(fact("score"), Kind.NUMBER), SettingValue("rate", Kind.NUMBER), Kind.NUMBER
)
EVERYTHING = All(
    (
        Any((test_of("contacts", Within(low=2)), Truth(True))),
        Not(test_of("score", Compare(">", BOUND))),
        AtLeast(1, (test_of("types", Counts(Compare("<", fact("other_score")))),)),
        test_of("resolved_at", Compare("<", Arithmetic("-", Now(), SURVEY, Kind.DURATION))),
    )
)


def test_facts_are_found_everywhere() -> None:
    """Tested facts, those in bounds, and `done` where doing is asked for."""
    assert facts_of(EVERYTHING) == {
        "contacts",
        "score",
        "types",
        "other_score",
        "resolved_at",
        "done",
    }
    assert facts_of(BOUND) == {"score"}
    assert facts_of(Truth(True)) == frozenset()


def test_fields_of_a_where_are_no_facts() -> None:
    """Inside a `where` tests name fields, bounds still name facts."""
    where = All((Leaf("kept", IsKnown(True)), Leaf("due", Compare("<", fact("resolved_at")))))
    assert facts_of(where, in_record=True) == {"resolved_at"}


def test_settings_actions_and_the_instant() -> None:
    """Settings by name, actions by id, and whether `now` is named."""
    assert settings_of(EVERYTHING) == {"rate"}
    assert actions_of(EVERYTHING) == {"send_survey"}
    assert actions_of(call("done_at", fact("language"), kind=Kind.INSTANT)) == frozenset()
    assert reads_now(EVERYTHING)
    assert not reads_now(BOUND)


def test_a_walk_visits_parts_in_order() -> None:
    """A node comes before its parts, parts as they are written."""
    nodes = list(
        walk(Arithmetic("+", constant(1), Negation(constant(2), Kind.NUMBER), Kind.NUMBER))
    )
    assert nodes[1:] == [constant(1), Negation(constant(2), Kind.NUMBER), constant(2)]
