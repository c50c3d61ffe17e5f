"""Targets on their clocks."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rooms.decision.hand import (
    ALWAYS,
    RECEIVED,
    YES,
    at,
    given_state,
    house,
    length,
    policy,
    state,
)

from complaint_rules.conditions.tree import Call, Constant, FactValue, SettingValue
from complaint_rules.decision.answer.shape import DecidedTarget, Notice
from complaint_rules.decision.seeing.situation import look
from complaint_rules.decision.timing.runs import Targets
from complaint_rules.decision.timing.targets import targets
from complaint_rules.decision.timing.timetable import timetable
from complaint_rules.engines import build
from complaint_rules.facts import NOT_YET, Kind
from complaint_rules.policy import Policy, Row, Setting, Table, Target
from complaint_rules.state import State

NOW = "2026-11-23 10:00"
MONDAY = "2026-11-23 09:00"

PLAIN = """
facts:
  severity: {kind: level, values: [s4, s3, s2, s1]}
  first_response_at: {kind: instant, default: not_yet}
  last_update_at: {kind: instant, default: not_yet}
  resolved_at: {kind: instant, default: not_yet}
  open: {kind: yes_no, default: yes}
customer_types: {angry: {}, premium: {}}
actions: {send_update: {owner: agent}}
"""
RESPONSE = """
targets:
  first_response:
    when: {open: yes}
    from: received_at
    met_by: first_response_at
    due: 8 bh
    table:
      hit: "C<"
      out: [due]
      rows:
        - {row: base, severity: "-", customer_types: "-", due: 6 bh}
        - {row: grave, severity: ">= s2", customer_types: "-", due: 2 h}
        - {row: angry, severity: "-", customer_types: angry, due: 1 bh}
rules:
  - id: premium-fast
    text: Premium customers are answered fast
    source: ["house"]
    when: {customer_types: premium}
    then: {target: {first_response: 45 m}}
