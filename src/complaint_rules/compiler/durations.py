"""Durations as a due cell or a key writes them: a length of time, or a setting that is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaint_rules.calendar import Duration
from complaint_rules.compiler.kinds import CALLED
from complaint_rules.compiler.values import LiteralError, duration_of
from complaint_rules.document import Scalar
from complaint_rules.grammar import Fault, parse_duration
from complaint_rules.spelling import did_you_mean

if TYPE_CHECKING:
    from complaint_rules.compiler.scope import Scope
    from complaint_rules.compiler.site import Site


def duration(site: Site | None, scope: Scope) -> Duration | None:
    """
    Return the duration at `site`; None where there is none, or after its fault was reported.

    Args:
        site: A length of time, or the name of a setting that is one.
        scope: What names mean.
    """
    if site is None:
        return None
    if not isinstance(site.node, Scalar):
        site.error("bad-duration", "has no single duration", "write `45 m`, `4 bh` or `3 bd`")
        return None
    word = site.text.strip()
    if word in scope.settings:
        return _figure(site, scope, word)
    if word in scope.broken:
        return None
    literal = parse_duration(site.node.text)
    if isinstance(literal, Fault):
        near = did_you_mean(word, _lengths(scope)) if word.isidentifier() else None
        if near is None:
            site.fault(literal)
        else:
            message = f"uses `{word}`, which is no length of time and no setting"
            site.error("unknown-name", message, f"did you mean `{near}`?", "not declared")
        return None
    try:
        return duration_of(literal)
    except LiteralError as error:
        site.error(error.code, str(error), error.cure)
        return None


def _figure(site: Site, scope: Scope, word: str) -> Duration | None:
    """Return the length of time that a setting is, whatever the date."""
    values = scope.settings[word].values
    figure = values[0][1]
    if not isinstance(figure, Duration):
        message = f"names `{word}`, which is {CALLED[scope.shapes[word].kind]}"
        site.error("wrong-kind", message, "name a setting that is a length of time, such as `4 bh`")
        return None
    if len(values) > 1 or values[0][0] is not None:
        message = f"names `{word}`, whose figure depends on the date"
        cure = "write the figures as rows of a table, each with its `valid`"
        site.error("bad-duration", message, cure)
        return None
    return figure


def _lengths(scope: Scope) -> list[str]:
    """Return the settings that are lengths of time, sorted."""
    found = scope.settings.items()
    return sorted(name for name, each in found if isinstance(each.values[0][1], Duration))
