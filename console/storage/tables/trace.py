"""The trace: a chain of entries, one for each change and each read of clinical content."""
