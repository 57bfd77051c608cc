"""What every operator may know of the others: who is there, and who could take part in a conversation now."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody at a seat of the same hotline; `free` while their console can be rung."""

    seat: str
    name: str
    free: bool
