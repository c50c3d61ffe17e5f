"""A mapping file in the reading: its data, its places, and the faults found so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from complaint_rules.document import Node, key_span, to_data, value_span
from complaint_rules.policy import Policy
from complaint_rules.problem import Problem
from complaint_rules.spelling import help_for

Path: TypeAlias = tuple[str, ...]


class Page:
    """
    One mapping file being read.

    Attributes:
        policy: The policy whose facts the mapping fills.
        node: The file's content with its places.
        data: The same as plain data.
        problems: Its faults so far.
    """

    def __init__(self, policy: Policy, node: Node) -> None:
        self.policy = policy
        self.node = node
        self.data: Any = to_data(node)
        self.problems: list[Problem] = []

    def tell(self, code: str, message: str, path: Path, cure: str, *, key: bool = False) -> None:
        """Note a fault at the value that `path` leads to, or at its key."""
        span = key_span(self.node, path) if key else value_span(self.node, path)
        self.problems.append(Problem(code, message, span, "", cure))

    def known(self, data: Mapping[str, Any], keys: tuple[str, ...], path: Path) -> None:
        """Note every key of `data` that is none of `keys`."""
        for key in data:
            if key not in keys:
                cure = help_for(key, keys)
                self.tell("unknown-key", f"unknown key `{key}`", (*path, key), cure, key=True)

    def get(self, path: Path) -> Any:
        """Return the value `path` leads to, or `None`."""
        value: Any = self.data
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        return value

    def word(self, path: Path) -> str | None:
        """Return the text at `path`; `None` where there is none, or another value stands."""
        value = self.get(path)
        if isinstance(value, str) and value:
            return value
        if value is not None:
            self.tell("wrong-shape", f"`{path[-1]}` is not a text", path, "write it in quotes")
        return None

    def texts(self, path: Path) -> list[str]:
        """Return the text or texts at `path`."""
        value = self.get(path)
        listed = value if isinstance(value, list) else [] if value is None else [value]
        if all(isinstance(item, str) for item in listed):
            return listed
        self.tell("wrong-shape", f"`{path[-1]}` is not a list of texts", path, "put each in quotes")
        return []

    def take(self, problems: Iterable[Problem], path: Path) -> None:
        """Note faults that were found in the value at `path` by others."""
        for problem in problems:
            self.tell(problem.code, problem.message, path, problem.help)
