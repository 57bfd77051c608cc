"""The workstation: makes it happen."""
