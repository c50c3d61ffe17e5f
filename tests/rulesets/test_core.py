"""The packaged house policy: its texts, its figures, and what it says of whole states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from complaint_rules import Decision, Policy, check, decide, load, loads, to_json

LANGUAGES = ["en", "fa", "hu", "ar"]
AT = "2026-11-23T10:00:00+01:00"  # a Monday; offices are open
TYPES = ("calm", "logical", "angry", "abusive", "frequent", "premium", "silent")
CHANNELS = "phone in_person chat email web_form messenger letter social_public review_own"
CHANNELS += " review_third_party regulator_portal"


@pytest.fixture(scope="module")
def core() -> Policy:
    """Return the packaged policy."""
    return load("core")


def _eur(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


def _documents(root: Path) -> Iterator[tuple[str, Any]]:
    for path in sorted((root / "rulesets" / "core").rglob("*.yaml")):
        yield path.name, yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


def _texts(data: Any) -> Iterator[dict[str, str]]:
    if isinstance(data, dict) and isinstance(data.get("en"), str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)


def test_the_ruleset_has_no_problem_at_all() -> None:
    """`check` finds no fault and no warning."""
    assert check("core").problems == ()


def test_the_readme_shows_how_to_extend_it(root: Path) -> None:
    """The extending ruleset in the README checks clean and changes what it says it changes."""
    readme = (root / "rulesets" / "core" / "README.md").read_text(encoding="utf-8")
    written = readme.split("```yaml\n")[1].split("```")[0]
    assert check(written.encode()).problems == ()
    policy = loads(written)
    assert "call-after-fix" not in {rule.id for rule in policy.rules}
    gift = {item.remedy: item for item in decide(policy, FIXED, at=AT).goodwill}["gift"]
    assert gift.cap is not None
    assert str(gift.cap.amount) == "50.00"


def test_every_text_stands_in_four_languages(root: Path) -> None:
    """No text lacks a language, and each is written in its own letters."""
    texts = [text for _, document in _documents(root) for text in _texts(document)]
    assert len(texts) > 400
    for text in texts:
        assert list(text) == LANGUAGES
        assert not re.search("[A-Za-z]", text["fa"] + text["ar"]), text
        assert not re.search("[يكىة]", text["fa"]), text
        assert not re.search("[یکپچژگ]", text["ar"]), text


def test_no_text_calls_a_customer_names(root: Path) -> None:
    """The type's id is for rules; no text, in whatever language, uses the word."""
    for _, document in _documents(root):
        for text in _texts(document):
            assert "abus" not in text["en"].lower()
            assert "visszaél" not in text["hu"].lower()
            assert "سوء" not in text["fa"].replace("سوءتفاهم", "")


def test_at_least_sixty_rules_say_where_they_come_from(core: Policy) -> None:
    """Every rule has a text and a source; the seven types have theirs."""
    assert len(core.rules) >= 60
    assert all(rule.source and rule.text.get("en") for rule in core.rules)
    assert set(core.types) == set(TYPES)


FIRST_RESPONSE = {
    "s1": {"": "30 m", "logical": "30 m", "premium": "15 m", "angry": "15 m"},
    "s2": {"": "1 bh", "logical": "1 bh", "premium": "30 m", "angry": "30 m"},
    "s3": {"": "4 bh", "logical": "2 bh", "premium": "2 bh", "angry": "1 bh"},
    "s4": {"": "8 bh", "logical": "8 bh", "premium": "4 bh", "angry": "2 bh"},
}
UPDATE = {
    "s1": {"": "4 h", "fast": "2 h"},
    "s2": {"": "1 bd", "fast": "4 bh"},
    "s3": {"": "2 bd", "fast": "1 bd"},
    "s4": {"": "5 bd", "fast": "2 bd"},
}
RESOLUTION = {
    "s1": {"": "24 h", "fast": "12 h", "logical": "24 h"},
    "s2": {"": "3 bd", "fast": "2 bd", "logical": "2 bd"},
    "s3": {"": "5 bd", "fast": "3 bd", "logical": "4 bd"},
    "s4": {"": "10 bd", "fast": "5 bd", "logical": "8 bd"},
}
CHECK_IN = {"s1": {"": "24 h"}, "s2": {"": "3 d"}, "s3": {"": "5 d"}, "s4": {"": "14 d"}}
MINUTES = {"m": 1, "h": 60, "bm": 1, "bh": 60, "d": 1440, "bd": 480}
FAST = ["angry", "premium"]


def _due(core: Policy, target: str, severity: str, types: list[str]) -> int:
    """Return a target's due time in seconds after its start."""
    facts: dict[str, Any] = {
        "received_at": "2026-11-23T09:00:00+01:00",
        "channel": "email",
        "severity": severity,
        "customer_types": types,
    }
    if target == "check_in":
        facts |= {"resolved_at": "2026-11-23T09:30:00+01:00"}
    found = {item.id: item for item in decide(core, facts, at=AT).targets}[target]
    assert found.due is not None
    assert found.start is not None
    return found.due - found.start