"""


def found(of: Policy, now: str = NOW, **facts: Any) -> Targets:
    """Return the targets of a complaint."""
    return of_state(of, given_state(of, facts), now)


def of_state(of: Policy, known: State, now: str = NOW) -> Targets:
    """Return the targets of a state."""
    seen = look(of, known, at(now))
    engine = build(of)
    return targets(of, seen, engine.match(seen.situation), engine.match)


def only(of: Policy, now: str = NOW, **facts: Any) -> DecidedTarget:
    """Return the one target of a complaint."""
    (target,) = found(of, now, **facts).decided
    return target


def response(now: str = NOW, **facts: Any) -> DecidedTarget:
    """Return the first response of a complaint received on Monday at opening."""
    facts = {"received_at": MONDAY, "severity": "s3", **facts}
    return only(house(PLAIN, RESPONSE), now, **facts)


def target(sections: str, now: str = NOW, **facts: Any) -> DecidedTarget:
    """Return the one target of these sections."""
    return only(house(PLAIN, sections), now, **facts)


# ------------------------------------------------------------------- how strict


def test_the_earliest_instant_is_strictest() -> None:
    """Of own, rows and rules the one that ends first sets the due time, and is named."""
    base = response()
    assert (base.due, base.rules) == (at("2026-11-23 15:00"), ("first_response#base",))
    angry = response(customer_types=["angry"])
    assert (angry.due, angry.rules) == (at("2026-11-23 10:00"), ("first_response#angry",))
    both = response(customer_types=["angry", "premium"])
    assert (both.due, both.rules) == (at("2026-11-23 09:45"), ("premium-fast",))


def test_strictest_depends_on_the_instant_not_on_the_unit() -> None:
    """Two hours on the wall and six of business change places by night (semantics 16)."""
    grave = {"severity": "s2", "received_at": "2026-11-20 16:00"}
    night = response("2026-11-20 16:00", **grave)
    assert (night.due, night.rules) == (at("2026-11-20 18:00"), ("first_response#grave",))


def test_equal_ends_are_all_named() -> None:
    """Rows that end together all stand behind the due time; the earlier warning counts."""
    sections = """
    targets:
      t:
        from: received_at
        met_by: resolved_at
        table:
          hit: "C<"
          out: [due]
          rows: [{row: a, severity: "-", due: 1 d}, {row: b, severity: "-", due: 8 bh}]
    """
    both = target(sections, received_at=MONDAY)
    assert (both.due, both.rules) == (at("2026-11-23 17:00"), ("t#b",))
    same = target(sections.replace("1 d", "8 h"), received_at=MONDAY)
    assert same.rules == ("t#a", "t#b")
    closing = target(
        sections.replace("1 d", "1 bd").replace("8 bh", "24 h"), received_at="2026-11-23 10:00"
    )
    assert closing.due == at("2026-11-24 10:00")
    assert closing.warn_at == min(at("2026-11-24 04:00"), at("2026-11-23 16:00"))


def test_unknown_rows_are_left_out_and_asked() -> None:
    """A row that is unknown does not count but is asked; unknown types likewise."""
    result = found(
        house(PLAIN, RESPONSE), received_at=MONDAY, severity="unknown", customer_types="unknown"
    )
    (decided,) = result.decided
    assert (decided.rules, decided.status) == (("first_response#base",), "due")
    assert {(seed.item, *seed.facts) for seed in result.seeds} == {
        ("first_response#grave", "severity"),
        ("first_response#angry", "customer_types"),
    }


def test_only_unknown_rows() -> None:
    """Where every row that could count is unknown so is the target."""
    sections = """
    targets:
      t:
        from: received_at
        met_by: resolved_at
        table: {hit: "U", out: [due], rows: [{row: a, severity: s1, due: 1 d}]}
    """
    of = house(PLAIN, sections)
    result = found(of, received_at=MONDAY)
    (decided,) = result.decided
    assert (decided.status, decided.start, decided.due) == ("unknown", at(MONDAY), None)
    assert result.clocks["t"].unknown == {"severity"}
    assert found(of, received_at=MONDAY, severity="s3").decided == ()
    assert only(of, received_at=MONDAY, severity="s1").due == at("2026-11-24 09:00")


@pytest.mark.parametrize(
    ("hit", "due", "rules"),
    [
        ("C<", "10:00", ("t#b",)),
        ("C>", "11:00", ("t#a", "t#c")),
        ("F", "11:00", ("t#a",)),
        ("P", "10:00", ("t#b",)),
    ],
)
def test_hit_policies(hit: str, due: str, rules: tuple[str, ...]) -> None:
    """The hit policy chooses among the rows that hold."""
    rows = '[{row: a, severity: "-", due: 2 h}, {row: b, severity: "-", due: 1 h}, '
    rows += '{row: c, severity: "-", due: 2 h}]'
    priority = ", priority: [1 h, 2 h]" if hit == "P" else ""
    sections = f"""
    targets:
      t:
        from: received_at
        met_by: resolved_at
        table: {{hit: "{hit}", out: [due], rows: {rows}{priority}}}
    """
    decided = target(sections, received_at=MONDAY, severity="s3")
    assert (decided.due, decided.rules) == (at(f"2026-11-23 {due}"), rules)


def table_policy(hit: str, *lengths: str, otherwise: str | None = None, **more: Any) -> Policy:
    """Return a policy whose one target has a table of rows that always hold."""
    rows = tuple(
        Row(f"t#{number}", YES, {"due": Constant(length(text), Kind.DURATION)}, number=0)
        for number, text in enumerate(lengths, 1)
    )
    last = {} if otherwise is None else {"due": Constant(length(otherwise), Kind.DURATION)}
    table = Table(hit, ("due",), rows, last, **more)
    return made(table=table)


def made(**more: Any) -> Policy:
    """Return a policy of one target from the receipt on."""
    parts = {"when": 0, "start": RECEIVED, "met_by": Constant(NOT_YET, Kind.INSTANT), **more}
    rest = {name: parts.pop(name) for name in ("settings", "defaults") if name in parts}
    return policy(targets={"t": Target(id="t", **parts)}, **rest)


RECEIPT = state({"received_at": at(MONDAY)})


def test_broken_tables_are_unknown() -> None:
    """Two rows under U, or different ones under A, leave the target unknown, and noticed."""
    for of in (table_policy("U", "1 h", "1 h"), table_policy("A", "1 h", "2 h")):
        result = of_state(of, RECEIPT)
        assert [each.status for each in result.decided] == ["unknown"]
        assert result.notices == (Notice("table-broken", "t"),)
    agreed = of_state(table_policy("A", "1 h", "1 h"), RECEIPT).decided[0]
    assert agreed.due == at("2026-11-23 10:00")


def test_else_of_a_table() -> None:
    """Where no row holds `else` does; it is named by the target itself."""
    (decided,) = of_state(table_policy("U", otherwise="3 h"), RECEIPT).decided
    assert (decided.due, decided.rules) == (at("2026-11-23 12:00"), ("t",))
    assert of_state(table_policy("U"), RECEIPT).decided == ()


def test_priorities_not_listed_come_last() -> None:
    """A duration that the priority list does not name gives way to those it does."""
    of = table_policy("P", "5 h", "2 h", priority=(length("2 h"),))
    assert of_state(of, RECEIPT).decided[0].rules == ("t#2",)


def test_reckoned_lengths() -> None:
    """A due cell may be a setting, or seconds that are reckoned, in whole minutes."""
    hours = Setting(id="hours", values=((None, length("3 h")),))
    setting = {"due": SettingValue("hours", Kind.DURATION)}
    of = made(table=Table("F", ("due",), (Row("t#1", YES, setting),)), settings={"hours": hours})
    assert of_state(of, RECEIPT).decided[0].due == at("2026-11-23 12:00")
    for kind, due in ((Kind.DURATION, "09:02"), (Kind.BUSINESS_DURATION, "09:02")):
        seconds = {"due": Call("abs", (Constant(61, kind),), kind)}
        of = made(table=Table("F", ("due",), (Row("t#1", YES, seconds),)))
        assert of_state(of, RECEIPT).decided[0].due == at(f"2026-11-23 {due}")
    missing = {"due": SettingValue("none", Kind.DURATION)}
    of = made(due=length("1 h"), table=Table("P", ("due",), (Row("t#1", YES, missing),)))
    assert of_state(of, RECEIPT).decided[0].rules == ("t",)


# ------------------------------------------------------------------------ status


@pytest.mark.parametrize(
    ("now", "status"),
    [
        (MONDAY, "due"),
        ("2026-11-23 13:29:59", "due"),
        ("2026-11-23 13:30", "at_risk"),
        ("2026-11-23 15:00", "at_risk"),
        ("2026-11-23 15:00:01", "overdue"),
        ("2026-12-23 15:00", "overdue"),
    ],
)
def test_due_at_risk_overdue(now: str, status: str) -> None:
    """From 75 % of its span a target is at risk, past its due second overdue."""
    assert response(now).status == status
    assert response(now).warn_at == at("2026-11-23 13:30")


@pytest.mark.parametrize(("met", "status"), [("15:00", "met"), ("15:00:01", "met_late")])
def test_met_and_met_late(met: str, status: str) -> None:
    """A target is met up to its due second, after that met late; the due time stays."""
    decided = response("2026-11-24 10:00", first_response_at=f"2026-11-23 {met}")
    assert (decided.status, decided.met_at) == (status, at(f"2026-11-23 {met}"))
    assert decided.due == at("2026-11-23 15:00")


def test_no_condition_no_target() -> None:
    """A target whose condition is false is not there; an unknown one is asked, not listed."""
    of = house(PLAIN, RESPONSE)
    assert found(of, received_at=MONDAY, open=False).decided == ()
    unknown = found(of, received_at=MONDAY, severity="s3", open="unknown")
    assert unknown.decided == ()
    assert [(seed.item, seed.facts) for seed in unknown.seeds] == [("first_response", {"open"})]


def test_start_unknown_and_not_yet() -> None:
    """An unknown start is asked; one that has not happened leaves the target not started."""
    result = found(house(PLAIN, RESPONSE), severity="s3")
    (decided,) = result.decided
    assert (decided.status, decided.due, decided.rules) == ("unknown", None, ())
    assert [(seed.item, seed.facts) for seed in result.seeds] == [
        ("first_response", {"received_at"})
    ]
    survey = "targets: {survey: {from: resolved_at, met_by: first_response_at, due: 48 h}}"
    assert target(survey).status == "not_started"
    assert target(survey).start is None


def test_a_start_to_come() -> None:
    """A clock that starts in the future has not started, but its due time is known."""
    of = made(due=length("1 h"), start=FactValue("begins_at", Kind.INSTANT))
    (decided,) = of_state(of, state({"begins_at": at("2026-11-24 10:00")})).decided
    assert (decided.status, decided.due) == ("not_started", at("2026-11-24 11:00"))


def test_meeting_unknown() -> None:
    """Where it is not known whether a target was met it is unknown, with its due time, asked."""
    result = found(
        house(PLAIN, RESPONSE), received_at=MONDAY, severity="s3", first_response_at="unknown"
    )
    (decided,) = result.decided
    assert (decided.status, decided.due) == ("unknown", at("2026-11-23 15:00"))
    assert result.clocks["first_response"].unknown == {"first_response_at"}


def test_outside_its_dates_a_target_is_absent() -> None:
    """A target counts on its dates only (semantics 21)."""
    old = (
        "targets: {t: {valid: {to: 2020-01-01}, from: received_at, met_by: resolved_at, due: 1 h}}"
    )
    assert found(house(PLAIN, old), received_at=MONDAY).decided == ()


def test_its_own_calendar_rules() -> None:
    """A target's own calendar counts its open time (semantics 13)."""
    night = """
    targets: {t: {calendar: night, law: yes, from: received_at, met_by: resolved_at, due: 12 bh}}
    """
    decided = target(night, received_at=MONDAY)
    assert (decided.due, decided.law) == (at("2026-11-23 21:00"), True)


