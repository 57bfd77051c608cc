"""Vouching for each request to the server with the workstation's key (RFC 9449)."""

from models.clock import Clock
from models.people.proof import Key, Request, write_proof


class Prover:
    """Writes the proofs of one workstation; the server's last nonce makes each of them fresh."""

    def __init__(self, key: Key, clock: Clock) -> None:
        self._key = key
        self._clock = clock
        self._nonce = ""

    def prove(self, request: Request) -> str:
        """The proof for one request, with the nonce that was heard last."""
        return write_proof(self._key, request, self._nonce, self._clock.now())

    def heard(self, nonce: str) -> None:
        """The server told a nonce ("" where it told none)."""
        self._nonce = nonce or self._nonce
