"""The threads of the console and what they share."""
