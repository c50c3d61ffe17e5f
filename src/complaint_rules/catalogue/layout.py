"""Problem codes of layout: files, includes, and rulesets that build on others."""

from __future__ import annotations

from typing import Final

from complaint_rules.catalogue.entry import Entry
from complaint_rules.problem import Severity

ENTRIES: Final = (
    Entry(
        "no-such-ruleset",
        "No ruleset of that name or path",
        "What was named is neither a packaged ruleset nor a file or folder.",
        "There is nothing to read.",
        "Correct the name or path; a path is relative to where the program runs.",
    ),
    Entry(
        "bad-zip",
        "An archive that cannot be unpacked",
        "The file is not a zip archive, is damaged, or holds a name twice.",
        "A part of the ruleset would be missing, or nobody could say which of two it is.",
        "Pack the ruleset's folder anew.",
    ),
    Entry(
        "missing-file",
        "A file that is not there",
        "An `include` or a table's `rows` names a file that does not exist; or a folder has no "
        "`ruleset.yaml`.",
        "The rules that should stand in it would be missing without a word.",
        "Correct the name; names are relative to the ruleset's folder. Of a folder that holds "
        "several rulesets, name one.",
    ),
    Entry(
        "unreadable-file",
        "A file that cannot be opened",
        "The file is there, but the system does not let it be read.",
        "The rules that stand in it would be missing without a word.",
        "Check the name and the rights of the file.",
    ),
    Entry(
        "include-outside",
        "A file outside the ruleset's folder",
        "A name climbs out of the folder with `..`, is absolute, or is a link that leads out.",
        "A ruleset from elsewhere must not read whatever lies on the machine.",
        "Move the file into the folder; to build on another ruleset, use `extends`.",
    ),
    Entry(
        "empty-include",
        "A pattern that fits no file",
        "A pattern under `include`, such as `rules/*.yaml`, fits no file.",
        "A slip in it would take out all the rules it was meant to bring in.",
        "Correct the pattern; `*` stays within one part of a name.",
    ),
    Entry(
        "include-kind",
        "A file that is neither YAML nor CSV",
        "An `include` names a file of another ending than `.yaml`, `.yml` or `.csv`.",
        "There is no way to read it as a part of a ruleset.",
        "Remove it from `include`, or give it the right ending.",
    ),
    Entry(
        "include-cycle",
        "Files that include each other",
        "A file is included by what it includes itself.",
        "Reading it would never come to an end.",
        "Remove the `include` that closes the circle.",
    ),
    Entry(
        "included-twice",
        "A file included twice",
        "Two includes name, or fit, the same file.",
        "All it declares would be declared twice.",
        "Remove one of the two.",
    ),
    Entry(
        "unused-table",
        "A table that nothing takes its rows from",
        "A CSV file is included, but no table names it under `rows`.",
        "Its rows decide nothing, which its author hardly meant.",
        "Name the file under `rows` of the table it belongs to, or remove it from `include`.",
        Severity.WARNING,
    ),
    Entry(
        "ruleset-too-large",
        "A ruleset past the bounds",
        "The ruleset has more files, bytes, table cells or parents than the bounds allow.",
        "The bounds keep a mistaken or hostile ruleset from taking all memory.",
        "Split it into rulesets that extend each other, or give it a folder of its own.",
    ),
    Entry(
        "not-a-ruleset",
        "A file that is not a mapping",
        "The file holds a list or a text, not keys with values.",
        "A ruleset is read by its keys.",
        "Write keys with values, beginning with `format: 1`.",
    ),
    Entry(
        "misplaced-key",
        "A ruleset's own key in an included file",
        "A key such as `id`, `currency` or `extends` stands in a file that another includes.",
        "Those keys are said once for the whole ruleset, where a reader looks first.",
        "Move the key to the first file, `ruleset.yaml`.",
    ),
    Entry(
        "id-taken",
        "An id that is taken",
        "Two items of one section have the same id; rules, targets, remedies and groups share "
        "theirs; an item has the id of an inherited one without `amends`.",
        "Reasons, tests and other rules name items by id: it must be clear which one is meant.",
        "Rename one of the two; to change an inherited item, say so with `amends`.",
    ),
    Entry(
        "unknown-parent",
        "A parent that cannot be found",
        "`extends` names a ruleset that is neither packaged nor beside this one.",
        "Everything it should bring would be missing.",
        "Correct the name, or put the parent beside this ruleset.",
    ),
    Entry(
        "extends-cycle",
        "Rulesets that build on each other in a circle",
        "A ruleset extends one that, in the end, extends it.",
        "Nobody could say whose items come first.",
        "Remove the `extends` that closes the circle.",
    ),
    Entry(
        "id-from-two-parents",
        "One id from two parents",
        "Two rulesets that do not know each other both declare, change or drop an item of the "
        "same id.",
        "The order of the parents would decide silently which of the two holds.",
        "Rename one of the two, or extend only one of the rulesets.",
    ),
    Entry(
        "nothing-to-amend",
        "An item to amend that is not inherited",
        "An item says `amends`, but no ruleset this one builds on has an item of that id.",
        "A slip in the id would leave the inherited item as it was.",
        "Correct the id, or remove `amends` to declare a new item.",
    ),
    Entry(
        "wrong-parent",
        "An item amended in the wrong ruleset",
        "`amends` names a ruleset that neither declares nor changed the item.",
        "The author believes the item to come from elsewhere, so the change may be meant for "
        "another one.",
        "Name the ruleset that declares the item.",
    ),
    Entry(
        "nothing-to-drop",
        "An item to drop that is not inherited",
        "`drop` names an item that no ruleset this one builds on has.",
        "A slip in the id would leave the item in force.",
        "Correct the id or the section, or remove it from `drop`.",
    ),
    Entry(
        "law-fixed",
        "A change of what is law",
        "A ruleset amends, redeclares or drops an inherited item that is marked `law: yes`.",
        "What the law demands is no company's to change.",
        "Leave the item, and add one of your own beside it: the strictest deadline rules.",
    ),
)