@pytest.mark.parametrize(
    ("target", "table"),
    [
        ("first_response", FIRST_RESPONSE),
        ("update", UPDATE),
        ("resolution", RESOLUTION),
        ("check_in", CHECK_IN),
    ],
)
def test_the_tables_hold_the_figures_of_the_policy(
    target: str, table: dict[str, dict[str, str]], core: Policy
) -> None:
    """Each cell, alone or beside the base row, gives the shorter of its figure and the base's."""
    for severity, row in table.items():
        for column, figure in row.items():
            for kind in FAST if column == "fast" else [column]:
                types = [kind] if kind else []
                number, unit = min((row[""], figure), key=_minutes).split()
                seconds = _due(core, target, severity, types)
                assert seconds == _open_seconds(int(number), unit), (severity, kind)


def _minutes(figure: str) -> int:
    number, unit = figure.split()
    return int(number) * MINUTES[unit]


def _open_seconds(number: int, unit: str) -> int:
    """Return the wall-clock length of a duration from Monday 9:00, open from 9:00 to 17:00."""
    if unit in ("m", "h", "d"):
        return number * MINUTES[unit] * 60
    if unit == "bd":
        weekends = number // 5 * 2
        return (number + weekends) * 86400
    return number * MINUTES[unit] * 60


@pytest.mark.parametrize("channel", CHANNELS.split())
def test_a_state_that_says_nothing_gets_questions_only(channel: str, core: Policy) -> None:
    """With only an instant and a channel there are asks, no money and no refusal."""
    decision = decide(core, {"received_at": AT, "channel": channel}, at=AT)
    assert decision.asks
    assert not decision.owed
    assert not decision.choices
    assert not decision.goodwill
    assert "decline_unreasonable_demand" not in _actions(decision)
    assert all(item.reason == "waiting" for item in decision.withheld)


def _actions(decision: Decision) -> list[str]:
    return [item.id for item in decision.actions]


def _done(*actions: str) -> list[dict[str, str]]:
    return [{"action": action, "at": "2026-11-23T09:40:00+01:00"} for action in actions]


OPEN: dict[str, Any] = {
    "received_at": "2026-11-23T09:10:00+01:00",
    "channel": "email",
    "owner": "anna",
    "opened": True,
    "first_response_at": "2026-11-23T09:30:00+01:00",
}
UPHELD = OPEN | {
    "cause_code": "damaged",
    "fault": "company",
    "validity": "upheld",
    "amount_paid": _eur("80"),
    "goods_kept": True,
    "entitlement": {"kinds": []},
}
FIXED = UPHELD | {"accepted": ["replacement"], "solution_sent_at": "2026-11-23T09:45:00+01:00"}
RESOLVED = FIXED | {"solution_check": "verified", "resolved_at": "2026-11-23T09:50:00+01:00"}
SURVEYED = _done("check_satisfaction", "send_survey", "log_complaint")
SURVEYED = [entry | {"at": "2026-11-23T09:55:00+01:00"} for entry in SURVEYED]
STAGES: dict[str, dict[str, Any]] = {
    "outreach": {"kind": "none", "channel": "none", "dissatisfaction_signals": ["low_nps"]},
    "received": {"received_at": AT, "channel": "email"},
    "verifying": {"received_at": AT, "channel": "review_own"},
    "understanding": OPEN,
    "deciding": UPHELD,
    "implementing": UPHELD | {"accepted": ["replacement"]},
    "verifying_solution": FIXED,
    "resolved": RESOLVED,
    "closed": RESOLVED | {"done": SURVEYED},
}


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("stage", sorted(STAGES))
def test_every_stage_has_something_to_do_for_every_type(
    stage: str, kind: str, core: Policy
) -> None:
    """No stage and type leave the reader without a next action, owner and reason."""
    decision = decide(core, STAGES[stage] | {"customer_types": [kind]}, at=AT)
    assert decision.stage == stage
    assert decision.actions
    assert all(item.owner and item.rules for item in decision.actions if item.id != "listen")


def test_nobody_is_answered_again_after_the_close(core: Policy) -> None:
    """A closed complaint is looked back at; no thanks, no apology, no offers return."""
    decision = decide(core, STAGES["closed"], at=AT)
    assert set(_actions(decision)) == {"review_case", "tag_cause"}
    assert not decision.choices
    assert not decision.goodwill


def test_mood_and_contacts_never_change_an_amount(core: Policy) -> None:
    """Angry, premium and frequent customers are offered exactly what a calm one is offered."""
    plain = to_json(decide(core, FIXED, at=AT))
    for types in (["angry"], ["premium"], ["frequent"], ["angry", "frequent", "premium"]):
        moody = FIXED | {"customer_types": types, "emotion": "upset", "contacts_30d": 9}
        decided = to_json(decide(core, moody, at=AT))
        for part in ("owed", "choices", "goodwill", "room"):
            assert decided[part] == plain[part]


