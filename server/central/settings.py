"""What the central server is told at its start."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Whether this is practice, and the Ed25519 key pair (PEM) that signs duty tickets."""

    practice: bool
    private_key: bytes
    public_key: bytes
