"""The work with risk at the workstation."""
