"""The work with notes at the workstation."""
