"""The forms say the same: the verdict first, every change, every difference with its example."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import attrs
import pytest

from complaint_rules import decide, load
from complaint_rules.decision import to_json
from complaint_rules.diff import Complaint, Diff, as_data, compare, read_edition, render
from complaint_rules.diff.forms import Limits, report
from complaint_rules.diff.forms.markdown import escaped
from complaint_rules.diff.forms.words import cut, listed

Compared = Callable[..., Diff]
Write = Callable[..., Path]
AT = 1_795_518_000
BASE = {"received_at": "2026-11-24T09:00:00+01:00", "insulted": "no", "amount_paid": "60 EUR"}
EDITS = [
    ("value: 20 EUR", "value: 25 EUR"),
    ("due: 4 h", "due: 5 h"),
    ("never: [blame]", "never: []"),
    ("{en: Listen}", "{en: 'Listen | <b>`hard`</b>'}"),
    ("then: {do: [listen]}", "then: {do: [listen, call]}"),
]
VOUCHER = "when: {angry: yes}\n    amount: 5 EUR"
ALL = Limits(changes=100, groups=100, letters=500, facts=10_000)


class Reader(HTMLParser):
    """Reads a page: its text, and that every element that opens is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_the_verdict_comes_first(compared: Compared) -> None:
    """How much changed, for how many, of what kind, what it costs."""
    complaints = [Complaint("row 1", BASE, AT), Complaint("x", BASE, AT, "made up")]
    told = report(compared(*EDITS, complaints=complaints), ALL).verdict
    sums = "+5.00 EUR, from 20.00 EUR to 25.00 EUR, where the dearest offers are taken"
    assert told[:3] == (
        "5 changes; 2 of 2 complaints decided differently",
        "decided differently: 1 of 1 recorded complaint, 1 of 1 made-up case",
        "what differs: more money 2, higher cap 2, due later 2, no longer forbidden 2",
    )
    assert told[3:] == (
        f"money, recorded complaints: {sums}",
        f"money, scenarios and made-up cases: {sums}",
    )


@pytest.mark.parametrize(
    ("complaints", "told"),
    [
        ([], "no change in words; no complaint was decided by both"),
        (
            [Complaint("a", BASE, AT)],
            "no change in words; the one complaint looked at is decided the same",
        ),
        (
            [Complaint("a", BASE, AT)] * 2,
            "no change in words; all 2 complaints looked at are decided the same",
        ),
    ],
)
def test_where_nothing_differs(complaints: list[Complaint], told: str, compared: Compared) -> None:
    """The reader hears that nothing changes, and on how many complaints that stands."""
    found = compared(complaints=complaints)
    assert report(found, ALL).verdict == (told,)
    assert render(found, "markdown").endswith(f"**{told}**\n")
    assert told in render(found, "html")


def test_caveats_are_told(write: Write) -> None:
    """Two rulesets, two currencies, faulty scenarios and broken rows are said."""
    bad = "format: 1\nscenarios:\n  - {id: x, tale: y}\n"
    old = read_edition(write("old", scenarios=bad))
    edits = [("id: shop\n", "id: store\n"), ("currency: EUR", "currency: USD")]
    new = attrs.evolve(read_edition(write("new", *edits)), name="new/store")
    facts = {"received_at": BASE["received_at"], "oops": 1}
    told = report(compare(old, new, [Complaint("a", facts, AT)]), ALL).verdict
    assert "these are two rulesets, `shop` and `store`, not two editions of one" in told
    assert "they count in EUR and USD: amounts cannot be set side by side" in told
    assert any("in the scenarios of" in line and "left out" in line for line in told)
    assert "1 complaint could not be decided by either: unknown-fact" in told


