"""Mutants judged by several processes, each of which holds the ruleset and its moments."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Final

import attrs

from complaint_rules.policy import Policy
from complaint_rules.testing.mutation.board import Board, Seen
from complaint_rules.testing.mutation.judging import Fate, Judge, Verdict
from complaint_rules.testing.mutation.proofs import MOST_STEPS
from complaint_rules.testing.mutation.telling import Teller, Telling

_AT_ONCE: Final = 8
_FEW: Final = 40
"""So few mutants are judged sooner than a second process begins."""

_FIRST_STEPS: Final = 200

_teller: Teller | None = None


@attrs.frozen(eq=False)
class Judged:
    """
    One mutant judged.

    Attributes:
        number: Its place among all mutants of the policy.
        verdict: What became of it.
        telling: A state that tells it from the ruleset, if it was left alive and one was found.
    """

    number: int
    verdict: Verdict
    telling: Telling | None = None


def judged(
    policy: Policy, seen: Sequence[Seen], numbers: Sequence[int], jobs: int | None = None
) -> Iterator[Judged]:
    """
    Yield what becomes of mutants, as each is known.

    Args:
        policy: The policy.
        seen: The moments of its cases.
        numbers: The mutants, by their places among all those of the policy.
        jobs: How many processes; `None` for as many as there are cores.
    """
    wanted = cores() if jobs is None else jobs
    jobs = min(wanted, -(-len(numbers) // _FEW))
    if jobs <= 1:
        teller = Teller(Judge(Board(policy, seen)))
        yield from (_judge_one(teller, number) for number in numbers)
        return
    chunks = [numbers[start : start + _AT_ONCE] for start in range(0, len(numbers), _AT_ONCE)]
    names = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in names else "spawn")
    with ProcessPoolExecutor(jobs, context, _begin, (policy, seen)) as pool:
        try:
            for each in as_completed([pool.submit(_judge_some, chunk) for chunk in chunks]):
                yield from each.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def cores() -> int:
    """Return how many cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def _begin(policy: Policy, seen: Sequence[Seen]) -> None:
    global _teller  # noqa: PLW0603 - one a process, as pools hand nothing else on
    _teller = Teller(Judge(Board(policy, seen)))


def _judge_some(numbers: Sequence[int]) -> list[Judged]:
    assert _teller is not None, "the process has begun"  # noqa: S101
    return [_judge_one(_teller, number) for number in numbers]


def _judge_one(teller: Teller, number: int) -> Judged:
    mutant = teller.judge.mutants[number]
    verdict = teller.judge.verdict(mutant)
    if verdict.fate is Fate.SNAPSHOT:
        return Judged(number, verdict, teller.tell(mutant, verdict))
    if verdict.fate is Fate.KILLED:
        return Judged(number, verdict)
    # A state that tells it apart is mostly found sooner than a proof is given up.
    telling = None
    equivalent = mutant.proved(_FIRST_STEPS)
    if not equivalent:
        telling = teller.tell(mutant, verdict)
        equivalent = telling is None and mutant.proved(MOST_STEPS)
    return Judged(number, Verdict(Fate.EQUIVALENT) if equivalent else verdict, telling)
