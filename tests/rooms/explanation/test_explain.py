"""A whole decision in words: as text, Markdown, HTML and data, in four languages."""

from __future__ import annotations

import json
import re

import attrs
import pytest
from tests.rooms.explanation.hall import decided, hall

from complaint_rules.decision.answer.shape import Notice
from complaint_rules.errors import StateError
from complaint_rules.explanation import (
    as_data,
    as_html,
    as_markdown,
    as_text,
    ask,
    explain,
    explanation,
    why,
)

FACTS = {
    "received_at": "2026-11-20T10:00:00+01:00",
    "order_value": {"amount": "120.5", "currency": "EUR"},
    "fault": "us",
    "channel": "web",
    "amount_paid": {"amount": "500", "currency": "EUR"},
    "complaint_id": "C-7",
    "visits": 4,
    "customer_types": ["vip"],
    "type_basis": {"vip": {"signals": ["pays much"], "expires_at": "2027-01-01T00:00:00+01:00"}},
    "demand": {"kinds": ["money"]},
    "done": [{"action": "ask", "at": "2026-11-23T10:00:00+01:00"}],
}


def test_the_page_says_what_to_do_now() -> None:
    """The text names the actions in order, with owner, due time, status and reason."""
    text = explain(hall(), decided(FACTS))
    assert text.startswith("What to do now\nComplaint C-7\nAs of Tuesday 2026-11-24 12:00 (Europe/")
    assert (
        "- 1. Thank the customer (agent); due Saturday 2026-11-21 10:00; overdue; "
        "deadline: Answer\n"
        "  - Because: Everybody is thanked (thanks)\n"
        "    - Facts: order value = 120.5 EUR\n"
        "    - Source: book 1; Written in ruleset.yaml:"
    ) in text
    assert "Refund; 120.50 EUR; at most 120.50 EUR; approval: lead; answers the customer's" in text
    assert "\n\nLook again: " in text or "\n\nTime alone will not change this decision" in text


def test_every_section_is_told() -> None:
    """A decision with something in every section tells each of them once."""
    facts = {**FACTS, "flags": ["a", "c"], "live": True, "promises": "unknown"}
    facts["answered_at"] = "2026-11-24T11:00:00+01:00"
    facts["harm"] = {"proven": True}
    text = explain(hall(), decided(facts))
    for heading in ("Next actions", "Owed to the customer", "Not offered now", "Deadlines"):
        assert text.count(f"\n\n{heading}\n") == 1
    assert "Besides: Aside" in text
    assert "Stage: going" in text
    assert "vip; applies; given; pays much; until Friday 2027-01-01 00:00" in text
    assert "Angry; applies; recognised by flags" in text
    assert "Softly; while listening; Speak softly; Never shout" in text
    assert (
        "law_money; amount not known yet; due Friday 2026-12-04 10:00; waits for: harm: cost"
        in text
    )
    assert "Thank the customer; set aside: thanks" in text
    assert "Bring in\n- lead" in text
    assert (
        "Answer; due Sunday 2026-11-22 10:00; met late; met Tuesday 2026-11-24 11:00; by law"
        in text
    )


def test_a_paused_target_tells_what_is_left() -> None:
    """While a target stands still its time left is told instead of a due time."""
    facts = {"received_at": "2026-11-23T12:00:00+01:00", "pending_on": "customer"}
    facts["pending_since"] = "2026-11-23T18:30:15+01:00"
    text = explain(hall(), decided(facts))
    assert "Answer; paused; 1 days 17 h 29 min 45 s left; by law" in text


def test_nothing_to_do_is_said() -> None:
    """An empty list of actions is a sentence, not a gap; so is the end of all reviews."""
    facts = {
        "kind": "none",
        "channel": "web",
        "fault": "them",
        "order_value": {"amount": "1", "currency": "EUR"},
    }
    decision = attrs.evolve(decided(facts), actions=(), review_at=None, assumed=())
    text = explain(hall(), decision)
    assert "Next actions\n- Nothing is to be done now" in text
    assert text.endswith("Time alone will not change this decision")
    assert "Assumed" not in text


