"""What comes after what: rings of `after`, and sequences that go against it (semantics 25)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from complaint_rules.compiler.order import ordered, shown

if TYPE_CHECKING:
    from complaint_rules.compiler.bench import Bench
    from complaint_rules.policy import Action
    from complaint_rules.policy import Sequence as Steps


def check_links(bench: Bench, actions: Mapping[str, Action], sequences: Sequence[Steps]) -> None:
    """Tell of actions that come after themselves, and of sequences in another order."""
    needs = {name: action.after for name, action in actions.items()}
    _, rings = ordered(needs)
    for ring in rings:
        site = bench.item("actions", ring[0], f"action `{ring[0]}`")
        cure = "take one of them from the `after` of another"
        site.error("after-cycle", f"comes after itself: {shown(ring)}", cure, at=site.key("after"))
    if rings:
        return
    for index, sequence in enumerate(sequences):
        earlier = {step: _before(step, needs) for step in sequence.steps}
        _check_steps(bench, index, sequence, earlier)


def _before(action: str, needs: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Return all that an action comes after, however far back."""
    found: set[str] = set()
    waiting = list(needs.get(action, ()))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += needs.get(name, ())
    return frozenset(found)


def _check_steps(
    bench: Bench, index: int, sequence: Steps, earlier: Mapping[str, frozenset[str]]
) -> None:
    place = bench.item("sequences", index, f"sequence `{sequence.id}`")
    for at, step in enumerate(sequence.steps):
        late = [other for other in sequence.steps[at + 1 :] if other in earlier[step]]
        if late:
            place.at("steps", at).error(
                "after-against-sequence",
                f"puts `{step}` before `{late[0]}`, which it comes `after`",
                f"let `{late[0]}` stand first, or take it from the `after` of `{step}`",
            )
