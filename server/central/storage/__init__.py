"""The only place of the server that speaks SQL."""
