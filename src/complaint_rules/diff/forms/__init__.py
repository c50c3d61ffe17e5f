"""A comparison as Markdown for a pull request, as an HTML page, and as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from complaint_rules.diff.findings import Diff
from complaint_rules.diff.forms.data import as_data
from complaint_rules.diff.forms.html import as_html
from complaint_rules.diff.forms.markdown import as_markdown
from complaint_rules.diff.forms.report import Limits, Report, report

__all__ = ["FORMS", "Limits", "Report", "as_data", "as_html", "as_markdown", "render", "report"]

FORMS: Final[Mapping[str, tuple[Callable[[Report], str], Limits]]] = {
    "markdown": (as_markdown, Limits(changes=30, groups=10, letters=120, facts=1_500)),
    "html": (as_html, Limits(changes=5_000, groups=60, letters=500, facts=20_000)),
}
"""What writes each form, and how much there is room for; a pull request takes 65,536 letters."""


def render(diff: Diff, form: str) -> str:
    """
    Return a comparison in a form.

    Args:
        diff: The comparison.
        form: ``markdown`` or ``html``.

    Raises:
        KeyError: There is no such form.
    """
    write, limits = FORMS[form]
    return write(report(diff, limits))
