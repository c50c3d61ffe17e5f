"""The error tree: few exceptions, each carrying what a caller needs to go on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from complaint_rules.problem import Report


class ComplaintRulesError(Exception):
    """Base of every error this package raises on purpose."""


class _ReportedError(ComplaintRulesError, ValueError):
    """An error whose faults are told by a report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        lines = [
            f"{p.span or p.place or '-'}: [{p.code}] {p.message}"
            + (f" ({p.help})" if p.help else "")
            for p in report.errors
        ]
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[type[_ReportedError], tuple[Report]]:
        return (type(self), (self.report,))


class RulesetError(_ReportedError):
    """The text is no policy. `report` tells every fault with its place and cure."""


class StateError(_ReportedError):
    """The facts do not fit the policy. `report` tells every fault with its place and cure."""


class EngineError(ComplaintRulesError):
    """
    An engine failed, or cannot express a policy.

    Attributes:
        engine: Name of the engine.
    """

    def __init__(self, message: str, *, engine: str) -> None:
        self.engine = engine
        super().__init__(message)

    def __reduce__(self) -> tuple[Callable[[], EngineError], tuple[()]]:
        # Between processes, too, it says which engine.
        return (partial(type(self), str(self), engine=self.engine), ())


class MissingExtraError(ComplaintRulesError, ImportError):
    """
    An optional package is not installed.

    Attributes:
        extra: Name of the extra that installs it, as in ``pip install complaint-rules[extra]``.
    """

    def __init__(self, extra: str, needed_for: str) -> None:
        self.extra = extra
        self._needed_for = needed_for
        super().__init__(
            f"{needed_for} needs an optional package: pip install 'complaint-rules[{extra}]'"
        )

    def __reduce__(self) -> tuple[type[MissingExtraError], tuple[str, str]]:
        return (type(self), (self.extra, self._needed_for))
