"""Acts as operations, and what they do to records on both sides."""
