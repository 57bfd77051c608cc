import base64
import json
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from models.people.proof import (
    Key,
    ProofRefused,
    Request,
    read_proof,
    thumbprint,
    ticket_hash,
    write_proof,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)
# RFC 8037, appendix A.1 to A.3: a key and its thumbprint.
PRIVATE = base64.urlsafe_b64decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=")
PUBLIC = base64.urlsafe_b64decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
SECRET = Ed25519PrivateKey.from_private_bytes(PRIVATE)
KEY = Key(PUBLIC, SECRET.sign)
PULL = Request("GET", "/sync/v1/pull", "a.duty.ticket")


def test_the_thumbprint_is_that_of_the_standard() -> None:
    assert thumbprint(PUBLIC) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_a_proof_is_what_a_library_of_others_reads() -> None:
    token = write_proof(KEY, PULL, "n1", NOW)
    head = jwt.get_unverified_header(token)
    assert (head["typ"], head["alg"]) == ("dpop+jwt", "EdDSA")
    public = jwt.PyJWK(head["jwk"]).key
    claims = jwt.decode(token, public, algorithms=["EdDSA"], options={"verify_iat": False})
    assert (claims["htm"], claims["htu"], claims["nonce"]) == ("GET", "/sync/v1/pull", "n1")
    assert (claims["ath"], claims["iat"]) == (ticket_hash(PULL.ticket), int(NOW.timestamp()))


def test_a_proof_read_again_fits_its_request_and_no_other() -> None:
    proof = read_proof(write_proof(KEY, PULL, "n1", NOW))
    SECRET.public_key().verify(proof.signature, proof.signed)
    assert (proof.key, proof.nonce) == (PUBLIC, "n1")
    assert proof.fits(PULL)
    for other in (
        Request("POST", PULL.path, PULL.ticket),
        Request("GET", "/sync/v1/push", PULL.ticket),
        Request("GET", PULL.path, "another.duty.ticket"),
        Request("GET", PULL.path),
    ):
        assert not proof.fits(other)


def test_a_whole_address_counts_by_its_path() -> None:
    whole = Request("POST", "https://hotline.test:8443/session/v1/sign-in?x=1")
    assert read_proof(write_proof(KEY, whole, "", NOW)).fits(Request("POST", "/session/v1/sign-in"))


def test_no_two_proofs_are_alike() -> None:
    assert write_proof(KEY, PULL, "n1", NOW) != write_proof(KEY, PULL, "n1", NOW)


def _part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _forged(head: dict[str, Any], claims: dict[str, Any]) -> str:
    whole = {"typ": "dpop+jwt", "alg": "EdDSA", "jwk": {"kty": "OKP", "crv": "Ed25519", "x": "A" * 43}}
    return f"{_part(whole | head)}.{_part({'htm': 'GET', 'htu': '/x'} | claims)}.AAAA"


def test_the_forgery_alone_is_readable() -> None:
    assert read_proof(_forged({}, {})).path == "/x"


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        "a.b.c",
        "....",
        "é.é.é",
        "x" * 5000,
        _forged({"typ": "JWT"}, {}),
        _forged({"alg": "none"}, {}),
        _forged({"alg": "HS256"}, {}),
        _forged({"jwk": None}, {}),
        _forged({"jwk": {"kty": "OKP", "crv": "Ed25519", "x": "AAAA"}}, {}),
        _forged({"jwk": {"kty": "OKP", "crv": "X25519", "x": "A" * 43}}, {}),
        _forged({"jwk": {"kty": "OKP", "crv": "Ed25519", "x": "A" * 43, "d": "A" * 43}}, {}),
        _forged({}, {"htm": 1}),
        _forged({}, {"htu": ["/x"]}),
        _forged({}, {"htu": "http://[x"}),
        _forged({}, {"nonce": {}}),
        f"{_part([])}.{_part({})}.AAAA",
        f"{_part({'typ': 'dpop+jwt', 'alg': 'EdDSA'})}.{_part({})}.AAAA",
        "W1tbW1tb" * 400 + ".e30.AAAA",
    ],
    ids=lambda token: token[:24] or "empty",
)
def test_what_is_no_proof_is_refused(token: str) -> None:
    with pytest.raises(ProofRefused):
        read_proof(token)
