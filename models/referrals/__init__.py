"""Bringing in somebody else: police, ambulance, clinic, other lines."""
