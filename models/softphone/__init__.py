"""The seat's telephone inside the console: its devices, and what is said between console and telephone."""
