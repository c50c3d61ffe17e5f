"""Why both editions decide an example as they do."""

from __future__ import annotations

from typing import Final

import attrs

from complaint_rules.decision import decide
from complaint_rules.diff.findings import Diff, Group
from complaint_rules.errors import StateError
from complaint_rules.explanation import as_text, why, why_not
from complaint_rules.explanation.items import KINDS
from complaint_rules.policy import Policy
from complaint_rules.state import State

_ISOLATES: Final = {0x2068: None, 0x2069: None}
_MOST_LINES: Final = 10


@attrs.frozen
class Reason:
    """
    What one edition says to a difference.

    Attributes:
        edition: ``old`` or ``new``.
        lines: Why it decides so, or what it refuses; a few lines.
    """

    edition: str
    lines: tuple[str, ...]


def explained(diff: Diff, group: Group) -> tuple[Reason, ...]:
    """
    Return why each edition answers a group's example as it does.

    Of the old edition that is why it gives the item, of the new one why it does, or does not.
    Nothing where nobody can say: of a stage, of an order, of a fact that is asked.
    """
    example = group.example
    if example.old is None or example.new is None:
        return (Reason("new" if example.new is None else "old", (example.refusal,)),)
    if group.section not in KINDS:
        return ()
    item, at = f"{group.section}:{group.about}", example.complaint.at
    found = [
        Reason("old", _why(diff.old.policy, example.old, item, at)),
        Reason("new", _why(diff.new.policy, example.new, item, at, otherwise=True)),
    ]
    return tuple(each for each in found if each.lines)


def _why(
    policy: Policy, state: State, item: str, at: int, *, otherwise: bool = False
) -> tuple[str, ...]:
    """Return why a policy gives an item; where it does not, why not, if that is wanted."""
    try:
        tree = why(policy, decide(policy, state, at=at), item)
        if tree.children[0].kind == "line":
            if not otherwise:
                return ()
            tree = why_not(policy, state, item, at=at).explanation
    except StateError:
        return ("this edition does not know it",) if otherwise else ()
    lines = as_text(tree).translate(_ISOLATES).splitlines()
    return tuple(line for line in lines[1:] if line.strip())[:_MOST_LINES]
