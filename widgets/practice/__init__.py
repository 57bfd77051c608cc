"""Practice: the choice of a caller, what the caller says, and the sheet after the call."""
