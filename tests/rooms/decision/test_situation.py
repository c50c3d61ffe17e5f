"""A state seen at an instant: defaults, settings, rounds, derived facts, stages."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from tests.rooms.decision.hand import at, given_state, house, money_of, policy, seen, state

from complaint_rules.calendar import Duration, Unit
from complaint_rules.conditions.tree import Arithmetic, Constant, FactValue, Now
from complaint_rules.decision.answer.shape import Notice
from complaint_rules.decision.seeing.dated import settings_on
from complaint_rules.decision.seeing.plan import plan_of
from complaint_rules.decision.seeing.seeds import AskSeed
from complaint_rules.decision.seeing.situation import look
from complaint_rules.errors import StateError
from complaint_rules.facts import NOT_YET, Kind

NOW = "2026-11-23 10:00"
PLAIN = house("facts: {colour: {kind: text}}")


def test_defaults_are_taken_and_listed() -> None:
    """A missing fact takes its default and is listed; a given one is not (semantics 1)."""
    of = house(
        """
        facts:
          tier: {kind: choice, values: [none, vip], default: none}
          owner: {kind: text}
          vip: {kind: yes_no, default: no}
        """
    )
    found = seen(of, NOW, received_at="2026-11-23 09:00", vip=True)
    assert found.situation.values["tier"] == "none"
    assert "owner" not in found.situation.values
    assert found.situation.values["vip"] is True
    assert found.situation.assumed == (
        "accepted",
        "calendar",
        "currency",
        "customer_types",
        "done",
        "event_date",
        "kind",
        "pauses",
        "pending_on",
        "pending_since",
        "promises",
        "reopened_at",
        "tier",
        "voluntary_given",
    )


def test_given_as_unknown_takes_no_default() -> None:
    """A fact given as unknown is unknown, default or not, and assumes nothing."""
    of = house("facts: {tier: {kind: choice, values: [none, vip], default: none}}")
    found = seen(
        of,
        NOW,
        tier="unknown",
        customer_types="unknown",
        done="unknown",
        calendar="unknown",
        currency="unknown",
        event_date="unknown",
    )
    names = {"tier", "customer_types", "done", "calendar", "currency", "event_date", "was_silent"}
    assert not names & found.situation.values.keys()
    assert not names & set(found.situation.assumed)
    assert found.situation.calendar.id == "office"
    assert found.situation.currency == "EUR"
    assert found.situation.event_date == datetime.date(2026, 11, 23)


def test_a_default_may_be_reckoned() -> None:
    """A default may be an expression over facts before it; unknown, it is not taken."""
    of = house(
        """
        facts:
          paid: {kind: number}
          lost: {kind: number, default: 'paid / 2'}
          worst: {kind: number, default: 'lost * 2'}
          broken: {kind: number, default: '1 / (paid - paid)'}
        """
    )
    found = seen(of, NOW, paid=5)
    assert found.situation.values["worst"] == 5
    assert "broken" not in found.situation.values
    assert "broken" not in found.situation.assumed
    assert Notice("division-by-zero", "broken") in found.notices
    assert "lost" not in seen(of, NOW).situation.values


def test_fields_of_listed_records_take_their_defaults() -> None:
    """A field that a listed record lacks takes the field's default."""
    found = seen(PLAIN, NOW, promises=[{"due": "2026-11-25 10:00"}, {"kept": True}])
    assert [record["kept"] for record in found.situation.values["promises"]] == [False, True]  # type: ignore[union-attr,index]
    assert "promises.kept" in found.situation.assumed
    whole = seen(PLAIN, NOW, promises=[{"kept": True}])
    assert "promises.kept" not in whole.situation.assumed
    assert "promises" not in seen(PLAIN, NOW, promises="unknown").situation.values


def test_the_event_date_follows_receipt_then_now() -> None:
    """The event date is given, else the receipt's local date, else that of the instant."""
    given = seen(PLAIN, NOW, received_at="2026-11-20 09:00", event_date="2026-01-02")
    assert given.situation.event_date == datetime.date(2026, 1, 2)
    received = seen(PLAIN, NOW, received_at="2026-11-20 00:30")
    assert received.situation.event_date == datetime.date(2026, 11, 20)
    assert not received.follows_now
    assert "event_date" in received.situation.assumed
    now = seen(PLAIN, NOW)
    assert now.situation.event_date == datetime.date(2026, 11, 23)
    assert now.follows_now


