"""Checking that a request comes from the workstation whose key a ticket names."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from models.people.proof import Proof, ProofRefused, Request, read_proof

NONCE_SECONDS = 300
"""How long a nonce is good."""
_AHEAD_SECONDS = 60
_PURPOSE = b"xinqiao nonce 1"
_MOMENT_BYTES = 8


class NonceWanted(ProofRefused):
    """No proof, or one without a nonce that is good now: ask again with a fresh one."""


@dataclass(frozen=True, slots=True)
class Nonces:
    """Nonces that every process of a server makes and knows alike, without keeping any."""

    key: bytes

    @classmethod
    def of(cls, private_key: bytes) -> "Nonces":
        """Those of the server that signs tickets with this key."""
        return cls(hmac.new(private_key, _PURPOSE, hashlib.sha256).digest())

    def make(self, now: datetime) -> str:
        """A nonce of this moment."""
        moment = int(now.timestamp()).to_bytes(_MOMENT_BYTES)
        return base64.urlsafe_b64encode(moment + self._mark(moment)).decode()

    def is_good(self, nonce: str, now: datetime) -> bool:
        """True for a nonce of ours that is young; another process's clock may be a little ahead."""
        try:
            content = base64.urlsafe_b64decode(nonce)
        except ValueError:
            return False
        moment, mark = content[:_MOMENT_BYTES], content[_MOMENT_BYTES:]
        age = now.timestamp() - int.from_bytes(moment)
        return hmac.compare_digest(mark, self._mark(moment)) and -_AHEAD_SECONDS <= age <= NONCE_SECONDS

    def _mark(self, moment: bytes) -> bytes:
        return hmac.new(self.key, moment, hashlib.sha256).digest()[:16]


def check_proof(token: str, request: Request) -> Proof:
    """A proof for this request, its signature good, its nonce unchecked. Raises ProofRefused."""
    proof = read_proof(token)
    if not proof.fits(request):
        raise ProofRefused("another request")
    try:
        Ed25519PublicKey.from_public_bytes(proof.key).verify(proof.signature, proof.signed)
    except (InvalidSignature, ValueError) as error:
        raise ProofRefused("signature") from error
    return proof
