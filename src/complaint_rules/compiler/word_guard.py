"""Words that call nothing by its name: slips in the keys of `words`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from complaint_rules.facts import Fact
from complaint_rules.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from complaint_rules.compiler.site import Site
    from complaint_rules.policy import Policy


def check_words(policy: Policy, root: Site) -> None:
    """
    Warn of a word that nothing in the ruleset is called by, if one without a word is near it.

    Words for what only states bring (currencies, values of texts) are nothing of the ruleset's,
    so a word is told only where it looks like a slip.

    Args:
        policy: The policy.
        root: The ruleset, for the places of words.
    """
    called = set(_called(policy))
    bare = sorted(called - set(policy.words))
    for word in policy.words:
        near = None if word in called else did_you_mean(word, bare)
        if near is not None:
            section = root.at("words")
            message = f"word `{word}` is what nothing here is called"
            cure = f"did you mean `{near}`?"
            section.warning("unused-word", message, cure, at=section.key(word))


def _called(policy: Policy) -> Iterator[str]:
    """Yield what a reader is told by its word: values, roles, channels and sources."""
    for fact in policy.facts.values():
        yield from _values(fact.name, fact)
        for name, field in fact.fields.items():
            yield from _values(name, field)
    for action in policy.actions.values():
        yield from (each for each in (action.owner, action.channel) if each)
    yield from policy.approvals
    for rule in policy.rules:
        yield from rule.escalate
        yield from _sources(rule.source)
    for item in (*policy.targets.values(), *policy.remedies.values(), *policy.settings.values()):
        yield from _sources(item.source)


def _values(name: str, fact: Fact) -> Iterator[str]:
    for value in fact.values:
        yield value
        yield f"{name}.{value}"


def _sources(sources: Iterable[str]) -> Iterator[str]:
    for source in sources:
        yield source
        yield source.rpartition("-")[0]
