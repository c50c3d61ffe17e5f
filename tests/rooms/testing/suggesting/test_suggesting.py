"""The missing cases: found, small, readable, and right as long as the ruleset stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import attrs
import pytest

from complaint_rules.intake import read_state
from complaint_rules.state import State
from complaint_rules.testing import play, read_suite
from complaint_rules.testing.coverage import Point, cover
from complaint_rules.testing.coverage.eye import Eye
from complaint_rules.testing.suggesting import Suggestions, as_scenarios, suggest
from complaint_rules.testing.suggesting.given import as_given
from complaint_rules.testing.suggesting.reaching import Situated, is_valid, least, reach

if TYPE_CHECKING:
    from conftest import Bench

Plain = Callable[[str], str]


def test_everything_that_is_missing_is_suggested(bench: Bench) -> None:
    """From no scenario at all, suggested cases show a whole ruleset; each of them passes."""
    found = bench.suggest()
    assert found.not_reached == {}
    cases = bench.kept(found)
    assert bench.all_pass(cases)
    reviewed = [attrs.evolve(case, unreviewed=False) for case in cases]
    assert cover(found.policy, reviewed).missed == ()


def test_suggested_cases_show_nothing_before_they_are_reviewed(bench: Bench) -> None:
    """An unreviewed case counts for nothing, so the same cases are suggested again."""
    found = bench.suggest()
    bench.kept(found)
    assert as_scenarios(bench.suggest()) == as_scenarios(found)


def test_reviewed_cases_are_not_suggested_again(bench: Bench) -> None:
    """Once `unreviewed` is taken out nothing is missing, and nothing is suggested."""
    text = as_scenarios(bench.suggest()).replace("    unreviewed: yes\n", "")
    again = bench.scenarios(text).suggest()
    assert (again.found, again.not_reached) == ((), {})
    assert "scenarios: []" in as_scenarios(again)
    bench.scenarios(as_scenarios(again), "none").suite()


def test_a_state_has_nothing_to_spare(bench: Bench) -> None:
    """No fact of a suggested state can go: without it the case no longer shows its point."""
    found = bench.suggest()
    eye = Eye(found.policy)
    for each in found.found:
        point, state = each.points[0], each.situated.state
        for name in state.values:
            rest = {fact: value for fact, value in state.values.items() if fact != name}
            assert not eye.shows(point, attrs.evolve(state, values=rest), each.situated.at), name


def test_each_point_is_suggested_once(bench: Bench) -> None:
    """A case shows what no case before it shows; none is empty."""
    points = [point for each in bench.suggest().found for point in each.points]
    assert len(points) == len(set(points))
    assert all(each.points for each in bench.suggest().found)


def test_progress_is_told(bench: Bench) -> None:
    """After each point it is told how many are done."""
    told: list[tuple[int, int]] = []
    missed = bench.cover()
    suggest(missed, on_point=lambda done, total: told.append((done, total)))
    assert told == [(n, len(missed.missed)) for n in range(1, len(missed.missed) + 1)]


KNOWN = """\
format: 1
at: 2026-12-01 11:30
scenarios:
  - id: known
    story: Known
    state: {calendar: far, channel: email, price: 200 EUR, amount_paid: 1000 EUR,
            type_basis: {angry: {confirmed_by: lead, since: -1 d}}, done: [thank]}
    expect: {choices: voucher}
"""


def test_cases_are_decided_when_the_others_are(bench: Bench) -> None:
    """The instant of most scenarios is that of the suggested ones."""
    text = as_scenarios(bench.scenarios(KNOWN).suggest())
    assert "at: 2026-12-01 03:30" in text


def test_known_states_are_begun_at(bench: Bench) -> None:
    """What cannot be reached from nothing is sought from the states of the scenarios."""
    bench.scenarios(KNOWN)
    policy = bench.suite().policy
    assert policy is not None
    state = read_state(policy, {"channel": "email", "price": "200 EUR", "amount_paid": "1000 EUR"})
    point = next(p for p in cover(policy, ()).missed if p.told == "voucher offered")
    assert reach(Eye(policy), point, [Situated(state, 1_795_518_000)]).tries == 1


HARD = """\
facts:
  left: {kind: number}
  right: {kind: number}
