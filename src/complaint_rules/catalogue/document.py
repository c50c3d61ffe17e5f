"""Problem codes of texts: what no reader of YAML or CSV can make sense of."""

from __future__ import annotations

from typing import Final

from complaint_rules.catalogue.entry import Entry

ENTRIES: Final = (
    Entry(
        "bad-encoding",
        "A file that is not UTF-8",
        "The file holds bytes that are no UTF-8, the encoding of rulesets; UTF-16 with a byte "
        "order mark is read, too.",
        "Guessing another encoding would turn names and texts into other ones unnoticed.",
        "Save the file as UTF-8; the problem points to the first byte that is none.",
    ),
    Entry(
        "bad-character",
        "A character that no text should hold",
        "The file holds a control character or another one that YAML forbids, as such or as an "
        "escape.",
        "Such characters are invisible in most editors and can hide or spoil what is printed.",
        "Remove the character.",
    ),
    Entry(
        "file-too-large",
        "A file past the bound of its size",
        "The file is larger than any file of a ruleset has reason to be.",
        "The bound keeps a mistaken or hostile file from taking all memory.",
        "Split the file, and include its parts.",
    ),
    Entry(
        "bad-yaml",
        "A text that is not YAML",
        "The reader stopped at a place where the text breaks the rules of YAML: an open quote or "
        "bracket, a tab, a line that does not fit those above it.",
        "What stands after that place cannot be read reliably, so nothing of the file counts.",
        "Look at the place that is underlined and at the line above it.",
    ),
    Entry(
        "empty-file",
        "A file without content",
        "The file holds nothing but comments and blank lines; or a table has no header.",
        "An empty file is most often a file that was not saved or not copied.",
        "Write the file's content, or remove the file from `include`.",
    ),
    Entry(
        "several-documents",
        "A second YAML document",
        "A line `---` begins a second document in the same file.",
        "Only one document is read, so the second would be lost without a word.",
        "Put the second document in a file of its own and include it; remove the `---`.",
    ),
    Entry(
        "duplicate-key",
        "A key that stands twice",
        "One mapping has the same key twice.",
        "YAML readers keep one of the two and drop the other silently: a rule or a test would "
        "vanish.",
        "Keep one of them; two tests on one fact go under `all`.",
    ),
    Entry(
        "complex-key",
        "A key that is not a word",
        "A list, a mapping or nothing stands where a key is wanted.",
        "Keys are names; no name can be made of a list.",
        "Write the key; a text that begins with a bracket goes in quotes.",
    ),
    Entry(
        "missing-brackets",
        "A word in braces without a key",
        "Inside `{…}` a word has no colon: a list without its brackets, or a text with a comma "
        "without its quotes.",
        "YAML reads `{severity: s1, s2}` as two keys, of which the second has no value.",
        "Write a list in square brackets, `{severity: [s1, s2]}`; put a text with a comma in "
        "quotes.",
    ),
    Entry(
        "unquoted-test",
        "A test without quotes",
        "A test such as `>= 5`, `!= 3`, `[1..5)` or `-` stands without quotes.",
        "Its first character has a meaning of its own in YAML, so the test would be read as "
        "something else.",
        'Put the test in quotes: `stars: ">= 5"`.',
    ),
    Entry(
        "yaml-alias",
        "An anchor, alias or merge key",
        "The file uses `&name`, `*name` or `<<`, by which YAML repeats what is written elsewhere.",
        "References make a ruleset hard to read, and a few of them can blow up to gigabytes.",
        "Write the value out wherever it is needed; put a text that begins with `*` or `&` in "
        "quotes.",
    ),
    Entry(
        "yaml-tag",
        "A YAML tag",
        "A value has a tag such as `!!str`, which tells YAML how to read it.",
        "Rulesets are data that every reader reads alike; tags call for a reader's own types.",
        "Remove the tag; put a text that begins with `!` in quotes.",
    ),
    Entry(
        "too-deep",
        "Lists and mappings nested too deeply",
        "More collections stand one inside another than any ruleset needs.",
        "The bound keeps a hostile file from exhausting the reader.",
        "Nest less deeply; give an inner condition a name as a derived fact.",
    ),
    Entry(
        "too-many-nodes",
        "A file of too many keys and values",
        "The file has more keys and values than the bound allows.",
        "The bound keeps a mistaken or hostile file from taking all memory.",
        "Split the file, and include its parts.",
    ),
    Entry(
        "bad-csv",
        "A table that is not CSV",
        "A quote is never closed, or a cell goes on after its closing quote.",
        "The cells after it would move into other columns or rows.",
        "Close the quote; write a quote inside a quoted cell twice.",
    ),
    Entry(
        "bad-header",
        "A header with an empty or doubled name",
        "A column of the table has no name, or two have the same one.",
        "Nobody could say which fact the cells of such a column test.",
        "Give every column a name of its own.",
    ),
    Entry(
        "ragged-row",
        "A row with more or fewer cells than the header",
        "A row of the table has another number of cells than its header.",
        "A missing separator moves every cell after it under the wrong column.",
        "Give the row one cell per column; an empty test is `-`.",
    ),
    Entry(
        "too-many-rows",
        "A table of too many rows",
        "The table has more rows than the bound allows.",
        "The bound keeps a mistaken file from taking all memory.",
        "Split the table by a fact, or decide with fewer rows.",
    ),
)
