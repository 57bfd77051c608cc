"""What is not at the server yet, what waits for a decision, and two texts side by side."""
