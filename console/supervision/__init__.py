"""A lead's part in the conversations of others."""
