"""Push and pull: what becomes of operations, and which records go to whom."""
