"""The chapters of a handbook."""
