"""Words for what a comparison finds: names, amounts, instants, shifts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from complaint_rules.diff.changes import Change, text_of
from complaint_rules.diff.findings import Diff, Group
from complaint_rules.diff.states import Origin
from complaint_rules.diff.telling import Value
from complaint_rules.explanation.items import KINDS
from complaint_rules.explanation.speaker import Speaker, clean
from complaint_rules.money import Money

_ISOLATES: Final = {0x2068: None, 0x2069: None}
_NAMED: Final = (*KINDS, "fact", "stage")
_SHOWN: Final = 8
NOUNS: Final[Mapping[Origin, tuple[str, str]]] = {
    "recorded": ("recorded complaint", "recorded complaints"),
    "scenario": ("moment of a scenario", "moments of scenarios"),
    "made up": ("made-up case", "made-up cases"),
}
"""What complaints are called by where they come from: one, many."""


class Voice:
    """The names that two editions give their items; of an item of both that of the new one."""

    def __init__(self, diff: Diff) -> None:
        self._speakers = [
            Speaker(policy, "en", policy.calendars[policy.calendar].timezone)
            for policy in (diff.new.policy, diff.old.policy)
        ]

    def name(self, section: str, name: str) -> str:
        """Return an item's id, and what a reader calls it behind."""
        speakers = self._speakers if section in _NAMED else []
        told = [each.name(section, name).translate(_ISOLATES) for each in speakers]
        title = next((each for each in told if each != name), "")
        return f"{name} ({title})" if title else name

    def value(self, value: Value, timezone: str) -> str:
        """Return what an edition says; an instant in a zone given by its IANA name."""
        match value:
            case None:
                return "nothing"
            case int():
                policy = self._speakers[0].policy
                return Speaker(policy, "en", timezone).instant(value)
            case Money():
                return money(Fraction(value.amount), value.currency)
            case _:
                return value

    def shift(self, group: Group) -> Iterator[str]:
        """Yield by how much a group's instants or amounts move: the least and the most."""
        for unit, bounds in group.spread.items():
            least, most = sorted(bounds, key=abs)
            told = [self._size(each, unit) for each in (least, most)]
            yield told[0] if least == most else f"{told[0]} to {told[1]}"

    def _size(self, size: Fraction, unit: str) -> str:
        if unit != "s":
            return money(size, unit, signed=True)
        told = self._speakers[0].length(abs(int(size)))
        return f"{told} {'later' if size > 0 else 'earlier'}"


def money(amount: Fraction, currency: str, *, signed: bool = False) -> str:
    """Return an amount with its currency; with its sign if asked."""
    told = decimal(amount)
    places = max(2, -int(told.as_tuple().exponent))
    return f"{told:{'+' if signed and amount else ''},.{places}f} {currency}"


def decimal(amount: Fraction) -> Decimal:
    """Return a sum of amounts, which are decimals all, as the decimal it is."""
    return Decimal(amount.numerator) / Decimal(amount.denominator)


def number_of(count: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun."""
    return f"{count:,} {singular if count == 1 else plural or f'{singular}s'}"


def listed(counts: Mapping[str, int], most: int = _SHOWN) -> str:
    """Return names with their numbers, the first few of them."""
    told = [f"{name} {count:,}" for name, count in list(counts.items())[:most]]
    rest = len(counts) - len(told)
    return ", ".join([*told, *([f"{rest:,} more"] if rest else [])])


def changed(change: Change, most: int) -> str:
    """
    Return a change in words.

    Args:
        change: The change.
        most: Letters at which what stood and stands there is cut.
    """
    before, after = change.before, change.after
    if _words(before) and _words(after) and change.what != "order":
        gone = [each for each in before if each not in after]
        added = [each for each in after if each not in before]
        told = [
            f"{verb} {', '.join(words)}"
            for verb, words in (("without", gone), ("with", added))
            if words
        ]
        if told:
            return cut("; ".join(told), most)
    if change.how == "changed":
        return f"{cut(text_of(before), most)} → {cut(text_of(after), most)}"
    if not change.what and change.title:
        return change.how
    return f"{change.how}: {cut(text_of(after if before is None else before), most)}"


def _words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def cut(text: str, most: int) -> str:
    """Return a text on one line, cut to a length."""
    told = clean(text)
    return told if len(told) <= most else f"{told[: most - 2]} …"
