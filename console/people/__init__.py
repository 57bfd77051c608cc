"""Who calls: persons behind a number, their names, their merging, and their earlier calls."""
