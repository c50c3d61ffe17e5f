"""Texts that lack a language, and items that lack a source: warnings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from complaint_rules.document import Mapping, Scalar

if TYPE_CHECKING:
    from complaint_rules.compiler.bench import Bench
    from complaint_rules.compiler.site import Site
    from complaint_rules.model.ruleset import RulesetModel

_SINGULAR: Final = {
    "facts": "fact",
    "settings": "setting",
    "calendars": "calendar",
    "customer_types": "customer type",
    "actions": "action",
    "manner": "manner",
    "targets": "target",
    "remedies": "remedy",
    "groups": "group",
    "words": "word",
    "sequences": "sequence",
    "stages": "stage",
    "sides": "side state",
    "rules": "rule",
}
_WITHIN: Final = (
    ("guidance",),
    ("table", "rows"),
    ("amount", "table", "rows"),
    ("derive", "table", "rows"),
)
_TEXTS: Final = ("title", "text", "do", "avoid")


def check_texts(bench: Bench, model: RulesetModel) -> None:
    """Warn of texts that lack a language the ruleset's own title has."""
    languages = tuple(model.title)
    if len(languages) < 2:
        return
    for site in _items(bench):
        for place in _places(site):
            for key in _TEXTS:
                text = place.child(key)
                if text is not None and isinstance(place.node, Mapping):
                    _check(text, key, languages)


def _items(bench: Bench) -> Iterator[Site]:
    for section, what in _SINGULAR.items():
        place = bench.root.child(section)
        if place is None:
            continue
        if isinstance(place.node, Mapping):
            for name, _ in place.entries():
                yield bench.item(section, name, f"{what} `{name}`")
        else:
            for index, item in enumerate(place.items()):
                yield bench.item(section, index, f"{what} `{item.at('id').text}`")


def _places(site: Site) -> Iterator[Site]:
    yield site
    for path in _WITHIN:
        found = site.child(*path)
        if found is not None:
            yield from found.items()
    fields = site.child("fields")
    if fields is not None:
        for _, field in fields.entries():
            yield field


def _check(site: Site, key: str, languages: tuple[str, ...]) -> None:
    has = ("en",) if isinstance(site.node, Scalar) else tuple(name for name, _ in site.entries())
    missing = [f"`{language}`" for language in languages if language not in has]
    if missing and (not isinstance(site.node, Scalar) or site.text.strip()):
        site.warning(
            "missing-translation",
            f"has its `{key}` not in {', '.join(missing)}",
            "readers of that language see another one; the ruleset's `title` has it",
        )


def check_sources(bench: Bench, model: RulesetModel) -> None:
    """Warn of rules, law and figures that do not say where they come from."""
    cure = "add `source: […]`: a rule id of a source document, a law, a contract"
    for section, what in _SINGULAR.items():
        listed = getattr(model, section)
        named = listed.items() if isinstance(listed, dict) else ((i.id, i) for i in listed)
        for index, (name, item) in enumerate(named):
            if item.source or not (section == "rules" or item.law):
                continue
            site = bench.item(
                section, name if isinstance(listed, dict) else index, f"{what} `{name}`"
            )
            at = site.at("id").span if section == "rules" else bench.section(section).key(name)
            site.warning("missing-source", "does not say where it comes from", cure, at=at)
    for name, setting in model.settings.items():
        if not setting.source and not setting.default_of_ours and not setting.law:
            site = bench.item("settings", name, f"setting `{name}`")
            ours = "add `source: […]`, or `default_of_ours: yes` if the figure is your own"
            at = bench.section("settings").key(name)
            site.warning("missing-source", "does not say where it comes from", ours, at=at)
