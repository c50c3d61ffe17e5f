"""
Hypothesis strategies for complaints of a given policy: valid by construction, near its boundaries.

They need the extra ``testing`` (hypothesis). A state is drawn as a plain mapping, as a host gives
it, so that a failing example can be read, kept and pasted into a scenario; it shrinks to few facts.

Example:
    ::

        from hypothesis import given
        from complaint_rules import decide, load
        from complaint_rules.testing.strategies import states

        policy = load("core")

        @given(states(policy, at=1_795_518_000))
        def test_somebody_always_acts(state):
            assert decide(policy, state, at=1_795_518_000).stage
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import attrs

from complaint_rules.decision import whole_seconds
from complaint_rules.errors import MissingExtraError
from complaint_rules.facts import Fact, Kind
from complaint_rules.policy import Policy, Remedy
from complaint_rules.testing.aims import Aim
from complaint_rules.testing.nearby import Values, plain, told

try:
    from hypothesis import strategies as st
except ImportError as error:  # pragma: no cover - shown by the wheel test, which has no hypothesis
    raise MissingExtraError("testing", "hypothesis strategies") from error

Instant: TypeAlias = int | str | datetime.datetime
"""An instant as `decide` takes it: seconds since 1970, RFC 3339 text or an aware datetime."""

Facts = dict[str, Any]
"""A state as a host gives it: fact name to plain value."""

_APART: Final = frozenset({"complaint_id", "event_date", "calendar", "currency", "done"})
_SOME_FACTS: Final = 8
_MOST_FACTS: Final = 45
_MOST_AIMS: Final = 4


@attrs.frozen
class Moment:
    """
    One step of a complaint's life.

    Attributes:
        at: When to decide; whole seconds since 1970-01-01T00:00:00Z.
        state: The whole state at that instant, as a host gives it.
    """

    at: int
    state: Facts


def states(policy: Policy, *, at: Instant, fixed: Mapping[str, Any] | None = None) -> Any:
    """
    Return a strategy for states of a policy.

    A state is drawn towards a few conditions of the policy, so that its rules are met often; the
    other facts lie at, just beside and beyond the boundaries of the policy's tests, are unknown or
    missing. Instants lie as far before `at` as the policy's durations are long.

    Args:
        policy: The policy; every state drawn is valid for it.
        at: The instant the states will be decided at, as for `decide`: nothing has happened later.
        fixed: Facts that every state has, as a host gives them; they are not drawn.

    Returns:
        A hypothesis strategy of mappings.

    Raises:
        StateError: `at` is no instant.
    """
    return _state(_Drawer(policy, whole_seconds(at)), dict(fixed or {}))


def changes(policy: Policy, *, at: Instant, most: int = 4) -> Any:
    """
    Return a strategy for lives of a complaint: up to `most` moments, each later than the last.

    Between two moments time passes, some facts change and some actions are done.

    Args:
        policy: The policy.
        at: The first instant, as for `decide`.
        most: The largest number of moments.

    Returns:
        A hypothesis strategy of lists of `Moment`.

    Raises:
        StateError: `at` is no instant.
    """
    return _life(policy, whole_seconds(at), most)


@st.composite
def _state(draw: Callable[[Any], Any], drawer: _Drawer, fixed: Facts) -> Facts:
    made = {name: draw(drawer.value(name)) for name in draw(drawer.names)}
    if draw(st.integers(0, 9)):
        made["received_at"] = draw(drawer.past)
    if draw(st.integers(0, 3)) == 1:
        made["done"] = draw(drawer.done)
    if draw(st.integers(0, 9)) == 1:
        made["type_basis"] = draw(drawer.basis)
    aim = Aim(drawer.values, lambda items: draw(st.sampled_from(list(items))))
    for wanted in draw(drawer.aims):
        if isinstance(wanted, Remedy):
            aim.remedy(wanted)
        else:
            aim.at(wanted, holds=True)
    made.update(aim.gathered())
    made.update(fixed)
    return {name: value for name, value in made.items() if value not in (None, [], {})}


@st.composite
def _life(draw: Callable[[Any], Any], policy: Policy, at: int, most: int) -> list[Moment]:
    drawer = _Drawer(policy, at)
    moments = [Moment(at, draw(_state(drawer, {})))]
    for _ in range(draw(st.integers(0, most - 1))):
        at += draw(st.sampled_from(drawer.values.waits))
        later = _Drawer(policy, at)
        known = dict(moments[-1].state)
        names = draw(st.lists(st.sampled_from(drawer.free), unique=True, max_size=4))
        known.update({name: draw(later.value(name)) for name in names})
        done = [{"action": name, "at": told(at)} for name in draw(later.some_actions)]
        known["done"] = [*known.get("done", ()), *done]
        known = {name: value for name, value in known.items() if value not in (None, [], {})}
        moments.append(Moment(at, known))
    return moments


class _Drawer:
    """Strategies for the parts of a state of one policy at one instant."""

    def __init__(self, policy: Policy, at: int) -> None:
        self.policy, self.values = policy, Values(policy, at)
        self.free = [
            name
            for name, fact in policy.facts.items()
            if not (fact.derived or "." in name or name in _APART)
        ]
        names = st.sampled_from(self.free)
        few = min(_SOME_FACTS, len(self.free))
        self.names = st.one_of(
            st.lists(names, unique=True, max_size=_SOME_FACTS),
            st.lists(names, unique=True, min_size=few, max_size=_MOST_FACTS),
        )
        sorts: list[list[Any]] = [list(policy.conditions), [each.when for each in policy.stages]]
        sorts += [[*policy.remedies.values()]]
        sorts = [each for each in sorts if each]
        aims = st.one_of(*(st.sampled_from(each) for each in sorts))
        self.aims = st.lists(aims, max_size=_MOST_AIMS) if sorts else st.just([])
        self.past = st.sampled_from(self.values.waits).map(lambda back: told(at - back))
        self.future = st.sampled_from(self.values.waits).map(lambda ahead: told(at + ahead))
        actions = [each.id for each in policy.actions.values() if not each.conduct]
        ids = st.sampled_from(actions or [""])
        self.some_actions = st.lists(ids, unique=True, max_size=4 if actions else 0)

    @property
    def done(self) -> Any:
        """Return a strategy for what was done."""
        return self.some_actions.flatmap(
            lambda names: st.tuples(*(self._done_some_time(each) for each in names)).map(list)
        )

    def _done_some_time(self, action: str) -> Any:
        return st.fixed_dictionaries({"action": st.just(action), "at": self.past})

    @property
    def basis(self) -> Any:
        """Return a strategy for what the host says of the customer's types."""
        said = {
            "confirmed_by": st.just("lead"),
            "since": self.past,
            "expires_at": st.one_of(self.past, self.future),
        }
        if not self.policy.types:
            return st.just({})
        types = st.sampled_from(list(self.policy.types))
        return st.dictionaries(types, st.fixed_dictionaries({}, optional=said), max_size=3)

    def value(self, name: str) -> Any:
        """Return a strategy for a fact: mostly known, at times unknown."""
        fact = self.policy.facts[name]
        known = self._known(name, fact)
        if fact.kind in (Kind.RECORD, Kind.RECORDS):
            return known
        return st.one_of(known, known, known, st.just("unknown"))

    def _known(self, name: str, fact: Fact) -> Any:
        match fact.kind:
            case Kind.RECORD:
                fields = {each: self.value(f"{name}.{each}") for each in fact.fields}
                return st.fixed_dictionaries({}, optional=fields)
            case Kind.RECORDS if name == "pauses":
                return st.lists(st.tuples(self.past, self.past).map(_stretch), max_size=3)
            case Kind.RECORDS:
                return st.lists(self._record(name, fact), max_size=3)
            case _:
                return self._plain(name, fact)

    def _record(self, name: str, fact: Fact) -> Any:
        fields = {each: self._plain(f"{name}.{each}", one) for each, one in fact.fields.items()}
        must = {"due": st.one_of(self.past, self.future)} if name == "promises" else {}
        free = {each: strategy for each, strategy in fields.items() if each not in must}
        return st.fixed_dictionaries(must, optional=free)

    def _plain(self, name: str, fact: Fact) -> Any:
        values = [plain(each, fact.kind) for each in self.values.near(name, fact)]
        return st.sampled_from(values)


def _stretch(ends: tuple[str, str]) -> Facts:
    first, last = sorted(ends)
    return {"from": first, "to": last}
