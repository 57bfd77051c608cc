"""How the telephone inside the console looks."""
