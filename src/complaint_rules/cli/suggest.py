"""`complaint-rules test --suggest`: the cases that a ruleset's scenarios lack, to be reviewed."""

from __future__ import annotations

import os
from pathlib import Path

from complaint_rules.cli.coverage import Covered, covered, progress
from complaint_rules.cli.numbers import counted
from complaint_rules.cli.streams import DONE, USAGE, fail, say, say_json, tell, write_text
from complaint_rules.loading import packaged
from complaint_rules.testing.shelves import FOLDER
from complaint_rules.testing.suggesting import Suggestions, as_scenarios, suggest


def run(paths: list[str], words: str | None, file: str, *, as_json: bool) -> int:
    """
    Write the missing cases of one ruleset.

    Args:
        paths: What was asked for: one ruleset, with all its scenarios or some.
        words: Only scenarios with these words count; `None`: all.
        file: The file to write; ``-``: standard output.
        as_json: Print as JSON what was found.
    """
    if file != "-" and Path(file).exists():
        fail(f"`{file}` is there already: name a new file for `--suggest`", USAGE)
    found = covered(paths, words, everything=False, as_json=as_json)
    if len(found) != 1:
        fail("cases are suggested for one ruleset at a time: name one", USAGE)
    each = found[0]
    with progress("searching", "points") as show:
        made = suggest(each.counted, each.cases, on_point=show)
    text = as_scenarios(made, ruleset="" if file == "-" else _named(each, Path(file)))
    if file != "-" and made.found:
        write_text(Path(file), text)
    if as_json:
        say_json(_data(made, text))
    elif file == "-":
        say(text.rstrip("\n"))
    counts = (
        f"{counted(len(made.found), 'case')} suggested",
        f"{counted(len(made.not_reached), 'point')} not reached",
        f"{len(made.unreachable):,} unreachable",
    )
    tell(f"complaint-rules: {', '.join(counts)}")
    return DONE


def _named(each: Covered, file: Path) -> str:
    """Return what a scenario file names as its ruleset; nothing where it stands beside it."""
    if each.path in packaged():
        return each.path
    folder = Path(each.path).resolve()
    here = file.resolve().parent
    if here.is_relative_to(folder / FOLDER):
        return ""
    return Path(os.path.relpath(folder, here)).as_posix()


def _data(made: Suggestions, text: str) -> dict[str, object]:
    return {
        "ruleset": made.policy.id,
        "suggested": [[point.told for point in each.points] for each in made.found],
        "not_reached": [
            {"point": point.told, "states_tried": tries}
            for point, tries in made.not_reached.items()
        ],
        "unreachable": [
            {"point": point.told, "reason": why} for point, why in made.unreachable.items()
        ],
        "text": text,
    }
