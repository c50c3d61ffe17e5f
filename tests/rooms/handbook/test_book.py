"""The chapters of a handbook, and what they say of each item."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest

from complaint_rules.handbook import Book, Reason, handbook, reasons, stories
from complaint_rules.loading import loads
from complaint_rules.policy import Policy
from complaint_rules.testing import Case, read_suite

Read = Callable[[Book, str], str]


def test_the_title_page_holds_what_names_the_ruleset(shop: Policy, book: Book) -> None:
    """Id, edition, fingerprint, currency, calendar; nothing of the day it is printed."""
    rows = dict(book.front.rows)
    assert [str(word.text) for word in rows["Fingerprint"] if not isinstance(word, str)] == [
        shop.fingerprint
    ]
    assert list(rows) == ["Ruleset", "Edition", "Fingerprint", "Currency", "Usual calendar"]
    assert book.front.sign == ("Approved by", ("Name and signature", "Position", "Date"))
    assert book == handbook(shop)


def test_every_chapter_stands_in_order(book: Book) -> None:
    """The chapters are those an owner looks for, none of deviations without a parent."""
    assert [chapter.anchor for chapter in book.chapters] == [
        *("reading", "types", "manner", "stages", "targets", "prohibitions", "remedies"),
        *("actions", "sequences", "rules", "calendars", "settings", "facts"),
    ]


def test_a_chapter_without_anything_is_left_out() -> None:
    """The smallest ruleset has no empty chapters."""
    book = handbook(loads('{format: 1, id: a, edition: "1", title: A, currency: EUR}'))
    anchors = [chapter.anchor for chapter in book.chapters]
    assert "types" not in anchors
    assert "rules" not in anchors
    assert "calendars" in anchors


@pytest.mark.parametrize(
    ("anchor", "told"),
    [
        ("type-calm", "told by the system, never guessed"),
        ("type-loud", "Confirmation a human confirms it first Ends after 30 days Manner Softly"),
        ("manner-soft", "while listening"),
        ("stages", "1. Begun In Told_at has not happened yet"),
        ("stages", "Beside the stage"),
        ("target-reply", "by law"),
        ("target-reply", "Pauses the clock stands still while the customer is waited for"),
        ("target-reply", "Not before 1 hour Due the same day, to its end"),
        ("target-reply", "customer types Severity s1 s2 s3"),
        ("target-reply", "everybody 1 working minute 2 working hours 1 week"),
        ("target-reply", "Loud at once 1 month (from 2026-01-01) –"),
        ("target-reply", "Far away Channel is shop 5 days"),
        ("target-reply", "Set by rules Speak softly to loud ones : 30 minutes"),
        ("target-reply", "Source LAW , S1 , S3"),
        ("action-shout", "Forbidden by Speak softly to loud ones Source S2"),
        ("never-write", "Forbidden by Speak softly to loud ones"),
        ("remedy-gift", "voucher"),
        ("remedy-gift", "Approved by agent up to 50 EUR lead above that"),
        ("remedy-gift", "Not together with refund Answers the wish for goods Cost to us 2 EUR"),
        ("remedy-gift", "Withheld by Speak softly to loud ones Capped by"),
        ("remedy-refund", "by law owed"),
        ("remedy-refund", "The first row that fits counts."),
        ("remedy-refund", "in every other case 5 EUR"),
        ("remedy-help", "Amount in kind Approved by nobody need approve"),
        ("group-extra", "Remedies Gift Opens when Told_at has happened At most 100 EUR"),
        ("action-ask", "with the deadline Reply at once after 1/4 of the deadline Reply"),
        ("action-ask", "2 working days, to the end of the day from: receipt"),
        ("action-ask", "Again in every round of Reply Do Kindly Avoid Twice"),
        ("action-greet", "at most 2 times"),
        ("action-write", "Again only once"),
        ("sequence-usual", "Steps Greet Ask"),
        ("rule-loud-softly", "Do: Greet , Ask (at once) Never: Shouting , write"),
        ("rule-loud-softly", "At most: all remedies together – 100 EUR"),
        ("rule-loud-softly", "Approved by: Extras – lead"),
        ("rule-loud-softly", "Bring in: lead"),
        ("rule-all-greeted", "When always"),
        ("rule-all-greeted", "Valid from 2026-01-01 Source LAW"),
        ("calendar-desk", "usual"),
        ("calendar-desk", "Monday: 09:00–12:00, 13:00–17:00"),
        ("calendar-desk", "on the public holidays and days of HU"),
        ("calendar-desk", "2026-12-24: 09:00–12:00 2026-12-31: closed"),
        ("settings", "The limit limit 50 EUR, 45 GBP S1"),
        ("settings", "The share share 12.5% our default"),
        ("settings", "3 (from 2026-01-01 to 2026-12-31) 2 (until 2025-12-31) by law LAW"),
        ("settings", "grace 3 days"),
        ("settings", "open_now yes"),
        ("settings", "first_day 2026-01-01"),
        ("settings", "both email, phone"),
        ("facts", "Channel channel one of: phone, email, letter, shop Learned by: Ask"),
        ("facts", "number of entries in parcels with: It is lost Sent is before now"),
        ("facts", "latest sent in parcels with: Not so: It is lost"),
        ("facts", "worked out by the program"),
        ("facts", "It is paid phone Not so: It is paid email in every other case letter"),
        ("facts", "true when: Severity is one of s1, s2"),
    ],
)
def test_an_item_is_told(book: Book, words: Read, anchor: str, told: str) -> None:
    """What the ruleset says of an item stands in its entry, in words."""
    assert told in words(book, anchor).replace("grace grace", "grace")


def test_persian_tells_the_same_in_persian(shop: Policy, words: Read) -> None:
    """Titles, phrases, digits and the words of values are Persian."""
    book = handbook(shop, language="fa")
    assert book.numbers[:2] == ("۱", "۲")
    assert "کمترینِ (بیشترینِ (۱۲٫۵٪" in words(book, "remedy-gift")
    assert "۵۰ یورو" in words(book, "remedy-gift")
    assert "کارشناس تا ۵۰ یورو" in words(book, "remedy-gift")


NUMBERED = """
format: 1
id: n
edition: "1"
title: {en: N}
currency: EUR
words: {house: {title: {en: our default, fa: پیش‌فرض ما}}}
actions:
  greet: {title: {en: Greet}, conduct: yes, source: [house-07, house, house-plan, S-3]}
