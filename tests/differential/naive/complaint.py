"""A complaint seen through a ruleset at an instant: every fact, given or worked out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from tests.differential.naive.clock import Clock
from tests.differential.naive.conditions import Declared, Truth, both, holds, passes, written
from tests.differential.naive.reckon import _added, _extreme, evaluate
from tests.differential.naive.text import NoSenseError, read_expression
from tests.differential.naive.values import NOT_YET, At, Cash, Rung, Span, measured

from complaint_rules.model.base import Valid
from complaint_rules.model.facts import (
    CustomerTypeModel,
    DeriveCount,
    DeriveEarliest,
    DeriveFirst,
    DeriveLatest,
    DeriveTable,
    DeriveWhen,
    FactModel,
    SettingModel,
)
from complaint_rules.model.outputs import AmountTable
from complaint_rules.model.ruleset import RulesetModel

RESERVED = {
    "complaint_id": ("text", None),
    "kind": ("choice", "complaint"),
    "received_at": ("instant", None),
    "event_date": ("date", None),
    "calendar": ("choice", None),
    "currency": ("text", None),
    "customer_types": ("set", []),
    "done": ("set", []),
    "reopened_at": ("instant", "not_yet"),
    "pauses": ("records", []),
    "pauses.from": ("instant", None),
    "pauses.to": ("instant", None),
    "pending_on": ("choice", "company"),
    "pending_since": ("instant", "not_yet"),
    "promises": ("records", []),
    "promises.what": ("text", None),
    "promises.due": ("instant", None),
    "promises.kept": ("yes_no", "no"),
    "promises.expected": ("instant", None),
    "promises.slipped_at": ("instant", None),
    "accepted": ("set", []),
    "entitlement.kinds": ("set", None),
    "entitlement.amount": ("money", None),
    "entitlement.source": ("text", None),
    "demand.kinds": ("set", None),
    "demand.amount": ("money", None),
    "amount_paid": ("money", None),
    "voluntary_given": ("money", "0"),
    "round_start": ("instant", None),
    "was_silent": ("yes_no", None),
    "stage": ("choice", None),
    "side": ("set", None),
}
HAPPENED_FIELDS = {"pauses": ("from", "to"), "promises": ("slipped_at",)}
WORDS = ("text", "choice", "level", "set")


class Basis(NamedTuple):
    """What the host says of a customer type."""

    confirmed: bool = False
    since: int | None = None
    expires_at: int | None = None


class Given(NamedTuple):
    """
    What the host gives, in plain values: money as `Cash`, times as whole seconds.

    Records are tuples of mappings in which a field given as unknown is `None`.
    """

    values: Mapping[str, Any]
    unknown: frozenset[str] = frozenset()
    done: tuple[tuple[str, int], ...] = ()
    types: Mapping[str, Basis] = {}


class Rulebook:
    """A ruleset as written, its declarations laid side by side."""

    def __init__(self, model: RulesetModel) -> None:
        self.model = model
        self.facts: dict[str, Declared] = {}
        self.written: dict[str, FactModel] = {}
        self.defaults: dict[str, Any] = {}
        for name, (kind, default) in RESERVED.items():
            self.facts[name] = Declared(kind)
            if default is not None:
                self.defaults[name] = default
        for name, fact in model.facts.items():
            self._declare(name, fact)
        clocks = {name: Clock(each) for name, each in model.calendars.items()}
        self.clocks = clocks or {"always": Clock(None)}
        self.calendar = model.calendar or next(iter(self.clocks))
        self.fields: dict[str, list[str]] = {}
        for name in self.facts:
            head, dot, field = name.rpartition(".")
            if dot and self.facts.get(head, Declared("")).kind == "records":
                self.fields.setdefault(head, []).append(field)

    def _declare(self, name: str, fact: FactModel) -> None:
        self.written[name] = fact
        if fact.kind is not None:
            self.facts[name] = Declared(fact.kind, self._values(fact))
        if fact.default is not None:
            self.defaults[name] = fact.default
        for field, inner in (fact.fields or {}).items():
            self._declare(f"{name}.{field}", inner)

    def _values(self, fact: FactModel) -> tuple[str, ...]:
        if fact.values is None and fact.like is not None:
            like = self.model.facts.get(fact.like)
            if like is None:
                head, _, field = fact.like.rpartition(".")
                like = (self.model.facts[head].fields or {})[field]
            return self._values(like)
        return tuple(fact.values or ())

    def dates(self, valid: Valid | None) -> Valid | None:
        """Return the dates of an item: its own, else the ruleset's."""
        return self.model.valid if valid is None else valid


