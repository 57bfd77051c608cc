"""Records on pages."""
