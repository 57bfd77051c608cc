"""The pieces every panel is made of."""
