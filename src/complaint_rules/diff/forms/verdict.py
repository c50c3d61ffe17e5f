"""The first lines of a report: what a reader acts on."""

from __future__ import annotations

from collections.abc import Iterator

from complaint_rules.diff.findings import TOTAL, Diff
from complaint_rules.diff.forms.words import NOUNS, listed, money, number_of


def verdict(diff: Diff) -> Iterator[str]:
    """Yield how much changed, how many complaints are touched, what it costs, what was left out."""
    decided, differing = sum(diff.decided.values()), sum(diff.differing.values())
    yield f"{_changes(diff)}; {_touched(decided, differing)}"
    if differing:
        told = [
            f"{diff.differing.get(origin, 0):,} of {number_of(count, *NOUNS[origin])}"
            for origin, count in diff.decided.items()
        ]
        yield f"decided differently: {', '.join(told)}"
        kinds = dict(sorted(diff.kinds.items(), key=lambda each: -each[1]))
        yield f"what differs: {listed(kinds)}"
    yield from _sums(diff)
    yield from _caveats(diff)


def _changes(diff: Diff) -> str:
    return number_of(len(diff.changes), "change") if diff.changes else "no change in words"


def _touched(decided: int, differing: int) -> str:
    if not decided:
        return "no complaint was decided by both"
    if not differing:
        noun = "the one complaint" if decided == 1 else f"all {decided:,} complaints"
        return f"{noun} looked at {'is' if decided == 1 else 'are'} decided the same"
    return f"{differing:,} of {number_of(decided, 'complaint')} decided differently"


def _sums(diff: Diff) -> Iterator[str]:
    for each in diff.money:
        if each.remedy == TOTAL and not each.type:
            scope = "recorded complaints" if each.recorded else "scenarios and made-up cases"
            change = money(each.after - each.before, each.currency, signed=True)
            yield (
                f"money, {scope}: {change}, from {money(each.before, each.currency)} "
                f"to {money(each.after, each.currency)}, where the dearest offers are taken"
            )


def _caveats(diff: Diff) -> Iterator[str]:
    old, new = diff.old.policy, diff.new.policy
    if old.id != new.id:
        yield f"these are two rulesets, `{old.id}` and `{new.id}`, not two editions of one"
    if old.currency != new.currency:
        yield f"they count in {old.currency} and {new.currency}: amounts cannot be set side by side"
    for edition in (diff.old, diff.new):
        faults = len(edition.faults.errors)
        if faults:
            yield (
                f"{number_of(faults, 'problem')} in the scenarios of `{edition.name}`: the files "
                f"with them are left out"
            )
    for code, count in diff.broken.items():
        yield f"{number_of(count, 'complaint')} could not be decided by either: {code}"
