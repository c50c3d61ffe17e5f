"""The sector rulesets: they ship, add to core without changing it, and mean what they say."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from complaint_rules import Policy, check, decide, load, loads
from complaint_rules.composition import packaged_names
from complaint_rules.errors import RulesetError
from complaint_rules.testing.playing import play
from complaint_rules.testing.suites import read_suite

SECTORS = ["finance", "hospitality", "retail", "saas", "telecom"]
LANGUAGES = ["en", "fa", "hu", "ar"]
AT = "2026-11-25T10:00:00+01:00"
LAW = {
    "finance": {
        "bureau_final",
        "bureau_response",
        "final_response",
        "payment_reply",
        "summary_resolution",
        "transfer_error",
    },
    "hospitality": set(),
    "retail": {"consumer_answer", "withdrawal_refund"},
    "saas": set(),
    "telecom": {"adr_letter", "regulator_answer", "repair_before_compensation"},
}
AT_LEAST = 20
"""So many scenarios of its own at least shows each sector."""


@functools.cache
def policy(name: str) -> Policy:
    """Return a packaged policy."""
    return load(name)


def _documents(folder: Path) -> Iterator[Any]:
    for path in sorted(folder.rglob("*.yaml")):
        if path.parent.name != "scenarios":
            yield yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


def _texts(data: Any) -> Iterator[dict[str, str]]:
    if isinstance(data, dict) and isinstance(data.get("en"), str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)


def test_the_sectors_are_on_the_shelf() -> None:
    """Each sector is found by its name, beside core."""
    assert {"core", *SECTORS} <= set(packaged_names())


@pytest.mark.parametrize("name", SECTORS)
def test_a_sector_has_no_problem_at_all(name: str) -> None:
    """`check` finds no fault and no warning."""
    assert check(name).problems == ()


@pytest.mark.parametrize("name", SECTORS)
def test_a_sector_only_adds_to_core(name: str) -> None:
    """Every rule, action, target and remedy of core stands in the sector as core wrote it."""
    sector, core = policy(name), policy("core")
    ours = {rule.id: rule for rule in sector.rules}
    for rule in core.rules:
        assert (rule.text, rule.source) == (ours[rule.id].text, ours[rule.id].source)
    assert len(ours) > len(core.rules)
    for section in ("actions", "targets", "remedies", "types", "manner"):
        before, after = getattr(core, section), getattr(sector, section)
        for key, item in before.items():
            assert (item.title, item.source) == (after[key].title, after[key].source)


@pytest.mark.parametrize("name", SECTORS)
def test_every_text_stands_in_four_languages(name: str, root: Path) -> None:
    """No text lacks a language, each is in its own letters, and no two are the same."""
    texts = [text for document in _documents(root / "rulesets" / name) for text in _texts(document)]
    assert len(texts) > 30
    for text in texts:
        assert list(text) == LANGUAGES
        assert len(set(text.values())) == len(LANGUAGES), text
        assert not re.search("[A-Za-z]", text["fa"] + text["ar"]), text
        assert not re.search("[يكىة]", text["fa"]), text
        assert not re.search("[یکپچژگ]", text["ar"]), text
        assert "abus" not in text["en"].lower()
        assert "visszaél" not in text["hu"].lower()
        assert "سوء" not in text["fa"].replace("سوءتفاهم", "")


@pytest.mark.parametrize("name", SECTORS)
def test_a_state_that_says_nothing_gets_questions_only(name: str) -> None:
    """With an instant and a channel there are asks, no money and no refusal."""
    decision = decide(policy(name), {"received_at": AT, "channel": "email"}, at=AT)
    assert decision.asks
    assert not decision.owed
    assert not decision.choices
    assert not decision.goodwill
    assert all(item.reason == "waiting" for item in decision.withheld)


@pytest.mark.parametrize("name", SECTORS)
def test_a_sector_keeps_its_own_hours_and_holidays(name: str, root: Path) -> None:
    """The calendar of a complaint that names none is the sector's, and it knows holidays."""
    document = yaml.safe_load((root / "rulesets" / name / "calendars.yaml").read_text("utf-8"))
    main = yaml.safe_load((root / "rulesets" / name / "ruleset.yaml").read_text("utf-8"))
    assert main["calendar"] in document["calendars"]
    assert any(calendar.get("holidays") for calendar in document["calendars"].values())


