"""`deviations:` as they are written: where a ruleset means to answer otherwise."""

from __future__ import annotations

import re
from typing import Final

from complaint_rules.document import Node
from complaint_rules.testing.expecting import checks_of
from complaint_rules.testing.page import Page
from complaint_rules.testing.tree import Check, Deviation

_DEVIATION: Final = ("of", "because", "expect", "steps", "note")
_STEP: Final = ("story", "expect", "note")
_OF: Final = re.compile(r"([^:\[\]\s]+):([^:\[\]\s]+/[^:\[\]\s/]+)(?: ?\[([^\[\]\s]+)\])?")


def deviation_of(page: Page, node: Node) -> Deviation | None:
    """
    Return one deviation; `None` after its fault was noted.

    Args:
        page: Takes the faults.
        node: The entry of the list.
    """
    found = page.mapping(node, "a deviation", _DEVIATION)
    if found is None:
        return None
    keys = found.entries
    for key, cure in (
        ("of", "name the parent's scenario: `core:first-response/angry-email`"),
        ("because", "say in one line why the answer is meant to differ"),
    ):
        if key not in keys:
            span = found.span.part(0, 1)
            page.tell("missing-key", f"a deviation has no `{key}`", span, cure)
    of = page.scalar(keys.get("of"), "`of`")
    if of is None:
        return None
    named = _OF.fullmatch(of.text)
    if named is None:
        cure = "write it as `core:first-response/angry-email`, with `[row]` for one row"
        page.tell("bad-value", f"`{of.text}` names no scenario of a ruleset", of.span, cure)
        return None
    return Deviation(
        of=of,
        ruleset=named[1],
        scenario=named[2],
        row=named[3] or "",
        because=page.text(keys.get("because"), "`because`"),
        checks=checks_of(page, keys["expect"].value) if "expect" in keys else (),
        steps=_steps(page, keys["steps"].value) if "steps" in keys else (),
    )


def _steps(page: Page, node: Node) -> tuple[tuple[Check, ...], ...]:
    steps = []
    for item in page.items(node, "`steps` of a deviation"):
        found = page.mapping(item, "a step of a deviation", _STEP)
        keys = {} if found is None else found.entries
        steps.append(checks_of(page, keys["expect"].value) if "expect" in keys else ())
    return tuple(steps)