def test_opens() -> None:
    """A target may open later than it starts; one that would open past its due is open."""
    survey = """
    targets:
      survey: {from: resolved_at, met_by: first_response_at, opens: 24 h, due: 48 h}
    """
    decided = target(survey, resolved_at=MONDAY)
    assert (decided.opens, decided.due) == (at("2026-11-24 09:00"), at("2026-11-25 09:00"))
    late = found(house(PLAIN, survey.replace("24 h", "49 h")), resolved_at=MONDAY)
    assert late.decided[0].opens is None
    assert late.notices == (Notice("opens-after-due", "survey"),)


# ----------------------------------------------------------------- rounds, periods


RESOLUTION = """
targets: {resolution: {from: received_at, met_by: resolved_at, due: 5 bd, pauses: yes}}
"""


def test_reopening_never_restarts_resolution() -> None:
    """An earlier round's `resolved_at` no longer meets it; the old due time stands (17)."""
    of = house(PLAIN, RESOLUTION)
    facts = {"received_at": MONDAY, "resolved_at": "2026-11-24 09:00"}
    assert only(of, "2026-11-25 10:00", **facts).status == "met"
    reopened = only(of, "2026-12-01 10:00", **facts, reopened_at="2026-11-30 10:00")
    assert (reopened.status, reopened.due) == ("overdue", at("2026-11-30 09:00"))
    again = facts | {"reopened_at": "2026-11-25 09:00", "resolved_at": "2026-11-26 09:00"}
    assert only(of, "2026-12-01 10:00", **again).status == "met"


