"""What is true: entities, operations and rules; nothing but Python."""
