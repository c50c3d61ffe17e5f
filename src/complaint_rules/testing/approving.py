"""Decisions that were looked at once and kept: a later one is compared with what was approved."""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from complaint_rules.decision import Decision, to_json

ACCEPT: Final = "COMPLAINT_RULES_ACCEPT"
"""The environment variable that rewrites approved files; `pytest --accept` sets it."""
STAMP: Final = ("ruleset", "reasons")
"""What a comparison leaves out unless told otherwise: every edit of a ruleset changes these."""
_MOST_LINES: Final = 60


def approve(
    decision: Decision | Iterable[Decision],
    path: str | Path,
    *,
    leave_out: Iterable[str] = STAMP,
    accept: bool | None = None,
) -> None:
    """
    Compare a decision with the one that was approved, and fail with the difference.

    The approved one is a JSON file that belongs into version control. It is written, or rewritten,
    where that is asked for; look at its diff before you commit it.

    Example:
        ::

            def test_angry_email(policy):
                decision = decide(policy, ANGRY_EMAIL, at="2026-11-24T10:00:00+01:00")
                approve(decision, Path(__file__).parent / "approved" / "angry-email.json")

    Args:
        decision: The decision, or several: of one complaint through time.
        path: The file.
        leave_out: Keys of a decision that do not count.
        accept: Write the file instead of comparing; `None`: if ``pytest --accept`` was said, or
            the environment variable ``COMPLAINT_RULES_ACCEPT`` is ``1``.

    Raises:
        AssertionError: They differ, or nothing is approved yet.
    """
    __tracebackhide__ = True
    file, left_out = Path(path), frozenset(leave_out)
    new = _text(decision, left_out)
    if os.environ.get(ACCEPT) == "1" if accept is None else accept:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(new, encoding="utf-8", newline="\n")
        return
    try:
        old = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise AssertionError(
            f"no decision is approved at {file}\n"
            "look at this one, then run `pytest --accept` to approve it:\n"
            f"{_first(new.splitlines())}"
        ) from None
    if old != new:
        raise AssertionError(
            f"the decision is not the one approved at {file}\n"
            "if it is right now, run `pytest --accept`, and look at the file's diff:\n"
            f"{_first(_difference(old, new))}"
        )


def _text(decision: Decision | Iterable[Decision], left_out: frozenset[str]) -> str:
    told: Any
    if isinstance(decision, Decision):
        told = _kept(to_json(decision), left_out)
    else:
        told = [_kept(to_json(each), left_out) for each in decision]
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _kept(data: Mapping[str, Any], left_out: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in left_out}


def _difference(old: str, new: str) -> Iterator[str]:
    lines = difflib.unified_diff(
        old.splitlines(), new.splitlines(), "approved", "now", lineterm="", n=4
    )
    yield from lines


def _first(lines: Iterable[str]) -> str:
    every = list(lines)
    more = [f"… and {len(every) - _MOST_LINES:,} lines more"] if len(every) > _MOST_LINES else []
    return "\n".join([*every[:_MOST_LINES], *more])