def test_the_calendar_gives_the_zone() -> None:
    """The complaint's calendar gives the zone of its dates (semantics 13)."""
    london = seen(PLAIN, NOW, calendar="london", received_at="2026-11-21 00:30")
    assert london.situation.calendar.id == "london"
    assert london.situation.event_date == datetime.date(2026, 11, 20)


def test_the_currency_is_that_of_the_amounts() -> None:
    """Without a currency that of the amounts counts; what is owed may be in another."""
    of = house("facts: {loss: {kind: money}}")
    assert seen(of, NOW).situation.currency == "EUR"
    assert seen(of, NOW, loss="5 GBP").situation.currency == "GBP"
    assert seen(of, NOW, currency="HUF").situation.currency == "HUF"
    owed = seen(of, NOW, loss="5 GBP", entitlement={"amount": "5 EUR"})
    assert owed.situation.currency == "GBP"


DATED = """
settings:
  rate:
    value:
      - {valid: {from: 2026-01-01}, value: 6 EUR}
      - {valid: {from: 2025-01-01, to: 2025-12-31}, value: 5 EUR}
  floor: {value: {EUR: 5, GBP: 4}}
  limit: {value: 3}
"""


@pytest.mark.parametrize(
    ("day", "rate"),
    [("2024-12-31", None), ("2025-01-01", 5), ("2025-12-31", 5), ("2026-01-01", 6)],
)
def test_settings_are_chosen_by_event_date(day: str, rate: int | None) -> None:
    """A dated setting has the value of the event date, or none (semantics 21)."""
    settings = seen(house(DATED), NOW, event_date=day).situation.settings
    assert settings.get("rate") == (None if rate is None else money_of(rate))
    assert settings["limit"] == 3


def test_settings_with_an_amount_per_currency() -> None:
    """Of several amounts the one in the complaint's currency counts, or none."""
    of = house(DATED)
    day = datetime.date(2026, 11, 23)
    assert settings_on(of, day, "GBP")["floor"] == money_of(4, "GBP")
    assert settings_on(of, day, "EUR")["floor"] == money_of(5)
    assert "floor" not in settings_on(of, day, "HUF")
    assert settings_on(of, day, "GBP") is settings_on(of, day, "GBP")


def test_few_seasons_are_kept() -> None:
    """Settings are kept for so many dates and currencies only; more are worked out again."""
    of = policy()
    for number in range(80):
        settings_on(of, datetime.date(2026, 1, 1), f"C{number}")
    assert len(plan_of(of).seasons) == 64


def test_done_of_earlier_rounds_does_not_count() -> None:
    """After a reopening only what was done since is done (semantics 15)."""
    done = [
        {"action": "thank", "at": "2026-11-20 09:30"},
        {"action": "apologise", "at": "2026-11-22 09:30"},
    ]
    of = house("actions: {thank: {owner: agent}, apologise: {owner: agent}}")
    found = seen(of, NOW, received_at="2026-11-20 09:00", reopened_at="2026-11-21 09:00", done=done)
    assert found.situation.values["done"] == {"apologise"}
    assert found.situation.values["round_start"] == at("2026-11-21 09:00")
    assert found.present.reopened
    assert "done" not in found.situation.assumed


def test_an_unknown_round_is_asked() -> None:
    """What was done stays done where the round is unknown, and the receipt is asked."""
    of = house("actions: {thank: {owner: agent}}")
    done = [{"action": "thank", "at": "2026-11-20 09:30"}]
    found = seen(of, NOW, done=done)
    assert found.situation.values["done"] == {"thank"}
    assert found.seeds == (AskSeed("round_start", frozenset({"received_at"}), reasoned=False),)
    assert seen(of, NOW, done=done, kind="none").seeds == ()
    assert seen(of, NOW).seeds == ()


STAGED = """
facts:
  resolved_at: {kind: instant, default: not_yet}
  fault: {kind: choice, values: [company, customer]}
  busy: {kind: yes_no, default: no}
  open: {kind: yes_no, derive: {when: {stage: [blamed, received]}}}
stages:
  - {id: resolved, when: {resolved_at: ">= round_start"}}
  - {id: blamed, when: {fault: customer}}
  - {id: received, when: {received_at: known}}
sides:
  - {id: declined, when: {fault: company}}
  - {id: crowded, when: {busy: yes}}
"""


def test_the_first_true_stage() -> None:
    """The stage is the first whose condition is true, and facts may test it (semantics 24)."""
    of = house(STAGED)
    found = seen(of, NOW, received_at="2026-11-20 09:00", fault="customer")
    assert (found.stage, found.sides) == ("blamed", ())
    assert found.situation.values["open"] is True
    again = seen(
        of,
        NOW,
        received_at="2026-11-20 09:00",
        resolved_at="2026-11-21 09:00",
        reopened_at="2026-11-22 09:00",
        fault="company",
        busy=True,
    )
    assert (again.stage, again.sides) == ("received", ("declined", "crowded"))
    assert again.situation.values["side"] == {"declined", "crowded"}