def test_what_was_answered_in_an_earlier_round_stays_answered() -> None:
    """A first response of an earlier round still meets its target after a reopening."""
    decided = response(
        "2026-11-30 10:00", first_response_at="2026-11-23 10:00", reopened_at="2026-11-25 10:00"
    )
    assert decided.status == "met"


def test_a_clock_of_this_round_is_not_met_by_an_earlier_one() -> None:
    """A clock that started in this round is not met by what happened before it."""
    again = "targets: {again: {from: reopened_at, met_by: first_response_at, due: 1 bd}}"
    decided = target(
        again,
        "2026-11-25 10:30",
        received_at=MONDAY,
        first_response_at="2026-11-23 10:00",
        reopened_at="2026-11-25 10:00",
    )
    assert (decided.status, decided.met_at) == ("due", None)


UPDATE = """
targets:
  update:
    from: 'latest(received_at, last_update_at, reopened_at)'
    met_by: done_at(send_update)
    due: 2 bd
"""


def test_each_update_starts_the_next_period() -> None:
    """What began a period does not meet it: the next update is due again (semantics 15, 16)."""
    done = [{"action": "send_update", "at": "2026-11-24 12:00"}]
    periods = PLAIN.replace("owner: agent}", "owner: agent, repeat: {each: update}}")
    decided = only(
        house(periods, UPDATE),
        "2026-11-24 13:00",
        received_at=MONDAY,
        last_update_at="2026-11-24 12:00",
        done=done,
    )
    assert (decided.status, decided.due) == ("due", at("2026-11-26 12:00"))
    assert decided.met_at is None
    unnoted = target(UPDATE, "2026-11-24 13:00", received_at=MONDAY, done=done)
    assert unnoted.status == "met"


