"""A scenario file's bytes → what it says, and every fault of its form."""

from __future__ import annotations

from typing import Final

from complaint_rules.document import Entry, Mapping, Node, Scalar, decode, read_yaml
from complaint_rules.problem import Problem
from complaint_rules.source import Source
from complaint_rules.testing.deviating import deviation_of
from complaint_rules.testing.expecting import checks_of
from complaint_rules.testing.page import YES_NO, Page
from complaint_rules.testing.stated import changes_of
from complaint_rules.testing.tables import rows_of
from complaint_rules.testing.tree import Check, ScenarioFile, Written, WrittenStep

_FILE: Final = ("format", "ruleset", "tags", "at", "state", "scenarios", "deviations", "note")
_SCENARIO: Final = (
    "id", "story", "tags", "shows", "like", "at", "state", "expect", "steps", "expected_failure",
    "unreviewed", "table", "note",
)  # fmt: skip
_STEP: Final = ("at", "story", "state", "done", "expect", "note")


def read_scenario_file(
    name: str, data: bytes, stem: str
) -> tuple[ScenarioFile | None, tuple[Problem, ...], Source | None]:
    """
    Read one scenario file, without its ruleset.

    Args:
        name: The file's name, for messages.
        data: Its bytes: YAML in UTF-8.
        stem: What its scenarios' full names begin with.

    Returns:
        What it says, as far as it can be read, or `None`; its faults; and its text.
    """
    source, problems = decode(name, data)
    if source is None or problems:
        return None, tuple(problems), source
    node, problems = read_yaml(source)
    if node is None or problems:
        return None, tuple(problems), source
    page = Page(source)
    made = _file(page, node, stem)
    return made, tuple(page.problems), source


def _file(page: Page, node: Node, stem: str) -> ScenarioFile | None:
    if not isinstance(node, Mapping) or not {"scenarios", "deviations"} & node.entries.keys():
        told = f"`{page.source.name}` holds no scenarios"
        cure = "begin it with `format: 1`, then `scenarios:`"
        page.tell("not-scenarios", told, node.span, cure)
        return None
    keys = node.entries
    page.mapping(node, "a scenario file", _FILE)
    _format(page, node)
    tags = tuple(tag.text for tag in page.words(_value(keys.get("tags")), "`tags`"))
    scenarios = [
        scenario
        for item in _list(page, keys.get("scenarios"), "`scenarios`")
        if (scenario := _scenario(page, item, tags)) is not None
    ]
    deviations = [
        deviation
        for item in _list(page, keys.get("deviations"), "`deviations`")
        if (deviation := deviation_of(page, item)) is not None
    ]
    return ScenarioFile(
        stem=stem,
        source=page.source,
        ruleset=page.scalar(keys.get("ruleset"), "`ruleset`"),
        at=page.instant(keys.get("at"), "`at`"),
        changes=changes_of(page, keys["state"].value) if "state" in keys else (),
        scenarios=_once(page, scenarios),
        deviations=tuple(deviations),
    )


def _format(page: Page, node: Mapping) -> None:
    entry = node.entries.get("format")
    if entry is None or not isinstance(entry.value, Scalar) or entry.value.text != "1":
        told = "the file has no format that this version reads"
        span = node.span.part(0, 1) if entry is None else entry.value.span
        page.tell("wrong-format", told, span, "write `format: 1`")


def _once(page: Page, scenarios: list[Written]) -> tuple[Written, ...]:
    """Return the scenarios, each id once."""
    first: dict[str, Written] = {}
    for scenario in scenarios:
        name = scenario.id.text
        if name in first:
            told = f"two scenarios of the file are called `{name}`"
            label = f"first at {first[name].id.span}"
            page.tell("id-taken", told, scenario.id.span, "give one another id", label)
        first.setdefault(name, scenario)
    return tuple(first.values())


def _scenario(page: Page, node: Node, tags: tuple[str, ...]) -> Written | None:
    found = page.mapping(node, "a scenario", _SCENARIO)
    if found is None:
        return None
    keys = found.entries
    if "id" not in keys:
        told = "a scenario has no `id`"
        page.tell("missing-key", told, found.span.part(0, 1), "add `id:`, such as `angry-email`")
        return None
    name = page.id(keys["id"].value, "the id of a scenario")
    if name is None:
        return None
    what = f"scenario `{name.text}`"
    if "story" not in keys:
        told = f"{what} tells no story"
        page.tell("missing-key", told, name.span, "add `story:`, one line as an owner would say it")
    before = len(page.problems)
    steps = [
        step
        for item in _list(page, keys.get("steps"), f"`steps` of {what}")
        if (step := _step(page, item)) is not None
    ]
    checks = _checks(page, keys.get("expect"))
    rows = rows_of(page, keys["table"].value, what) if "table" in keys else None
    expects = checks or any(step.checks for step in steps) or any(r.checks for r in rows or ())
    if not expects and len(page.problems) == before:
        page.tell("expects-nothing", f"{what} expects nothing", name.span, "add `expect:`")
    own = (tag.text for tag in page.words(_value(keys.get("tags")), f"`tags` of {what}"))
    shows = page.words(_value(keys.get("shows")), f"`shows` of {what}")
    return Written(
        id=name,
        span=found.span,
        story=page.text(keys.get("story"), f"the story of {what}"),
        tags=tuple(dict.fromkeys((*tags, *own))),
        shows=tuple(word.text for word in shows),
        like=page.scalar(keys.get("like"), f"`like` of {what}"),
        at=page.instant(keys.get("at"), f"`at` of {what}"),
        changes=changes_of(page, keys["state"].value) if "state" in keys else (),
        checks=checks,
        steps=tuple(steps),
        rows=rows,
        expected_failure=_reason(page, keys.get("expected_failure"), what),
        unreviewed=page.flag(keys.get("unreviewed"), f"`unreviewed` of {what}"),
    )


def _reason(page: Page, entry: Entry | None, what: str) -> str:
    """Return why a scenario is expected to fail; a mere yes or no tells nobody."""
    text = page.text(entry, f"the reason why {what} is expected to fail")
    if entry is not None and text in YES_NO:
        told = f"`{text}` is no reason why {what} is expected to fail"
        page.tell("bad-value", told, entry.value.span, "say why, in one line, or take the key out")
    return text


def _step(page: Page, node: Node) -> WrittenStep | None:
    found = page.mapping(node, "a step", _STEP)
    if found is None:
        return None
    keys = found.entries
    return WrittenStep(
        span=found.span,
        story=page.text(keys.get("story"), "the story of a step"),
        at=page.instant(keys.get("at"), "`at` of a step"),
        changes=changes_of(page, keys["state"].value) if "state" in keys else (),
        done=page.words(_value(keys.get("done")), "`done` of a step"),
        checks=_checks(page, keys.get("expect")),
    )


def _checks(page: Page, entry: Entry | None) -> tuple[Check, ...]:
    return () if entry is None else checks_of(page, entry.value)


def _value(entry: Entry | None) -> Node | None:
    return None if entry is None else entry.value


def _list(page: Page, entry: Entry | None, what: str) -> list[Node]:
    return [] if entry is None else list(page.items(entry.value, what))
