"""The page and the plot say what was measured, and nothing else."""

from __future__ import annotations

import math
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from benchmarks.matching import Result, exponent
from benchmarks.page import ZEN, Measured, page, write
from benchmarks.peers import OURS
from benchmarks.plot import plot
from benchmarks.plugin import Plugged, run
from benchmarks.rows import Run
from benchmarks.steps import FLOOR, Step
from benchmarks.whole import YARDSTICK, Timing

SHOP = """\
format: 1
id: shop
edition: "1"
title: A shop
currency: EUR
calendar: always
calendars: {always: {timezone: Europe/Budapest, hours: {mon-sun: ["00:00-24:00"]}}}
actions: {thank: {title: Thank, owner: agent}}
rules: [{id: thanks, text: Thank, source: [us], when: always, then: {do: [thank]}}]
"""
TWO = """\
format: 1
at: 2026-11-24 10:00
scenarios:
  - {id: one, story: A customer writes, expect: {actions: thank}}
  - {id: two, story: Another one writes, expect: {actions: thank}}
"""


def result(peer: str, size: int, time: float) -> Result:
    return Result(peer, size, 3.0, time, time * 2, time * 3, 1, megabytes=1.5, times=[time])


RESULTS = [
    result(OURS, 50, 2.0),
    result(OURS, 200, 4.0),
    result(OURS, 5000, 20.0),
    result(ZEN, 200, 40.0),
    Result(ZEN, 50, note="answers differ in 1 of 9 states: not timed"),
    Result(ZEN, 5000),
]
MEASURED = Measured(
    RESULTS,
    [Result(OURS, 200, p50=6.25, p99=12.5)],
    [Timing("50 rules: from end to end", 12.0, 30.0)],
    [Timing("mapping in", 80.0, 90.0), Timing(YARDSTICK, 40.0, 50.0)],
    [Timing("import", 500.0, 600.0, "ms")],
    [Step("match", 8.0, 0.25), Step("the rest", 24.0, 0.75), Step(FLOOR, 9.0, 0.3)],
    [Run("`core`", 10, 1, 100.0, 50.0), Run("`core`", 10, 2, 180.0, 90.0)],
    Plugged(412, 7.25, 6.75),
)


def test_growth_is_the_slope_between_two_sizes() -> None:
    """A tenfold time at a hundredfold size is an exponent of a half; without both there is none."""
    assert exponent(RESULTS, OURS) == pytest.approx(0.5)
    assert math.isnan(exponent(RESULTS, ZEN))


def test_the_page_tells_what_was_measured() -> None:
    """Medians, tails, ratios, notes; a dash where nothing was measured."""
    text = "\n".join(page(MEASURED))
    assert f"| {OURS} | 2.0 (4.0) | 4.0 (8.0) | 20.0 (40.0) | 0.50 |" in text
    assert f"| {ZEN} | – | 40.0 (80.0) | – | – |" in text
    assert f"{ZEN} at 50 rules: answers differ in 1 of 9 states: not timed." in text
    assert f"At 200 rules {ZEN} takes 10.0 times as long as ours; in the first" in text
    assert "states of a turn 10.0 times (120.0 µs and 12.0 µs)." in text
    assert "At 5,000 rules" not in text
    assert "mapping in: 2.0 times what zen-engine takes" in text
    assert "Two jobs decide 1.80 times the rows of one." in text
    assert "| match | 8.0 µs | 25% |" in text
    assert f"| {FLOOR} | 9.0 µs |  |" in text
    assert "| import | 500 ms | 600 ms |" in text
    assert "50 rules: from end to end" in text
    assert "| 412 | 7.2 | 6.8 |" in text
    assert "At 200 rules, three facts in ten unknown, ours takes 6.2 µs (12.5)." in text
    assert "nan" not in text


def test_what_was_not_measured_is_not_told() -> None:
    """Without runs, ends or zen-engine there are no such sections."""
    text = "\n".join(page(Measured(RESULTS[:1])))
    assert "Batch" not in text
    assert "pytest" not in text
    assert "end to end" not in text
    assert "times" not in text.partition("## Whole decisions")[2]


def test_the_plugin_is_measured_in_a_process_of_its_own(tmp_path: Path) -> None:
    """Whole files are taken until there are enough cases; a run that fails is no measurement."""
    core = tmp_path / "shop"
    (core / "scenarios").mkdir(parents=True)
    (core / "ruleset.yaml").write_text(SHOP, encoding="utf-8")
    for name in ("first", "other", "third"):
        (core / "scenarios" / f"{name}.yaml").write_text(TWO, encoding="utf-8")
    found = run(3, core)
    assert found.cases == 4
    assert found.seconds > 0
    assert found.processor > 0
    wrong = TWO.replace("thank", "none")
    (core / "scenarios" / "first.yaml").write_text(wrong, encoding="utf-8")
    with pytest.raises(RuntimeError, match="pytest ended with 1"):
        run(3, core)


def test_the_plot_is_svg_with_a_line_a_peer(tmp_path: Path) -> None:
    """Every peer that was timed has its line and its name; labels do not stand on each other."""
    tree = ET.fromstring(plot([*RESULTS, result("a & b", 50, 2.1), result("a & b", 5000, 20.1)]))
    space = "{http://www.w3.org/2000/svg}"
    assert len(tree.findall(f"{space}polyline")) == 3
    named = {each.text: float(each.attrib["y"]) for each in tree.findall(f"{space}text")}
    assert {OURS, ZEN, "a & b", "5,000", "rules"} <= set(named)
    assert abs(named[OURS] - named["a & b"]) >= 15
    assert ET.fromstring(plot([])).tag == f"{space}svg"


def test_page_and_plot_are_written_side_by_side(tmp_path: Path) -> None:
    """The page shows the plot beside it."""
    write(MEASURED, tmp_path)
    assert "](performance.svg)" in (tmp_path / "performance.md").read_text(encoding="utf-8")
    assert (tmp_path / "performance.svg").read_text(encoding="utf-8").startswith("<svg")