# -------------------------------------------------------------------------- pauses


def resolution(now: str, **facts: Any) -> DecidedTarget:
    """Return the resolution of a complaint received on Monday at opening."""
    return only(house(PLAIN, RESOLUTION), now, received_at=MONDAY, **facts)


def test_closed_pauses_are_taken_out() -> None:
    """A closed pause moves the due time by its open time (semantics 17)."""
    pauses = [{"from": "2026-11-24 09:00", "to": "2026-11-25 09:00"}]
    assert resolution("2026-11-26 10:00").due == at("2026-11-30 09:00")
    assert resolution("2026-11-26 10:00", pauses=pauses).due == at("2026-11-30 17:00")


def test_an_open_pause_stops_the_clock() -> None:
    """In an open pause there is no due time, only what is left on the target's own clock."""
    paused = resolution("2026-11-26 10:00", pauses=[{"from": "2026-11-24 09:00"}])
    assert (paused.status, paused.due, paused.warn_at) == ("paused", None, None)
    assert paused.left_s == 32 * 3600
    assert resolution("2026-12-26 10:00", pauses=[{"from": "2026-11-24 09:00"}]) == paused


def test_waiting_for_the_customer_stops_the_clock() -> None:
    """`pending_on: customer` pauses from `pending_since`, else from the instant itself."""
    since = resolution("2026-11-26 10:00", pending_on="customer", pending_since="2026-11-24 09:00")
    assert (since.status, since.left_s) == ("paused", 32 * 3600)
    now = resolution("2026-11-24 12:00", pending_on="customer")
    assert (now.status, now.left_s) == ("paused", 29 * 3600)
    assert resolution("2026-11-24 12:00", pending_on="third_party").status == "due"


def test_waiting_from_before_the_start_leaves_all_of_it() -> None:
    """A pause that began before the clock leaves the whole span."""
    decided = resolution(
        "2026-11-24 12:00", pending_on="customer", pending_since="2026-11-20 09:00"
    )
    assert decided.left_s == 40 * 3600