@pytest.mark.parametrize("language", ["fa", "ar"])
def test_persian_and_arabic_run_from_right_to_left(language: str) -> None:
    """Blocks name direction and language, foreign words are isolated, digits are local."""
    markdown = explain(hall(), decided(FACTS), language=language, form="markdown")
    assert markdown.startswith(f'<div dir="rtl" lang="{language}">\n\n# ')
    assert markdown.endswith("\n\n</div>")
    html = explain(hall(), decided(FACTS), language=language, form="html")
    assert html.startswith(f'<section lang="{language}" dir="rtl">')
    assert "<bdi>C-7</bdi>" in markdown
    assert "<bdi>C-7</bdi>" in html
    amount = {"fa": "۱۲۰٫۵۰", "ar": "١٢٠٫٥٠"}[language]
    assert f"<bdi>{amount} EUR</bdi>" in html
    text = explain(hall(), decided(FACTS), language=language)
    bare = re.sub("\u2068[^\u2068\u2069]*\u2069", "", text)
    assert not re.search("[A-Za-z0-9]", bare)


def test_texts_fall_back_to_english_then_to_the_id() -> None:
    """A text that a language lacks is told in English, and without that by its id."""
    text = explain(hall(), decided(FACTS), language="fa")
    assert "از مشتری تشکر کنید" in text
    assert "\u2068Refund\u2069" in text
    assert "\u2068repair\u2069" not in text
    assert "look_up" not in explain(hall(), decided(FACTS), language="hu")


def test_hungarian_has_its_decimal_comma() -> None:
    """Numbers are written as the language writes them."""
    text = explain(hall(), decided(FACTS), language="hu")
    assert "120,50 EUR" in text
    assert "Határidők" in text


def test_foreign_words_in_english_are_isolated() -> None:
    """A text that runs the other way does not turn the line around it."""
    text = explain(hall(), decided({**FACTS, "complaint_id": "شکایت ۷"}))
    assert "Complaint \u2068شکایت ۷\u2069" in text


def test_nothing_untrusted_gets_out_of_html_or_markdown() -> None:
    """What a host wrote is escaped; controls and line feeds are taken out."""
    evil = "<script>*x* [a](b)\n# \u202egone & `c`"
    decision = decided({**FACTS, "complaint_id": evil})
    html = explain(hall(), decision, form="html")
    assert "<script" not in html
    assert "&lt;script&gt;*x* [a](b) # gone &amp; `c`" in html
    markdown = explain(hall(), decision, form="markdown")
    assert "&lt;script&gt;\\*x\\* \\[a\\](b) \\# gone &amp; \\`c\\`" in markdown
    assert "\u202e" not in explain(hall(), decision)


def test_markdown_opens_no_list_inside_a_line() -> None:
    """A line that begins like a list item or a rule is quiet."""
    decision = decided({**FACTS, "complaint_id": "C-7"})
    assert "\n- 1\\. " in explain(hall(), decision, form="markdown")
    tree = attrs.evolve(explanation(hall(), decision), text="- not a rule")
    assert as_markdown(tree).startswith("# \\- not a rule\n")


def test_the_tree_is_data() -> None:
    """As data an explanation is JSON with the decision's own values and no isolates."""
    tree = explanation(hall(), decided(FACTS), language="fa")
    data = json.loads(json.dumps(as_data(tree), ensure_ascii=False))
    assert data["data"]["language"] == "fa"
    assert data["data"]["decision"]["complaint_id"] == "C-7"
    assert "\u2068" not in json.dumps(data, ensure_ascii=False)
    kinds = {child["kind"] for child in data["children"]}
    assert kinds == {"line", "section"}
    assert tree.children[0].language == "en"


