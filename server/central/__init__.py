"""The central server: sign-in, and the sync of records over one database."""