"""


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "our default 7 , our default , house-plan , S-3"),
        ("fa", "پیش‌فرض ما ۷ ، پیش‌فرض ما ، house-plan ، S-3"),
    ],
)
def test_a_numbered_decision_of_ours_is_told_by_its_word(
    language: str, told: str, words: Read
) -> None:
    """A source that is a word and a number is told so; any other stands as it is written."""
    assert told in words(handbook(loads(NUMBERED), language=language), "action-greet")


TABLE = """
format: 1
id: t
edition: "1"
title: {en: T}
currency: EUR
facts:
  level: {kind: level, values: [low, mid, high, top]}
  channel: {kind: choice, values: [phone, email]}
  tags: {kind: set, values: [a, b]}
  paid: {kind: yes_no}
targets:
  plain:
    when: always
    from: received_at
    met_by: received_at
    table: {hit: "C<", out: [due], rows: [{row: a, paid: yes, due: 1 h}]}
  wide:
    when: always
    from: received_at
    met_by: received_at
    table:
      hit: "C<"
      out: [due]
      rows:
        - {row: a, level: low, paid: yes, channel: "not(email)", due: 1 h}
        - {row: b, level: mid, paid: yes, channel: "not(email)", due: 1 h}
        - {row: c, level: high, paid: yes, channel: "not(email)", due: 1 h}
        - {row: d, level: top, tags: {none: [a]}, due: 1 h}
        - {row: e, level: "not(top)", due: 2 h}
  odd:
    when: always
    from: received_at
    met_by: received_at
    table:
      hit: "C<"
      out: [due]
      rows:
        - {row: a, level: low, tags: {none: [a]}, due: 1 h}
        - {row: b, level: mid, due: 1 h}
        - {row: c, level: high, due: 1 h}
        - {row: d, level: top, due: 1 h}
        - {row: e, due: 9 h}
  mixed:
    when: always
    from: received_at
    met_by: received_at
    table:
      hit: "C<"
      out: [due]
      rows:
        - {row: a, level: low, tags: a, due: 1 h}
        - {row: b, level: mid, channel: phone, due: 1 h}
        - {row: c, level: high, due: 1 h}
        - {row: d, level: top, due: 1 h}
