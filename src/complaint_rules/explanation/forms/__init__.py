"""An explanation as text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from complaint_rules.explanation.forms.html import as_html
from complaint_rules.explanation.forms.markdown import as_markdown
from complaint_rules.explanation.forms.text import as_text
from complaint_rules.explanation.speaker import clean, refuse
from complaint_rules.explanation.tree import Explanation
from complaint_rules.spelling import help_for

__all__ = ["FORMS", "as_html", "as_markdown", "as_text", "render"]

FORMS: Final[Mapping[str, Callable[[Explanation], str]]] = {
    "text": as_text,
    "markdown": as_markdown,
    "html": as_html,
}
"""What writes each form."""


def render(tree: Explanation, form: str = "text") -> str:
    """
    Return an explanation in a form.

    Args:
        tree: The root of an explanation.
        form: ``text``, ``markdown`` or ``html``.

    Raises:
        StateError: There is no such form (`unknown-form`).
    """
    if form not in FORMS:
        cure = help_for(form, tuple(FORMS))
        raise refuse("unknown-form", f"explanations have no form `{clean(form)}`", cure)
    return FORMS[form](tree)
