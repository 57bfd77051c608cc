"""Telling who listens that a feed has moved: within this process, from the others, and by looking."""
