"""`complaint-rules decide`: JSON for programs, a page for people."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from complaint_rules import decide, from_json, load
from complaint_rules.cli import inputs
from complaint_rules.cli.page import page
from complaint_rules.cli.parts import Teller
from complaint_rules.cli.words import WORDS
from complaint_rules.decision import dumps
from complaint_rules.decision.answer.shape import Notice

Cli = Callable[..., Any]
AT = "2026-11-22T10:00:00+01:00"
SHOP = ("decide", "--ruleset", "shop", "--at", AT)


def test_json_is_the_decision_to_the_byte(cli: Cli, shop: Path) -> None:
    """`--json` prints what `dumps` writes, from a file or from standard input."""
    state = (shop / "state.json").read_bytes()
    policy = load(shop / "shop")
    expected = dumps(decide(policy, json.loads(state), at=AT)) + "\n"
    assert cli(*SHOP, "--json", "state.json").out == expected
    said = cli(*SHOP, "--json", "-", stdin=state)
    assert (said.code, said.out, said.err) == (0, expected, "")
    assert from_json(said.data).complaint_id == "K-1"


def test_people_get_a_page(cli: Cli, shop: Path) -> None:
    """Without `--json` the decision is a page, in the language asked for."""
    said = cli(*SHOP, "state.json")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Complaint K-1 · Stage: Open · The customer: Premium customer\n")
    assert said.out.endswith(")\n")
    assert "مشتری ویژه" in cli(*SHOP, "--language", "fa", "state.json").out


def test_core_is_the_ruleset_unless_another_is_named(cli: Cli) -> None:
    """Without `--ruleset` the packaged one decides."""
    said = cli("decide", "--at", AT, "--json", "-", stdin=b'{"channel": "email"}')
    assert said.data["ruleset"]["id"] == "core"


def test_without_an_instant_it_is_now_and_says_so(
    cli: Cli, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The present instant is told on standard error, so that standard output stays clean."""
    monkeypatch.setattr(inputs, "present", lambda: AT)
    said = cli("decide", "--ruleset", "shop", "--json", "state.json")
    assert said.data["at"] == AT
    assert said.err == f"deciding as of now, {AT} (give --at to decide as of another time)\n"


@pytest.mark.parametrize(
    ("words", "stdin", "code", "told"),
    [
        ([*SHOP, "none.json"], b"", 2, "cannot read `none.json`: no such file or directory"),
        ([*SHOP, "."], b"", 2, "cannot read `.`"),
        ([*SHOP, "a\0b"], b"", 2, "cannot read"),
        ([*SHOP, "-"], b"{", 1, "bad-json"),
        ([*SHOP, "-"], b"", 1, "bad-json"),
        ([*SHOP, "-"], b"[]", 1, "wrong-shape"),
        ([*SHOP, "-"], b'{"a": "\xff"}', 1, "bad-encoding"),
        ([*SHOP, "-"], b'{"chanel": "email"}', 1, "did you mean `channel`?"),
        ([*SHOP, "-"], b'{"received_at": "2027-01-01T00:00:00Z"}', 1, "future-happening"),
        (["decide", "--ruleset", "shop", "--at", "noon", "-"], b"{}", 2, "bad-instant"),
        (["decide", "--ruleset", "shop", "--at", AT[:19], "-"], b"{}", 2, "naive-time"),
        (["decide", "--ruleset", "bad", "-"], b"{}", 3, "bad/ruleset.yaml"),
        (["decide", "--ruleset", "nowhere", "-"], b"{}", 3, "no-such-ruleset"),
    ],
)
def test_what_is_wrong_is_told_on_standard_error(
    cli: Cli, shop: Path, words: list[str], stdin: bytes, code: int, told: str
) -> None:
    """Bad files, states, instants and rulesets end with their code, and with a clear line."""
    said = cli(*words, stdin=stdin)
    assert said.code == code
    assert said.out == ""
    assert told in said.err
    assert "Traceback" not in said.err


