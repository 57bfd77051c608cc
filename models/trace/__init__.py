"""The trace: who did or saw what, as a chain in which nothing can be altered unnoticed."""
