"""Rights that end, grants, legal holds and erasure."""
