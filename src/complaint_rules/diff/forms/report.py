"""What a report of a comparison says, before it takes a form: headings, tables and lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from complaint_rules.diff.explaining import Reason, explained
from complaint_rules.diff.findings import TOTAL, Diff, Group
from complaint_rules.diff.forms.verdict import verdict
from complaint_rules.diff.forms.words import NOUNS, Voice, changed, cut, listed, money, number_of
from complaint_rules.diff.states import as_json

_MOST_NAMED: Final = 5
MONEY: Final = ("remedy", "before", "after", "difference", "complaints")
SHARES: Final = ("customer type", "complaints", "decided differently")
CHANGES: Final = ("part", "item", "change")


@attrs.frozen
class Limits:
    """
    How much of a comparison a form tells; what it leaves out it counts.

    Attributes:
        changes: Changes in words.
        groups: Groups of differences.
        letters: Letters of a value, before it is cut.
        facts: Letters of an example's facts; longer ones are left out.
    """

    changes: int
    groups: int
    letters: int
    facts: int


@attrs.frozen
class Block:
    """
    One group of differences, told.

    Attributes:
        heading: What differs.
        count: In how many complaints.
        lines: By how much, by customer type, which complaints, the example.
        facts: The example's facts as JSON, in one line; empty where they are too long.
        reasons: Why each edition answers so.
    """

    heading: str
    count: str
    lines: tuple[str, ...]
    facts: str
    reasons: tuple[Reason, ...]


@attrs.frozen
class Report:
    """
    A comparison, told.

    Attributes:
        title: Which two editions.
        verdict: What a reader acts on: how much changes, for how many, what it costs.
        changes: What changed in words, as `CHANGES` heads it.
        more_changes: Changes left out.
        money: Sums, as `MONEY` heads them, by what they are the sums of.
        shares: Complaints by customer type, as `SHARES` heads them.
        blocks: The differences.
        more_blocks: Groups of differences left out.
    """

    title: str
    verdict: tuple[str, ...]
    changes: tuple[tuple[str, str, str], ...]
    more_changes: int
    money: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    shares: tuple[tuple[str, str, str], ...]
    blocks: tuple[Block, ...]
    more_blocks: int


def report(diff: Diff, limits: Limits) -> Report:
    """Return a comparison, told in English, as far as a form has room for it."""
    voice = Voice(diff)
    shown = _chosen(diff, limits.groups)
    return Report(
        title=f"{diff.old.title} → {diff.new.title}",
        verdict=tuple(verdict(diff)),
        changes=tuple(_changes(diff, limits)),
        more_changes=max(0, len(diff.changes) - limits.changes),
        money=tuple(_money(diff, voice)),
        shares=tuple(
            (voice.name("type", each.type), f"{each.decided:,}", f"{each.differing:,}")
            for each in diff.shares
            if diff.differs
        ),
        blocks=tuple(_block(diff, group, voice, limits) for group in shown),
        more_blocks=len(diff.groups) - len(shown),
    )


def _chosen(diff: Diff, most: int) -> tuple[Group, ...]:
    """Return the groups to tell: where there are too many, of each kind the largest first."""
    if len(diff.groups) <= most:
        return diff.groups
    rank: dict[str, int] = {}
    ranked: list[tuple[int, int]] = []
    for number, group in enumerate(diff.groups):
        rank[group.kind] = rank.get(group.kind, 0) + 1
        ranked.append((rank[group.kind], number))
    kept = sorted(number for _, number in sorted(ranked)[:most])
    return tuple(diff.groups[number] for number in kept)


def _changes(diff: Diff, limits: Limits) -> Iterator[tuple[str, str, str]]:
    for change in diff.changes[: limits.changes]:
        title = f"({cut(change.title, limits.letters)})" if change.title else ""
        parts = [each for each in (change.id, title, change.what) if each != change.section]
        item = " ".join(each for each in parts if each)
        yield change.section, item, changed(change, limits.letters)


def _money(diff: Diff, voice: Voice) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    for recorded in (True, False):
        rows: list[tuple[str, ...]] = []
        for each in diff.money:
            if each.recorded is not recorded:
                continue
            name = voice.name("remedy", each.remedy)
            if each.remedy == TOTAL:
                name = f"together, {voice.name('type', each.type)}" if each.type else "together"
            sums = [money(value, each.currency) for value in (each.before, each.after)]
            difference = money(each.after - each.before, each.currency, signed=True)
            rows.append((name, *sums, difference, f"{each.complaints:,}"))
        if rows:
            yield "recorded complaints" if recorded else "scenarios and made-up cases", tuple(rows)


def _block(diff: Diff, group: Group, voice: Voice, limits: Limits) -> Block:
    facts = as_json(group.example.complaint.facts)
    return Block(
        heading=f"{group.kind}: {voice.name(group.section, group.about)}",
        count=number_of(group.count, "complaint"),
        lines=tuple(_lines(group, voice)),
        facts=facts if len(facts) <= limits.facts else "",
        reasons=tuple(
            Reason(each.edition, tuple(cut_line(line, limits.letters) for line in each.lines))
            for each in explained(diff, group)
        ),
    )


def cut_line(line: str, most: int) -> str:
    """Return a line cut to a length; what it is indented by stays."""
    words = line.lstrip()
    return " " * (len(line) - len(words)) + cut(words, most)


def _lines(group: Group, voice: Voice) -> Iterator[str]:
    example, answer = group.example, group.example.answer
    shifts = list(voice.shift(group))
    if shifts:
        yield f"how much: {', '.join(shifts)}"
    if group.along:
        most = listed(group.along)
        yield f"with it {number_of(len(group.along), 'action')}: {most}"
    if len(group.origins) > 1 or "recorded" not in group.origins:
        counts = [number_of(count, *NOUNS[origin]) for origin, count in group.origins.items()]
        yield f"from: {', '.join(counts)}"
    if group.types:
        yield f"by customer type: {listed(group.types)}"
    rest = group.count - _MOST_NAMED
    names = [*group.names[:_MOST_NAMED], *([f"{rest:,} more"] if rest > 0 else [])]
    yield f"complaints: {', '.join(names)}"
    at = voice.value(example.complaint.at, example.timezone)
    told = f"example: {example.complaint.name}, decided as of {at} ({example.timezone})"
    if answer.before is not None or answer.after is not None:
        values = [voice.value(each, example.timezone) for each in (answer.before, answer.after)]
        told += f": {values[0]} → {values[1]}"
    yield told