"""


def test_tables_take_the_shape_that_fits_them(words: Read) -> None:
    """Few rows are listed; one fact goes across the top; labels are values or whole tests."""
    book = handbook(loads(TABLE))
    assert "By case When Then Source Paid 1 hour" in words(book, "target-plain")
    wide = words(book, "target-wide")
    assert "When level top high mid low" in wide
    assert "Paid Channel is not email – 1 hour 1 hour 1 hour" in wide
    assert "Level is not top 2 hours" in wide
    odd = words(book, "target-odd")
    assert "Tags holds none of a – – – 1 hour" in odd
    assert "Always 9 hours" in odd
    assert "When level top high mid low" in words(book, "target-mixed")


def test_an_output_that_a_row_leaves_open_is_left_open(words: Read) -> None:
    """Nothing stands where a row gives nothing."""
    policy = loads(TABLE)
    target = policy.targets["plain"]
    assert target.table is not None
    row = attrs.evolve(target.table.rows[0], outputs={})
    bare = attrs.evolve(target, table=attrs.evolve(target.table, rows=(row,)))
    told = handbook(attrs.evolve(policy, targets={"plain": bare}))
    assert words(told, "target-plain").endswith("By case When Then Source Paid")


# ------------------------------------------------------------------- deviations


def test_what_a_child_does_otherwise_is_told(shop: Policy, child: Policy, words: Read) -> None:
    """New, changed and dropped items stand in a chapter of their own, with figures before."""
    told = words(handbook(child, parents=(shop,)), "deviations")
    for line in (
        "figure The limit limit changed figure 60 EUR before: 50 EUR, 45 GBP",
        "figure Days extra_days new 2",
        "figure grace grace left out",
        "calendar The desk desk changed hours",
        "remedy help help changed condition",
        "action Welcome greet changed words, who",
        "rule Speak softly to loud ones loud-softly changed",
        "order of an answer Usual usual left out",
    ):
        assert line in told


def test_a_child_names_what_it_builds_on(child: Policy) -> None:
    """The title page names the rulesets it extends."""
    assert "Builds on" in dict(handbook(child).front.rows)


def test_a_child_without_a_difference_says_so(shop: Policy, words: Read) -> None:
    """Nothing new, changed or dropped is said in a sentence."""
    same = attrs.evolve(shop, extends=("shop",))
    assert "It differs in nothing." in words(handbook(same, parents=(shop,)), "deviations")


def test_reasons_of_deviations_are_told(shop: Policy, child: Policy, words: Read) -> None:
    """English has the reasons beside the scenarios; other languages only name the scenarios."""
    because = (Reason("shop:first/angry", "We are quicker"),)
    english = words(handbook(child, parents=(shop,), reasons=because), "deviations")
    assert "shop:first/angry We are quicker" in english
    persian = handbook(child, language="fa", parents=(shop,), reasons=because)
    assert "shop:first/angry" in words(persian, "deviations")
    assert "quicker" not in words(persian, "deviations")


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    """The cases of one scenario file of core."""
    return read_suite("core", only=["scenarios/silent-outreach.yaml"]).cases


def test_the_scenarios_of_core_show_its_sources(cases: tuple[Case, ...]) -> None:
    """Stories are gathered by source, a table's rows as one."""
    shown = stories(cases)
    assert shown
    for told in shown.values():
        assert len({story.name for story in told}) == len(told)
        assert not any("[" in story.name for story in told)
    assert reasons(cases) == ()


def test_reasons_are_gathered_from_cases(cases: tuple[Case, ...]) -> None:
    """A case that is meant to be answered otherwise gives its reason once, all rows together."""
    case = cases[0]
    rows = [attrs.evolve(case, ruleset="core", row=row, because="So") for row in ("a", "b")]
    assert reasons(rows) == (Reason(f"core:{case.stem}/{case.scenario}", "So"),)
