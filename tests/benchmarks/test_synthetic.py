"""The made-up policies: the same for every peer, each time, and all peers agree on them."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest
from benchmarks.peers import OURS, PEERS, Peer, build
from benchmarks.synthetic import Between, Is, OneOf, Rule, partly_known, policy, states

from benchmarks import matching, memory

STATES = states(60)


def holds(rule: Rule, state: dict[str, str | int | bool]) -> bool:
    """Return whether a rule holds, read from its tests one by one."""
    for test in rule.tests:
        value = state[test.fact]
        if isinstance(test, OneOf):
            held = value in test.values
        elif isinstance(test, Between):
            held = test.low <= int(value) < test.high
        else:
            assert isinstance(test, Is)
            held = value is test.value
        if not held:
            return False
    return True


@pytest.mark.parametrize("size", [10, 50, 200])
def test_about_eight_rules_hold(size: int) -> None:
    """Whatever the number of rules, about eight of them hold in a state."""
    rules = policy(size)
    assert len(rules) == size
    firing = sum(holds(rule, state) for rule in rules for state in STATES) / len(STATES)
    assert 4 <= firing <= 12


def test_policies_and_states_are_the_same_each_time() -> None:
    """Nothing but the seed decides; no state stands twice."""
    assert policy(30) == policy(30)
    assert states(30) == STATES[:30]
    assert len({tuple(state.items()) for state in STATES}) == len(STATES)


@pytest.mark.parametrize("name", [name for name in PEERS if "durable" not in name])
def test_a_peer_that_is_installed_answers_rightly(name: str) -> None:
    """Each peer names just the rules that hold."""
    rules = policy(10)
    try:
        prepare, match = build(name, rules)
    except (ImportError, AttributeError) as error:
        pytest.skip(f"{name} is not installed, or does not run here: {error}")
    for state in STATES[:5]:
        wanted = [rule.id for rule in rules if holds(rule, state)]
        assert sorted(match(prepare(state))) == wanted


def test_where_facts_are_unknown_ours_is_timed_alone() -> None:
    """About three facts in ten are left out of the same states; no size is passed over."""
    partly = partly_known(60)
    assert all(part.items() <= state.items() for part, state in zip(partly, STATES, strict=True))
    assert 0.65 < sum(map(len, partly)) / sum(map(len, STATES)) < 0.75
    found = matching.partly_known((10, 50), 8)
    assert [(each.peer, each.size, each.states) for each in found] == [(OURS, 10, 8), (OURS, 50, 8)]


def test_rules_of_one_condition_are_all_named() -> None:
    """Rules that test the same share what is matched, and keep their ids."""
    first, *_ = policy(10)
    rules = [Rule("a", first.tests), Rule("b", first.tests)]
    prepare, match = importlib.import_module("benchmarks.peers.ours").build(rules)
    state = next(each for each in STATES if holds(first, each))
    assert sorted(match(prepare(state))) == ["a", "b"]


def test_a_peer_that_answers_otherwise_is_not_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told with how often; one that does not run is told, too; the others are timed."""

    def made(name: str, rules: list[Rule]) -> Peer:
        if name == "none":
            raise ImportError("no module")
        if name == "broken":
            return dict, lambda state: [state["none"]]
        return dict, lambda state: ["r"] if name == "right" else ["wrong"]

    monkeypatch.setattr(
        matching, "PEERS", dict.fromkeys(("right", "wrong", "none", "slow", "broken"))
    )
    monkeypatch.setattr(matching, "SLOW", {"slow": 5})
    monkeypatch.setattr(matching, "build", made)
    monkeypatch.setattr(matching.memory, "of", lambda peer, size: 1.0)
    right, wrong, none, slow, broken = matching.run((10,), 20, say=lambda text: None)
    assert (right.states, right.checked, right.note) == (20, matching.CHECKED, "")
    assert right.p50 <= right.p99
    assert (wrong.times, wrong.note) == ([], "answers differ in 300 of 300 states: not timed")
    assert (none.times, none.note) == ([], "does not run: ImportError: no module")
    assert (slow.times, slow.note) == ([], "not measured: too slow")
    assert (broken.times, broken.note) == ([], "fails: KeyError: 'none'")


def test_answers_are_compared_on_states_that_nobody_is_timed_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A peer that kept answers would gain nothing: it sees no state twice."""
    seen: list[tuple[str | int | bool, ...]] = []

    def made(name: str, rules: list[Rule]) -> Peer:
        return dict, lambda state: seen.append(tuple(state.values())) or []

    monkeypatch.setattr(matching, "PEERS", {"only": ""})
    monkeypatch.setattr(matching, "build", made)
    monkeypatch.setattr(matching.memory, "of", lambda peer, size: 1.0)
    matching.run((10,), 20, say=lambda text: None)
    compared, again, timed = seen[:300], seen[300:600], seen[600:]
    assert compared == again
    assert len({*compared, *timed}) == 320


def test_the_memory_of_a_peer_is_that_of_its_processes() -> None:
    """What a child of the process holds counts, too."""
    before = memory.resident()
    code = "import time; kept = b'x' * 50_000_000; print('ready', flush=True); time.sleep(60)"
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert memory.resident() - before > 45
        child.kill()