def within(valid: Valid | None, day: datetime.date) -> bool:
    """Return whether something holds on a day (semantics 21)."""
    if valid is None:
        return True
    return (valid.from_ is None or valid.from_ <= day) and (valid.to is None or day <= valid.to)


class Complaint:
    """One complaint at one instant; every value is worked out when it is first asked for."""

    def __init__(self, book: Rulebook, given: Given, now: int) -> None:
        self.book, self.given, self.now = book, given, now
        self._known: dict[str, Any] = {}
        self._settings: dict[str, Any] = {}
        self.done = tuple((action, min(at, now)) for action, at in given.done)
        name = given.values.get("calendar")
        if name is None and "calendar" not in given.unknown and "calendar" in book.defaults:
            name = written(book.defaults["calendar"])
        self.clock = book.clocks[str(name) if name else book.calendar]

    # ------------------------------------------------------------------- names

    def declared(self, name: str) -> Declared:
        """Return a fact's kind and values."""
        return self.book.facts[name]

    def tested(self, name: str) -> Any:
        """Return the value that a test looks at."""
        return self.value(name)

    def called(self, name: str) -> Any:
        """Return what a name in an expression stands for."""
        if name == "now":
            return At(self.now)
        if name == "not_yet":
            return NOT_YET
        if name in self.book.facts:
            return self.value(name)
        return self.setting(name)

    def value(self, name: str) -> Any:
        """Return a fact's value; `None` where it is unknown."""
        if name not in self._known:
            self._known[name] = self._worked_out(name)
        return self._known[name]

    def _worked_out(self, name: str) -> Any:
        settled = getattr(self, f"_{name}", None) if name in _SETTLED else None
        if settled is not None:
            return settled()
        fact = self.book.written.get(name)
        if fact is not None and fact.derive is not None:
            return self._shaped(self._derived(name, fact.derive), name)
        if name in self.given.values:
            return self._taken(name, self.given.values[name])
        if name in self.given.unknown:
            return None
        return self._default(name)

    def _default(self, name: str) -> Any:
        if name == "currency" and name not in self.book.defaults:
            return self.currency()
        if name == "calendar" and name not in self.book.defaults:
            return self.book.calendar
        if name == "event_date" and name not in self.book.defaults:
            return self.event_date()
        if name not in self.book.defaults:
            return None
        if self.book.facts[name].kind == "records":
            return ()
        return self._shaped(self.read(self.book.defaults[name], self.book.facts[name]), name)

    def read(self, text: Any, fact: Declared) -> Any:
        """Return what a value or expression of a ruleset gives a fact."""
        if isinstance(text, list):
            return frozenset(written(each).strip() for each in text)
        word = written(text).strip()
        if fact.kind in WORDS and word in fact.values:
            return frozenset({word}) if fact.kind == "set" else word
        try:
            tree = read_expression(word)
        except NoSenseError:
            return word
        if fact.kind in WORDS:
            return self._word(word, tree, fact)
        return evaluate(tree, self)

    def _word(self, word: str, tree: tuple[Any, ...], fact: Declared) -> Any:
        if tree[0] == "value":
            said = tree[1] if isinstance(tree[1], str) else word
            return frozenset({said}) if fact.kind == "set" else said
        names = (*self.book.facts, *self.book.model.settings, "now", "not_yet")
        if tree[0] == "name" and tree[1] not in names:
            return frozenset({word}) if fact.kind == "set" else word
        return evaluate(tree, self)

    def _shaped(self, value: Any, name: str) -> Any:
        """Return a computed value as a fact of its kind holds it."""
        fact = self.book.facts[name]
        value = measured(value)
        if isinstance(value, str) and fact.kind == "level":
            return Rung(value, fact.values)
        if fact.kind == "money" and isinstance(value, Fraction):
            return Cash(value, self.book.model.currency.code)
        return value

    def _taken(self, name: str, value: Any) -> Any:
        """Return a given value; a happening a little ahead is now."""
        kind = self.book.facts[name].kind
        if kind == "records":
            return self._records(name, value)
        value = self._converted(value, self.book.facts[name])
        happening = name == "received_at" or self.book.defaults.get(name) == "not_yet"
        if isinstance(value, At) and happening:
            return At(min(value.second, self.now))
        return value

    def _converted(self, value: Any, fact: Declared) -> Any:
        if value is None or value is NOT_YET or isinstance(value, bool | Cash | frozenset):
            return value
        match fact.kind:
            case "instant":
                return At(value)
            case "duration":
                return Span(Fraction(value))
            case "business_duration":
                return Span(Fraction(value), True)
            case "level":
                return Rung(value, fact.values)
            case _:
                return Fraction(value) if isinstance(value, int | Decimal | Fraction) else value

    def _records(self, name: str, records: Any) -> Any:
        happened = HAPPENED_FIELDS.get(
            name,
            tuple(
                field
                for field in self.book.fields.get(name, ())
                if self.book.defaults.get(f"{name}.{field}") == "not_yet"
            ),
        )
        made = []
        for record in records:
            whole = {}
            for field in self.book.fields.get(name, ()):
                full = f"{name}.{field}"
                if field in record:
                    value = self._converted(record[field], self.book.facts[full])
                    if field in happened and isinstance(value, At):
                        value = At(min(value.second, self.now))
                else:
                    value = self._default(full)
                if value is not None:
                    whole[field] = value
            made.append(whole)
        return tuple(made)

    # ---------------------------------------------------------------- settings

    def _has_default(self, name: str) -> bool:
        return name in self.book.defaults and name not in self.given.unknown

    def event_date(self) -> datetime.date:
        """Return the day by which dated items are chosen."""
        given = self.given.values.get("event_date")
        if given is None and self._has_default("event_date"):
            given = self.value("event_date")
        if isinstance(given, datetime.date):
            return given
        received = self.value("received_at")
        return self.clock.date(received.second if isinstance(received, At) else self.now)

    def currency(self) -> str:
        """Return the currency of the complaint."""
        named = self.given.values.get("currency")
        if named is None and self._has_default("currency"):
            named = self.value("currency")
        if isinstance(named, str):
            return named
        found = {
            value.currency
            for name, value in self.given.values.items()
            if isinstance(value, Cash) and name != "entitlement.amount"
        }
        return found.pop() if len(found) == 1 else self.book.model.currency.code

    def setting(self, name: str) -> Any:
        """Return a setting on the event date."""
        if name not in self._settings:
            self._settings[name] = self._set(name)
        return self._settings[name]

    def _set(self, name: str) -> Any:
        if name == "promise_warning" and name not in self.book.model.settings:
            return evaluate(read_expression("24 h"), self)
        setting = self.book.model.settings[name]
        dated = setting.value
        if not (isinstance(dated, list) and any(isinstance(each, dict) for each in dated)):
            dated = [{"value": setting.value, "valid": setting.valid}]
        held = []
        for each in dated:
            valid = each.get("valid")
            valid = Valid.model_validate(valid) if isinstance(valid, dict) else valid
            dates = self.book.dates(valid)
            if within(dates, self.event_date()):
                held.append(((dates and dates.from_) or datetime.date.min, each["value"]))
        if not held:
            return None
        return self._setting_value(setting, max(held, key=lambda each: each[0])[1])

    def _setting_value(self, setting: SettingModel, value: Any) -> Any:
        if isinstance(value, dict):
            code = next(iter(value)) if len(value) == 1 else self.currency()
            amount = value.get(code)
            return None if amount is None else Cash(Fraction(written(amount)), code)
        kind, values = setting.kind or "", tuple(setting.values or ())
        if setting.like is not None:
            like = self.book.facts[setting.like]
            kind, values = like.kind, values or like.values
        found = self._plain(value, Declared(kind, values))
        if kind == "level":
            return Rung(found, values)
        if kind == "money" and isinstance(found, Fraction):
            return Cash(found, self.book.model.currency.code)
        return found

    def _plain(self, value: Any, fact: Declared) -> Any:
        if isinstance(value, list):
            return frozenset(written(each).strip() for each in value)
        text = written(value).strip()
        if fact.kind in ("choice", "level"):
            return text
        if fact.kind == "set":
            return frozenset({text})
        try:
            tree = read_expression(text)
        except NoSenseError:
            return text
        if fact.kind == "text":
            return tree[1] if text.startswith('"') else text
        return text if tree[0] == "name" else evaluate(tree, self)

    # ----------------------------------------------------------------- derived

    def _derived(self, name: str, derive: Any) -> Any:
        fact = self.book.facts[name]
        match derive:
            case DeriveWhen():
                return holds(derive.when, self)
            case DeriveFirst():
                for case in derive.first:
                    found = holds(case.when, self)
                    if found is None:
                        return None
                    if found:
                        return self.read(case.is_, fact)
                return self.read(derive.else_, fact)
            case DeriveCount():
                passed = self._passed(derive.count, derive.where)
                return None if passed is None else Fraction(len(passed))
            case DeriveEarliest():
                return self._over(derive.earliest, derive, min)
            case DeriveLatest():
                return self._over(derive.latest, derive, max)
            case DeriveTable():
                return self._looked_up(name, derive.table)
        return self.read(derive, fact)

    def _passed(self, records: str, where: Any) -> list[Any] | None:
        listed = self.value(records)
        if listed is None:
            return None
        return [
            each
            for each in listed
            if where is None or holds(where, Record(self, records, each)) is True
        ]

    def _over(self, field: str, derive: Any, choose: Any) -> Any:
        passed = self._passed(derive.of, derive.where)
        if passed is None or any(field not in each for each in passed):
            return None
        happened = [each[field] for each in passed if each[field] is not NOT_YET]
        return choose(happened) if happened else NOT_YET

    def row_holds(self, row: Any, out: list[str]) -> Truth:
        """Return whether a row of a table holds."""
        return both(
            passes(name, cell, self) for name, cell in row.cells().items() if name not in out
        )

    def _rows(self, table: Any, valid: Valid | None) -> list[tuple[Any, Truth]]:
        """Return the rows of the day, and whether each holds."""
        found = []
        for row in table.rows:
            dates = row.valid
            if dates is None and (row.valid_from or row.valid_to):
                dates = Valid.model_validate({"from": row.valid_from, "to": row.valid_to})
            if within(dates or self.book.dates(valid), self.event_date()):
                found.append((row.cells(), self.row_holds(row, table.out)))
        return found

    def _looked_up(self, name: str, table: Any) -> Any:
        out = table.out[0] if len(table.out) == 1 else name.rpartition(".")[2]
        fact = self.book.facts[name]
        rows = self._rows(table, self.book.written[name].valid)
        otherwise = (table.else_ or {}).get(out)
        if table.hit == "F":
            for cells, found in rows:
                if found is not False:
                    return None if found is None else self.read(cells[out], fact)
            return None if otherwise is None else self.read(otherwise, fact)
        if any(found is None for _, found in rows):
            return None
        hits = [cells[out] for cells, found in rows if found]
        if table.hit == "C#":
            return Fraction(len(hits))
        if not hits:
            return self._nothing(table, otherwise, fact)
        values = [self._shaped(self.read(each, fact), name) for each in hits]
        return None if None in values else self._combined(table, values, fact)

    def _nothing(self, table: Any, otherwise: Any, fact: Declared) -> Any:
        if otherwise is not None:
            return self.read(otherwise, fact)
        if table.hit in ("R", "O", "C"):
            return frozenset()
        if table.hit == "C+":
            zero = Fraction(0)
            if fact.kind == "money":
                return Cash(zero, self.currency())
            return Span(zero, fact.kind[0] == "b") if "duration" in fact.kind else zero
        return None

    def _combined(self, table: Any, values: list[Any], fact: Declared) -> Any:
        match table.hit:
            case "U":
                return values[0] if len(values) == 1 else None
            case "A":
                return values[0] if all(each == values[0] for each in values) else None
            case "P":
                listed = [self.read(each, fact) for each in table.priority]
                return min(values, key=lambda each: listed.index(each) if each in listed else 999)
            case "C<" | "C>":
                if NOT_YET in values:
                    return NOT_YET
                return _extreme(-1 if table.hit == "C<" else 1, values, self)
            case "C+":
                total = values[0]
                for each in values[1:]:
                    total = None if total is None else _added(total, each)
                return total
            case _:
                members: set[str] = set()
                for each in values:
                    members |= each if isinstance(each, frozenset) else {str(each)}
                return frozenset(members)

    # ---------------------------------------------------------------- reserved

    def _round_start(self) -> Any:
        reopened = self.value("reopened_at")
        if isinstance(reopened, At):
            return reopened
        again = [at for action, at in self.done if action == "reopen"]
        if again:
            return At(max(again))
        received = self.value("received_at")
        return received if isinstance(received, At) else None

    def _done(self) -> Any:
        if "done" in self.given.unknown:
            return None
        start = self.value("round_start")
        return frozenset(
            action for action, at in self.done if not isinstance(start, At) or at >= start.second
        )

    def _types(self) -> tuple[Any, Truth]:
        given: Any = None
        if "customer_types" not in self.given.unknown:
            given = self.given.values.get("customer_types")
            if given is None:
                given = self.read(self.book.defaults["customer_types"], Declared("set"))
        types = self.book.model.customer_types
        applied = {
            name
            for name in {*types, *(given or ())}
            if self._applies(name, types.get(name), name in (given or ()))
        }
        silent: Truth = "silent" in applied and self.value("kind") != "none"
        if silent:
            applied.discard("silent")
        if given is None:
            return None, silent or None
        return frozenset(applied or {"calm"}), silent

    def _applies(self, name: str, declared: CustomerTypeModel | None, hosts: bool) -> bool:
        said = self.given.types.get(name, Basis())
        end = said.expires_at
        if declared is not None:
            if not within(self.book.dates(declared.valid), self.event_date()):
                return False
            if not hosts:
                if declared.recognise is None or holds(declared.recognise, self) is not True:
                    return False
                if declared.confirm == "human" and not said.confirmed:
                    return False
            if end is None and declared.expires is not None and said.since is not None:
                tree = read_expression(str(declared.expires))
                end = self.clock.later(said.since, tree[1])
        return end is None or end > self.now

    def _customer_types(self) -> Any:
        return self._types()[0]

    def _was_silent(self) -> Truth:
        return self._types()[1]

    def _stage(self) -> str:
        return next((each.id for each in self.book.model.stages if self._stands(each)), "")

    def _side(self) -> frozenset[str]:
        return frozenset(each.id for each in self.book.model.sides if self._stands(each))

    def _stands(self, stage: Any) -> bool:
        dates = self.book.dates(stage.valid)
        return within(dates, self.event_date()) and holds(stage.when, self) is True


