"""The page and the plot of what was measured: docs/explanation/performance.md."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.matching import BLOCK, CHECKED, COLD, Result, exponent
from benchmarks.peers import OURS
from benchmarks.plot import plot
from benchmarks.plugin import Plugged
from benchmarks.rows import TURNS, Run
from benchmarks.steps import FLOOR, Step
from benchmarks.whole import YARDSTICK, Timing

OUT = Path("docs/explanation")
ZEN = "zen-engine"
_TOP_TEXT = """\
# Performance

Written by `make bench`, which runs everything on this page anew and checks first that all peers
give the same answers. Figures are of one machine; ratios hold better than figures.

"""


@dataclass
class Measured:
    """All that a run of the benchmarks measured."""

    matching: list[Result] = field(default_factory=list)
    partly: list[Result] = field(default_factory=list)
    ends: list[Timing] = field(default_factory=list)
    whole: list[Timing] = field(default_factory=list)
    starts: list[Timing] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    plugin: Plugged | None = None


def write(measured: Measured, out: Path = OUT) -> None:
    """Write the page and its plot."""
    (out / "performance.svg").write_text(plot(measured.matching), encoding="utf-8")
    text = "\n".join(page(measured))
    (out / "performance.md").write_text(text.rstrip() + "\n", encoding="utf-8")


def machine() -> str:
    """Return what the run was made on."""
    name = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}"


def page(measured: Measured) -> Iterator[str]:
    """Yield the lines of the page: only what was measured."""
    results = measured.matching
    yield _TOP_TEXT + f"Measured on: {machine()}."
    yield from ("", "## Matching alone", "")
    yield (
        "Rules of two to five tests over 20 facts, about eight of them true in a state, every fact "
        "of which is known; microseconds a state, median (99th percentile in parentheses), the "
        "list of ids included. "
        f"No state is repeated: answers are compared on {CHECKED} other states, as far as a peer "
        f"is quick enough. Peers and sizes take turns, {BLOCK} states at a time. Ours tells "
        "true, false and unknown apart, the others true and false only. A peer that is too slow "
        "for all states sees fewer of them; a dash means not measured."
    )
    yield from ("", *_matching(results), "", "![median time by number of rules](performance.svg)")
    yield from ("", *_ratios(results), *_partly(measured.partly))
    if measured.ends:
        yield from ("", "## From end to end", "")
        yield (
            "The same synthetic policies. Ours gives a whole decision with due times, and as JSON "
            "its reasons, which are else made when they are read; "
            "zen-engine, its state validated by pydantic (a typed dict), gives the list of ids."
        )
        yield from ("", *_timings(measured.ends))
    yield from ("", "## Whole decisions", "", "`core`, the moments of its own scenarios.")
    yield (
        "Every complaint of every turn happens at instants of its own, so no row decides a state "
        "twice, while the rows share their states; what follows from which facts are given, which "
        "rules fire and what was done is warm after the first turn."
    )
    yield ""
    yield from _timings((*measured.whole, *measured.starts))
    yield from ("", *_against(measured.whole))
    if measured.steps:
        yield from ("", "### Where the time goes", "", *_steps(measured.steps))
    if measured.runs:
        yield from ("", "## Batch runs", "", *_runs(measured.runs))
    if measured.plugin is not None:
        yield from ("", "## Scenarios in pytest", "", *_plugin(measured.plugin))
    yield from ("", "## Loading and memory of synthetic policies", "", *_loads(results))


def _against(whole: list[Timing]) -> Iterator[str]:
    """Yield how long whole decisions take beside the matching alone of zen-engine."""
    zen = next((each.p50 for each in whole if each.name == YARDSTICK), None)
    if zen is not None:
        for each in whole:
            if each.name != YARDSTICK:
                yield (
                    f"- `core`, {each.name}: {each.p50 / zen:.1f} times what {ZEN} takes to match "
                    "200 synthetic rules, in turns with it."
                )


def _steps(steps: list[Step]) -> Iterator[str]:
    """Yield what each step takes."""
    yield (
        "Every moment is decided twice, and the second time counts; clocks around the steps make "
        "the whole a little slower."
    )
    yield ""
    yield "| step of a decision on `core` | median | share of the time |"
    yield "|---|---:|---:|"
    for each in steps:
        share = "" if each.name == FLOOR else f"{each.share:.0%}"
        yield f"| {each.name} | {each.p50:,.1f} µs | {share} |"


def _runs(runs: list[Run]) -> Iterator[str]:
    yield (
        "Rows as JSON Lines in, decisions as JSON Lines out; the policy loaded before the clock "
        f"starts, the processes after. `core` is run {TURNS} times by one job and by two, "
        "in turns; the best of each is told. Its rows are the moments of its scenarios, over and "
        "over; those of one rule say the same; every row has a `complaint_id` of its own. Memory "
        "is the most that all "
        "processes of a run held at once, looked at five times a second."
    )
    yield from (
        "",
        "| policy | rows | jobs | rows a second | peak memory |",
        "|---|---:|---:|---:|---:|",
    )
    for each in runs:
        yield (
            f"| {each.what} | {each.rows:,} | {each.jobs} | {each.a_second:,.0f} "
            f"| {each.megabytes:,.0f} MB |"
        )
    paces = {each.jobs: each.a_second for each in runs if each.what == runs[0].what}
    if 1 in paces and 2 in paces:
        yield from ("", f"- Two jobs decide {paces[2] / paces[1]:.2f} times the rows of one.")


def _plugin(found: Plugged) -> Iterator[str]:
    yield (
        "Scenario files of `core` in a folder of their own, collected and run by the plugin in one "
        "process, from its start to its end, pytest's own time included."
    )
    yield from ("", "| scenarios | seconds | of a processor |", "|---:|---:|---:|")
    yield f"| {found.cases:,} | {found.seconds:.1f} | {found.processor:.1f} |"


def _sizes(results: list[Result]) -> list[int]:
    return sorted({each.size for each in results})


def _peers(results: list[Result]) -> list[str]:
    return list(dict.fromkeys(each.peer for each in results))


def _matching(results: list[Result]) -> Iterator[str]:
    sizes = _sizes(results)
    yield "| peer | " + " | ".join(f"{size:,} rules" for size in sizes) + " | growth exponent |"
    yield "|---|" + "---:|" * (len(sizes) + 1)
    found = {(each.peer, each.size): each for each in results}
    for peer in _peers(results):
        cells = [_cell(found[peer, size]) for size in sizes]
        grows = exponent(results, peer)
        yield f"| {peer} | {' | '.join(cells)} | {_number(grows, 2)} |"
    notes: dict[tuple[str, str], list[str]] = {}
    for each in results:
        if each.note:
            notes.setdefault((each.peer, each.note), []).append(f"{each.size:,}")
    for (peer, note), at in notes.items():
        yield f"\n{peer} at {', '.join(at)} rules: {note}."


def _cell(result: Result) -> str:
    return "–" if not result.times else f"{result.p50:,.1f} ({result.p99:,.1f})"


def _number(value: float, digits: int) -> str:
    """Return a number, or a dash where there is none."""
    return "–" if math.isnan(value) else f"{value:,.{digits}f}"


def _ratios(results: list[Result]) -> Iterator[str]:
    found = {(each.peer, each.size): each for each in results if each.times}
    for size in _sizes(results):
        ours, zen = found.get((OURS, size)), found.get((ZEN, size))
        if ours and zen:
            ratio = zen.p50 / ours.p50
            yield (
                f"- At {size:,} rules {ZEN} takes {ratio:.1f} times as long as ours; in the first "
                f"{COLD} states of a turn {zen.cold / ours.cold:.1f} times "
                f"({zen.cold:,.1f} µs and {ours.cold:,.1f} µs)."
            )


def _partly(results: list[Result]) -> Iterator[str]:
    """Yield what ours takes where not every fact is known."""
    for each in results:
        yield (
            f"- At {each.size:,} rules, three facts in ten unknown, ours takes {each.p50:,.1f} µs "
            f"({each.p99:,.1f})."
        )


def _timings(timings: Sequence[Timing]) -> Iterator[str]:
    yield "| what | median | 99th percentile (of starts: longest) |"
    yield "|---|---:|---:|"
    for each in timings:
        yield f"| {each.name} | {each.p50:,.0f} {each.unit} | {each.p99:,.0f} {each.unit} |"


def _loads(results: list[Result]) -> Iterator[str]:
    sizes = _sizes(results)
    yield "| peer | " + " | ".join(f"{size:,} rules" for size in sizes) + " |"
    yield "|---|" + "---:|" * len(sizes)
    found = {(each.peer, each.size): each for each in results}
    for peer in _peers(results):
        cells = [
            f"{each.load_ms:,.0f} ms, {_number(each.megabytes, 1)} MB" if each.times else "–"
            for each in (found[peer, size] for size in sizes)
        ]
        yield f"| {peer} | {' | '.join(cells)} |"
