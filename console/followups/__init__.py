"""What is owed to callers: the list of this shift."""
