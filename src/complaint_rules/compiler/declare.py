"""Facts as declared: name, kind, values, fields; nothing computed yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import attrs

from complaint_rules.compiler.kinds import CALLED
from complaint_rules.compiler.reserved import RESERVED_NAMES
from complaint_rules.facts import Fact, Kind

if TYPE_CHECKING:
    from complaint_rules.compiler.scope import Scope
    from complaint_rules.compiler.site import Site
    from complaint_rules.model.facts import FactModel

_VALUED: Final = frozenset({Kind.CHOICE, Kind.LEVEL, Kind.SET})
_NESTED: Final = frozenset({Kind.RECORD, Kind.RECORDS})
_UNSAYABLE: Final = frozenset({"known", "unknown"})
_SHAPE: Final = ("kind", "values", "like", "fields", "derive")


@attrs.frozen(eq=False)
class Declarations:
    """
    The facts section being read.

    Attributes:
        models: The facts as written, by name.
        section: Where they stand.
        scope: Where each declared fact is put; it holds the reserved facts already.
    """

    models: Mapping[str, FactModel]
    section: Site
    scope: Scope

    def site(self, name: str) -> Site:
        """Return where a fact is declared."""
        return self.section.at(name).owned(f"fact `{name}`")

    def read(self) -> None:
        """Declare every fact."""
        for name, model in self.models.items():
            self._declare(name, model)
        for name in self.models:
            self._gather(name)

    def _declare(self, name: str, model: FactModel) -> None:
        site, at = self.site(name), self.section.key(name)
        known = self.scope.facts.get(name)
        if known is not None and known.reserved:
            self._amend(site, known)
            self.scope.facts[name] = attrs.evolve(known, title=dict(model.title or {}))
            return
        if name in RESERVED_NAMES:
            message = "has a name that conditions, tables or tests use for something else"
            site.error("reserved-id", message, "give it another name", at=at)
        if name in self.scope.settings or name in self.scope.ids["settings"]:
            cure = "facts and settings share one namespace: rename one"
            site.error("id-taken", "has the name of a setting", cure, at=at)
        fact = self._fact(name, model, site, at=name)
        if fact is None:
            self.scope.broken.add(name)
            return
        self.scope.facts[name] = fact
        if fact.kind is Kind.RECORD:
            for field in fact.fields.values():
                dotted = f"{name}.{field.name}"
                self.scope.facts[dotted] = attrs.evolve(field, name=dotted)

    def _amend(self, site: Site, known: Fact) -> None:
        """A reserved fact may be given a title, a default and the like, but no shape."""
        for key in _SHAPE:
            if site.child(key) is not None:
                site.error(
                    "kind-conflict",
                    f"is known to the package, and its `{key}` cannot be changed",
                    f"it is {CALLED[known.kind]}; take `{key}` out, or give your fact another name",
                    at=site.key(key),
                )

    def _fact(self, name: str, model: FactModel, site: Site, at: str) -> Fact | None:
        """Return a fact of a name and shape; None if too little of its shape is told."""
        like = self._like(model, site, at)
        if model.like is not None and like is None:
            return None
        if model.kind is None and like is None:
            cure = "add `kind: …`: yes_no, count, number, money, duration, instant, date, text, …"
            site.error("missing-kind", "has no kind", cure)
            return None
        kind = Kind(model.kind) if model.kind is not None else like.kind if like else Kind.TEXT
        values = tuple(model.values or ()) or (like.values if like else ())
        if not self._values_fit(kind, values, model, site):
            return None
        fields: dict[str, Fact] = {}
        if kind in _NESTED:
            fields = self._fields(name, model, site)
        elif model.fields is not None:
            self._unfit(site, "fields", "a record or records have fields")
        derived = model.derive is not None
        return Fact(name, kind, values, fields, derived=derived, title=dict(model.title or {}))

    def _like(self, model: FactModel, site: Site, name: str) -> Fact | None:
        """Return the fact whose values are taken, itself read first where it stands later."""
        wanted = model.like
        seen = [name]
        while wanted is not None and wanted not in self.scope.facts:
            seen.append(wanted)
            found = self.models.get(wanted)
            if found is None or found.like is None or found.like in seen:
                break
            wanted = found.like
        if wanted is None:
            return None
        if wanted in self.scope.facts:
            return self.scope.facts[wanted]
        found = self.models.get(wanted)
        if found is not None and found.kind is not None and wanted != name:
            fact = Fact(wanted, Kind(found.kind), tuple(found.values or ()))
            return None if fact.kind in _VALUED and not fact.values else fact  # told where it is
        if self.scope.is_broken(wanted):
            return None
        if found is not None:
            cure = "let one of them have a kind and values of its own"
            site.at("like").error("missing-kind", f"is like `{wanted}`, which has no kind", cure)
        else:
            known = sorted({*self.models, *self.scope.facts})
            site.at("like").unknown("unknown-fact", wanted, known)
        return None

    def _values_fit(
        self, kind: Kind, values: tuple[str, ...], model: FactModel, site: Site
    ) -> bool:
        if kind not in _VALUED:
            if model.values is not None:
                self._unfit(site, "values", "only a choice, a level or a set has values")
            return True
        if not values:
            message = f"is {CALLED[kind]} without values"
            site.error("missing-values", message, "add `values: […]`, or `like: SOME_FACT`")
            return False
        where = site.at("values")
        for value in sorted(_UNSAYABLE.intersection(values)):
            cure = "leave it out: whatever is not known is unknown, and tests may ask for that"
            where.error("reserved-id", f"declares the value `{value}`", cure)
        for value in sorted({v for v in values if values.count(v) > 1}):
            where.error("duplicate-value", f"declares the value `{value}` twice", "take one out")
        return True

    def _fields(self, record: str, model: FactModel, site: Site) -> dict[str, Fact]:
        if not model.fields:
            site.error("missing-fields", "is a record without fields", "add `fields: {…}`")
            return {}
        fields: dict[str, Fact] = {}
        for name, field in model.fields.items():
            place = site.at("fields", name)
            if field.kind in ("record", "records"):
                message = f"has the field `{name}`, a record within a record"
                place.error("wrong-kind", message, "declare it as a fact of its own")
            elif field.derive is not None:
                self._unfit(place, "derive", "declare a derived fact instead")
            else:
                fact = self._fact(name, field, place, at="")
                fields |= {} if fact is None else {name: fact}
            if name not in fields:
                self.scope.broken.add(f"{record}.{name}")
        return fields

    def _unfit(self, site: Site, key: str, cure: str) -> None:
        site.error("unfit-key", f"has `{key}`, which means nothing here", cure, at=site.key(key))

    def _gather(self, name: str) -> None:
        """Make the record of a fact that was declared under a dotted name alone."""
        base, dot, field = name.partition(".")
        fact = self.scope.facts.get(name)
        if not dot or fact is None or fact.reserved:
            return
        record = self.scope.facts.get(base, Fact(base, Kind.RECORD))
        if record.kind is not Kind.RECORD:
            message = f"is a field of `{base}`, which is {CALLED[record.kind]}"
            at = self.section.key(name)
            self.site(name).error("wrong-kind", message, "rename one of them", at=at)
            return
        fields = {**record.fields, field: attrs.evolve(fact, name=field)}
        self.scope.facts[base] = attrs.evolve(record, fields=fields)
