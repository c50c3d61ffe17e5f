"""`python -m benchmarks`: measure everything and write docs/explanation/performance.md."""

from __future__ import annotations

import argparse

from benchmarks import ends, matching, page, plugin, rows, steps, whole


def main() -> None:
    """Run the benchmarks."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Compare with peers, answers checked first."
    )
    parser.add_argument("--states", type=int, default=2000, help="states a size (2000)")
    parser.add_argument(
        "--rows",
        type=int,
        default=1_000_000,
        metavar="N",
        help="rows of the largest batch run, beside those of 10,000 and 100,000 (1,000,000)",
    )
    parser.add_argument("--quick", action="store_true", help="small, and write nothing")
    options = parser.parse_args()
    quick: bool = options.quick
    sizes = matching.SIZES[:3] if quick else matching.SIZES
    count = min(options.states, 100) if quick else options.states
    measured = page.Measured(
        matching.run(sizes, count),
        matching.partly_known(sizes, count),
        ends.run(ends.SIZES[:2], 40) if quick else ends.run(),
        whole.decisions(),
        whole.starts(),
        steps.run(),
        rows.run(300, (1_000, 3_000))
        if quick
        else rows.run(memory_rows=(10_000, 100_000, options.rows)),
        plugin.run(40 if quick else 400),
    )
    print("\n".join(page.page(measured)))
    if not quick:
        page.write(measured)


if __name__ == "__main__":
    main()
