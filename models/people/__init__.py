"""Operators, sites and telephone numbers."""
