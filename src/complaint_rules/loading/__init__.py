"""
From a ruleset to a policy: `load`, `loads`, and `check`, which only reports.

They walk the corridor end to end: files, includes and parents, the model, the compiler; and warm
the engine, so that the first decision is as quick as the others.
"""

from __future__ import annotations

from complaint_rules.composition import MAIN, Root, find_parent, packaged_names
from complaint_rules.decision.decide import engine_of
from complaint_rules.decision.gathering.prepared import prepare
from complaint_rules.decision.seeing.plan import plan_of
from complaint_rules.errors import RulesetError
from complaint_rules.loading.corridor import walk
from complaint_rules.loading.resting import undisturbed
from complaint_rules.loading.sources import Origin, root_of, root_of_bytes
from complaint_rules.policy import Policy
from complaint_rules.problem import Problem, Report

__all__ = ["Origin", "check", "load", "loads", "packaged", "parents"]


def load(source: Origin) -> Policy:
    """
    Return the policy that a ruleset says.

    Args:
        source: The name of a packaged ruleset (``"core"``), a path to a file, a folder with
            ``ruleset.yaml`` or a ``.zip`` of one, the bytes of a zip or of a YAML text, or a
            resource of a package. A packaged name goes before a path; write ``./core`` for a
            folder of that name.

    Raises:
        RulesetError: if there is no such ruleset, or it has faults; `report` tells all of them.
    """
    found = root_of(source)
    if isinstance(found, Problem):
        raise RulesetError(Report.of([found]))
    return _policy(found)


def loads(text: str | bytes, name: str = MAIN) -> Policy:
    """
    Return the policy that a text says.

    Args:
        text: One whole ruleset in YAML; as bytes it may also be a zip archive.
        name: What the text is called in problems.

    Raises:
        RulesetError: if the text has faults; `report` tells all of them.
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    found = root_of_bytes(data, name)
    if isinstance(found, Problem):
        raise RulesetError(Report.of([found]))
    return _policy(found)


def check(source: Origin) -> Report:
    """
    Return every problem of a ruleset, warnings included; a bad ruleset raises nothing.

    Args:
        source: As for `load`.
    """
    found = root_of(source)
    if isinstance(found, Problem):
        return Report.of([found])
    with undisturbed():
        return walk(found).report


def parents(source: Origin) -> tuple[Policy, ...]:
    """
    Return the policies of the rulesets that a ruleset extends, in the order it names them.

    Args:
        source: As for `load`.

    Raises:
        RulesetError: as for `load`; of the ruleset itself or of a parent.
    """
    found = root_of(source)
    if isinstance(found, Problem):
        raise RulesetError(Report.of([found]))
    names = _policy(found).extends
    roots = (find_parent(found, name) for name in names)
    return tuple(_policy(root) for root in roots if root is not None)


def packaged() -> tuple[str, ...]:
    """Return the names of the rulesets that come with the package, sorted."""
    return packaged_names()


def _policy(root: Root) -> Policy:
    """Return a policy with all made that its first decision would otherwise have to make."""
    with undisturbed():
        walked = walk(root)
        policy = walked.policy
        if policy is None:
            raise RulesetError(walked.report)
        engine_of(policy, "index")
        plan_of(policy)
        prepare(policy)
    return policy
