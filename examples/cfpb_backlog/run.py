"""Decide published complaints of the bureau's export, given as CSV, and count the answers."""

from __future__ import annotations

import tempfile
from pathlib import Path

from complaint_rules import load
from complaint_rules.batch import run
from complaint_rules.mapping import decided_later, read_mapping

HERE = Path(__file__).parent
SHOWN = ("stages", "targets", "actions", "asks", "choices", "withheld")


def main() -> None:
    """Decide the two samples: on the day each complaint was sent, and 60 days later."""
    policy = load("core")
    for year in ("2015", "2017"):
        for name, plus in ((f"export_{year}", None), (f"export_{year}_answered", "60 d")):
            mapping = read_mapping(f"{name}.yaml", (HERE / f"{name}.yaml").read_bytes(), policy)
            if plus is not None:
                mapping = decided_later(mapping, plus)
            with tempfile.TemporaryDirectory() as folder:
                out = Path(folder) / "decisions.jsonl"
                summary = run(policy, HERE / f"sample_{year}.csv", out, mapping).as_data()
            later = "" if plus is None else f", {plus} later"
            print(f"sample_{year}.csv with {name}.yaml{later}")
            print(f"  decided {summary['decided']}, rejected {summary['rejected']}")
            for part in SHOWN:
                counts = ", ".join(f"{key} {count}" for key, count in summary[part].items())
                print(f"  {part}: {counts or 'none'}")


if __name__ == "__main__":
    main()