def test_a_breach_stays() -> None:
    """A pause after the due time changes nothing: overdue is overdue."""
    decided = resolution("2026-12-10 10:00", pauses=[{"from": "2026-12-01 09:00"}])
    assert (decided.status, decided.due, decided.left_s) == (
        "overdue",
        at("2026-11-30 09:00"),
        None,
    )
    just = resolution("2026-12-10 10:00", pauses=[{"from": "2026-11-30 09:00"}])
    assert (just.status, just.left_s) == ("paused", 0)


def test_met_in_a_pause() -> None:
    """What is met while the clock stands still is met in time; met before, the pause is none."""
    pauses = [{"from": "2026-11-24 09:00"}]
    inside = resolution("2027-01-10 10:00", pauses=pauses, resolved_at="2027-01-01 10:00")
    assert (inside.status, inside.due) == ("met", None)
    before = resolution("2027-01-10 10:00", pauses=pauses, resolved_at="2026-11-23 10:00")
    assert (before.status, before.due) == ("met", at("2026-11-30 09:00"))
    broken = resolution(
        "2027-01-10 10:00", pauses=[{"from": "2026-12-01 09:00"}], resolved_at="2026-12-02 09:00"
    )
    assert broken.status == "met_late"


def test_only_targets_that_pause_do() -> None:
    """A target without `pauses` runs on, whatever is waited for."""
    decided = response(pending_on="customer", pauses=[{"from": MONDAY}])
    assert (decided.status, decided.due) == ("due", at("2026-11-23 15:00"))


def test_paused_with_meeting_unknown() -> None:
    """Where meeting is unknown a paused target is unknown too, with what is left."""
    decided = resolution(
        "2026-11-24 12:00", pauses=[{"from": "2026-11-24 09:00"}], resolved_at="unknown"
    )
    assert (decided.status, decided.left_s) == ("unknown", 32 * 3600)


# --------------------------------------------------------------------------- types


def angry(now: str, expires_at: str, received_at: str = MONDAY) -> DecidedTarget:
    """Return the first response to a customer whose anger ends."""
    return response(
        now,
        received_at=received_at,
        customer_types=["angry"],
        type_basis={"angry": {"expires_at": expires_at}},
    )


def test_an_expiry_never_unbreaches() -> None:
    """Types are read as of the target's start, so a breach outlives the type (semantics 7)."""
    live = angry("2026-11-23 11:00", "2026-11-23 12:00")
    assert (live.status, live.rules) == ("overdue", ("first_response#angry",))
    after = angry("2026-11-23 13:00", "2026-11-23 12:00")
    assert (after.status, after.rules) == ("overdue", ("first_response#angry",))


def test_a_type_that_ended_before_the_start_does_not_count() -> None:
    """A type that ended before the clock started has no say in it."""
    gone = angry("2026-11-23 11:00", "2026-11-23 08:00")
    assert gone.rules == ("first_response#base",)
    just = angry("2026-11-23 11:00", MONDAY)
    assert just.rules == ("first_response#base",)


def test_each_target_reads_the_types_of_its_own_start() -> None:
    """Targets that started at different times read the types of those times."""
    sections = RESPONSE.replace(
        "rules:",
        """  update:
    from: last_update_at
    met_by: done_at(send_update)
    table:
      hit: "C<"
      out: [due]
      rows:
        - {row: base, customer_types: "-", due: 2 bd}
        - {row: angry, customer_types: angry, due: 1 h}
        - {row: premium, customer_types: premium, due: 2 h}
rules:""",
    )
    basis = {
        "angry": {"expires_at": "2026-11-23 12:00"},
        "premium": {"expires_at": "2026-11-23 14:00"},
    }
    result = found(
        house(PLAIN, sections),
        "2026-11-23 16:00",
        received_at=MONDAY,
        severity="s3",
        last_update_at="2026-11-23 13:00",
        customer_types=["angry", "premium"],
        type_basis=basis,
    )
    assert [each.rules for each in result.decided] == [("premium-fast",), ("update#premium",)]


