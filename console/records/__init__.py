"""The operator's own records of today."""
