"""Real parts for tests: a database, a secret store, a display."""
