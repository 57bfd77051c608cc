"""Proof of possession (RFC 9449): a request that the workstation's own key vouches for.

Only the form is here, without cryptography: whoever writes a proof brings the signing, whoever reads one
checks the signature. Freshness comes from the server's nonce alone, so that no clock need be right.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from models.ids import new_id

HEADER = "DPoP"
"""The request header that carries a proof."""
NONCE_HEADER = "DPoP-Nonce"
"""The header of an answer that carries the nonce for the next proof."""
NONCE_WANTED = "use_dpop_nonce"
"""Why a request was turned away (401) whose proof lacks a good nonce: ask again with that of the answer."""
_TYPE = "dpop+jwt"
_ALGORITHM = "EdDSA"
_KEY_BYTES = 32
_LONGEST = 4096


class ProofRefused(Exception):
    """A proof that is none, or is for another request, key or ticket."""


@dataclass(frozen=True, slots=True)
class Key:
    """The workstation's key: the raw Ed25519 public key, and how to sign with its private half."""

    public: bytes
    sign: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Request:
    """What a proof vouches for: method, path, and the duty ticket that goes with it ("" for none)."""

    method: str
    path: str
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof as it was read, its signature unchecked: `signature` must be that of `key` over `signed`."""

    key: bytes
    method: str
    path: str
    nonce: str
    ticket_hash: str
    signed: bytes
    signature: bytes

    @property
    def thumbprint(self) -> str:
        """The name of the key."""
        return thumbprint(self.key)

    def fits(self, request: Request) -> bool:
        """True if it was made for this request."""
        wanted = ticket_hash(request.ticket) if request.ticket else ""
        made_for = (self.method, self.path, self.ticket_hash)
        return made_for == (request.method, request.path, wanted)


def thumbprint(public: bytes) -> str:
    """The name of a raw Ed25519 public key (RFC 7638), as it stands in a ticket's `cnf.jkt`."""
    return _text(hashlib.sha256(_json(_jwk(public))).digest())


def ticket_hash(ticket: str) -> str:
    """What a proof says of the ticket that it goes with."""
    return _text(hashlib.sha256(ticket.encode()).digest())


def write_proof(key: Key, request: Request, nonce: str, now: datetime) -> str:
    """A proof for one request; `now` is told, never believed."""
    claims: dict[str, Any] = {
        "jti": new_id(),
        "htm": request.method,
        "htu": request.path,
        "iat": int(now.timestamp()),
        "nonce": nonce,
    }
    if request.ticket:
        claims["ath"] = ticket_hash(request.ticket)
    head = {"typ": _TYPE, "alg": _ALGORITHM, "jwk": _jwk(key.public)}
    signed = f"{_text(_json(head))}.{_text(_json(claims))}"
    return f"{signed}.{_text(key.sign(signed.encode()))}"


def read_proof(token: str) -> Proof:
    """Take a proof apart. Raises ProofRefused where it is none."""
    if len(token) > _LONGEST:
        raise ProofRefused("too long")
    try:
        head, body, signature = token.split(".")
        asked, claims = _object(head), _object(body)
        if (asked["typ"], asked["alg"]) != (_TYPE, _ALGORITHM):
            raise ProofRefused("kind")
        return Proof(
            _public(asked["jwk"]),
            _string(claims["htm"]),
            urlsplit(_string(claims["htu"])).path,
            _string(claims.get("nonce", "")),
            _string(claims.get("ath", "")),
            f"{head}.{body}".encode(),
            _bytes(signature),
        )
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise ProofRefused("malformed") from error


def _jwk(public: bytes) -> dict[str, str]:
    return {"crv": "Ed25519", "kty": "OKP", "x": _text(public)}


def _public(jwk: dict[str, Any]) -> bytes:
    public = _bytes(_string(jwk["x"]))
    if (jwk["kty"], jwk["crv"]) != ("OKP", "Ed25519") or len(public) != _KEY_BYTES or "d" in jwk:
        raise ProofRefused("key")
    return public


def _object(part: str) -> dict[str, Any]:
    value = json.loads(_bytes(part))
    if not isinstance(value, dict):
        raise ProofRefused("malformed")
    return value


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise ProofRefused("malformed")
    return value


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ProofRefused("malformed") from error
