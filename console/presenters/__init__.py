"""From stores to widgets, from wishes to services; beside the app the only Qt in the console."""