actions: {call: {title: Call, owner: agent, due: now}}
rules:
  - {id: odd, text: Odd, source: [house], when: {left: "= right * right + 17.31", right: "> 3.7"},
     then: {do: [call]}}
  - {id: never, text: Never, source: [house], when: {all: [{right: "> 5"}, {right: "< 2"}]},
     then: {do: [call]}}
"""


def test_what_is_not_reached_is_told_with_the_bound(bench: Bench, plain: Plain) -> None:
    """Where no state is found, it is told how many were tried; what is proved, with the reason."""
    found = bench.ruleset(plain(HARD)).suggest()
    text = as_scenarios(found)
    not_reached = {point.told: tries for point, tries in found.not_reached.items()}
    assert "never fired" not in not_reached
    for told, tries in not_reached.items():
        assert tries >= 3
        assert f"not reached, {tries:,} states tried: ruleset.yaml:" in text
        assert told in text
    reason = "`right` cannot be both `> 5` and `< 2`"
    assert f"# unreachable: ruleset.yaml:18: never fired: {reason}" in text
    bench.scenarios(text).suite()


def test_a_search_gives_up(bench: Bench, plain: Plain) -> None:
    """A point that no search finds ends after a bounded number of states."""
    policy = bench.ruleset(plain(HARD)).suite().policy
    assert policy is not None
    nothing = Situated(read_state(policy, {}), 1_795_518_000)
    missing = Point("fired", "rules", "never")
    reached = reach(Eye(policy), missing, [nothing, nothing])
    assert reached.found is None
    assert 2 <= reached.tries <= 300


def test_a_ruleset_elsewhere_is_named(bench: Bench) -> None:
    """A file that does not stand beside its ruleset names it."""
    text = as_scenarios(bench.suggest(), ruleset="../shop")
    path = bench.folder.parent / "elsewhere" / "new.yaml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    suite = read_suite(bench.folder, strays=[path])
    assert suite.policy is not None
    assert suite.cases
    assert all(play(suite.policy, case).ok for case in suite.cases)


def test_a_state_is_given_again_as_it_was(bench: Bench) -> None:
    """A state told as a host gives it is read as the same state."""
    policy = bench.suite().policy
    assert policy is not None
    facts = {
        "received_at": "2026-11-24T09:00:00+01:00",
        "calls": [{"minutes": 5, "about": "unknown"}, {"at": "not_yet"}],
        "review": {"stars": 3, "exists": "unknown"},
        "note": "unknown",
        "demand": "unknown",
        "price": "1.5 USD",
        "currency": "USD",
        "wishes": ["calm", "speed"],
        "waited": "90 m",
        "done": [{"action": "thank", "at": "2026-11-24T09:00:00+01:00"}],
        "type_basis": {
            "angry": {
                "signals": ["tone"],
                "confirmed_by": "lead",
                "since": "2026-11-01T09:00:00+01:00",
                "expires_at": "2026-12-01T09:00:00+01:00",
            }
        },
    }
    state = read_state(policy, facts)
    again = read_state(policy, as_given(policy, state))
    assert _told(again) == _told(attrs.evolve(state, unknown=state.unknown - {"demand"}))


def _told(state: State) -> tuple[object, ...]:
    return dict(state.values), state.unknown, state.done, dict(state.types)


def test_what_is_said_of_a_case_can_all_be_written(bench: Bench) -> None:
    """Facts of every kind, actions done and types are written so that they read the same."""
    policy = bench.suite().policy
    assert policy is not None
    facts = {
        "calendar": "far",
        "channel": "phone",
        "received_at": "2026-03-29T02:30:00+02:00",
        "seen_at": "2025-10-26T02:30:00+01:00",
        "calls": [{"minutes": 5, "about": "unknown", "at": "2026-11-24T09:00:07+01:00"}],
        "note": "null",
        "review": {"exists": "unknown"},
        "price": "unknown",
        "wishes": [],
        "score": "-0.5",
        "done": [{"action": "thank", "at": "2026-11-24T09:00:00+01:00"}],
        "type_basis": {"angry": {"signals": ["a: b"], "since": "2026-11-01T09:00:00+01:00"}},
    }
    state = read_state(policy, facts)
    coverage = bench.cover()
    made = suggest(attrs.evolve(coverage, shown=dict.fromkeys(coverage.missed[:1], "")))
    each = attrs.evolve(made.found[0], situated=Situated(state, made.at + 7))
    found = attrs.evolve(made, found=(each,))
    (case,) = bench.kept(found)
    (scene,) = play(policy, case).played
    assert scene.scene.at == made.at + 7
    assert scene.scene.state is not None
    assert _told(scene.scene.state) == _told(state)


def test_repeated_local_times_keep_their_offset(bench: Bench) -> None:
    """A local time that the clock shows twice is written with its offset where it is the later."""
    policy = bench.suite().policy
    assert policy is not None
    state = read_state(policy, {"seen_at": "2025-10-26T02:30:00+01:00"})
    made = suggest(attrs.evolve(bench.cover(), shown=dict.fromkeys(bench.cover().missed[:1], "")))
    each = attrs.evolve(made.found[0], situated=Situated(state, made.at))
    text = as_scenarios(attrs.evolve(made, found=(each,)))
    assert "seen_at: 2025-10-26T02:30:00+01:00" in text


def test_names_of_cases_differ(bench: Bench) -> None:
    """Cases of one owner have different ids; an owner without Latin letters has one, too."""
    made = bench.suggest()
    first = made.found[0]
    odd = [Point("fired", "rules", "thanks"), Point("fired", "facts", "سلام")]
    cases = tuple(attrs.evolve(first, points=(point,)) for point in (*odd, *odd))
    text = as_scenarios(attrs.evolve(made, found=cases))
    ids = [line.split()[-1] for line in text.splitlines() if line.startswith("  - id:")]
    assert len(set(ids)) == 4
    assert ids[1] == "fired"


def test_comments_stay_on_their_line(bench: Bench) -> None:
    """What is told of a point is one line, whatever a ruleset writes in it."""
    policy = bench.suite().policy
    assert policy is not None
    point = Point("true", "facts", "x", "`note: a\nb`")
    text = as_scenarios(Suggestions(policy, 0, (), {}, {point: "why\nnot"}))
    assert text.splitlines()[-1] == "# unreachable: x: `note: a b` true: why not"


@pytest.mark.parametrize(
    "given",
    [
        {"wishes": ["speed", "money", "calm"], "contacts": 3},
        {"wishes": ["speed"], "note": "unknown", "calls": [{"minutes": 3}, {"minutes": 4}]},
        {
            "wishes": ["speed"],
            "done": [{"action": "thank", "at": "2026-11-24T09:00:00+01:00"}] * 2,
            "type_basis": {"angry": {"confirmed_by": "lead"}},
        },
    ],
)
def test_states_are_made_small(bench: Bench, given: dict[str, object]) -> None:
    """Whatever else is known is dropped: words of sets, records, actions, bases, unknown facts."""
    policy = bench.suite().policy
    assert policy is not None
    eye, at = Eye(policy), 1_795_518_000
    point = next(p for p in eye.tests if p.told == "hasty: `wishes: speed` true")
    small = least(eye, point, read_state(policy, given), at)
    assert _told(small) == ({"wishes": frozenset({"speed"})}, frozenset(), (), {})
    long = next(p for p in eye.tests if p.told == "long_calls: `minutes: >= 30` true")
    calls = [{"minutes": 40, "about": "x"}, {"minutes": 4}]
    small = least(eye, long, read_state(policy, {**given, "calls": calls}), at)
    assert small.values == {"calls": ({"minutes": 40},)}


def test_only_states_that_a_host_could_give_count(bench: Bench) -> None:
    """A state that the door would refuse is none."""
    policy = bench.suite().policy
    assert policy is not None
    eye = Eye(policy)
    state = read_state(policy, {"pauses": [{"from": "2026-11-24T09:00:00+01:00"}]})
    assert is_valid(eye, state)
    assert not is_valid(eye, attrs.evolve(state, values={"pauses": ({"to": 5},)}))


def test_what_cannot_be_decided_shows_nothing(bench: Bench) -> None:
    """A state whose happenings lie ahead of the instant shows no point."""
    policy = bench.suite().policy
    assert policy is not None
    state = read_state(policy, {"seen_at": "2026-11-24T09:00:00+01:00"})
    eye = Eye(policy)
    assert not eye.shows(Point("fired", "rules", "thanks"), state, 1)
    assert eye.shows(
        next(p for p in cover(policy, ()).missed if p.told == "thanks fired"), state, 1_795_518_000
    )


def test_suggestions_are_for_ever_the_same(bench: Bench) -> None:
    """The same ruleset and scenarios give the same text."""
    assert as_scenarios(bench.suggest()) == as_scenarios(bench.suggest())


def test_an_empty_result_is_a_file_too(bench: Bench) -> None:
    """Without anything found the file says so in comments, and is still read."""
    policy = bench.suite().policy
    assert policy is not None
    text = as_scenarios(Suggestions(policy, 1_795_518_000, (), {Point("hit", "rows", "x"): 3}, {}))
    assert text.endswith("# not reached, 3 states tried: x hit\n")
    bench.scenarios(text).suite()


def test_what_nobody_can_reach_is_not_reached(bench: Bench) -> None:
    """A point that no search finds is told with the number of states tried."""
    coverage = bench.cover()
    ghost = Point("fired", "rules", "ghost")
    found = suggest(attrs.evolve(coverage, shown={ghost: "", coverage.missed[0]: ""}))
    assert found.not_reached == {ghost: 3}
    assert [each.points for each in found.found] == [(coverage.missed[0],)]


@pytest.mark.parametrize(
    ("given", "remedy"),
    [
        ({"contacts": 0, "seen_at": "2026-11-24T09:00:00+01:00"}, "flowers"),
        ({"channel": "phone", "contacts": 1}, "call_back"),
    ],
)
def test_remedies_are_withheld_by_groups_and_rules(
    bench: Bench, given: dict[str, object], remedy: str
) -> None:
    """A remedy is withheld where its group waits, a rule withholds it, or a fact is unknown."""
    policy = bench.suite().policy
    assert policy is not None
    eye, at = Eye(policy), 1_795_518_000
    point = Point("withheld", "remedies", remedy)
    reached = reach(eye, point, [Situated(read_state(policy, given), at)])
    assert reached.found is not None
    assert reached.tries > 1
    assert eye.shows(point, reached.found.state, at)


NEVER = """\
format: 1
id: shop
edition: "1"
title: A shop
currency: EUR
calendar: office
calendars: {office: {timezone: Europe/Budapest, hours: {mon-fri: ["09:00-17:00"]}}}
facts:
  contacts: {kind: count, default: 0}
  double: {kind: number, derive: 2 * contacts}
actions: {thank: {title: Thank, owner: agent, due: now}}
stages: [{id: open, when: always}]
rules:
  - {id: never, text: Never, source: [house], when: {contacts: ">= 5", double: "< 3"},
     then: {do: [thank]}}
"""
FREQUENT = """\
format: 1
scenarios:
  - {id: often, story: Often, at: 2026-11-24 10:00, state: {contacts: 5}, expect: {stage: open}}
"""


def test_what_nothing_reaches_is_sought_from_other_cases_too(bench: Bench) -> None:
    """A rule that cannot fire is not reached, though the search began at a case of it as well."""
    found = bench.ruleset(NEVER).scenarios(FREQUENT).suggest()
    missed = [point.told for point in found.not_reached]
    assert "never fired" in missed
    alone = bench.scenarios(FREQUENT.replace("contacts: 5", "contacts: 0")).suggest()
    assert min(found.not_reached.values()) > 0
    assert "never fired" in [point.told for point in alone.not_reached]
