"""How dangerous it is, on the screen."""
