"""
Write every generated page of the documentation anew, or `--check` that all of them are fresh.

Run from the repository's root: ``python -m docs.generate``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docs.writers import commands, facts, functions, problems, ruleset, sources

from complaint_rules import load
from complaint_rules.decision import decision_schema
from complaint_rules.intake import state_schema
from complaint_rules.model.schema import ruleset_schema
from complaint_rules.testing.schema import scenarios_schema

REFERENCE = Path(__file__).parent / "reference"
NOTE = "<!-- Written by `python -m docs.generate`: do not edit by hand. -->\n\n"


def pages() -> dict[str, str]:
    """Return every generated file's text, by its path under `docs/reference`."""
    written = {
        "command-line.md": commands.page(),
        "facts.md": facts.page(),
        "functions.md": functions.page(),
        "ruleset.md": ruleset.page(),
        "sources.md": sources.page(),
        **{f"problems/{name}": text for name, text in problems.pages().items()},
    }
    return {
        **{name: NOTE + text for name, text in written.items()},
        "ruleset.schema.json": _json(ruleset_schema()),
        "state.schema.json": _json(state_schema(load("core"))),
        "decision.schema.json": _json(decision_schema()),
        "scenarios.schema.json": _json(scenarios_schema()),
    }


def stale(fresh: dict[str, str]) -> list[str]:
    """Return the names of files that differ from what would be written, or should not be there."""
    wrong = [name for name, text in fresh.items() if _read(REFERENCE / name) != text]
    listed = (path.relative_to(REFERENCE).as_posix() for path in REFERENCE.glob("problems/*"))
    return sorted([*wrong, *(name for name in listed if name not in fresh)])


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages, or check them; the answer is the exit code."""
    parser = argparse.ArgumentParser(description="Write the generated pages of the documentation.")
    parser.add_argument("--check", action="store_true", help="write nothing, tell what is stale")
    options = parser.parse_args(arguments)
    fresh = pages()
    wrong = stale(fresh)
    if options.check:
        sys.stdout.writelines(f"stale: docs/reference/{name}\n" for name in wrong)
        return 1 if wrong else 0
    for name in wrong:
        path = REFERENCE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name in fresh:
            path.write_text(fresh[name], encoding="utf-8")
        else:
            path.unlink()
    sys.stdout.write(f"{len(fresh)} pages, {len(wrong)} written\n")
    return 0


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main())
