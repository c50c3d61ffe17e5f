"""One difference between two decisions, and the plainest ways to find some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, TypeAlias

import attrs

from complaint_rules.money import Money

Kind: TypeAlias = Literal[
    "refused",
    "accepted",
    "no longer owed",
    "now owed",
    "no longer offered",
    "now offered",
    "less money",
    "more money",
    "no amount",
    "an amount",
    "other currency",
    "lower cap",
    "higher cap",
    "other approver",
    "withheld otherwise",
    "no longer timed",
    "due later",
    "due falls away",
    "now timed",
    "due earlier",
    "due appears",
    "opens otherwise",
    "other status",
    "no longer forbidden",
    "now forbidden",
    "no longer escalated",
    "now escalated",
    "no longer to do",
    "now to do",
    "other owner",
    "other order",
    "no longer asked",
    "now asked",
    "no longer manner",
    "now manner",
    "other stage",
    "no longer at",
    "now at",
    "no longer of type",
    "now of type",
    "other standing",
]
"""What differs. `refused`: the new edition does not take the facts of the complaint."""

KINDS: Final[tuple[Kind, ...]] = Kind.__args__  # type: ignore[attr-defined] # in the order told
Value: TypeAlias = int | str | Money | None
"""What an edition says: an instant in whole seconds, a word, an amount, or nothing."""


@attrs.frozen
class Answer:
    """
    One difference.

    Attributes:
        kind: What differs.
        section: What it is about: ``action``, ``target``, ``remedy``, ``prohibition``,
            ``escalation``, ``manner``, ``fact``, ``stage``, ``type``; empty for the whole state.
        about: Its id; of a stage both, of a refusal the code of what is wrong.
        before: What the old edition says.
        after: What the new one says.
        along: Actions that are due otherwise because this target is.
    """

    kind: Kind
    section: str
    about: str
    before: Value = None
    after: Value = None
    along: tuple[str, ...] = ()


def sets(
    section: str, gone: Kind, added: Kind, before: Iterable[str], after: Iterable[str]
) -> Iterator[Answer]:
    """Yield what fell away and what was added, by id."""
    old, new = frozenset(before), frozenset(after)
    yield from (Answer(gone, section, name) for name in sorted(old - new))
    yield from (Answer(added, section, name) for name in sorted(new - old))


def words(
    section: str, kind: Kind, before: Mapping[str, str | None], after: Mapping[str, str | None]
) -> Iterator[Answer]:
    """Yield where both say something of an id, but not the same."""
    for name in sorted(before.keys() & after.keys()):
        if before[name] != after[name]:
            yield Answer(kind, section, name, before[name], after[name])


def due(section: str, name: str, before: int | None, after: int | None) -> Iterator[Answer]:
    """Yield that something is due at another instant, if it is."""
    if before == after:
        return
    if before is None or after is None:
        kind: Kind = "due appears" if before is None else "due falls away"
    else:
        kind = "due earlier" if after < before else "due later"
    yield Answer(kind, section, name, before, after)
