"""Backups of the records, and coming back from one."""
