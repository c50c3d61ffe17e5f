"""The error tree: few exceptions, each carrying what a caller needs to go on."""

from __future__ import annotations

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


class MissingExtraError(ComplaintRulesError, ImportError):
    """
    An optional package is not installed.

    Attributes:
        extra: Name of the extra that installs it, as in ``pip install complaint-rules[extra]``.
    """

    def __init__(self, extra: str, needed_for: str) -> None:
        self.extra = extra
        super().__init__(
            f"{needed_for} needs an optional package: pip install 'complaint-rules[{extra}]'"
        )