def test_a_group_is_told_with_its_example(compared: Compared) -> None:
    """A block says what, how much, with what, who, which, the example and both reasons."""
    complaints = [Complaint(f"row {n}", BASE | {"calendar": "tokyo"}, AT) for n in range(7)]
    complaints.append(Complaint("s", BASE, AT, "scenario"))
    found = report(compared(*EDITS, complaints=complaints), ALL)
    (block,) = [each for each in found.blocks if each.heading.startswith("due later")]
    assert block.heading == "due later: answer (First answer)"
    assert block.count == "8 complaints"
    day = "Tuesday 2026-11-24"
    assert block.lines == (
        "how much: 1 h later",
        "with it 2 actions: apologise 8, thank 8",
        "from: 7 recorded complaints, 1 moment of a scenario",
        "by customer type: calm 8",
        "complaints: row 0, row 1, row 2, row 3, row 4, 3 more",
        f"example: row 0, decided as of {day} 20:00 (Asia/Tokyo): {day} 21:00 → {day} 22:00",
    )
    assert json.loads(block.facts) == BASE | {"calendar": "tokyo"}
    assert [each.edition for each in block.reasons] == ["old", "new"]
    (money,) = [each for each in found.blocks if each.heading.startswith("more money")]
    assert "how much: +5.00 EUR" in money.lines
    (forbidden,) = [each for each in found.blocks if each.heading.startswith("no longer")]
    assert forbidden.lines[-1].endswith("(Asia/Tokyo)")


def test_shifts_both_ways_are_told(compared: Compared) -> None:
    """The least and the most, and whether it is sooner."""
    complaints = [
        Complaint("a", BASE | {"amount_paid": "44 EUR"}, AT),
        Complaint("b", BASE, AT),
    ]
    found = compared(
        ("value: 20 EUR", "value: 25 EUR"), ("due: 4 h", "due: 3 h"), complaints=complaints
    )
    lines = [block.lines[0] for block in report(found, ALL).blocks]
    assert "how much: +2.00 EUR to +5.00 EUR" in lines
    assert "how much: 1 h earlier" in lines


def test_what_there_is_no_room_for_is_counted(compared: Compared) -> None:
    """Changes and groups beyond the limits are counted; of each kind the largest group stays."""
    complaints = [Complaint("a", BASE | {"insulted": "yes", "severity": "s1"}, AT)]
    found = compared(*EDITS, complaints=complaints)
    small = report(found, Limits(changes=1, groups=1, letters=20, facts=10))
    assert (len(small.changes), small.more_changes) == (1, 4)
    assert (len(small.blocks), small.more_blocks) == (1, len(found.groups) - 1)
    assert small.blocks[0].facts == ""
    for write in ("markdown", "html"):
        assert "more changes" not in render(found, write)


