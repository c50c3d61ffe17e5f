"""A ruleset as written becomes a policy; every fault found on the way is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from complaint_rules.compiler.bench import Bench
from complaint_rules.compiler.calendars import calendars, choose, openings
from complaint_rules.compiler.dates import validity
from complaint_rules.compiler.declare import Declarations
from complaint_rules.compiler.facts import Facts
from complaint_rules.compiler.ids import check_ids
from complaint_rules.compiler.links import check_links
from complaint_rules.compiler.money_guard import check_money
from complaint_rules.compiler.mood_guard import check_mood
from complaint_rules.compiler.people import actions, manner, sequences, stages, types
from complaint_rules.compiler.remedies import groups, remedies
from complaint_rules.compiler.reserved import reserved_facts
from complaint_rules.compiler.rules import rules
from complaint_rules.compiler.scope import Scope
from complaint_rules.compiler.settings import read_settings
from complaint_rules.compiler.site import Site
from complaint_rules.compiler.targets import targets
from complaint_rules.compiler.texts import check_sources, check_texts
from complaint_rules.compiler.time_guard import check_time
from complaint_rules.compiler.type_guard import check_types
from complaint_rules.compiler.word_guard import check_words
from complaint_rules.composition import Composed, fingerprint
from complaint_rules.policy import Policy
from complaint_rules.problem import Problem, Severity

if TYPE_CHECKING:
    from complaint_rules.calendar import BusinessCalendar
    from complaint_rules.model.ruleset import RulesetModel

_LISTED = ("sequences", "stages", "sides", "rules")
_MAPPED = (
    "settings",
    "facts",
    "calendars",
    "customer_types",
    "actions",
    "manner",
    "targets",
    "remedies",
    "groups",
)


def compile_ruleset(model: RulesetModel, composed: Composed) -> tuple[Policy | None, list[Problem]]:
    """
    Return the policy of a ruleset, and every problem of its meaning.

    Args:
        model: The ruleset, its shape checked.
        composed: The same with the place of every word in it. Names in `Composed.lost` count as
            declared, because their fault has been told.

    Returns:
        The policy, None if any problem is an error; and the problems, each once.
    """
    problems: list[Problem] = []
    root = Site(composed.node, "", problems)
    bench = Bench(root, _scope(model, composed), validity(root.child("valid")))
    policy = _Assembly(bench, model, composed).policy()
    told = list(dict.fromkeys(problems))
    if any(problem.severity is Severity.ERROR for problem in told):
        return None, told
    return policy, told


def _scope(model: RulesetModel, composed: Composed) -> Scope:
    ids = {name: frozenset(getattr(model, name)) | composed.lost for name in _MAPPED}
    for name in _LISTED:
        ids[name] = frozenset(item.id for item in getattr(model, name)) | composed.lost
    return Scope(
        currency=model.currency.code,
        ids=ids,
        facts=_reserved(model, composed.lost),
        broken=set(composed.lost),
        conduct=frozenset(name for name, action in model.actions.items() if action.conduct),
        roles=tuple(model.approvals),
    )


def _reserved(model: RulesetModel, lost: frozenset[str]) -> dict[str, Any]:
    also = sorted(lost)
    fits = (word for remedy in model.remedies.values() for word in remedy.fits)
    return reserved_facts(
        types=(*model.customer_types, *also),
        actions=(*(n for n, action in model.actions.items() if not action.conduct), *also),
        remedies=(*model.remedies, *also),
        fits=sorted(fits),
        calendars=(*model.calendars, *also) or ("always",),
        stages=(*(stage.id for stage in model.stages), *also),
        sides=(*(side.id for side in model.sides), *also),
    )


class _Assembly:
    """One ruleset on its way to a policy."""

    def __init__(self, bench: Bench, model: RulesetModel, composed: Composed) -> None:
        self.bench = bench
        self.model = model
        self.composed = composed

    def calendars(self) -> frozenset[str]:
        """Return the ids a ruleset may name as its calendar; where it names none, its own."""
        own = frozenset(self.model.calendars)
        return own if self.model.calendar is None else self.bench.scope.ids["calendars"]

    def policy(self) -> Policy:
        bench, model, scope = self.bench, self.model, self.bench.scope
        Declarations(model.facts, bench.section("facts"), scope).read()
        read_settings(model.settings, bench.section("settings"), scope, bench.dates)
        facts = Facts(bench, model.facts)
        facts.read()
        known_types = types(bench, model.customer_types)
        all_stages = stages(bench, "stages", model.stages)
        all_sides = stages(bench, "sides", model.sides)
        facts.settle(
            {
                "customer_types": [t.recognise for t in known_types.values() if t.recognise],
                "stage": [stage.when for stage in all_stages],
                "side": [side.when for side in all_sides],
            }
        )
        made = calendars(model.calendars, bench.section("calendars"))
        given = {name for rule in model.rules for name in rule.then.target}
        all_remedies = remedies(bench, model.remedies)
        used = frozenset(remedy.group for remedy in all_remedies.values())
        policy = Policy(
            id=model.id,
            edition=model.edition,
            fingerprint=self._fingerprint(made),
            title=dict(model.title),
            extends=tuple(model.extends),
            text=dict(model.text or {}),
            openings=openings(model.calendars, bench.section("calendars"), bench.dates),
            words={name: dict(word.title) for name, word in model.words.items()},
            currency=model.currency.code,
            decimals=_decimals(model),
            calendar=choose(model.calendar, bench.root, self.calendars(), made),
            calendars=made,
            approvals=tuple(model.approvals),
            facts=dict(scope.facts),
            defaults=facts.defaults,
            derivations=facts.derivations,
            settings=dict(scope.settings),
            types=known_types,
            conditions=(),
            stages=all_stages,
            sides=all_sides,
            rules=rules(bench, model.rules, all_remedies),
            actions=actions(bench, model.actions),
            manner=manner(bench, model.manner),
            targets=targets(bench, model.targets, given),
            remedies=all_remedies,
            groups=groups(bench, model.groups, used),
            sequences=sequences(bench, model.sequences),
        )
        policy = attrs.evolve(policy, conditions=tuple(bench.numbers))
        self._check(policy)
        return policy

    def _check(self, policy: Policy) -> None:
        """Tell of what only the whole shows."""
        bench, model = self.bench, self.model
        check_ids(bench, model)
        check_links(bench, policy.actions, policy.sequences)
        check_texts(bench, model)
        check_sources(bench, model)
        check_words(policy, bench.root)
        problems = bench.root.problems
        problems += check_types(policy)
        problems += check_mood(policy)
        problems += check_money(policy, bench.root)
        problems += check_time(policy, bench.root)

    def _fingerprint(self, made: Mapping[str, BusinessCalendar]) -> str:
        """Return the ruleset's fingerprint: what it says, and the dates its holidays came to."""
        days = {name: _days(calendar) for name, calendar in made.items() if calendar.holidays}
        if not days:
            return self.composed.fingerprint
        return fingerprint(self.composed.data, days)


def _days(calendar: BusinessCalendar) -> list[str]:
    return [day.isoformat() for day in sorted(calendar.holidays)]


def _decimals(model: RulesetModel) -> dict[str, int]:
    if model.currency.decimals is None:
        return {}
    return {model.currency.code: model.currency.decimals}
