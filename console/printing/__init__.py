"""Records on paper and as files."""
