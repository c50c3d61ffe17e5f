"""A failed case in words: what differs, where that is expected, and the why or why-not of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from complaint_rules.composition import MAIN
from complaint_rules.decision.answer.codec import instant_text
from complaint_rules.errors import StateError
from complaint_rules.explanation import as_text, why, why_not
from complaint_rules.policy import Policy
from complaint_rules.testing.cases import Case
from complaint_rules.testing.comparing import Difference
from complaint_rules.testing.playing import Outcome, Played, Status

_KINDS: Final = {
    "types": "type",
    "actions": "action",
    "manner": "manner",
    "targets": "target",
    "owed": "remedy",
    "choices": "remedy",
    "goodwill": "remedy",
    "withheld": "remedy",
    "prohibitions": "prohibition",
    "escalations": "escalation",
}
"""What an explanation calls the items of a section."""
_EXPLAINED: Final = 3
"""Differences of one moment that are explained; the others are only told."""
_ISOLATES: Final = {0x2068: None, 0x2069: None}


def told(policy: Policy, outcome: Outcome, *, explained: bool = True) -> str:
    """
    Return what became of a case that is not as it should be, in lines without a blank at the end.

    Args:
        policy: The policy it was played against.
        outcome: What became of it.
        explained: Say also why each item is there, or why not and what would bring it.
    """
    return "\n".join(_lines(policy, outcome, explained=explained))


def _lines(policy: Policy, outcome: Outcome, *, explained: bool) -> Iterator[str]:
    case = outcome.case
    yield case.story
    if outcome.status is Status.UNEXPECTED:
        yield f"{case.span}: all it expects holds now, so take `expected_failure` out"
        yield f"  it was expected to fail: {case.expected_failure}"
    if outcome.status is Status.STALE:
        same = f"the ruleset answers as `{case.ruleset}` does, so take the deviation out"
        yield f"{case.deviates}: {same}"
        yield f"  it was to deviate: {case.because}"
    for problem in outcome.problems:
        yield f"{problem.span}: [{problem.code}] {problem.message}"
        yield f"  {problem.help}"
    for number, played in enumerate(outcome.played):
        if played.differences:
            yield _heading(number, played)
            yield from _moment(policy, played, explained=explained)


def _heading(number: int, played: Played) -> str:
    at = instant_text(played.decision.at, played.decision.timezone)
    story = f", {played.scene.moment.story}" if number and played.scene.moment.story else ""
    return f"at {at}{f' (step {number}{story})' if number else ''}:"


def _moment(policy: Policy, played: Played, *, explained: bool) -> Iterator[str]:
    for number, each in enumerate(played.differences):
        yield f"  {each.check.path}"
        yield f"    expected: {each.expected}"
        yield f"    got:      {each.got}"
        yield f"    written:  {each.check.span}"
        if explained and number < _EXPLAINED:
            yield from (f"    {line}".rstrip() for line in explanation(policy, played, each))


def explanation(policy: Policy, played: Played, found: Difference) -> tuple[str, ...]:
    """
    Return why an item is there that should be otherwise, or why it is not; nothing where nobody
    can say.

    Args:
        policy: The policy that decided.
        played: The moment.
        found: The difference.
    """
    kind = _KINDS.get(found.check.section)
    state = played.scene.state
    if kind is None or state is None:
        return ()
    try:
        if found.present:
            tree = why(policy, played.decision, f"{kind}:{found.present[0]}")
        elif found.missing:
            asked = f"{kind}:{found.missing[0]}"
            reply = why_not(policy, state, asked, at=played.scene.at)
            tree = why(policy, played.decision, asked) if reply.given else reply.explanation
        else:
            return ()
    except StateError:
        return ()  # the ruleset has no such item, as the difference itself says
    return tuple(as_text(tree).translate(_ISOLATES).splitlines())


def place(ruleset: str, case: Case) -> tuple[str, str]:
    """
    Return how runners name a case, as the pytest plugin does: a file, and the name of it there.

    A case that is inherited stands under the `ruleset.yaml` that must answer it.

    Args:
        ruleset: The ruleset that answers it, as it was named.
        case: The case.
    """
    if not case.ruleset:
        return case.file, case.local
    return (Path(ruleset) / MAIN).as_posix(), f"{case.ruleset}:{case.stem}/{case.local}"