@pytest.mark.parametrize("validity", ["upheld", "partly"])
def test_an_exploitative_demand_gets_the_entitlement_and_no_money_more(
    validity: str, core: Policy
) -> None:
    """The given entitlement is owed in full; what costs money beyond it is withheld."""
    facts = UPHELD | {
        "validity": validity,
        "customer_types": ["abusive"],
        "entitlement": {"kinds": ["refund"], "amount": _eur("20")},
        "demand": {"kinds": ["refund"], "amount": _eur("400")},
        "demand_fit": "above",
    }
    decision = decide(core, facts, at=AT)
    assert [(item.remedy, str(item.amount.amount)) for item in decision.owed if item.amount] == [
        ("entitlement", "20.00")
    ]
    assert [item.remedy for item in decision.choices] == ["repair"]
    assert not decision.goodwill
    actions = _actions(decision)
    assert {"decline_unreasonable_demand", "pay_entitlement", "apologise"} <= set(actions)
    assert "ask_desired_remedy" not in actions


def test_fake_reviews_are_removed_only_after_the_check(core: Policy) -> None:
    """Unverified: verify; proved fake: remove here, report elsewhere; never genuine criticism."""
    own = {"received_at": AT, "channel": "review_own", "suspected_fake_wave": True}
    waiting = decide(core, own, at=AT)
    assert {"verify_author", "hold_comments"} <= set(_actions(waiting))
    assert "remove_fake" not in _actions(waiting)
    proved = own | {"author_status": "verified_non_customer"}
    assert "remove_fake" in _actions(decide(core, proved, at=AT))
    elsewhere = decide(core, proved | {"channel": "review_third_party"}, at=AT)
    assert "report_fake" in _actions(elsewhere)
    assert "remove_fake" not in _actions(elsewhere)
    for decision in (waiting, elsewhere):
        assert "delete_genuine_criticism" in {item.id for item in decision.prohibitions}
    mixed_up = proved | {"kind": "mistaken_identity", "emotion": "calm"}
    assert {"correct_misunderstanding", "thank"} <= set(_actions(decide(core, mixed_up, at=AT)))


def test_a_review_is_asked_for_twice_at_most(core: Policy) -> None:
    """One request to change it, one to say it is settled, then peace; never before satisfaction."""
    review = {"exists": True, "negative": True}
    facts = RESOLVED | {"channel": "review_third_party", "author_status": "verified_customer"}
    steps = [
        (facts | {"review": review}, None),
        (facts | {"review": review, "satisfied": True}, "request_review_update"),
        (
            facts
            | {"review": review | {"delete_requests": 1, "outcome": "declined"}}
            | {"satisfied": True},
            "request_resolution_statement",
        ),
        (
            facts
            | {
                "review": review
                | {"delete_requests": 1, "statement_requests": 1, "outcome": "declined"},
                "satisfied": True,
            },
            "accept_review",
        ),
    ]
    ladder = {"request_review_update", "request_resolution_statement", "accept_review"}
    for state, expected in steps:
        given = ladder & set(_actions(decide(core, state, at=AT)))
        assert given == ({expected} if expected else set())


def test_a_silent_customer_is_asked_twice_at_most(core: Policy) -> None:
    """The second try waits for a pause; after it nothing more is asked."""
    signal = STAGES["outreach"] | {"signal_at": "2026-11-02T09:00:00+01:00"}
    once = signal | {"done": [{"action": "proactive_outreach", "at": "2026-11-03T09:00:00+01:00"}]}
    twice = signal | {
        "done": [*once["done"], {"action": "proactive_outreach", "at": "2026-11-12T09:00:00+01:00"}]
    }
    assert _actions(decide(core, signal, at="2026-11-02T10:00:00+01:00")) == ["proactive_outreach"]
    assert _actions(decide(core, once, at="2026-11-05T10:00:00+01:00")) == []
    assert _actions(decide(core, once, at="2026-11-11T10:00:00+01:00")) == ["proactive_outreach"]
    assert _actions(decide(core, twice, at="2026-11-25T10:00:00+01:00")) == []


def test_the_survey_goes_out_one_to_two_days_after_the_solution(core: Policy) -> None:
    """The survey opens after 24 hours and is due after 48, whatever the severity."""
    for severity in ("s1", "s2", "s3", "s4"):
        decision = decide(core, RESOLVED | {"severity": severity}, at=AT)
        survey = next(item for item in decision.actions if item.id == "send_survey")
        resolved = next(item.start for item in decision.targets if item.id == "survey")
        assert (survey.opens, survey.due) == (resolved + 24 * 3600, resolved + 48 * 3600)


def test_comments_stay_off_four_hours_at_most(core: Policy) -> None:
    """Comments come back four hours after they were switched off, at once after the check."""
    held = {"received_at": AT, "channel": "review_own", "comments_disabled_since": AT}
    release = {item.id: item for item in decide(core, held, at=AT).actions}["release_comments"]
    known = decide(core, held | {"author_status": "verified_customer"}, at=AT)
    at_once = {item.id: item for item in known.actions}["release_comments"]
    assert release.due is not None
    assert release.due - known.at == 4 * 3600
    assert at_once.due == known.at
