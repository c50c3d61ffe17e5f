"""Problem codes of batch runs: the file of rows, the mapping of its columns, the file written."""

from __future__ import annotations

from typing import Final

from complaint_rules.catalogue.entry import Entry

ENTRIES: Final = (
    Entry(
        "missing-at",
        "No instant to decide at",
        "Neither the row nor the command line says at which instant to decide.",
        "Deadlines depend on it, and the clock of the machine is never asked.",
        "Name a column under `at` in the mapping, or give `--at`.",
        about="batch",
    ),
    Entry(
        "unknown-format",
        "A file in no known format",
        "The ending of a file to read or write is none of those known, or a mapping does not "
        "say `format: 1`.",
        "It cannot be told how to read or write it.",
        "Use `.csv`, `.jsonl` or `.parquet`; begin a mapping with `format: 1`.",
        about="batch",
    ),
    Entry(
        "unmapped-value",
        "A value that the mapping does not translate",
        "A column holds a value that is not among those its mapping translates.",
        "Swallowing it would decide a complaint without a fact that its file holds.",
        "Add the value to the mapping, or say what every other value becomes with `else`.",
        about="batch",
    ),
    Entry(
        "unknown-column",
        "A column that the file does not have",
        "The mapping reads a column that does not stand in the file's header.",
        "The fact would be missing from every row, and nobody would be told.",
        "Correct the column's name, or take the fact out of the mapping.",
        about="batch",
    ),
    Entry(
        "bad-date-form",
        "A form of dates that none can be read by",
        "A form under `date` is not one of `strptime`, or names no day, month or year.",
        "Dates would be read wrongly, or in the year 1900.",
        "Write the form with its signs, such as `%m/%d/%Y` or `%d.%m.%Y %H:%M`.",
        about="batch",
    ),
    Entry(
        "unreadable-date",
        "A cell that is no date of the expected form",
        "A column of dates holds a text that fits none of the forms the mapping names.",
        "Guessing another form would swap days and months.",
        "Name the form under `date` in the mapping, or mend the cell.",
        about="batch",
    ),
    Entry(
        "bad-parquet",
        "A file that is not Parquet",
        "A file that ends in `.parquet` cannot be read as Parquet, or only in part.",
        "Its rows cannot be told from rubbish.",
        "Write the file anew; a CSV or JSON Lines file needs its own ending.",
        about="batch",
    ),
    Entry(
        "unwritable-file",
        "A file that cannot be written",
        "The system refuses to write the file: there is no such folder, no right or no room.",
        "The decisions would be lost.",
        "Make the folder, or name another place.",
        about="batch",
    ),
    Entry(
        "bad-table",
        "A table that cannot be decided",
        "What was given is no table; or a row, of it or of a Parquet file, holds a value that "
        "Python has none for, such as a year past 9999, and is rejected.",
        "There are no rows to decide, or one could not be told from rubbish.",
        "Give a table of pyarrow, polars or pandas; convert the column to text, or to a kind its "
        "fact takes.",
        about="batch",
    ),
    Entry(
        "bad-jobs",
        "A number of processes that cannot be",
        "`--jobs`, or `jobs`, is less than 0 or more than 256.",
        "Nobody could decide the rows, or the machine would only be busy starting processes.",
        "Give the number of cores, or 0 for one process a core.",
        about="batch",
    ),
    Entry(
        "worker-died",
        "A process that ended before its work",
        "One of the processes that decide rows ended, or could not be started: the message says "
        "how, and which rows it was at.",
        "Its rows would be missing among the decisions.",
        "See whether memory ran out, and give fewer `--jobs`; with one the rows are decided in "
        "the process itself.",
        about="batch",
    ),
    Entry(
        "same-file",
        "A file that would be read and written at once",
        "The decisions are to be written to the file that the rows come from.",
        "The rows would be gone before they are decided.",
        "Name another file for the decisions.",
        about="batch",
    ),
)
