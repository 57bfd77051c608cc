"""The messages between the programs; the only place with pydantic."""
