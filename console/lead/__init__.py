"""The lead's desk."""