_SETTLED = ("round_start", "done", "customer_types", "was_silent", "stage", "side")


class Record:
    """One record of a list: its fields first, then what the complaint knows."""

    def __init__(self, whole: Complaint, name: str, fields: Mapping[str, Any]) -> None:
        self.whole, self.name, self.fields = whole, name, fields
        self.clock, self.now, self.done = whole.clock, whole.now, whole.done

    def declared(self, name: str) -> Declared:
        """Return a field's kind and values."""
        return self.whole.declared(f"{self.name}.{name}")

    def tested(self, name: str) -> Any:
        """Return a field's value."""
        return self.fields.get(name)

    def called(self, name: str) -> Any:
        """Return what a name in a bound stands for."""
        if name in self.whole.book.fields.get(self.name, ()):
            return self.fields.get(name)
        return self.whole.called(name)

    def value(self, name: str) -> Any:
        """Return a fact's value."""
        return self.whole.value(name)


def answers(book: Rulebook, given: Given, now: int) -> dict[tuple[str, str], Truth]:
    """Return what is true, false or unknown of every rule, row, target, remedy, group, sequence."""
    seen, model = Complaint(book, given, now), book.model
    found: dict[tuple[str, str], Truth] = {}
    for rule in model.rules:
        found["rule", rule.id] = holds(rule.when, seen)
    for name, target in model.targets.items():
        found["target", name] = holds(target.when, seen)
        found |= _rows(name, target.table, seen)
    for name, remedy in model.remedies.items():
        found["remedy", name] = holds(remedy.when, seen)
        if isinstance(remedy.amount, AmountTable):
            found |= _rows(name, remedy.amount.table, seen)
    for name, group in model.groups.items():
        found["group", name] = holds(group.opens, seen)
    for sequence in model.sequences:
        found["sequence", sequence.id] = holds(sequence.when, seen)
    return found


def _rows(owner: str, table: Any, seen: Complaint) -> dict[tuple[str, str], Truth]:
    return {
        ("row", f"{owner}#{row.row or number}"): seen.row_holds(row, table.out)
        for number, row in enumerate(table.rows if table else (), 1)
    }
