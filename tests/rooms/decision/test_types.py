"""Customer types: given, recognised, proposed, expired, silent, calm."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from tests.rooms.decision.hand import at, house, is_, policy, seen, situation, state

from complaint_rules.calendar import Duration, Unit
from complaint_rules.conditions.tree import All, AtLeast, Not, Truth
from complaint_rules.conditions.tree import Any as Either
from complaint_rules.decision.answer.shape import DecidedType
from complaint_rules.decision.seeing.seeds import AskSeed
from complaint_rules.decision.seeing.types import Settled, settle
from complaint_rules.policy import CustomerType
from complaint_rules.state import TypeBasis

NOW = at("2026-11-23 10:00")
SHOUTS = is_("shouts", True)
THREATENS = is_("threatens", True)
TYPES = {
    "calm": CustomerType(id="calm"),
    "angry": CustomerType(id="angry", recognise=Either((SHOUTS, THREATENS))),
    "abusive": CustomerType(
        id="abusive",
        confirm_human=True,
        expires=Duration(180, Unit.D),
        recognise=AtLeast(2, (is_("declined", 1), is_("contradicted", True), THREATENS)),
    ),
    "silent": CustomerType(id="silent"),
}
QUIET = {"shouts": False, "threatens": False, "declined": 0, "contradicted": False}
POLICY = policy(types=TYPES)


def settled(
    hosts: Any = frozenset(), types: dict[str, TypeBasis] | None = None, **facts: Any
) -> Settled:
    """Return the types of these facts, those of the host among them."""
    values = {"kind": "complaint", **QUIET, **facts}
    values = {name: value for name, value in values.items() if value is not None}
    if hosts is not None:
        values["customer_types"] = frozenset(hosts)
    return settle(POLICY, state(types=types), situation(values, NOW), NOW)


def test_nothing_left_is_calm() -> None:
    """Without any type the customer is calm, by default."""
    found = settled()
    assert found.types == (DecidedType("calm", "default", "applied"),)
    assert (found.applied, found.was_silent, found.seeds) == ({"calm"}, False, ())


def test_given_is_applied() -> None:
    """What the host gives is applied, with the host's words for it, sorted."""
    found = settled(["angry"], {"angry": TypeBasis(signals=("tone", "caps"))})
    assert found.types == (DecidedType("angry", "given", "applied", ("caps", "tone")),)
    assert found.applied == {"angry"}


def test_given_without_confirmation_is_asked() -> None:
    """A type that needs a human is applied when given, but its confirmation is asked."""
    found = settled(["abusive"])
    assert found.applied == {"abusive"}
    assert found.seeds == (
        AskSeed("abusive", frozenset({"type_basis.abusive.confirmed_by"}), reasoned=False),
    )
    confirmed = settled(["abusive"], {"abusive": TypeBasis(confirmed_by="lead")})
    assert confirmed.seeds == ()


def test_recognised_is_applied_by_its_signals() -> None:
    """A recognised type is applied and names the facts that recognised it."""
    found = settled(shouts=True)
    assert found.types == (DecidedType("angry", "recognised", "applied", ("shouts",)),)


def test_recognised_for_a_human_is_only_proposed() -> None:
    """Where a human must confirm, recognition proposes, and has no effect until then."""
    found = settled(declined=1, contradicted=True)
    proposed = DecidedType("abusive", "recognised", "proposed", ("contradicted", "declined"))
    assert found.types == (proposed, DecidedType("calm", "default", "applied"))
    assert found.applied == {"calm"}
    assert [seed.item for seed in found.seeds] == ["abusive"]
    confirmed = settled(
        declined=1, contradicted=True, types={"abusive": TypeBasis(confirmed_by="lead")}
    )
    assert confirmed.applied == {"abusive"}


def test_unknown_signals_are_asked() -> None:
    """A recognition that is unknown is not applied but asked (semantics 9)."""
    found = settled(declined=None, threatens=None, contradicted=True)
    assert found.applied == {"calm"}
    assert found.seeds == (
        AskSeed("abusive", frozenset({"declined", "threatens"}), reasoned=False),
        AskSeed("angry", frozenset({"threatens"}), reasoned=False),
    )


def test_a_given_type_needs_no_signals() -> None:
    """What is given is not recognised as well, and its signals are not asked."""
    assert settled(["angry"], shouts=None, threatens=None, declined=0).seeds == ()


