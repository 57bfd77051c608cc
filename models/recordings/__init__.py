"""Recordings of calls: what is known of one without opening it."""
