"""Which cases to play: words of their names and tags, with `and`, `or`, `not` and parentheses."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from complaint_rules.testing.cases import Case

Pick: TypeAlias = Callable[[Case], bool]

_WORD: Final = re.compile(r"\s*(\(|\)|[^\s()]+)")
_MOST: Final = 200


class PickError(ValueError):
    """A choice of cases that cannot be read; the message says what is wrong with it."""


def pick(text: str) -> Pick:
    """
    Return which cases a choice takes.

    A word stands for the cases whose full name holds it, or that have it as a tag; case is free.
    ``not`` binds closest, then ``and``, then ``or``.

    Args:
        text: The choice: ``angry and not abusive``.

    Raises:
        PickError: It cannot be read.
    """
    words = _WORD.findall(text)
    if not words or len(words) > _MOST:
        raise PickError(f"write 1 to {_MOST} words")
    postfix = _postfix(words)

    def picked(case: Case) -> bool:
        tags = frozenset(tag.casefold() for tag in case.tags)
        return _holds(postfix, case.name.casefold(), tags)

    _holds(postfix, "", frozenset())
    return picked


_BINDS: Final = {"or": 1, "and": 2, "not": 3}


def _postfix(words: list[str]) -> list[str]:
    """Return the words in the order in which they are worked out."""
    done: list[str] = []
    waiting: list[str] = []
    for word in words:
        if word == "(":
            waiting.append(word)
        elif word == ")":
            while waiting and waiting[-1] != "(":
                done.append(waiting.pop())
            if not waiting:
                raise PickError("a `)` closes nothing")
            waiting.pop()
        elif word in _BINDS:
            binds = _BINDS[word]
            while word != "not" and waiting and _BINDS.get(waiting[-1], 0) >= binds:
                done.append(waiting.pop())
            waiting.append(word)
        else:
            done.append(word)
    if "(" in waiting:
        raise PickError("a `(` is not closed")
    return done + waiting[::-1]


def _holds(postfix: list[str], name: str, tags: frozenset[str]) -> bool:
    held: list[bool] = []
    for word in postfix:
        needed = {"not": 1, "and": 2, "or": 2}.get(word, 0)
        if len(held) < needed:
            raise PickError(f"`{word}` has nothing to join")
        if word == "not":
            held.append(not held.pop())
        elif needed:
            right, left = held.pop(), held.pop()
            held.append(left and right if word == "and" else left or right)
        else:
            held.append(word.casefold() in name or word.casefold() in tags)
    if len(held) != 1:
        raise PickError("two words need `and` or `or` between them")
    return held[0]
