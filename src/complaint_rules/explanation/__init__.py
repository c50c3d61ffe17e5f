"""
A decision in words: `explain`, `why`, `why_not`, `ask`, in English, Persian, Hungarian, Arabic.

Everything is a tree of sentences (`Explanation`), told as text, Markdown, HTML or data.
"""

from __future__ import annotations

from complaint_rules.explanation.change import UNKNOWN, Change, apply
from complaint_rules.explanation.forms import FORMS, as_html, as_markdown, as_text, render
from complaint_rules.explanation.page import ask, explain, explanation, why
from complaint_rules.explanation.tree import Explanation, as_data
from complaint_rules.explanation.why_not import WhyNot, why_not

__all__ = [
    "FORMS",
    "UNKNOWN",
    "Change",
    "Explanation",
    "WhyNot",
    "apply",
    "as_data",
    "as_html",
    "as_markdown",
    "as_text",
    "ask",
    "explain",
    "explanation",
    "render",
    "why",
    "why_not",
]
