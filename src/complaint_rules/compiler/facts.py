"""Facts made whole: what they default to, how they are derived, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

import attrs

from complaint_rules.compiler.assign import for_fact
from complaint_rules.compiler.declare import Declarations
from complaint_rules.compiler.derive import default, derivation
from complaint_rules.compiler.order import ordered, shown
from complaint_rules.compiler.reads import facts_read, names_now
from complaint_rules.compiler.reserved import RESERVED_DEFAULTS, SETTLED
from complaint_rules.compiler.site import Site
from complaint_rules.conditions.reading import facts_of, reads_now
from complaint_rules.conditions.tree import Condition, Constant, Expression
from complaint_rules.document import Scalar
from complaint_rules.facts import Fact, Kind
from complaint_rules.policy import BuiltIn, Derivation

if TYPE_CHECKING:
    from complaint_rules.compiler.bench import Bench
    from complaint_rules.model.facts import FactModel

_EMPTY: Final[Mapping[Kind, object]] = {Kind.SET: frozenset(), Kind.RECORDS: ()}


@attrs.define(eq=False)
class Facts:
    """
    The facts section, compiled step by step.

    Attributes:
        defaults: What missing facts take.
        derivations: How derived facts are computed.
    """

    bench: Bench
    models: Mapping[str, FactModel]
    defaults: dict[str, Expression] = attrs.field(factory=dict)
    derivations: dict[str, Derivation] = attrs.field(factory=dict)

    def read(self) -> None:
        """Compile everything but the order, which needs the built-in facts too."""
        self._reserved_defaults()
        declared = Declarations(self.models, self.bench.section("facts"), self.bench.scope)
        for name, model in self.models.items():
            site = declared.site(name)
            self._extras(name, model, site)
            for field, inner in (model.fields or {}).items():
                self._extras(f"{name}.{field}", inner, site.at("fields", field))

    def _reserved_defaults(self) -> None:
        for name, text in RESERVED_DEFAULTS.items():
            fact = self._fact(name)
            assert fact is not None, "reserved facts are there"  # noqa: S101
            if text == "[]":
                self.defaults[name] = Constant(_EMPTY[fact.kind], fact.kind)
                continue
            node = Scalar(text, self.bench.root.span)
            value = for_fact(self.bench.root.of(node), self.bench.scope, fact)
            assert value is not None, "reserved defaults are sound"  # noqa: S101
            self.defaults[name] = value

    def _fact(self, name: str) -> Fact | None:
        """Return a fact, or a field of a list of records; None where its shape is at fault."""
        facts = self.bench.scope.facts
        base, _, field = name.partition(".")
        record = facts.get(base)
        return facts.get(name) or (record.fields.get(field) if record is not None else None)

    def _extras(self, name: str, model: FactModel, site: Site) -> None:
        """Read what a fact has beside its shape."""
        scope = self.bench.scope
        fact = None if scope.is_broken(name) else self._fact(name)
        if fact is None:
            return
        self.bench.check_ids("actions", "unknown-action", site.child("learn_by"))
        self._mark(name, fact, model, site)
        given, derived = site.child("default"), site.child("derive")
        if given is not None and (derived is not None or fact.derived):
            message = "is derived and has a default: it is always computed, so never missing"
            site.error(
                "default-and-derive", message, "take out one of them", at=site.key("default")
            )
        elif given is not None:
            value = default(given, scope, fact)
            if value is not None:
                self.defaults[name] = value
        if derived is not None and not fact.reserved:
            found = derivation(derived, scope, fact, self.bench.dates)
            if found is not None:
                self.derivations[name] = found

    def _mark(self, name: str, fact: Fact, model: FactModel, site: Site) -> None:
        """Put `learn_by` and `not_money` on the fact, and on the fields of a record."""
        flags: bool | frozenset[str] = False
        if isinstance(model.not_money, list):
            flags = frozenset(model.not_money)
            for item in site.at("not_money").items():
                if item.text not in fact.values:
                    item.unknown("unknown-value", item.text, fact.values, verb="has")
        elif model.not_money:
            flags = True
        if not flags and model.learn_by is None:
            return
        facts = self.bench.scope.facts
        for each in (name, *(f"{name}.{field}" for field in fact.fields)):
            if each in facts:
                old = facts[each]
                learn_by = model.learn_by or old.learn_by
                facts[each] = attrs.evolve(old, learn_by=learn_by, not_money=flags or old.not_money)

    # ------------------------------------------------------------------- order

    def settle(self, built_in: Mapping[str, Iterable[Condition]]) -> None:
        """
        Put defaults and derivations in order, tell of rings, and mark what moves with time.

        Args:
            built_in: The conditions that the package's own derived facts hang on, by fact.
        """
        needs = {name: facts_read(each) for name, each in self.derivations.items()}
        for name in SETTLED:
            read = {fact for each in built_in.get(name, ()) for fact in facts_of(each)}
            needs[name] = sorted(read | set(_OWN_NEEDS.get(name, ())))
            self.derivations[name] = BuiltIn()
        order, rings = ordered(needs)
        self._tell_rings("derive-cycle", "is derived from itself", rings)
        self.derivations = {name: self.derivations[name] for name in order}
        self._order_defaults(frozenset(needs))
        self._mark_time(needs, built_in)

    def _order_defaults(self, derived: frozenset[str]) -> None:
        needs = {name: sorted(facts_of(each)) for name, each in self.defaults.items()}
        for name, read in needs.items():
            late = [fact for fact in read if fact in derived]
            if late:
                self._site(name).error(
                    "default-of-derived",
                    f"has a default that reads `{late[0]}`, which is derived only later",
                    "defaults read given facts; for more, derive a fact of its own",
                )
        order, rings = ordered(needs)
        self._tell_rings("default-cycle", "has a default that comes from itself", rings)
        self.defaults = {name: self.defaults[name] for name in order}

    def _site(self, name: str) -> Site:
        base, dot, field = name.partition(".")
        site = self.bench.item("facts", name, f"fact `{name}`")
        if name not in self.models and dot:
            site = attrs.evolve(
                self.bench.section("facts").at(base, "fields", field), owner=site.owner
            )
        return site

    def _tell_rings(self, code: str, what: str, rings: list[tuple[str, ...]]) -> None:
        for ring in rings:
            own = [name for name in ring if name in self.models] or list(ring)
            cure = "take one of them out of the ring"
            site = self._site(own[0])
            at = self.bench.section("facts").key(own[0])
            site.error(code, f"{what}: {shown(ring)}", cure, at=at)

    def _mark_time(
        self, needs: Mapping[str, list[str]], built_in: Mapping[str, Iterable[Condition]]
    ) -> None:
        facts = self.bench.scope.facts
        moving: set[str] = set()  # no default moves: `time_guard` refuses those that would
        for name, each in self.derivations.items():
            own = any(reads_now(condition) for condition in built_in.get(name, ()))
            if own or names_now(each) or moving.intersection(needs[name]):
                moving.add(name)
        for name in moving & facts.keys():
            facts[name] = attrs.evolve(facts[name], time=True)


_OWN_NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "round_start": ("reopened_at", "received_at"),
    "done": ("round_start",),
    "customer_types": ("kind",),
    "was_silent": ("customer_types",),
}
