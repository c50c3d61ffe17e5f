"""Decide every example and show the answers: `python -m examples.demo`."""

from __future__ import annotations

import runpy

EXAMPLES = (
    "quickstart",
    "angry_premium_outage",
    "fake_review",
    "silent_customer",
    "exploitative_demand",
    "cfpb_backlog",
)


def main() -> None:
    """Run each example in turn."""
    for name in EXAMPLES:
        print(f"==== {name} " + "=" * (70 - len(name)))
        runpy.run_module(f"examples.{name}.run", run_name="__main__")
        print()


if __name__ == "__main__":
    main()