@pytest.mark.parametrize(("expires_at", "status"), [(NOW, "expired"), (NOW + 1, "applied")])
def test_expiry(expires_at: int, status: str) -> None:
    """A type whose end has come is dropped and listed as expired."""
    found = settled(["angry"], {"angry": TypeBasis(expires_at=expires_at)})
    assert [each.status for each in found.types if each.type == "angry"] == [status]
    assert ("angry" in (found.applied or ())) == (status == "applied")


def test_expiry_by_the_ruleset() -> None:
    """Without an end of its own a type ends so long after it was given (`expires`)."""
    since = at("2026-05-27 10:00")
    (abusive, _) = settled(["abusive"], {"abusive": TypeBasis(since=since)}).types
    assert (abusive.status, abusive.expires_at) == ("expired", at("2026-11-23 10:00"))
    assert settled(["abusive"], {"abusive": TypeBasis(since=since + 1)}).applied == {"abusive"}


def test_types_can_be_read_as_of_an_earlier_instant() -> None:
    """A type that has ended since still counts at the instant asked for."""
    values = {"kind": "complaint", "customer_types": frozenset({"angry"}), **QUIET}
    of = state(types={"angry": TypeBasis(expires_at=NOW - 10)})
    assert settle(POLICY, of, situation(values, NOW), NOW - 11).applied == {"angry"}
    assert settle(POLICY, of, situation(values, NOW), NOW - 10).applied == {"calm"}


def test_silent_falls_away_with_a_complaint() -> None:
    """A complaint drops `silent`; that the customer was is kept."""
    dropped = settled(["silent"])
    assert (dropped.applied, dropped.was_silent) == ({"calm"}, True)
    assert [each.type for each in dropped.types] == ["calm"]
    kept = settled(["silent"], kind="none")
    assert (kept.applied, kept.was_silent) == ({"silent"}, False)


def test_unknown_types_are_unknown() -> None:
    """A host that does not know the types leaves them unknown; what is recognised is told."""
    found = settled(None, shouts=True)
    assert (found.applied, found.was_silent) == (None, None)
    assert [each.type for each in found.types] == ["angry"]


def test_types_the_ruleset_does_not_declare() -> None:
    """A given type without a declaration is applied until it expires."""
    assert settled(["vip"]).applied == {"vip"}
    assert settled(["vip"], {"vip": TypeBasis(expires_at=NOW)}).applied == {"calm"}


def test_signals_of_nested_conditions() -> None:
    """Only the tests that hold are signals, in groups and under `not` alike."""
    nested = CustomerType(
        id="t",
        recognise=All((Truth(), SHOUTS, Not(is_("mild", True)), Either((THREATENS, SHOUTS)))),
    )
    of = policy(types={"t": nested})
    values = {"customer_types": frozenset(), "kind": "complaint", **QUIET}
    values |= {"shouts": True, "mild": False}
    (found,) = settle(of, state(), situation(values, NOW), NOW).types
    assert found.signals == ("mild", "shouts")
    odd = CustomerType(id="t", recognise=Either((Not(is_("mild", False)), SHOUTS)))
    (found,) = settle(policy(types={"t": odd}), state(), situation(values, NOW), NOW).types
    assert found.signals == ("shouts",)


def test_permutations_of_types_do_not_matter() -> None:
    """Types have no order."""
    names = ("abusive", "angry", "silent")
    found = {settled(order) for order in permutations(names)}
    assert len(found) == 1


def test_a_whole_ruleset() -> None:
    """Types are recognised from derived facts and read by others (semantics 7)."""
    of = house(
        """
        facts:
          sentiment: {kind: number, default: 0}
          upset: {kind: yes_no, derive: {when: {sentiment: "<= -0.6"}}}
          loud: {kind: yes_no, derive: {when: {customer_types: angry}}}
        customer_types:
          angry: {recognise: {upset: yes}}
          elder: {valid: {to: 2020-01-01}}
        """
    )
    angry = seen(of, "2026-11-23 10:00", received_at="2026-11-23 09:00", sentiment="-0.7")
    assert angry.situation.values["loud"] is True
    assert [each.type for each in angry.types] == ["angry"]
    gone = seen(of, "2026-11-23 10:00", received_at="2026-11-23 09:00", customer_types=["elder"])
    assert [each.type for each in gone.types] == ["calm"]
