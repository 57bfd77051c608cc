"""The trace at a workstation, for whoever checks it."""
