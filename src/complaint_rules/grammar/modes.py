"""The five kinds of text this room reads, and what each is called in a message."""

from __future__ import annotations

import enum

import attrs


@attrs.frozen
class _Kind:
    rule: str
    noun: str
    empty: str
    bad: str
    help: str

    @property
    def article(self) -> str:
        """The noun with its article, as messages say it."""
        return f"{'an' if self.noun.startswith('e') else 'a'} {self.noun}"


_VALUE_HELP = "write a test such as `5`, `>= 5`, `[1..5)`, `not(1, 2)`, `known` or `-`"
_WORDS_HELP = "write a test such as `s1`, `s1, s2`, `>= s2`, `not(s1, s2)`, `known` or `-`"
_EXPRESSION_HELP = "write a sum such as `min(20% * amount_paid, 5 EUR)`"
_DURATION_HELP = "write a number and a unit, such as `45 m`, `4 bh` or `3 bd end of day`"
_DUE_HELP = "write `now`, a target's name, a part such as `1/4 of first_response`, or `4 bh`"


class Mode(enum.Enum):
    """A kind of text: its start rule, its name in messages and its most general codes."""

    VALUE = _Kind("value_test", "test", "empty-test", "bad-test", _VALUE_HELP)
    WORDS = _Kind("word_test", "test", "empty-test", "bad-test", _WORDS_HELP)
    EXPRESSION = _Kind(
        "expression", "expression", "empty-expression", "bad-expression", _EXPRESSION_HELP
    )
    DURATION = _Kind("duration_text", "duration", "empty-duration", "bad-duration", _DURATION_HELP)
    DUE = _Kind("due_text", "due time", "empty-due", "bad-due", _DUE_HELP)

    @property
    def is_test(self) -> bool:
        """True for the two kinds of unary test."""
        return self in (Mode.VALUE, Mode.WORDS)