def test_unknown_stages_are_false_but_asked() -> None:
    """A stage before the first true one that is unknown is passed over and asked."""
    found = seen(house(STAGED), NOW, received_at="2026-11-20 09:00")
    assert found.stage == "received"
    assert sorted((seed.item, seed.facts) for seed in found.seeds) == [
        ("blamed", {"fault"}),
        ("declined", {"fault"}),
    ]


def test_no_stage_at_all() -> None:
    """Where no stage is true there is none, and that is known."""
    found = seen(house(STAGED), NOW, fault="company")
    assert found.stage == ""
    assert found.situation.values["stage"] == ""
    assert found.situation.values["open"] is False


def test_stages_outside_their_dates_are_absent() -> None:
    """A stage counts on its dates only."""
    from complaint_rules.conditions.tree import Truth
    from complaint_rules.policy import Stage, Validity

    old = Stage(id="old", when=Truth(), valid=Validity(None, datetime.date(2020, 1, 1)))
    of = policy(stages=(old, Stage(id="new", when=Truth())))
    assert look(of, state(), at(NOW)).stage == "new"


def test_derived_facts_that_break_are_noticed() -> None:
    """A derived fact that comes to nothing is unknown and noticed."""
    of = house("facts: {n: {kind: number}, half: {kind: number, derive: '1 / n'}}")
    found = seen(of, NOW, n=0)
    assert "half" not in found.situation.values
    assert found.notices == (Notice("division-by-zero", "half"),)


def test_a_happening_ahead_is_read_as_now() -> None:
    """A receipt a little ahead is now, and told; one further ahead is refused (semantics 13)."""
    found = seen(PLAIN, NOW, received_at="2026-11-23 10:04")
    assert found.situation.values["received_at"] == at(NOW)
    assert found.moved == (at("2026-11-23 10:04"),)
    with pytest.raises(StateError, match="received_at"):
        seen(PLAIN, NOW, received_at="2026-11-23 10:06")


def test_types_as_of_an_earlier_instant() -> None:
    """A look may read the types as of an earlier instant, and everything derived from them."""
    of = house(
        """
        facts: {loud: {kind: yes_no, derive: {when: {customer_types: angry}}}}
        customer_types: {angry: {}}
        """
    )
    given = given_state(
        of,
        {"customer_types": ["angry"], "type_basis": {"angry": {"expires_at": "2026-11-23 09:00"}}},
    )
    now = look(of, given, at(NOW))
    assert now.situation.values["loud"] is False
    assert [each.status for each in now.types] == ["expired", "applied"]
    before = look(of, given, at(NOW), expiry_at=at("2026-11-23 08:00"))
    assert before.situation.values["loud"] is True


def test_reserved_defaults_of_the_ruleset_come_early() -> None:
    """Receipt, event date and currency may have reckoned defaults, which settings then follow."""
    received = Arithmetic("-", Now(), Constant(Duration(40, Unit.D), Kind.DURATION), Kind.INSTANT)
    of = policy(
        kinds={"colour": Kind.TEXT},
        defaults={"received_at": received, "colour": FactValue("kind", Kind.TEXT)},
    )
    found = look(of, state(), at(NOW))
    assert found.situation.event_date == datetime.date(2026, 10, 14)
    assert found.present.start == at("2026-10-14 10:00")
    assert found.situation.values["colour"] == "complaint"
    assert found.situation.values["reopened_at"] is NOT_YET


def test_a_field_default_that_is_unknown() -> None:
    """A field whose default comes to nothing stays missing."""
    of = policy(defaults={"promises.expected": FactValue("received_at", Kind.INSTANT)})
    found = look(of, state({"promises": ({},)}), at(NOW))
    assert found.situation.values["promises"] == ({"kept": False},)
    assert "promises.expected" not in found.situation.assumed


def test_a_look_leaves_the_state_alone() -> None:
    """Looking changes nothing of what was given, so a state is decided any number of times."""
    given = given_state(PLAIN, {"received_at": "2026-11-23 10:04", "promises": [{}]})
    before = dict(given.values)
    first = look(PLAIN, given, at(NOW))
    again: Any = look(PLAIN, given, at(NOW))
    assert given.values == before
    assert first.situation.values == again.situation.values
