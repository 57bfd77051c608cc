"""What a gateway keeps on its own disk."""
