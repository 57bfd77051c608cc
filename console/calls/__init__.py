"""The work with calls at the workstation."""
