"""
Decides made-up complaints in a process of its own and prints a digest of all the decisions.

Run as `python -m tests.properties.fresh SEED`: the facts are the same for every seed, their order
is the seed's.
"""

from __future__ import annotations

import hashlib
import sys
from random import Random

from tests.properties.rulesets import made_up
from tests.properties.states import DAY, complaint, shuffled

from complaint_rules import decide, load
from complaint_rules.decision import dumps

CASES = 12
START = 1_793_000_000


def digest(seed: str) -> str:
    """Return the digest of the decisions of all cases, their facts in the order of `seed`."""
    found = hashlib.sha256()
    made = made_up(Random("fresh"))[1]
    for policy in (load("core"), *([made] if made else [])):
        found.update(policy.fingerprint.encode())
        for number in range(CASES):
            chance = Random(f"fresh {number}")
            received = START + chance.randint(0, 90 * DAY)
            at = received + chance.randint(0, 20 * DAY)
            facts = shuffled(complaint(policy, chance, received, at), Random(f"{seed} {number}"))
            found.update(dumps(decide(policy, facts, at=at)).encode())
    return found.hexdigest()


if __name__ == "__main__":
    print(digest(sys.argv[1]))
