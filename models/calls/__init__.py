"""The telephone call and what happens to it."""
