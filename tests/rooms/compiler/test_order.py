"""The order of facts, and rings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.compiler.order import ordered, shown

names = st.sampled_from("abcdefg")
graphs = st.dictionaries(names, st.lists(names, max_size=3))


@given(graphs)
def test_each_comes_after_what_it_needs(edges: dict[str, list[str]]) -> None:
    """In the order every name stands behind all it needs; what is left out waits for a ring."""
    order, rings = ordered(edges)
    for at, name in enumerate(order):
        assert all(need in order[:at] for need in edges[name] if need in edges)
    left = set(edges) - set(order)
    assert bool(left) == bool(rings)
    for name in left:
        assert any(need in left for need in edges[name])


@given(graphs)
def test_rings_are_rings(edges: dict[str, list[str]]) -> None:
    """Each name of a ring needs the next one, and the last the first; no ring is told twice."""
    _, rings = ordered(edges)
    for ring in rings:
        for name, need in zip(ring, (*ring[1:], ring[0]), strict=True):
            assert need in edges[name]
    assert len({frozenset(ring) for ring in rings}) == len(rings)


def test_the_given_order_is_kept() -> None:
    """Where nothing else is asked, names keep their order."""
    assert ordered({"b": [], "a": [], "c": ["a"]}) == (["b", "a", "c"], [])


def test_a_ring_is_shown_closed() -> None:
    """A message shows a ring with its first name at the end again."""
    assert shown(("a", "b")) == "`a` → `b` → `a`"


def test_long_chains_take_no_recursion() -> None:
    """Ten thousand names in a chain are put in order."""
    edges = {str(n): [str(n + 1)] for n in range(2_000)}
    order, rings = ordered(edges)
    assert rings == []
    assert order[0] == "1999"
