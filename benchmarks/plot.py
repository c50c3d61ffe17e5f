"""The plot of medians by number of rules, as SVG."""

from __future__ import annotations

import math
from collections.abc import Callable
from html import escape

from benchmarks.matching import Result

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP, _RIGHT = 760, 440, 80, 50, 20, 210
_COLOURS = (
    "#0a7", "#6a3", "#777", "#06c", "#a3c", "#c63", "#b80", "#c36", "#399", "#963", "#333"
)  # fmt: skip
_LINE = 15
"""Least distance of two labels."""


def plot(results: list[Result]) -> str:
    """Return the medians by number of rules, both axes logarithmic, as SVG."""
    seen = [each for each in results if each.times]
    box = f'viewBox="0 0 {_WIDTH} {_HEIGHT}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
    ]
    if seen:
        times = [each.p50 for each in seen]
        sizes = sorted({each.size for each in seen})
        across = _axis(sizes[0], sizes[-1], _LEFT, _WIDTH - _RIGHT)
        up = _axis(min(times) / 2, max(times) * 2, _HEIGHT - _BOTTOM, _TOP)
        lines += _grid(sizes, min(times) / 2, max(times) * 2, across, up)
        lines += _curves(seen, across, up)
    return "\n".join([*lines, "</svg>", ""])


Axis = Callable[[float], float]


def _axis(low: float, high: float, start: float, end: float) -> Axis:
    span = math.log(high) - math.log(low) or 1.0
    return lambda value: start + (math.log(value) - math.log(low)) / span * (end - start)


def _grid(sizes: list[int], low: float, high: float, across: Axis, up: Axis) -> list[str]:
    lines = []
    for power in range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1):
        y, label = up(10.0**power), f"{10.0**power:,g} µs"
        lines.append(f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>')
        lines.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{label}</text>')
    for size in sizes:
        place = f'x="{across(size):.1f}" y="{_HEIGHT - _BOTTOM + 20}"'
        lines.append(f'<text {place} text-anchor="middle">{size:,}</text>')
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    lines.append(f'<text x="{middle}" y="{_HEIGHT - 8}" text-anchor="middle">rules</text>')
    return lines


def _curves(seen: list[Result], across: Axis, up: Axis) -> list[str]:
    peers = list(dict.fromkeys(each.peer for each in seen))
    colours = {peer: _COLOURS[at % len(_COLOURS)] for at, peer in enumerate(peers)}
    lines, ends = [], []
    for peer, colour in colours.items():
        own = [(across(each.size), up(each.p50)) for each in seen if each.peer == peer]
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in own)
        style = f'fill="none" stroke="{colour}" stroke-width="2"'
        lines.append(f'<polyline points="{points}" {style}/>')
        lines += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{colour}"/>' for x, y in own]
        ends.append((own[-1][1], peer))
    lowest = _HEIGHT - _BOTTOM
    for y, peer in sorted(ends, reverse=True):
        lowest = min(y + 4, lowest)
        text = f'<text x="{_WIDTH - _RIGHT + 10}" y="{lowest:.1f}" fill="{colours[peer]}">'
        lines.append(f"{text}{escape(peer)}</text>")
        lowest -= _LINE
    return lines
