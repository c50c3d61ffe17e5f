"""Words with a meaning in other languages of rules, which tests and expressions do without."""

from __future__ import annotations

_COMBINE = "combine tests with `all` or `any`; several values stand in a list: `1, 2`"
_CHOOSE = "choose between values with `first` under `derive`"
_RANGE = "an interval is written `[1..5]`, a list `1, 2`"

RESERVED = {
    "and": _COMBINE,
    "or": _COMBINE,
    "if": _CHOOSE,
    "then": _CHOOSE,
    "else": _CHOOSE,
    "in": _RANGE,
    "between": _RANGE,
    "not": "write `not(…)` around everything that is excluded: `not(1, 2)`",
}
