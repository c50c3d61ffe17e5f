"""The texts that a ruleset is made of, and which of them are its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import attrs

from complaint_rules.composition import compose
from complaint_rules.loading.sources import root_of
from complaint_rules.problem import Problem
from complaint_rules.source import Source
from complaint_rules.testing.shelves import ancestors


@attrs.frozen(eq=False)
class Texts:
    """
    The texts of a ruleset.

    Attributes:
        sources: All of them, those of the rulesets it extends too, by the name that spans have.
        own: The names of its own.
    """

    sources: Mapping[str, Source]
    own: frozenset[str]


def texts_of(origin: str | Path) -> Texts:
    """
    Return the texts of a ruleset; none where there is no such ruleset.

    Args:
        origin: A packaged name or a path, as for `load`.
    """
    root = root_of(origin)
    if isinstance(root, Problem):
        return Texts({}, frozenset())
    sources = compose(root)[2]
    others = tuple(parent.prefix for _, parent in ancestors(root))
    own = frozenset(name for name in sources if not name.startswith(others))
    return Texts({name: sources[name] for name in sorted(sources)}, own)
