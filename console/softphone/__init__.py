"""The seat's telephone without a telephone on the desk; an optional part of the program."""