def test_reports_are_json_where_json_is_asked_for(cli: Cli, shop: Path) -> None:
    """With `--json` a refusal is data on standard output."""
    said = cli(*SHOP, "--json", "-", stdin=b'{"chanel": "email"}')
    assert said.code == 1
    assert [problem["code"] for problem in said.data["problems"]] == ["unknown-fact"]
    assert cli("decide", "--ruleset", "bad", "--json", "-").data["errors"] == 1


def test_without_standard_input(cli: Cli, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program started without standard input says so."""
    import sys

    from complaint_rules.cli.streams import Stop, read_bytes

    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(Stop) as caught:
        read_bytes("-")
    assert caught.value.code == 2


STATE = {
    "channel": "phone",
    "received_at": "2026-11-20T15:30:00+01:00",
    "watched": True,
    "watched_at": "2026-11-22T09:00:00+01:00",
    "loss": "12 EUR",
    "amount_paid": "100 EUR",
}


def told(shop: Path, language: str = "en", at: str = AT, **facts: object) -> str:
    policy = load(shop / "shop")
    return page(policy, decide(policy, {**STATE, **facts}, at=at), language)


def test_the_page_says_what_to_do_first(shop: Path) -> None:
    """Actions come first, in order, with who, when, how far away that is, and how it stands."""
    lines = told(shop).splitlines()
    assert lines[0] == (
        "What to do now · Stage: Open · Besides: Watched · The customer: Calm, Rude (proposed, "
        "a human must"
    )
    assert lines[5].split() == ["action", "who", "due"]
    rows = [line.split("  ") for line in lines]
    table = [[cell.strip() for cell in row if cell] for row in rows[6:11]]
    assert table == [
        ["1", "Thank the customer", "agent", "Sun 2026-11-22 15:30 (in 5 h)",
         "running out of time"],
        ["2", "Later", "lead", "Mon 2026-11-23 09:00 (in 23 h)"],
        ["3", "Survey", "agent", "not before Mon 2026-11-23 15:30 (in 29 h)", "not started"],
        ["Wed 2026-11-25 15:30 (in 3 days)"],
        ["4", "Call", "lead"],
    ]  # fmt: skip


def test_the_page_has_a_part_for_everything_decided(shop: Path) -> None:
    """Owed, offers, what is not offered, what never to do, manner, questions, targets, notices."""
    policy = load(shop / "shop")
    decision = decide(policy, STATE, at=AT)
    noted = attrs.evolve(decision, notices=(Notice("currency-mismatch", "gift"),))
    text = page(policy, noted, "en")
    for words in (
        "Refund        12.00 EUR",
        "1  Voucher       5.00 EUR  agent     Gift",
        "2  Gift          7.00 EUR  lead      Voucher",
        "Flowers       comes later",
        "· Excuses",
        "· Warm; Use the name",
        "who confirmed Rude",
        "First answer  Sun 2026-11-22 15:30 (in 5 h)",
        "Bring in\n  · lead",
        "Please note\n  · amounts in two currencies meet: gift",
        "Look again: ",
    ):
        assert words in text, words
    assert all(line == line.rstrip() for line in text.splitlines())
    waiting = told(shop, channel="email")
    assert "Refund" not in waiting
    unknown = told(shop, channel="unknown")
    assert "· Shouting; forbidden until the facts are known" in unknown
    assert "Channel             Call" in unknown


def test_times_gone_by(shop: Path) -> None:
    """What is past says how long ago, what is now says now."""
    met = told(shop, answered_at="2026-11-22T09:59:30+01:00")
    assert "First answer  Sun 2026-11-22 09:59 (now)" in met
    assert "(18 h ago)" in told(shop, at="2026-11-23T10:00:00+01:00")
    assert "(41 days ago)" in told(shop, at="2027-01-03T10:00:00+01:00")
    assert "(30 min ago)" in told(shop, answered_at="2026-11-22T09:29:30+01:00")
    assert "(in 40 min)" in told(shop, at="2026-11-22T14:50:00+01:00")


def test_a_complaint_with_an_id_and_nothing_to_do(shop: Path) -> None:
    """The id stands at the top; nothing to do is said."""
    text = (shop / "shop" / "ruleset.yaml").read_text(encoding="utf-8")
    bare = text.split("rules:")[0].split("manner:")[0].split("stages:")
    kept = bare[1][bare[1].index("customer_types") :]
    (shop / "shop" / "ruleset.yaml").write_text(
        bare[0]
        + kept.replace(", due: answer}", "}")
        .replace(", due: survey}", "}")
        .replace(", due: {from: watched_at, due: 1 d}}", "}")
        + "facts: {watched: {kind: yes_no, default: no}}\n",
        encoding="utf-8",
    )
    policy = load(shop / "shop")
    text = page(policy, decide(policy, {"complaint_id": "K-7"}, at=AT), "en")
    assert text.startswith("Complaint K-7 · The customer: Calm\n")
    assert "Next actions\n  · Nothing is to be done now\n" in text
    still = attrs.evolve(decide(policy, {}, at=AT), review_at=None)
    assert page(policy, still, "en").endswith("\n\nTime alone will not change this decision")


@pytest.mark.parametrize("language", ["fa", "ar"])
def test_pages_from_right_to_left_have_no_columns(shop: Path, language: str) -> None:
    """Each row is a line of its own, each cell after its head, foreign words kept apart."""
    page = told(shop, language)
    words = WORDS[language]
    (first,) = [line for line in page.splitlines() if line.startswith(("  ۱. ", "  ١. "))][:1]
    assert f"{words['owner']}: \u2068agent\u2069؛ {words['due']}: " in first
    assert "2026" not in page
    assert "\u2068EUR" not in page


def test_a_page_in_hungarian(shop: Path) -> None:
    """Dates and distances stand as Hungarians write them."""
    assert "2026-11-22 V 15:30 (5 óra múlva)" in told(shop, "hu")
    assert "(41 napja)" in told(shop, "hu", at="2027-01-03T10:00:00+01:00")


def test_every_language_has_the_same_words() -> None:
    """No language lacks a word, and no two say all alike."""
    assert len({frozenset(words) for words in WORDS.values()}) == 1
    assert set(WORDS) == set(inputs.LANGUAGES)
    assert len({tuple(words.values()) for words in WORDS.values()}) == len(WORDS)


def test_words_of_a_ruleset_are_never_markup(shop: Path) -> None:
    """What a ruleset or a state says reaches the terminal as plain text."""
    text = (shop / "shop" / "ruleset.yaml").read_text(encoding="utf-8")
    (shop / "shop" / "ruleset.yaml").write_text(
        text.replace("en: Excuses", 'en: "[red]Excuses[/red] :smile:"'), encoding="utf-8"
    )
    page = told(shop, complaint_id="[bold]\x1b[31mK")
    assert "· [red]Excuses[/red] :smile:" in page
    assert "[bold] [31mK" in page
    assert "\x1b" not in page


def test_a_terminal_gets_colours(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal what is late is red; elsewhere nothing is coloured."""
    import sys

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert "\x1b[" in told(shop, at="2027-01-03T10:00:00+01:00")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False, raising=False)
    assert "\x1b[" not in told(shop, at="2027-01-03T10:00:00+01:00")


def test_the_teller_speaks_without_a_stage(shop: Path) -> None:
    """A ruleset without stages, sides and types has a head all the same."""
    policy = load(shop / "shop")
    decision = attrs.evolve(decide(policy, STATE, at=AT), stage="", side=(), types=())
    about, decided = Teller(policy, decision, "en").head()
    assert about == "What to do now"
    assert decided.startswith("As of Sunday 2026-11-22 10:00 (Europe/Budapest), by ruleset Shop")
