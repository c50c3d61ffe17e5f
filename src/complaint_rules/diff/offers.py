"""How the remedies of two decisions differ: what is owed, offered, withheld, and for how much."""

from __future__ import annotations

from collections.abc import Iterator

from complaint_rules.decision import Decision
from complaint_rules.decision.answer.shape import Choice
from complaint_rules.diff.costs import amounts
from complaint_rules.diff.telling import Answer, Kind, Value, due, words
from complaint_rules.money import Money


def remedies(old: Decision, new: Decision) -> Iterator[Answer]:
    """Yield how the remedies of two decisions differ."""
    yield from _given(old, new, owed=True)
    yield from _given(old, new, owed=False)
    before = {each.remedy: each.due for each in old.owed}
    after = {each.remedy: each.due for each in new.owed}
    for name in sorted(before.keys() & after.keys()):
        yield from due("remedy", name, before[name], after[name])
    one, two = _offers(old), _offers(new)
    for name in sorted(one.keys() & two.keys()):
        yield from _money(name, one[name].cap, two[name].cap, "lower cap", "higher cap")
    approvers = [{name: each.approver for name, each in side.items()} for side in (one, two)]
    yield from words("remedy", "other approver", *approvers)
    yield from words("remedy", "withheld otherwise", _withheld(old), _withheld(new))


def _given(old: Decision, new: Decision, *, owed: bool) -> Iterator[Answer]:
    """Yield what is no longer there, what is new, and what comes to another amount."""
    gone: Kind = "no longer owed" if owed else "no longer offered"
    added: Kind = "now owed" if owed else "now offered"
    before, after = amounts(old, owed=owed), amounts(new, owed=owed)
    for name in sorted(before.keys() - after.keys()):
        yield Answer(gone, "remedy", name, before[name], _instead(new, name))
    for name in sorted(after.keys() - before.keys()):
        yield Answer(added, "remedy", name, _instead(old, name), after[name])
    for name in sorted(before.keys() & after.keys()):
        yield from _amount(name, before[name], after[name])


def _instead(decision: Decision, name: str) -> Value:
    """Return why a decision does not give a remedy: that it is withheld."""
    reason = _withheld(decision).get(name)
    return None if reason is None else f"withheld: {reason}"


def _amount(name: str, before: Money | None, after: Money | None) -> Iterator[Answer]:
    if before is not None and after is not None and before.currency != after.currency:
        yield Answer("other currency", "remedy", name, before, after)
    elif (before is None) != (after is None):
        yield Answer("an amount" if before is None else "no amount", "remedy", name, before, after)
    else:
        yield from _money(name, before, after, "less money", "more money")


def _money(
    name: str, before: Money | None, after: Money | None, less: Kind, more: Kind
) -> Iterator[Answer]:
    """Yield that one of two amounts in the same currency is higher, if it is."""
    if before is None or after is None or before.currency != after.currency:
        return
    if before.amount != after.amount:
        kind = more if after.amount > before.amount else less
        yield Answer(kind, "remedy", name, before, after)


def _offers(decision: Decision) -> dict[str, Choice]:
    return {each.remedy: each for each in (*decision.choices, *decision.goodwill)}


def _withheld(decision: Decision) -> dict[str, str]:
    return {each.remedy: each.reason for each in decision.withheld}