def test_targets_that_started_together_read_the_same_earlier_types() -> None:
    """Starts between the same two expiries see the same types: they are looked at once."""
    sections = RESPONSE.replace(
        "rules:",
        """  again:
    from: received_at
    met_by: first_response_at
    table: {hit: "C<", out: [due], rows: [{row: angry, customer_types: angry, due: 1 h}]}
rules:""",
    )
    result = found(
        house(PLAIN, sections),
        "2026-11-23 13:00",
        received_at=MONDAY,
        severity="s3",
        customer_types=["angry"],
        type_basis={"angry": {"expires_at": "2026-11-23 12:00"}},
    )
    assert [each.rules for each in result.decided] == [("again#angry",), ("first_response#angry",)]
    assert len(result.earlier) == 1


# ------------------------------------------------------------------------- notices


def test_unknown_holidays_are_noticed() -> None:
    """Business time outside the calendar's years is reckoned by the week, and noticed."""
    result = found(
        house(PLAIN, RESPONSE), "2055-11-23 10:00", received_at="2055-11-23 09:00", severity="s3"
    )
    assert result.notices == (Notice("holidays-unknown", "office"),)


def test_a_calendar_that_never_opens() -> None:
    """Open time that never comes leaves a target unknown; another duration still counts."""
    of = made(due=length("1 bh"), calendar="never")
    result = of_state(of, RECEIPT)
    assert [each.status for each in result.decided] == ["unknown"]
    assert result.notices == (Notice("never-open", "t"),)
    table = Table(
        "C>", ("due",), (Row("t#1", YES, {"due": Constant(length("1 bd"), Kind.DURATION)}),)
    )
    both = of_state(made(due=length("2 h"), calendar="never", table=table), RECEIPT)
    assert (both.decided[0].due, both.decided[0].rules) == (at("2026-11-23 11:00"), ("t",))
    opens = made(due=length("2 h"), calendar="never", opens=length("1 bh"))
    assert of_state(opens, RECEIPT).decided[0].opens is None


# ---------------------------------------------------------------------- properties


TYPES = st.sets(st.sampled_from(["angry", "premium"]))
MINUTES = st.integers(0, 14 * 24 * 60)


@settings(max_examples=60, deadline=None)
@given(TYPES, TYPES, MINUTES)
def test_more_types_are_never_slower(some: set[str], more: set[str], minute: int) -> None:
    """Adding a type never makes a deadline later."""
    of = (
        attrs.evolve(house(PLAIN, RESPONSE), calendar="night")
        if minute % 2
        else house(PLAIN + RESPONSE)
    )
    received = at("2026-11-16 00:00") + minute * 60
    known = {"received_at": received, "severity": "s3"}
    few, many = (
        of_state(
            of, state_of(of, {**known, "customer_types": frozenset(types)}), "2026-12-01 00:00"
        )
        for types in (some, some | more)
    )
    assert (many.decided[0].due or 0) <= (few.decided[0].due or 0)


@settings(max_examples=60, deadline=None)
@given(MINUTES, MINUTES)
def test_later_is_never_better(minute: int, wait: int) -> None:
    """Moving the instant forward never un-breaches."""
    of = house(PLAIN, RESPONSE)
    received = at("2026-11-02 00:00") + minute * 60
    known = state_of(of, {"received_at": received, "severity": "s3"})
    order = ["due", "at_risk", "overdue"]
    seen = []
    for now in (received + wait * 30, received + wait * 60):
        looked = look(of, known, now)
        engine = build(of)
        result = targets(of, looked, engine.match(looked.situation), engine.match)
        seen.append(order.index(result.decided[0].status))
    assert seen == sorted(seen)


def state_of(of: Policy, values: dict[str, Any]) -> State:
    """Return a state of values that are validated already."""
    return attrs.evolve(state(values), fingerprint=of.fingerprint)


def test_the_clock_without_windows_is_the_wall() -> None:
    """On a calendar that is always open a business hour is an hour."""
    of = attrs.evolve(made(due=length("3 bh")), calendar="always")
    assert of.calendars["always"] == ALWAYS
    assert of_state(of, RECEIPT).decided[0].due == at("2026-11-23 12:00")


