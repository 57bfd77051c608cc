"""A story of five workstations and a server, told by a seed: everything that may fail does."""
