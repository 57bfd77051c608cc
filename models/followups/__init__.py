"""Calls that the hotline still owes somebody: call-backs now, what follows up a case later."""
