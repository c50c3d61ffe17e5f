"""Problem codes of shape: keys, lists and words that stand where they cannot."""

from __future__ import annotations

from typing import Final

from complaint_rules.catalogue.entry import Entry

ENTRIES: Final = (
    Entry(
        "wrong-format",
        "A format that cannot be read",
        "`format` is something else than the number 1.",
        "Another format has other rules, so the text would be misread.",
        "Write `format: 1`, or use a version of the program that knows the format.",
    ),
    Entry(
        "edition-unquoted",
        "An edition without quotes",
        "The edition is read as a number, because it has no quotes.",
        "YAML takes `1.10` and `1.1` for the same number: two editions would look like one.",
        'Put it in quotes: `edition: "1.10"`.',
    ),
    Entry(
        "unknown-key",
        "A key that means nothing here",
        "A mapping has a key that the language does not have at this place.",
        "What stands under it would be ignored.",
        "Correct the key; the help names the nearest one, or all that are known.",
    ),
    Entry(
        "missing-key",
        "A key that must be there",
        "A mapping lacks a key without which it means nothing.",
        "There is no default that would fit every ruleset.",
        "Add the key; the help says what it is.",
    ),
    Entry(
        "empty-value",
        "A key or list without a value",
        "A key has nothing after its colon, a list has an item of nothing, or a list or text "
        "that must hold something is empty.",
        "Empty could mean anything, nothing, or not written yet.",
        "Write the value, or remove the key.",
    ),
    Entry(
        "wrong-shape",
        "A list, mapping or word where another is wanted",
        "A value has another shape than its key takes.",
        "It cannot be read as what the key says.",
        "Write it in the shape that the message names.",
    ),
    Entry(
        "bad-value",
        "A word that is not one of those allowed",
        "A key takes one of a few words, or a number within bounds, and has something else.",
        "It would have no meaning.",
        "Use one of the words that the help names.",
    ),
    Entry(
        "bad-id",
        "A name that cannot be a name",
        "An id or a fact's name has capitals, blanks or other characters that names cannot have.",
        "Names stand in tests, expressions and reports, where such characters mean something else.",
        "Use lower-case letters, digits, `_` and, in ids, `-`; begin with a letter.",
    ),
    Entry(
        "bad-language",
        "A language that is no language code",
        "A text's key is not a language code such as `en`, `fa`, `hu` or `ar`.",
        "The text would never be found when it is asked for in that language.",
        "Use the short code of the language.",
    ),
    Entry(
        "unknown-currency",
        "A currency that is none",
        "A currency is not written as the three capitals of ISO 4217, or is none of them.",
        "It could not be told how many decimals its amounts have, nor compared with any amount.",
        "Write its three capitals, as in `EUR`.",
    ),
    Entry(
        "too-long",
        "A text or name past its bound",
        "A text, note or name has more characters than allowed.",
        "Texts stand in reports and messages, where much longer ones are a mistake.",
        "Shorten it.",
    ),
    Entry(
        "empty-condition",
        "A condition without a test",
        "A `when`, or a group in it, is missing or holds no test.",
        "It could mean always as well as never.",
        "Write a test, or `when: always` where there is nothing to test.",
    ),
    Entry(
        "not-one-test",
        "`not` with other than one test",
        "`not` holds several tests, or a list.",
        "Readers differ in whether it means none of them or not all of them.",
        "Write one test; for several `none: […]` (not one of them) or `not: {all: […]}` (not all).",
    ),
)
