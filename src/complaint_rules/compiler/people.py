"""Customer types, actions, manner, sequences and stages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from complaint_rules.compiler.dues import dues
from complaint_rules.compiler.durations import duration
from complaint_rules.compiler.groups import condition
from complaint_rules.compiler.parts import common, guidance
from complaint_rules.policy import Action, CustomerType, Manner, Repeat, Sequence, Stage

if TYPE_CHECKING:
    from complaint_rules.compiler.bench import Bench
    from complaint_rules.compiler.site import Site
    from complaint_rules.model.facts import CustomerTypeModel
    from complaint_rules.model.outputs import (
        ActionModel,
        MannerModel,
        SequenceModel,
        StageModel,
    )

_DUTIES = ("owner", "channel", "due", "after", "repeat")


def types(bench: Bench, models: Mapping[str, CustomerTypeModel]) -> dict[str, CustomerType]:
    """Return the customer types."""
    found = {}
    for name, model in models.items():
        site = bench.item("customer_types", name, f"customer type `{name}`")
        seen = site.child("recognise")
        found[name] = CustomerType(
            confirm_human=model.confirm == "human",
            expires=duration(site.child("expires"), bench.scope),
            recognise=None if seen is None else condition(seen, bench.scope),
            guidance=guidance(model.guidance),
            **common(name, model, site, bench.dates, bench.section("customer_types").key(name)),
        )
    return found


def actions(bench: Bench, models: Mapping[str, ActionModel]) -> dict[str, Action]:
    """Return the actions, and what can only be forbidden."""
    found = {}
    section = bench.section("actions")
    for name, model in models.items():
        site = bench.item("actions", name, f"action `{name}`")
        if model.conduct:
            _no_duties(site)
        elif model.owner is None:
            cure = "add `owner: ROLE`; or `conduct: yes` if it can only be forbidden"
            site.error("owner-missing", "has no owner", cure, at=section.key(name))
        bench.check_ids("actions", "unknown-action", site.child("after"))
        found[name] = Action(
            owner=model.owner or "",
            channel=model.channel,
            due=dues(site.child("due"), bench.scope),
            after=tuple(model.after),
            repeat=_repeat(bench, model, site),
            guidance=guidance(model.guidance),
            conduct=model.conduct,
            **common(name, model, site, bench.dates, section.key(name)),
        )
    return found


def _no_duties(site: Site) -> None:
    for key in _DUTIES:
        if site.child(key) is not None:
            message = f"is conduct, which can only be forbidden, and has `{key}`"
            site.error("unfit-key", message, f"take out `{key}` or `conduct`", at=site.key(key))


def _repeat(bench: Bench, model: ActionModel, site: Site) -> Repeat:
    if isinstance(model.repeat, str):
        return Repeat()
    bench.check_ids("targets", "unknown-target", site.child("repeat", "each"))
    return Repeat(model.repeat.each, model.repeat.ever)


def manner(bench: Bench, models: Mapping[str, MannerModel]) -> dict[str, Manner]:
    """Return how to speak and behave."""
    section = bench.section("manner")
    return {
        name: Manner(
            phase=model.phase,
            guidance=guidance(model.guidance),
            **common(
                name,
                model,
                bench.item("manner", name, f"manner `{name}`"),
                bench.dates,
                section.key(name),
            ),
        )
        for name, model in models.items()
    }


def sequences(bench: Bench, models: list[SequenceModel]) -> tuple[Sequence, ...]:
    """Return the orders of actions, first match first."""
    found = []
    for index, model in enumerate(models):
        site = bench.item("sequences", index, f"sequence `{model.id}`")
        steps = site.child("steps")
        bench.check_ids("actions", "unknown-action", steps)
        seen: set[str] = set()
        for item in steps.items() if steps is not None else ():
            if item.text in seen:
                message = f"has the step `{item.text}` twice"
                item.error("duplicate-step", message, "a step stands once; take one out")
            seen.add(item.text)
        found.append(
            Sequence(
                when=bench.number(condition(site.child("when"), bench.scope)),
                steps=tuple(model.steps),
                **common(model.id, model, site, bench.dates, site.at("id").span),
            )
        )
    return tuple(found)


def stages(bench: Bench, section: str, models: list[StageModel]) -> tuple[Stage, ...]:
    """Return the stages of a complaint's life, or its side states."""
    what = {"stages": "stage", "sides": "side state"}[section]
    found = []
    for index, model in enumerate(models):
        site = bench.item(section, index, f"{what} `{model.id}`")
        when = condition(site.child("when"), bench.scope)
        shared = common(model.id, model, site, bench.dates, site.at("id").span)
        found.append(Stage(when=when, **shared))
    return tuple(found)
