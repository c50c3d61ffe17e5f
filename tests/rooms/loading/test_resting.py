"""The garbage collector rests while a ruleset is loaded, and is left as it was found."""

from __future__ import annotations

import gc
import os
import threading
import warnings
from collections.abc import Iterator

import pytest

from complaint_rules import RulesetError, check, load, loads
from complaint_rules.loading import corridor
from complaint_rules.loading.resting import Rest, undisturbed

SMALL = "format: 1\nid: small\nedition: e\ntitle: Small\ncurrency: EUR\n"


@pytest.fixture(autouse=True)
def _running() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_it_rests_and_runs_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside a load the collector is off; after it, it runs as before."""
    seen: list[bool] = []
    compose = corridor.compose

    def watched(root: object) -> object:
        seen.append(gc.isenabled())
        return compose(root)  # type: ignore[arg-type]

    monkeypatch.setattr(corridor, "compose", watched)
    loads(SMALL)
    assert (seen, gc.isenabled()) == ([False], True)
    check(SMALL.encode())
    assert (seen, gc.isenabled()) == ([False, False], True)


def test_a_bad_ruleset_leaves_it_running() -> None:
    """A load that raises leaves the collector as it was."""
    with pytest.raises(RulesetError):
        loads("format: 1")
    with pytest.raises(RulesetError):
        load("no such ruleset")
    assert gc.isenabled()


def test_a_host_without_a_collector_keeps_none() -> None:
    """Where the host has switched the collector off, a load does not switch it on."""
    gc.disable()
    loads(SMALL)
    assert not gc.isenabled()


def test_the_last_of_several_loads_wakes_it() -> None:
    """Loads in several threads: the collector runs again when the last of them is done."""
    inside, leave = threading.Event(), threading.Event()

    def load_slowly() -> None:
        with undisturbed():
            inside.set()
            leave.wait(10)

    thread = threading.Thread(target=load_slowly)
    thread.start()
    inside.wait(10)
    loads(SMALL)
    while_one_loads = gc.isenabled()
    leave.set()
    thread.join()
    assert (while_one_loads, gc.isenabled()) == (False, True)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.parametrize("runs", [True, False])
def test_a_forked_process_begins_anew(*, runs: bool) -> None:
    """A process forked in the midst of a load has the collector that its parent had before."""
    (gc.enable if runs else gc.disable)()
    with undisturbed(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # newer Pythons warn of threads at a fork
        child = os.fork()
        if child == 0:  # pragma: no cover - in the child
            first = gc.isenabled()
            with undisturbed():
                resting = not gc.isenabled()
            os._exit(0 if (first, resting, gc.isenabled()) == (runs, True, runs) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.parametrize("loads", [0, 1])
def test_what_a_forked_process_forgets(loads: int) -> None:
    """After a fork no load counts any more, and a lock that another thread held is a new one."""
    rest = Rest()
    for _ in range(loads):
        rest.begin()
    rest.lock.acquire()
    rest.forget()
    assert (rest.loads, gc.isenabled(), rest.lock.locked()) == (0, True, False)
