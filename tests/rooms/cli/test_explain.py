"""`complaint-rules explain`: why, why not, and what to ask."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaint_rules import decide, explain, load

Cli = Callable[..., Any]
AT = "2026-11-22T10:00:00+01:00"
SHOP = ("explain", "--ruleset", "shop", "--at", AT)


def test_the_whole_decision_in_words(cli: Cli, shop: Path) -> None:
    """Without a question everything is told, as `explain` tells it."""
    policy = load(shop / "shop")
    import json

    state = json.loads((shop / "state.json").read_text())
    expected = explain(policy, decide(policy, state, at=AT))
    said = cli(*SHOP, "state.json")
    assert (said.code, said.out, said.err) == (0, expected + "\n", "")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["--why", "thank"], "Because: Customers are thanked (thanks)"),
        (["--why-not", "flowers"], "Why not: Flowers"),
        (["--ask"], "What to find out next"),
        (["--why", "thank", "--language", "fa"], "سپاس از مشتری"),
        (["--why", "thank", "--form", "html"], "<"),
        (["--why", "thank", "--form", "markdown"], "# Why"),
    ],
)
def test_one_question_at_a_time(cli: Cli, shop: Path, words: list[str], part: str) -> None:
    """Why, why not and what to ask are told in every language and form."""
    said = cli(*SHOP, *words, "state.json")
    assert said.code == 0
    assert part in said.out


@pytest.mark.parametrize(
    ("words", "kind"),
    [(["--why", "thank"], "why"), (["--ask"], "asks"), ([], "decision")],
)
def test_the_explanation_as_data(cli: Cli, shop: Path, words: list[str], kind: str) -> None:
    """With `--json` the tree of sentences is printed."""
    assert cli(*SHOP, *words, "--json", "state.json").data["kind"] == kind


def test_what_is_wrong_is_told(cli: Cli, shop: Path) -> None:
    """An item that the ruleset does not know is a failure with a suggestion."""
    said = cli(*SHOP, "--why", "thnak", "state.json")
    assert (said.code, said.out) == (1, "")
    assert "did you mean `thank`?" in said.err
    assert cli(*SHOP, "--why-not", "thnak", "--json", "state.json").data["errors"] == 1
    late = b'{"received_at": "2027-01-01T00:00:00Z"}'
    assert "future-happening" in cli(*SHOP, "-", stdin=late).err