@pytest.mark.parametrize("name", SECTORS)
def test_a_sector_answers_its_scenarios(name: str) -> None:
    """It has at least twenty of its own, and answers each as it says."""
    suite = read_suite(name)
    assert suite.policy is not None
    own = [case for case in suite.cases if not case.ruleset]
    assert len(own) >= AT_LEAST
    assert [case.name for case in own if not play(suite.policy, case).ok] == []


@pytest.mark.parametrize("name", SECTORS)
def test_legal_deadlines_are_marked(name: str) -> None:
    """The deadlines of the law are marked as law, and no other target is."""
    core = set(policy("core").targets)
    marked = {t.id for t in policy(name).targets.values() if t.law} - core
    assert marked == LAW[name]


CHILD = """
format: 1
id: easier
edition: "1"
title: Easier
currency: GBP
extends: {sector}
"""


@pytest.mark.parametrize("name", [name for name in SECTORS if LAW[name]])
def test_nobody_relaxes_the_law(name: str) -> None:
    """A ruleset that extends a sector can neither amend nor drop a deadline of the law."""
    targets = sorted(LAW[name])
    lines = [f"  {target}: {{amends: {name}, due: 90 d}}\n" for target in targets]
    amended, dropped = "targets:\n" + "".join(lines), f"drop: {{targets: [{', '.join(targets)}]}}\n"
    for change in (amended, dropped):
        with pytest.raises(RulesetError) as caught:
            loads(CHILD.format(sector=name) + change)
        codes = [problem.code for problem in caught.value.report.problems]
        assert codes.count("law-fixed") == len(targets)


def test_a_rule_can_only_shorten_a_legal_deadline() -> None:
    """A longer duration given by a rule of a child changes nothing, a shorter one rules."""
    facts = {"received_at": AT, "jurisdiction": "GB", "channel": "email"}
    rule = (
        "rules:\n  - {{id: own, text: Own time, source: house, when: always, "
        "then: {{target: {{adr_letter: {due}}}}}}}\n"
    )
    dues = {}
    for due in ("90 d", "10 d"):
        child = loads(CHILD.format(sector="telecom") + rule.format(due=due))
        found = {item.id: item for item in decide(child, facts, at=AT).targets}["adr_letter"]
        assert found.law
        assert found.start is not None
        assert found.due is not None
        dues[due] = found.due - found.start
    assert dues == {"90 d": 42 * 86400, "10 d": 10 * 86400}


# ------------------------------------------------------------------ the owners' pages


@pytest.mark.parametrize("name", SECTORS)
def test_the_readme_names_what_is_there(name: str, root: Path) -> None:
    """Every file it names exists, every setting and figure it gives is that of the ruleset."""
    folder = root / "rulesets" / name
    readme = (folder / "README.md").read_text(encoding="utf-8")
    files = [cell for line in _rows(readme, "file") for cell in re.findall("`([^`]+)`", line[0])]
    assert files
    for file in files:
        assert list(folder.glob(file)), file
    written = yaml.load((folder / "settings.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    named = {row[0].strip("`"): row[1] for row in _rows(readme, "setting")}
    assert set(named) == set(written["settings"])
    for setting, value in named.items():
        told = str(written["settings"][setting]["value"])
        for figure in re.findall(r"\d{4}-\d\d-\d\d|\d+(?:\.\d+)?", value):
            assert figure in told, (setting, figure)


def _rows(page: str, head: str) -> Iterator[list[str]]:
    """Yield the rows of the tables whose first column has this head."""
    inside = False
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            inside = False
        elif cells[0] == head:
            inside = True
        elif inside and not cells[0].startswith("---"):
            yield cells
