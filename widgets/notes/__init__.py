"""What the operator writes down, on the screen."""
