"""Alerts of this operator, and for a lead those of all."""
