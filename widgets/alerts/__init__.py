"""Alerts that wait for somebody to see them."""
