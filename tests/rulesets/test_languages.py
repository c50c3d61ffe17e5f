"""The shipped rulesets speak four languages: each its own words, none of another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations

import pytest

from complaint_rules.facts import Fact, Kind
from complaint_rules.handbook import as_html, handbook
from complaint_rules.loading import load, packaged
from complaint_rules.policy import Policy

LANGUAGES = ("en", "fa", "hu", "ar")
SAME = re.compile(r"[\W\d_]*")
"""What may be the same in two languages: nothing but figures and marks."""
UNKIND = re.compile(
    r"abus|exploit|greedy|"
    r"زیاده.?خواه|سوء.?استفاده|"
    r"visszaél|méltánytalan|"
    r"استغلال|مستغل",
    re.IGNORECASE,
)
"""Words for a customer who asks too much; they are for whoever handles the complaint only."""


@pytest.fixture(scope="module", params=packaged())
def policy(request: pytest.FixtureRequest) -> Policy:
    """Each shipped ruleset."""
    return load(request.param)


def _texts(policy: Policy) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield every text that a reader may see, with where it stands."""
    sections = {
        "actions": policy.actions.values(),
        "manner": policy.manner.values(),
        "remedies": policy.remedies.values(),
        "groups": policy.groups.values(),
        "targets": policy.targets.values(),
        "types": policy.types.values(),
        "rules": policy.rules,
        "stages": (*policy.stages, *policy.sides),
        "sequences": policy.sequences,
        "settings": policy.settings.values(),
        "openings": policy.openings.values(),
    }
    for section, items in sections.items():
        for item in items:
            yield f"{section} {item.id}: title", item.title
            yield f"{section} {item.id}: text", item.text
            guidance = getattr(item, "guidance", None)
            if guidance is not None:
                yield f"{section} {item.id}: do", guidance.do
                yield f"{section} {item.id}: avoid", guidance.avoid
    yield "ruleset: title", policy.title
    for name, fact in policy.facts.items():
        yield f"facts {name}: title", fact.title
    for target in policy.targets.values():
        for row in target.table.rows if target.table is not None else ():
            yield f"targets {row.id}: text", row.text


def test_every_text_stands_in_every_language(policy: Policy) -> None:
    """A text that is there at all is there in all four."""
    lacking = [where for where, texts in _texts(policy) if texts and set(texts) < set(LANGUAGES)]
    assert lacking == []


def test_texts_differ_pairwise_between_languages(policy: Policy) -> None:
    """No text of one language stands unchanged as that of another."""
    alike = [
        (where, texts[one])
        for where, texts in _texts(policy)
        for one, other in combinations([name for name in LANGUAGES if name in texts], 2)
        if texts[one].casefold() == texts[other].casefold() and not SAME.fullmatch(texts[one])
    ]
    assert alike == []


@pytest.mark.parametrize("language", ["fa", "ar"])
def test_persian_and_arabic_hold_no_latin_letters(policy: Policy, language: str) -> None:
    """Outside placeholders in braces no Latin letter stands in them."""
    latin = [
        (where, texts[language])
        for where, texts in (*_texts(policy), *policy.words.items())
        if re.search("[A-Za-z]", re.sub(r"{[^}]*}", "", texts.get(language, "")))
    ]
    assert latin == []


def test_every_word_has_what_a_reader_calls_it(policy: Policy) -> None:
    """Values of choices, levels and sets, roles and channels are titled in every language."""
    items = {*policy.types, *policy.actions, *policy.remedies, *policy.calendars}
    items |= {stage.id for stage in (*policy.stages, *policy.sides)}
    words = {value for fact in policy.facts.values() for value in _values(fact)} - items
    words |= {action.owner for action in policy.actions.values() if action.owner}
    words |= {action.channel for action in policy.actions.values() if action.channel}
    words |= {*policy.approvals}
    words |= {role for rule in policy.rules for role in rule.escalate}
    assert sorted(words - set(policy.words)) == []
    assert [word for word, told in policy.words.items() if set(told) < set(LANGUAGES)] == []


def _values(fact: Fact) -> Iterator[str]:
    if fact.kind in (Kind.CHOICE, Kind.LEVEL, Kind.SET):
        yield from fact.values


@pytest.mark.parametrize("language", ["fa", "ar"])
def test_a_handbook_holds_no_english_word(policy: Policy, language: str) -> None:
    """Only ids and sources, which stand in code, are Latin on a Persian or Arabic page."""
    page = as_html(handbook(policy, language=language))
    body = re.sub(r"<code.*?</code>", "", page[page.index("<body>") :])
    assert re.findall(r"[A-Za-z]{2,}", re.sub(r"<[^>]+>|&\w+;", " ", body)) == []


def test_no_unkind_word_is_meant_for_the_customer(policy: Policy) -> None:
    """
    What the customer reads or is offered never calls them names.

    Titles and texts of remedies and groups are offered in so many words; titles of targets and
    of stages are what a customer's own page would show; the words of values are said to anybody.
    """
    told = [
        (f"{section} {item.id}", text)
        for section, items in (
            ("remedies", policy.remedies.values()),
            ("groups", policy.groups.values()),
            ("targets", policy.targets.values()),
            ("stages", (*policy.stages, *policy.sides)),
        )
        for item in items
        for text in (*item.title.values(), *item.text.values())
    ]
    told += [(word, text) for word, texts in policy.words.items() for text in texts.values()]
    assert [each for each in told if UNKIND.search(each[1])] == []
