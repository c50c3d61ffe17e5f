"""How a reader of values says what is wrong: an error that pydantic carries to the report."""

from __future__ import annotations

from pydantic_core import PydanticCustomError


def fault(code: str, message: str, cure: str) -> PydanticCustomError:
    """Return the error for a value; braces in the words are the author's own."""
    return PydanticCustomError(code, "{message}", {"message": message, "cure": cure})


def shown(value: object) -> str:
    """Return a value as a message shows it: short, on one line, in backticks."""
    text = value if isinstance(value, str) else repr(value)
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return f"`{text[:60]}…`" if len(text) > 60 else f"`{text}`"
