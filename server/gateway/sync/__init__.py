"""The gateway as a client of the central server: it writes every call."""
