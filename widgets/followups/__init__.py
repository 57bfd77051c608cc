"""What is owed to callers, as it is shown."""
