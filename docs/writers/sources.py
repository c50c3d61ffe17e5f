"""The page of where every rule of the five source documents went, and what traces it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import attrs

from complaint_rules import Policy
from complaint_rules.document import Mapping, decode, read_yaml
from complaint_rules.testing.cases import Case
from complaint_rules.testing.suites import read_suite
from complaint_rules.testing.without import carriers

CORE: Final = Path("rulesets/core")
SEEDS: Final = {"000": 41, "001": 40, "002": 44, "003": 44, "004": 23}
"""How many rules each source document has."""
_ID: Final = re.compile(r"00[0-4]-\d\d")
_MOST_SHOWN: Final = 3
_TOP: Final = """\
# Where every source rule went

`core` was written from five documents on handling complaints, of {whole} rules together. Each rule
is carried by items of the ruleset, or is listed with the reason why no decision can carry it
(`rulesets/core/not_policy.yaml`). {encoded} are carried, {excused} are not policy.

Every carried rule names scenarios that show it. `make trace` takes each carrier out of the ruleset
in turn and sees that one of these scenarios then fails.
"""


def source_ids() -> tuple[str, ...]:
    """Return the ids of all source rules, in order."""
    return tuple(
        f"{seed}-{number:02}" for seed, count in SEEDS.items() for number in range(1, count + 1)
    )


@attrs.frozen
class Carrier:
    """An item of a ruleset that carries source rules."""

    section: str
    id: str


@attrs.frozen(eq=False)
class Trace:
    """
    What carries each source rule, and what shows it.

    Attributes:
        policy: The policy of `core`.
        carried: The carriers of each source rule, by its id.
        claims: The source rules that each carrier claims.
        excused: Why a source rule is not policy, by its id.
        shown: The cases that show each source rule, by its id.
    """

    policy: Policy
    carried: dict[str, list[Carrier]]
    claims: dict[Carrier, list[str]]
    excused: dict[str, str]
    shown: dict[str, list[Case]]


def trace() -> Trace:
    """Return what the files of `core` say of the source rules."""
    suite = read_suite(CORE)
    policy = suite.policy
    if policy is None or not suite.report.ok:
        raise ValueError(f"core is not sound: {suite.ruleset}{suite.report}")
    carried: dict[str, list[Carrier]] = {}
    claims: dict[Carrier, list[str]] = {}
    for section, item in carriers(policy):
        own = [each for each in item.source if _ID.fullmatch(each)]
        for each in own:
            carried.setdefault(each, []).append(Carrier(section, item.id))
        if own:
            claims[Carrier(section, item.id)] = own
    shown: dict[str, list[Case]] = {}
    for case in suite.cases:
        for each in case.shows:
            shown.setdefault(each, []).append(case)
    return Trace(policy, carried, claims, _excused(), shown)


def _excused() -> dict[str, str]:
    path = CORE / "not_policy.yaml"
    source, _ = decode(path.name, path.read_bytes())
    node = read_yaml(source)[0] if source else None
    whole = node.entries["not_policy"].value if isinstance(node, Mapping) else None
    if not isinstance(whole, Mapping):
        raise TypeError(f"{path} has no mapping `not_policy`")
    return {
        name: entry.value.entries["because"].value.text  # type: ignore[union-attr] # it is a text
        for name, entry in whole.entries.items()
        if isinstance(entry.value, Mapping)
    }


def page() -> str:
    """Return the page `docs/reference/sources.md`."""
    found = trace()
    top = _TOP.format(
        whole=len(source_ids()), encoded=len(found.carried), excused=len(found.excused)
    )
    lines = [top, "| source rule | what carries it | what shows it |", "|---|---|---|"]
    for each in source_ids():
        if each in found.excused:
            lines.append(f"| {each} | not policy | {found.excused[each]} |")
        else:
            lines.append(
                f"| {each} | {_carriers(found.carried.get(each, ()))} | "
                f"{_stories(found.shown.get(each, ()))} |"
            )
    return "\n".join([*lines, ""])


def _carriers(carriers: Iterable[Carrier]) -> str:
    return ", ".join(f"{_ONE[each.section]} `{each.id}`" for each in carriers)


_ONE: Final = {
    "rules": "rule",
    "rows": "row",
    "targets": "target",
    "remedies": "remedy",
    "manner": "manner",
    "actions": "action",
    "types": "type",
    "sequences": "sequence",
    "stages": "stage",
    "sides": "side state",
    "groups": "group",
}


def _stories(cases: Iterable[Case]) -> str:
    """Return the stories of the first few scenarios, with their names, and how many more."""
    stories = dict.fromkeys((f"{case.stem}/{case.scenario}", case.story) for case in cases)
    told = [f"{story} (`{name}`)" for name, story in list(stories)[:_MOST_SHOWN]]
    more = len(stories) - len(told)
    return "; ".join([*told, *([f"{more} more"] if more else [])]).replace("|", "/")
