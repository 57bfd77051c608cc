"""Who may see what beyond the matrix: timed grants, and the reads of clinical content."""
