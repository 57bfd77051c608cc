"""The work with shifts at the workstation."""
