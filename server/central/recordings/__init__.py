"""Recordings of calls: taken from the gateway, kept sealed, played to those who may."""