def test_more_is_said_in_every_form(compared: Compared, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a form leaves something out it says how much."""
    from complaint_rules.diff import forms

    tight = {
        name: (write, Limits(changes=1, groups=1, letters=30, facts=1))
        for name, (write, _) in forms.FORMS.items()
    }
    monkeypatch.setattr(forms, "FORMS", tight)
    found = compared(*EDITS, complaints=[Complaint("a", BASE, AT)])
    for name in tight:
        told = render(found, name)
        assert "and 4 more changes" in told
        assert "more groups of differences" in told


def test_markdown_is_short_enough_for_a_pull_request(compared: Compared) -> None:
    """However much changes and however long the facts, it stays under 65,536 letters."""
    extra = "".join(
        f"  - id: rule-{number}\n    text: {{en: '{'long ' * 60}'}}\n    source: [house]\n"
        f"    when: always\n    then: {{do: [act_{number}]}}\n"
        for number in range(90)
    )
    actions = "".join(
        f"  act_{number}: {{title: {{en: '{'title ' * 40}'}}, owner: agent, source: [house]}}\n"
        for number in range(90)
    )
    facts = BASE | {"complaint_id": "x" * 900}
    complaints = [Complaint("n" * 60, facts, AT) for _ in range(30)]
    edits = [("rules:\n", f"rules:\n{extra}"), ("manner:\n", f"{actions}manner:\n")]
    told = render(compared(*edits, complaints=complaints), "markdown")
    assert 5_000 < len(told) < 65_536
    assert "and 150 more changes" in told
    assert "more groups of differences" in told


def test_markdown_is_well_formed(compared: Compared) -> None:
    """Tables have equal cells, fences are closed, nothing of a ruleset means anything to it."""
    found = compared(*EDITS, complaints=[Complaint("a `b`", BASE | {"complaint_id": "```x"}, AT)])
    told = render(found, "markdown")
    for line in told.splitlines():
        if line.startswith("| "):
            assert len(re.findall(r"(?<!\\)\|", line)) in (4, 6)
    assert told.count("<details>") == told.count("</details>") > 0
    assert "````json" in told
    assert "\\<b\\>" in told
    assert escaped("a|b\nc") == "a\\|b c"


def test_html_is_a_page_that_needs_nothing(compared: Compared) -> None:
    """Every element is closed, everything is escaped, nothing is loaded."""
    found = compared(*EDITS, complaints=[Complaint("<i>", BASE, AT)])
    page = render(found, "html")
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    assert "<i>" not in page
    assert "src=" not in page
    assert "href=" not in page
    text = " ".join(reader.text)
    assert "2 of 2" not in text
    for part in ("What changed", "Money: recorded complaints", "By customer type", "What it does"):
        assert part in text
    assert "old edition" in text


def test_a_group_without_facts_or_reasons(compared: Compared) -> None:
    """Where there is nothing to fold away, nothing is folded."""
    edit = (
        "id: solved, title: {en: Solved}, when: {answered_at: happened}",
        "id: solved, title: {en: Solved}, when: {severity: s2}",
    )
    found = compared(edit, complaints=[Complaint("a", BASE | {"complaint_id": "x" * 30_000}, AT)])
    assert "other stage: open → solved" in render(found, "markdown")
    assert "<details" not in render(found, "markdown")
    assert "<details" not in render(found, "html")


def test_data_can_be_decided_again(compared: Compared, tmp_path: Path) -> None:
    """The JSON is plain; an example's facts, decided by either edition, give what it says."""
    found = compared(*EDITS)
    data = json.loads(json.dumps(as_data(found)))
    assert data["decided"] == {"scenario": 3}
    assert {each["type"] for each in data["types"]} == {"calm", "shouting"}
    for name, side in (("old", "before"), ("new", "after")):
        policy = load(tmp_path / name)
        for group in data["groups"]:
            example = group["example"]
            decision = to_json(decide(policy, example["facts"], at=example["at"]))
            if group["kind"] == "due later":
                (target,) = [t for t in decision["targets"] if t["id"] == group["about"]]
                assert target["due"] == example[side]
                assert group["shift"]["s"] == [3600, 3600]
            elif group["kind"] == "more money":
                (offer,) = [c for c in decision["choices"] if c["remedy"] == group["about"]]
                assert offer["amount"] == example[side]
    assert {each["why"].keys() >= {"new"} for each in (g["example"] for g in data["groups"])}
    assert {(each["of"], each["remedy"]) for each in data["money"]} >= {
        ("made up", "gift"),
        ("made up", None),
    }


def test_data_explains_only_the_first_groups(
    compared: Compared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reasons cost time: beyond a number of groups they are left out."""
    from complaint_rules.diff.forms import data

    monkeypatch.setattr(data, "_MOST_EXPLAINED", 1)
    groups = as_data(compared(*EDITS))["groups"]
    assert groups[0]["example"]["why"]
    assert groups[1]["example"]["why"] == {}


def test_what_nobody_says_is_left_out(compared: Compared) -> None:
    """Without a customer type no line tells one; an id without a title stands alone."""
    edits = [
        (VOUCHER, f"{VOUCHER.replace('yes', 'no')}"),
        ("escalate: [lead]", "escalate: [agent]"),
    ]
    facts = BASE | {"angry": "yes", "severity": "s1"}
    found = compared(*edits, complaints=[Complaint("a", facts, AT)])
    bare = attrs.evolve(found, groups=tuple(attrs.evolve(each, types={}) for each in found.groups))
    blocks = {each.heading: each for each in report(bare, ALL).blocks}
    assert not any("customer type" in line for each in blocks.values() for line in each.lines)
    assert "now escalated: agent" in blocks
    assert blocks["no longer offered: voucher (Voucher)"].lines[-1].endswith("5.00 EUR → nothing")


def test_words_are_cut_and_counted() -> None:
    """Long texts end in an ellipsis, long lists in a number."""
    assert cut("a\nb", 10) == "a b"
    assert cut("abcdefgh", 5) == "abc …"
    assert listed({"a": 1, "b": 2000}) == "a 1, b 2,000"
    assert listed({str(n): n for n in range(10)}).endswith("7 7, 2 more")


def test_there_is_no_other_form(compared: Compared) -> None:
    """An unknown form is refused."""
    with pytest.raises(KeyError):
        render(compared(complaints=[]), "pdf")