def test_what_stands_by_the_same_rows_is_kept_in_a_bounded_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rows that hold are looked up once for all complaints; past the bound all are forgotten."""
    monkeypatch.setattr("complaint_rules.decision.timing.timetable._MOST_LENGTHS", 1)
    of = house(
        """
        facts:
          severity: {kind: level, values: [s3, s2, s1]}
          answered_at: {kind: instant, default: not_yet}
        targets:
          answer:
            from: received_at
            met_by: answered_at
            table:
              hit: C<
              out: [due]
              rows:
                - {row: high, severity: s1, due: 1 h}
                - {row: middle, severity: s2, due: 2 h}
                - {row: low, severity: s3, due: 3 h}
        """
    )
    engine = build(of, "index")
    for severity, hours in (("s1", 1), ("s2", 2), ("s1", 1), ("s3", 3), ("s2", 2)):
        given = given_state(of, {"severity": severity, "received_at": MONDAY})
        seen = look(of, given, at(NOW))
        (found,) = targets(of, seen, engine.match(seen.situation), engine.match).decided
        assert found.due == at(MONDAY) + hours * 3600


SETS = """
facts:
  severity: {kind: level, values: [s3, s2, s1]}
  open: {kind: yes_no}
  answered_at: {kind: instant, default: not_yet}
targets:
  answer: {when: {open: yes}, from: received_at, met_by: answered_at, due: 1 h}
  later: {when: {severity: s1}, from: received_at, met_by: answered_at, due: 2 h}
"""


def test_sets_of_targets_that_stand_are_kept_in_a_bounded_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Which targets stand is looked up by their conditions; past the bound all is forgotten."""
    monkeypatch.setattr("complaint_rules.decision.timing.timetable._MOST_SETS", 2)
    of = house(SETS)
    for severity, is_open, names in (
        ("s1", True, ["answer", "later"]),
        ("s2", True, ["answer"]),
        ("s1", False, ["later"]),
        ("s3", False, []),
        ("s1", True, ["answer", "later"]),
    ):
        facts = {"severity": severity, "open": is_open, "received_at": MONDAY}
        assert list(found(of, **facts).clocks) == names
        assert len(timetable(of).known) <= 2


def test_complaints_with_the_same_conditions_share_what_stands() -> None:
    """One entry serves all complaints in which the same conditions hold, or are unknown."""
    of = house(SETS)
    timetable(of).known.clear()
    for start in (MONDAY, "2026-11-23 09:30"):
        (answer,) = found(of, open=True, severity="s2", received_at=start).decided
        assert answer.due == at(start) + 3_600
    assert len(timetable(of).known) == 1
    unknown = found(of, open=True, received_at=MONDAY)
    assert [seed.item for seed in unknown.seeds] == ["later"]
    assert len(timetable(of).known) == 2


def test_what_stands_but_is_not_silent_is_heard() -> None:
    """A start that may have something to notice is asked for though its condition is false."""
    of = house(
        SETS.replace(
            "s1}, from: received_at, met_by: answered_at, due: 2 h",
            "s1}, from: 'received_at + 1 bd', met_by: answered_at, due: 2 h",
        )
    )
    late = "2099-11-23 09:00"
    result = found(of, late, open=True, severity="s2", received_at=late)
    assert list(result.clocks) == ["answer"]
    assert [notice.code for notice in result.notices] == ["holidays-unknown"]


def test_what_pauses_asks_whether_it_does() -> None:
    """While it is not known if the customer is waited for, a target that pauses asks for it."""
    of = house(SETS.replace("due: 1 h", "due: 1 h, pauses: yes"))
    result = found(of, open=True, severity="s2", received_at=MONDAY, pending_on="unknown")
    (seed,) = result.seeds
    assert (seed.item, seed.facts) == ("answer", frozenset({"pending_on"}))
