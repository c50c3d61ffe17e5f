"""One edition of a ruleset: as written, compiled, and with its scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from complaint_rules.composition import compose
from complaint_rules.document import to_data
from complaint_rules.errors import RulesetError
from complaint_rules.loading.sources import root_of
from complaint_rules.policy import Policy
from complaint_rules.problem import Problem, Report
from complaint_rules.testing import Case, read_suite


@attrs.frozen(eq=False)
class Edition:
    """
    One edition of a ruleset.

    Attributes:
        name: The ruleset as it was named.
        policy: It compiled.
        data: It composed of all its files and parents, as plain data in its author's words.
        cases: Its scenarios; of files with faults none.
        faults: What is wrong with its scenarios.
    """

    name: str
    policy: Policy
    data: Mapping[str, Any]
    cases: tuple[Case, ...] = ()
    faults: Report = attrs.field(factory=Report)

    @property
    def title(self) -> str:
        """Return its id and edition, with the beginning of its fingerprint."""
        return f"{self.policy.id} {self.policy.edition} ({self.policy.fingerprint[:12]})"


def read_edition(origin: str | Path) -> Edition:
    """
    Read one edition of a ruleset.

    Args:
        origin: A packaged name, or a path to a file, folder or zip.

    Raises:
        RulesetError: It has problems; the report names each.
    """
    suite = read_suite(origin)
    root = root_of(origin)
    if suite.policy is None or isinstance(root, Problem):
        raise RulesetError(suite.ruleset)
    composed, _, _ = compose(root)
    assert composed is not None, "a ruleset that loads is composed"  # noqa: S101
    return Edition(str(origin), suite.policy, to_data(composed.node), suite.cases, suite.report)
