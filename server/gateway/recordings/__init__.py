"""Recordings from the exchange to the server: locked away at once, handed over when it can be reached."""
