"""The work with sync at the workstation."""