def test_why_tells_one_item_with_its_reasons() -> None:
    """`why` tells the lines of one item; an action that is forbidden shows the prohibition."""
    tree = why(hall(), decided({**FACTS, "flags": ["c"]}), "thank")
    assert as_text(tree).startswith(
        "Why: Thank the customer\n- Thank the customer; set aside: thanks\n"
        "  - Because: Not while angry (no-thanks)\n    - Facts: customer types = Angry, vip\n"
    )
    assert "<h1>Why: Thank the customer</h1>\n<ul>\n<li>" in as_html(tree)
    assert as_markdown(tree).startswith("# Why: Thank the customer\n\n- Thank the customer; ")


def test_why_of_something_absent_says_so() -> None:
    """An item that the decision does not give is not an error."""
    text = as_text(why(hall(), decided(), "remedy:coupon"))
    assert text == "Why: coupon\nThe decision does not give it"


@pytest.mark.parametrize(
    ("item", "first"),
    [
        ("Answer", "did you mean `answer`?"),
        ("action:thnk", "did you mean `thank`?"),
        ("acton:thank", "did you mean `action`?"),
        ("zzz", "`"),
    ],
)
def test_an_unknown_item_is_told_with_the_nearest(item: str, first: str) -> None:
    """A misspelt item or kind is a StateError that suggests the right one."""
    with pytest.raises(StateError) as error:
        why(hall(), decided(), item)
    problem = error.value.report.problems[0]
    assert problem.code == "unknown-item"
    assert first in problem.help


def test_an_id_of_two_kinds_means_the_one_that_is_given() -> None:
    """A bare id that is an action and a prohibition is looked for in the decision first."""
    assert "Never" not in as_text(why(hall(), decided(), "lie"))
    assert why(hall(), decided({"fault": "us"}), "lie").data["item"] == "prohibition:lie"


def test_ask_tells_the_most_decisive_fact_first() -> None:
    """`ask` lists the facts in the decision's order, how each is learned and what it settles."""
    lines = as_text(ask(hall(), decided({"received_at": "2026-11-20T10:00:00+01:00"}))).split("\n")
    assert lines[0] == "What to find out next"
    assert lines[2].startswith("- fault; learned by: investigate; settles: No lies (no-lies)")


def test_ask_says_when_nothing_waits() -> None:
    """Where nothing is asked that is said."""
    decision = attrs.evolve(decided(), asks=())
    assert as_text(ask(hall(), decision)).endswith("Nothing more needs to be known now")


def test_another_rulesets_decision_is_refused() -> None:
    """A decision of another fingerprint is a StateError."""
    decision = decided()
    stamp = attrs.evolve(decision.ruleset, fingerprint="0" * 64)
    with pytest.raises(StateError, match="foreign-decision"):
        explain(hall(), attrs.evolve(decision, ruleset=stamp))


@pytest.mark.parametrize(
    ("options", "code"),
    [({"language": "de"}, "unknown-language"), ({"form": "pdf"}, "unknown-form")],
)
def test_unknown_languages_and_forms_are_refused(options: dict[str, str], code: str) -> None:
    """Languages and forms are the written ones."""
    with pytest.raises(StateError, match=code):
        explain(hall(), decided(), **options)


def test_an_asked_confirmation_names_the_type() -> None:
    """A confirmation that is asked for is told in words, with the type."""
    text = as_text(ask(hall(), decided({"visits": 9, "live": True})))
    assert "who confirmed taker" in text


def test_what_has_no_place_in_the_ruleset_is_told_without() -> None:
    """The package's own reasons have neither source nor place; a known amount is told."""
    facts = {"entitlement": {"amount": {"amount": "7", "currency": "EUR"}}}
    text = as_text(why(hall(), decided(facts), "entitlement"))
    assert text.startswith(
        "Why: entitlement\n- entitlement; 7.00 EUR\n  - Because: The customer is"
    )
    assert "Written" not in text
    assert "Source" not in text


def test_notices_are_told_in_words() -> None:
    """A notice of the decision is a sentence about an item; a ruleset may have no stages."""
    decision = decided(FACTS)
    noticed = attrs.evolve(decision, notices=(Notice("never-open", "answer"),), stage="")
    text = explain(hall(), noticed)
    assert "Please note\n- a calendar that never opens: answer" in text
    assert "Stage" not in text
