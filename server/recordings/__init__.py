"""Recordings under lock: shared by the gateway that locks them away and the server that keeps them."""
