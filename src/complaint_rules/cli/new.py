"""`complaint-rules new`: a small valid ruleset to start from."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Final

from complaint_rules.cli.starter import FILES
from complaint_rules.cli.streams import DONE, FAILED, USAGE, fail, say, say_json, write_text
from complaint_rules.loading import packaged

_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,79}")
_EPILOG: Final = """\
example:
  complaint-rules new shop && complaint-rules check shop
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "new",
        help="start a ruleset of your own",
        description="Write a small, commented ruleset that extends a packaged one.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", metavar="NAME", help="the ruleset's id, and its folder's name")
    parser.add_argument("--dir", default=".", help="the folder to write it into (here)")
    parser.add_argument("--extends", default="core", choices=packaged(), help="its parent (core)")
    parser.add_argument("--json", action="store_true", help="print the written files as JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the files; nothing that exists is overwritten."""
    if not _NAME.fullmatch(options.name) or options.name in packaged():
        fail(
            f"`{options.name}` is no name for a ruleset of your own: use lower-case letters, "
            "digits, `_` and `-`, and no packaged ruleset's name",
            USAGE,
        )
    folder = Path(options.dir) / options.name
    if folder.exists() or folder.is_symlink():
        fail(f"`{folder}` is there already: choose another name, or remove it", FAILED)
    for name, text in FILES.items():
        filled = text.replace("PARENT", options.extends).replace("NAME", options.name)
        write_text(folder / name, filled)
    written = [(folder / name).as_posix() for name in FILES]
    if options.json:
        say_json({"written": written})
    else:
        for path in written:
            say(path)
        say(f"now try: complaint-rules check {folder.as_posix()}")
    return DONE
