"""A page for every problem code, from the catalogue and the bad examples that the tests run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from complaint_rules.catalogue import CATALOGUE, NOTICES, Entry
from complaint_rules.document import read_yaml, to_data
from complaint_rules.source import Source

LANGUAGE = Path(__file__).resolve().parents[2] / "tests" / "language"
_KINDS = {
    "ruleset": "in a ruleset",
    "state": "in a state or a decision",
    "explanation": "in asking for an explanation",
    "batch": "in a batch",
    "scenario": "in a scenario file",
}
_LONGEST = 60
_FENCES = {".yaml": "yaml", ".csv": "csv", ".txt": "text"}


def pages() -> dict[str, str]:
    """Return the page of every code, and the list of them, by file name."""
    calls = {example["code"]: example for example in _calls()}
    written = {f"{code}.md": _page(entry, calls) for code, entry in CATALOGUE.items()}
    return {**written, "README.md": _index()}


def _calls() -> list[dict[str, Any]]:
    name = "bad_states.yaml"
    node, _ = read_yaml(Source(name, (LANGUAGE / name).read_text(encoding="utf-8")))
    listed: list[dict[str, Any]] = to_data(node) if node is not None else []
    return listed


def _index() -> str:
    lines = ["# Problems\n", "Every problem code, with what it means, why, and the cure.\n"]
    for about, words in _KINDS.items():
        found = [entry for entry in CATALOGUE.values() if entry.about == about]
        lines += [f"## {words.capitalize()}\n", "| code | severity | |\n|---|---|---|"]
        lines += [
            f"| [{entry.code}]({entry.code}.md) | {entry.severity.value} | {entry.title} |"
            for entry in found
        ]
        lines.append("")
    lines += ["## Notices\n", "A notice stands in a decision: no fault, but something to know.\n"]
    lines += ["| code | meaning |\n|---|---|"]
    lines += [f"| {code} | {text} |" for code, text in NOTICES.items()]
    return "\n".join(lines) + "\n"


def _page(entry: Entry, calls: dict[str, Any]) -> str:
    parts = [
        f"# {entry.title}\n",
        f"`{entry.code}`, {_article(entry.severity.value)} {_KINDS[entry.about]}\n",
        f"{entry.what}\n",
        f"**Why it is one.** {entry.why}\n",
        f"**The cure.** {entry.cure}\n",
    ]
    if entry.code in calls:
        parts += [
            *_call("Bad", calls[entry.code]["bad"]),
            *_call("Good", calls[entry.code]["good"]),
        ]
    else:
        folder = LANGUAGE / "bad" / entry.code
        report = (folder / "expected.txt").read_text(encoding="utf-8").rstrip("\n")
        parts += _folder("Bad", folder / "bad")
        parts += [f"What `complaint-rules check` says of it:\n\n```text\n{_cut(report)}\n```\n"]
        parts += _folder("Good", folder / "good")
    return "\n".join(parts)


def _article(severity: str) -> str:
    return f"{'an' if severity[0] in 'aeiou' else 'a'} {severity}"


def _folder(title: str, folder: Path) -> Iterator[str]:
    """Yield an example that lies in a folder, file by file."""
    yield f"## {title}\n"
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in sorted(paths, key=lambda path: path.name != "ruleset.yaml"):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".zip":
            yield f"`{name}`: {_size(path)} bytes of an archive.\n"
            continue
        text = (
            path.read_bytes().decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
        )
        head = f"`{name}`:\n\n" if len(paths) > 1 else ""
        fence = _FENCES.get(path.suffix, "text")
        yield f"{head}```{fence}\n{_cut(text.rstrip())}\n```\n"


def _size(path: Path) -> str:
    return f"{path.stat().st_size:,}"


def _call(title: str, example: dict[str, Any]) -> Iterator[str]:
    """Yield an example that is a call or a command line."""
    yield f"## {title}\n"
    if "python" in example:
        if title == "Bad":
            other = (
                " and `other` the text of another ruleset" if "other" in example["python"] else ""
            )
            yield f'Here `policy` is `load("core")`{other}.\n'
        yield f"```py\n{example['python'].rstrip()}\n```\n"
        return
    for name, text in example.get("files", {}).items():
        fence = _FENCES.get(Path(name).suffix, "json")
        yield f"`{name}`:\n\n```{fence}\n{text.rstrip()}\n```\n"
    yield f"```sh\n{example['run']}\n```\n"


def _cut(text: str) -> str:
    """Return a text whose long lines, and lines past a screenful, are left out."""
    lines = [line if len(line) <= 200 else f"{line[:200]} …" for line in text.splitlines()]
    if len(lines) <= _LONGEST:
        return "\n".join(lines)
    return "\n".join([*lines[:_LONGEST], f"… {len(lines) - _LONGEST} more lines"])
