"""Recordings of calls: told of, asked for with a reason, listened to; never a file on this disk."""
