"""What is wrong with a file as a whole, so that nothing of it can be decided."""

from __future__ import annotations

from pathlib import Path

from complaint_rules.errors import RulesetError
from complaint_rules.problem import Problem, Report


def fault(code: str, message: str, cure: str, place: str = "") -> RulesetError:
    """Return the error for an input or output that cannot be used at all."""
    return RulesetError(Report.of([Problem(code, message, place=place, help=cure)]))


def unreadable(path: Path, error: OSError) -> RulesetError:
    """Return the error for a file that the system does not let us read."""
    told = f"`{path.name}` cannot be read: {reason(error)}"
    return fault("unreadable-file", told, "check the path and its rights", str(path))


def unwritable(path: Path, error: OSError) -> RulesetError:
    """Return the error for a file that the system does not let us write."""
    told = f"`{path.name}` cannot be written: {reason(error)}"
    return fault("unwritable-file", told, "check the folder, its rights and its room", str(path))


def reason(error: OSError) -> str:
    """Return what the system says, in lower case."""
    return (error.strerror or "the system refuses").lower()
