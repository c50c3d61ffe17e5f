"""From a wish for the value of an expression to new values of the facts it reads."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from complaint_rules.conditions import evaluate, facts_of
from complaint_rules.conditions.tree import Constant, Expression, FactValue
from complaint_rules.explanation.search.records import done_lists
from complaint_rules.explanation.search.solving import Solving
from complaint_rules.explanation.search.want import Fix, Want, is_there
from complaint_rules.facts import NOT_YET, Value
from complaint_rules.state import Done, Situation

_MOST_FACTS = 5


def expression(solver: Solving, node: Expression, want: Want) -> Iterator[Fix]:
    """
    Yield ways to give an expression a value that will do.

    Each fact it reads is moved while the others stay; unknown ones are made known first.
    """
    situation = solver.situation
    if want.accepts(evaluate(node, situation)):
        yield {}
        return
    if isinstance(node, FactValue):
        yield from solver.fact(node.name, want)
        return
    names = sorted(facts_of(node)) if not isinstance(node, Constant) else []
    unknown = [name for name in names if name not in situation.values]
    for name in names[:_MOST_FACTS]:
        if not set(unknown) - {name}:
            yield from _by(solver, node, name, want)
    missing = unknown or [name for name in names if situation.values[name] is NOT_YET]
    if missing and not want.accepts(None):
        for fix in solver.fact(missing[0], Want(is_there)):
            further = solver.after(fix)
            for more in () if further is None else further.value(node, want):
                yield {**fix, **more}


def _by(solver: Solving, node: Expression, name: str, want: Want) -> Iterator[Fix]:
    """Yield ways to move one fact so that the expression has a value that will do."""
    situation = solver.situation
    if name == "done":
        for done in done_lists(solver, node):
            if want.accepts(evaluate(node, _with_done(situation, done))):
                yield {"done": done}
        return

    def accepts(value: Value | None) -> bool:
        values = {each: known for each, known in situation.values.items() if each != name}
        if value is not None:
            values[name] = value
        return want.accepts(evaluate(node, attrs.evolve(situation, values=values)))

    yield from solver.fact(name, Want(accepts, want.checks))


def _with_done(situation: Situation, done: tuple[Done, ...]) -> Situation:
    names = frozenset(each.action for each in done)
    return attrs.evolve(situation, values={**situation.values, "done": names}, done=done)
