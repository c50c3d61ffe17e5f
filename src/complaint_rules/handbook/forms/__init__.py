"""A handbook written as a page or as text."""
