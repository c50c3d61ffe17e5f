"""Problem codes of foreseen slips in tests and expressions: what is meant is clear."""

from __future__ import annotations

from typing import Final

from complaint_rules.catalogue.entry import Entry

ENTRIES: Final = (
    Entry(
        "no-such-word",
        "A word of another language",
        "A test or expression uses `and`, `or`, `if`, `in`, `between` or the like.",
        "The language has no such words; they would be read as names.",
        "Combine tests with `all`, `any` and `not`; write a list with commas, an interval as "
        "`[1..5]`.",
    ),
    Entry(
        "operator-slip",
        "A comparison that is written another way",
        "A comparison is written `=>`, `==`, `≥` or the like.",
        "The comparisons are `<`, `<=`, `>`, `>=`, `=` and `!=`.",
        "Write the one that the help shows.",
    ),
    Entry(
        "odd-sign",
        "A typographic sign",
        "A sign such as `−`, `×` or `÷` stands where a plain one is meant.",
        "Word processors put such signs in; they look like the plain ones but are others.",
        "Write the plain sign: `-`, `*`, `/`.",
    ),
    Entry(
        "odd-quote",
        "Quotes of another kind",
        "A text stands in typographic or single quotes.",
        "Texts in tests stand in straight double quotes.",
        'Write `"text"`; in YAML the whole then goes in single quotes.',
    ),
    Entry(
        "unclosed-quote",
        "A quote that is never closed",
        "A text in double quotes has no end.",
        "It cannot be said where the text ends.",
        "Close the quote.",
    ),
    Entry(
        "several-words",
        "Several words without quotes",
        "Words stand in a row in a test or expression.",
        "They could be one text of several words, or a list without its commas.",
        "Put the words in double quotes, or separate them with commas.",
    ),
    Entry(
        "unquoted-word",
        "A word with characters of its own",
        "A bare word holds a character that only a quoted text may hold.",
        "Such characters mean something in tests.",
        "Put the word in double quotes.",
    ),
    Entry(
        "list-separator",
        "A list without commas",
        "The members of a list are parted by `;` or by another script's comma.",
        "The members of a list are parted by commas.",
        "Write `,` between them.",
    ),
    Entry(
        "bad-interval",
        "An interval that is written another way",
        "An interval has a dash or comma for its two dots, three dots, or lacks an end.",
        "`[1-5]` could be a subtraction, `[1, 5]` a list.",
        "Write `[1..5]`, or a comparison such as `>= 5` where one end is open.",
    ),
    Entry(
        "bare-interval",
        "An interval without brackets",
        "Two values are joined by two dots without brackets around them.",
        "It does not say whether its ends belong to it.",
        "Write `[1..5]` with both ends, `(1..5)` without them, or mix the brackets.",
    ),
    Entry(
        "bad-number",
        "A number that is written another way",
        "A number begins or ends with its point, has two of them, or an exponent.",
        "Numbers are digits with one point among them at most.",
        "Write it out: `0.5`, `1000`.",
    ),
    Entry(
        "decimal-comma",
        "A comma in a decimal number",
        "A number has a comma before its decimals.",
        "In tests a comma parts the members of a list: `2,5` is 2 and 5.",
        "Write a point: `2.5 EUR`.",
    ),
    Entry(
        "thousands-separator",
        "Digits in groups",
        "A number has commas, points or blanks between groups of its digits.",
        "In tests a comma parts the members of a list: `1,000` is 1 and 0.",
        "Write the digits without groups: `1000 EUR`.",
    ),
    Entry(
        "foreign-digits",
        "Digits other than 0 to 9",
        "A number is written in Persian, Arabic, full-width or other digits.",
        "Rulesets are exact, and are read by people of all scripts.",
        "Write the digits 0 to 9; in the states of complaints all digits are understood.",
    ),
    Entry(
        "currency-first",
        "A currency before its number",
        "An amount has its currency before the number.",
        "Amounts are written number first.",
        "Write `5 EUR`.",
    ),
    Entry(
        "currency-sign",
        "A currency's sign",
        "An amount has a sign such as `€` or `$`.",
        "Several currencies share a sign: `$` alone is twenty of them.",
        "Write the three capitals of the currency: `5 EUR`.",
    ),
    Entry(
        "missing-unit",
        "A duration without a unit",
        "A duration is a bare number.",
        "4 could be minutes, hours or days, on the clock or in business time.",
        "Write the unit: `m`, `h`, `d`, `w`, `mo`; in business time `bm`, `bh`, `bd`.",
    ),
    Entry(
        "unit-word",
        "A unit written as a word",
        "A duration's unit is a word, such as `hours` or `business days`.",
        "There is one way to write each unit.",
        "Write the unit that the help shows: `5 h`, `2 bd`.",
    ),
    Entry(
        "unknown-unit",
        "A unit that is none",
        "The word after a number is neither a unit nor a currency.",
        "It cannot be said how much it is.",
        "Write a unit such as `h` or `bd`, or a currency's three capitals.",
    ),
    Entry(
        "compound-duration",
        "A duration of two units",
        "A duration has two numbers, each with a unit.",
        "A duration has one number and one unit.",
        "Write it in the smaller unit: `270 m` for 4 h 30 m.",
    ),
    Entry(
        "closing-word",
        "A close of day that is written another way",
        "A duration ends in words such as `EOD` or `end of business`.",
        "There are two ways to close a day, and they differ: midnight and closing time.",
        "Write `3 bd end of day` or `3 bd close of business`.",
    ),
    Entry(
        "close-without-day",
        "A close of day after hours",
        "`end of day` or `close of business` stands after minutes or hours.",
        "Only a duration that counts days ends with a day.",
        "Leave it out, or count days: `1 bd end of day`.",
    ),
)
