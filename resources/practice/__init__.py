"""Practice callers: the scripts that ship and the reading of a hotline's own."""
