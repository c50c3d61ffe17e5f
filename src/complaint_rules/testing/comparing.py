"""What a scenario expects against what was decided: the differences, in words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import attrs

from complaint_rules.decision import Decision
from complaint_rules.decision.answer.codec import instant_text
from complaint_rules.money import Money
from complaint_rules.testing.instants import When, seconds_of
from complaint_rules.testing.sections import NONE, RANK, Section, sections
from complaint_rules.testing.tree import Check, Expected

_FIELDLESS: Final = ("none", "has", "lacks", "exactly", "order", "first")
_UNITS: Final = (("w", 604_800), ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))


@attrs.frozen
class Difference:
    """
    One thing that is not as expected.

    Attributes:
        check: What was expected, and where that is written.
        expected: The same in words.
        got: What was decided.
        missing: Ids of items that are expected and not there.
        present: Ids of items that are there: unexpected, or other than expected.
    """

    check: Check
    expected: str
    got: str
    missing: tuple[str, ...] = ()
    present: tuple[str, ...] = ()


def difference(check: Check, decision: Decision) -> Difference | None:
    """
    Return how a decision differs from what is expected; `None` where it does not.

    Args:
        check: What is expected.
        decision: What was decided.
    """
    section = sections()[check.section]
    if check.test == "is":
        return _of_value(check, getattr(decision, check.section), decision)
    if check.test == "field":
        return _of_field(section, check, decision)
    return _of_ids(check, section.ids(decision))


def _of_value(check: Check, got: Any, decision: Decision) -> Difference | None:
    wanted = _resolved(check.value, decision)
    if _same(wanted, got):
        return None
    return Difference(check, _worded(check, wanted, decision), _shown(got, decision))


def _of_field(section: Section, check: Check, decision: Decision) -> Difference | None:
    name = check.ids[0]
    items = section.items(decision, name)
    wanted = _resolved(check.value, decision)
    if not items:
        expected = _worded(check, wanted, decision, check.field)
        return Difference(check, expected, f"`{name}` is not there", missing=(name,))
    found = [rank if check.field == RANK else getattr(item, check.field) for rank, item in items]
    if any(_same(wanted, got) for got in found):
        return None
    told = "; ".join(_shown(got, decision, check.field) for got in found)
    expected = _worded(check, wanted, decision, check.field)
    return Difference(check, expected, told, present=(name,))


def _of_ids(check: Check, found: tuple[str, ...]) -> Difference | None:
    wanted, got = check.ids, _listed(found)
    missing = tuple(name for name in wanted if name not in found)
    if check.test == "none":
        return Difference(check, NONE, got, present=found) if found else None
    if check.test == "has":
        return Difference(check, f"`{wanted[0]}`", got, missing=missing) if missing else None
    if check.test == "lacks":
        told = f"no `{wanted[0]}`"
        return None if missing else Difference(check, told, got, present=wanted)
    if check.test == "exactly":
        extra = tuple(dict.fromkeys(name for name in found if name not in wanted))
        if not missing and not extra:
            return None
        return Difference(check, f"exactly {_listed(wanted)}", got, missing, extra)
    shown = found[: len(wanted)] if check.test == "first" else _only(found, wanted)
    if shown == wanted:
        return None
    told = f"{'first ' if check.test == 'first' else 'in this order: '}{_listed(wanted)}"
    return Difference(check, told, _listed(shown), missing)


def _only(found: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in found if name in wanted))


def _listed(ids: tuple[str, ...]) -> str:
    return ", ".join(ids) or NONE


# ------------------------------------------------------------------------ values


def _resolved(value: Expected, decision: Decision) -> Any:
    """Return an expected value as the decision has it: an instant in seconds."""
    if not isinstance(value, When):
        return value
    base = When(instant_text(decision.at, decision.timezone), value.span)
    return seconds_of(attrs.evolve(value, base=base), decision.timezone)


def _same(wanted: Any, got: Any) -> bool:
    if wanted is None:
        return got is None or got in ("", NONE, ())
    if isinstance(wanted, frozenset):
        return wanted == frozenset(got)
    if isinstance(wanted, Decimal):
        return isinstance(got, Money) and got.amount == wanted
    return bool(wanted == got) and isinstance(got, bool) is isinstance(wanted, bool)


def _worded(check: Check, wanted: Any, decision: Decision, field: str = "") -> str:
    """Return what is expected in words; what the author wrote another way stands behind."""
    told = _shown(wanted, decision, field)
    if isinstance(check.value, When):
        said = "outside the years 1900 to 2400" if wanted is None else told
        return said if check.written == told else f"{said} ({check.written})"
    return told


def _shown(value: Any, decision: Decision, field: str = "") -> str:
    """Return a value of a decision in words."""
    if value is None or value in ("", ()):
        return NONE
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Money):
        return f"{value.amount} {value.currency}"
    if isinstance(value, frozenset | tuple):
        return ", ".join(sorted(value)) or NONE
    if isinstance(value, int) and field.endswith("_s"):
        return _length(value)
    if isinstance(value, int) and field != RANK:
        return instant_text(value, decision.timezone)
    return str(value)


def _length(seconds: int) -> str:
    """Return a length of time in the largest unit that tells it whole."""
    unit, size = next((u, s) for u, s in _UNITS if seconds % s == 0)
    return f"{seconds // size} {unit}"
