"""
The search for the smallest change of given facts that brings an item about.

It reasons backwards: from the item to the conditions that bring it or stand in its way, from
these through derived facts to given ones, and tries values at the boundaries of the tests. What
it finds is believed only once `decide` has given the item.
"""

from __future__ import annotations
