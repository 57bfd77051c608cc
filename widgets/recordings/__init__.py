"""Recordings: that there is one, the reason for listening, the player."""
