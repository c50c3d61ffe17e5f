"""Clocks: spans of targets, their pauses and warnings, and when something is due by them."""
