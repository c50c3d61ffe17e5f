"""
A ruleset as written: pydantic models of every part of format 1.

They check shape only (keys, lists, words in the right place); meaning is the compiler's.
The JSON Schema an editor completes from is generated from them.
"""
