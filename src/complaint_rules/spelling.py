"""Did you mean: the known word nearest to one that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

_SHOWN = 8
_LONGEST = 100
_FREE = str.maketrans("", "", "-_ ")


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """
    Return the known word that `word` most likely means, or None if none is near.

    Case, hyphens, underscores and blanks are free. Beyond them one slip is forgiven in words of
    three to five characters and two in longer ones; a slip is a character too many, missing or
    wrong, or two neighbours swapped. Ties go to the nearer length, then to the alphabet.

    Args:
        word: What the author wrote.
        known: The words that would have been right, in any order.
    """
    if len(word) > _LONGEST:
        return None
    plain = _plain(word)
    limit = _allowance(plain)
    best: tuple[int, int, str] | None = None
    for candidate in known:
        other = _plain(candidate)
        if not other or abs(len(other) - len(plain)) > limit:
            continue
        distance = _distance(plain, other)
        rank = (distance, abs(len(candidate) - len(word)), candidate)
        if distance <= limit and (best is None or rank < best):
            best = rank
    return best[2] if best else None


def help_for(word: str, known: Iterable[str], what: str = "") -> str:
    """
    Return the help of a problem about an unknown word, as one line.

    Args:
        word: What the author wrote.
        known: The words that would have been right; a list or tuple is shown in its own order,
            anything else in the alphabet's.
        what: What the words are, in the plural (`facts`).

    Returns:
        The nearest word as a question, else the first eight known words.
    """
    words = list(known) if isinstance(known, list | tuple) else sorted(known)
    near = did_you_mean(word, words)
    if near is not None:
        return f"did you mean `{near}`?"
    if not words:
        return f"no {what or 'names'} are declared"
    shown = ", ".join(f"`{name}`" for name in words[:_SHOWN])
    more = " …" if len(words) > _SHOWN else ""
    return f"known{' ' if what else ''}{what}: {shown}{more}"


@lru_cache(maxsize=4096)
def _plain(word: str) -> str:
    return word.casefold().translate(_FREE)


def _allowance(plain: str) -> int:
    if len(plain) <= 2:
        return 0
    return 1 if len(plain) <= 5 else 2


def _distance(left: str, right: str) -> int:
    """Edit distance in which a swap of neighbours counts one (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
