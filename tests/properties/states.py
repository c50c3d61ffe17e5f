"""
Facts of made-up complaints, for any policy: every kind, the unknown, and the values tests turn at.

Everything is drawn from a `random.Random` that the caller seeds; `shrunk` finds the smallest part
of some facts that still shows a fault.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from random import Random
from typing import Any
from weakref import WeakKeyDictionary

import attrs

from complaint_rules import Policy
from complaint_rules.conditions.derived import FirstOf, Formula, OverRecords, TableOf, TruthOf
from complaint_rules.conditions.reading import walk
from complaint_rules.conditions.tree import Compare, Constant, Counts, Test, Within
from complaint_rules.facts import Fact, Kind
from complaint_rules.money import Money

MINUTE, HOUR, DAY = 60, 3600, 86_400
ZONE = datetime.timezone(datetime.timedelta(hours=1))
AHEAD = frozenset({"due", "expected", "expires_at"})
"""Fields that may lie in the future: everything else is a happening."""

_TURNS: WeakKeyDictionary[Policy, dict[Kind, list[Any]]] = WeakKeyDictionary()


def instant(at: int) -> str:
    """Return an instant as a host gives it."""
    return datetime.datetime.fromtimestamp(at, ZONE).isoformat()


def turns(policy: Policy) -> dict[Kind, list[Any]]:
    """Return the values that conditions compare facts with, by kind; worked out once."""
    found = _TURNS.get(policy)
    if found is None:
        found = _TURNS[policy] = {}
        for node in _nodes(policy):
            for each in walk(node):
                for kind, value in _constants(each):
                    values = found.setdefault(kind, [])
                    if value not in values:
                        values.append(value)
        for setting in policy.settings.values():
            for _, value in setting.values:
                if isinstance(value, int | Decimal) and not isinstance(value, bool):
                    found.setdefault(Kind.NUMBER, []).append(Decimal(value))
    return found


def _nodes(policy: Policy) -> list[Any]:
    nodes: list[Any] = [*policy.conditions]
    nodes += [each.when for each in (*policy.stages, *policy.sides)]
    nodes += [each.recognise for each in policy.types.values() if each.recognise is not None]
    for derivation in policy.derivations.values():
        match derivation:
            case Formula(expression):
                nodes.append(expression)
            case FirstOf(cases, otherwise):
                nodes += [part for case in cases for part in case] + [otherwise]
            case TruthOf(condition):
                nodes.append(condition)
            case OverRecords():
                nodes.append(derivation.where)
            case TableOf(table):
                nodes += [row.condition for row in table.rows]
            case _:
                pass
    return nodes


def _constants(node: Any) -> list[tuple[Kind, Any]]:
    match node:
        case Constant(value, kind):
            return [(kind, value)]
        case Test(_, Counts(inner)):
            return _bounds(inner, Kind.COUNT)
        case Test(_, check):
            return _bounds(check, None)
        case _:
            return []


def _bounds(check: Any, kind: Kind | None) -> list[tuple[Kind, Any]]:
    if isinstance(check, Compare) and isinstance(check.bound, Constant):
        return [(kind or check.bound.kind, check.bound.value)]
    if isinstance(check, Within):
        values = [value for value in (check.low, check.high) if value is not None]
        return [(kind or Kind.NUMBER, v) for v in values if isinstance(v, int | Decimal)]
    return []


@attrs.frozen(eq=False)
class Maker:
    """
    Makes facts of one complaint.

    Attributes:
        policy: Whose facts.
        received: When the complaint came in; nothing happened later than `latest`.
        latest: The last instant at which anything may have happened.
        chance: What is drawn from.
    """

    policy: Policy
    received: int
    latest: int
    chance: Random

    def facts(self, odds: float) -> dict[str, Any]:
        """Return facts, each given with the chance `odds`."""
        made = {}
        for name, fact in self.policy.facts.items():
            if "." in name or fact.derived or name == "done" or self.chance.random() > odds:
                continue
            if name == "complaint_id":
                made[name] = "C-1"
            elif name == "currency":
                made[name] = self.policy.currency
            elif name == "event_date":
                made[name] = instant(self._past())[:10]
            else:
                made[name] = self.value(fact)
        if self.chance.random() < odds:
            made["done"] = self._done()
        if self.chance.random() < odds:
            made["type_basis"] = self._basis()
        return {name: value for name, value in made.items() if value is not _NONE}

    def value(self, fact: Fact, *, whole: bool = True) -> Any:
        """Return a value of a fact; `whole` facts may also be unknown or missing."""
        if whole and self.chance.random() < 0.08:
            return "unknown" if fact.name not in ("event_date", "calendar", "currency") else None
        match fact.kind:
            case Kind.RECORD:
                fields = [f for f in fact.fields.values() if self.chance.random() < 0.7]
                made = {field.name.rpartition(".")[2]: self.value(field) for field in fields}
                return {name: value for name, value in made.items() if value is not _NONE}
            case Kind.RECORDS:
                return [self._record(fact) for _ in range(self.chance.choice((0, 1, 1, 2, 3)))]
            case _:
                return self._plain(fact)

    def _record(self, fact: Fact) -> dict[str, Any]:
        given = [f for f in fact.fields.values() if self.chance.random() < 0.7]
        if fact.name in ("promises", "pauses"):
            needed = "due" if fact.name == "promises" else "from"
            given = [f for f in fact.fields.values() if f in given or f.name.endswith(needed)]
        made = {f.name.rpartition(".")[2]: self.value(f, whole=False) for f in given}
        return self._sound_pause(made) if fact.name == "pauses" else made

    def _sound_pause(self, pause: dict[str, Any]) -> dict[str, Any]:
        """Give a pause a start that has happened, and no end before it."""
        if pause["from"] == "not_yet":
            pause["from"] = instant(self._past())
        if pause.get("to", "not_yet") != "not_yet":
            pause["from"], pause["to"] = sorted((pause["from"], pause["to"]))
        return pause

    def _plain(self, fact: Fact) -> Any:
        chance = self.chance
        match fact.kind:
            case Kind.YES_NO:
                return chance.random() < 0.5
            case Kind.COUNT:
                return int(max(0, self._near(Kind.COUNT, Kind.NUMBER)))
            case Kind.NUMBER:
                return self._near(Kind.NUMBER, Kind.COUNT)
            case Kind.MONEY:
                amount = max(Decimal(0), self._near(Kind.MONEY, Kind.NUMBER))
                return {"amount": str(amount), "currency": self.policy.currency}
            case Kind.DURATION | Kind.BUSINESS_DURATION:
                return int(max(0, self._near(fact.kind))) // 60 * 60
            case Kind.INSTANT:
                return self._instant(fact)
            case Kind.DATE:
                return instant(self._past() + chance.choice((0, 0, 5)) * DAY)[:10]
            case Kind.TEXT:
                return chance.choice(("none", "en", "hu", "x y", "", "ایران"))
            case Kind.SET:
                size = chance.randint(0, min(3, len(fact.values)))
                return chance.sample(fact.values, size)
            case _:
                return chance.choice(fact.values) if fact.values else _NONE

    def _near(self, *kinds: Kind) -> Decimal:
        """Return a number at, or just beside, one that some condition compares with."""
        pool = [value for kind in kinds for value in turns(self.policy).get(kind, ())]
        number = self.chance.choice([0, 1, 100, *pool])
        number = number.amount if isinstance(number, Money) else number
        beside = self.chance.choice((0, 0, 1, -1, Decimal("0.01"), Decimal("-0.01")))
        return Decimal(str(number)) + beside if isinstance(number, int | Decimal) else Decimal(1)

    def _instant(self, fact: Fact) -> str:
        if self.chance.random() < 0.2:
            return "not_yet"
        field = fact.name.rpartition(".")[2]
        if field in AHEAD and self.chance.random() < 0.7:
            return instant(self.latest + self.chance.randint(-DAY, 9 * DAY))
        return instant(self._past())

    def _past(self) -> int:
        chance = self.chance
        steps = (0, 1, MINUTE, HOUR, 4 * HOUR, DAY, 3 * DAY, 30 * DAY, 180 * DAY)
        back = chance.choice(steps) + chance.choice((0, 0, 1, -1, 59 * MINUTE))
        start = chance.choice((self.latest, self.received, self.received))
        return min(self.latest, max(start - back, self.received - 400 * DAY))

    def _done(self) -> list[dict[str, Any]]:
        ids = [action.id for action in self.policy.actions.values() if not action.conduct]
        names = self.chance.sample(ids, min(len(ids), self.chance.choice((0, 1, 1, 2, 4))))
        return [{"action": name, "at": instant(self._past())} for name in names]

    def _basis(self) -> dict[str, Any]:
        names = [name for name in self.policy.types if self.chance.random() < 0.4]
        return {
            name: {
                "since": instant(self._past()),
                **({"confirmed_by": "lead"} if self.chance.random() < 0.5 else {}),
                **(
                    {"expires_at": instant(self.latest + self.chance.randint(-DAY, 9 * DAY))}
                    if self.chance.random() < 0.4
                    else {}
                ),
            }
            for name in names
        }


_NONE = object()


def complaint(policy: Policy, chance: Random, received: int, latest: int) -> dict[str, Any]:
    """Return facts of a complaint: from nearly nothing known to nearly everything."""
    maker = Maker(policy, received, latest, chance)
    made = maker.facts(chance.choice((0.03, 0.15, 0.4, 0.7)))
    if chance.random() < 0.9:
        made["received_at"] = instant(received)
    if chance.random() < 0.5:
        made["kind"] = "complaint"
    return made


def shuffled(facts: Mapping[str, Any], chance: Random) -> dict[str, Any]:
    """Return the same facts in another order, with their types and sets in another order too."""
    names = sorted(facts)
    chance.shuffle(names)
    return {name: _shuffled(facts[name], name, chance) for name in names}


def _shuffled(value: Any, name: str, chance: Random) -> Any:
    if isinstance(value, Mapping):
        return shuffled(value, chance)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return chance.sample(value, len(value))
    if isinstance(value, list) and name == "done":
        return [shuffled(item, chance) for item in chance.sample(value, len(value))]
    return value


def shrunk(facts: Mapping[str, Any], fails: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """Return the facts that are needed for `fails` to stay true, for a report that can be read."""
    kept = dict(facts)
    for name in sorted(facts):
        fewer = {key: value for key, value in kept.items() if key != name}
        if fails(fewer):
            kept = fewer
    return kept
