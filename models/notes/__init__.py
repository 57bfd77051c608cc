"""What the operator writes down."""
