"""Sealing: what was said and who called is unreadable without a key that lies outside the database."""
