"""Bringing in somebody else, on the screen."""
