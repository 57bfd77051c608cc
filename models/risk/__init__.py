"""How dangerous it is."""
