"""Making a workstation one of the hotline's: a one-time code for its key."""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)

from models.clock import Clock
from models.ids import new_id
from models.people.proof import thumbprint
from models.trace.entry import Act, Happening, as_code
from models.wire.session import Enrol, Enrolled, Refusal
from server.central.certificates import certify_workstation
from server.central.keys import HotlineKeys
from server.central.people.waiting import wait_after
from server.central.storage.attempts import count_attempt, forget_attempts
from server.central.storage.engine import Database
from server.central.storage.recording import SERVER, record_alone
from server.central.storage.workstations import Workstation, add_code, enrol_workstation

CODE_LIFETIME = timedelta(hours=24)
# Without letters and digits that look alike (Crockford's).
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("ILO", "110", " -")
_GROUPS, _GROUP = 4, 4
_ATTEMPTS = "enrolment"


def make_code(engine: Database, clock: Clock, name: str) -> str:
    """A one-time code for a workstation of that name, good for a day; only its hash is kept."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    code = "-".join(groups)
    now = clock.now()
    add_code(engine, _hash(code), name, now.timestamp(), (now + CODE_LIFETIME).timestamp())
    return code


@dataclass(frozen=True, slots=True)
class EnrolmentDesk:
    """Where one-time codes are taken."""

    engine: Database
    clock: Clock
    keys: HotlineKeys

    def enrol(self, asked: Enrol, address: str) -> Enrolled | Refusal:
        """Take a code for a key; who guesses waits longer and longer, counted by network address."""
        key = _public_key(asked.key)
        if key is None:
            return Refusal(why="malformed")
        now = self.clock.now().timestamp()
        attempt = count_attempt(self.engine, _ATTEMPTS, address, now, wait_after)
        if not attempt.allowed:
            return Refusal(why="enrolment", wait_seconds=attempt.wait_seconds)
        known = self._enrolled(asked, key, now)
        if known is None:
            return Refusal(why="enrolment", wait_seconds=attempt.wait_seconds)
        forget_attempts(self.engine, _ATTEMPTS, address)
        enrolled = Happening(Act.ENROLLED, "workstation", as_code(known.id))
        record_alone(self.engine, self.clock.now(), [(SERVER, enrolled)])
        return Enrolled(
            workstation=known.id,
            certificate=known.certificate,
            authority=(self.keys.issuer.public + self.keys.authority).decode(),
            courier_key=base64.b64encode(self.keys.courier_public).decode(),
            receipt_key=self.keys.receipts.public.decode(),
        )

    def _enrolled(self, asked: Enrol, key: Ed25519PublicKey, now: float) -> Workstation | None:
        jkt = thumbprint(key.public_bytes(Encoding.Raw, PublicFormat.Raw))

        def make(named: str) -> Workstation:
            made = new_id()
            certificate = certify_workstation(self.keys.issuer, made, key, self.clock.now())
            pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            return Workstation(made, named or asked.name, pem.decode(), jkt, certificate.decode())

        return enrol_workstation(self.engine, _hash(asked.code), jkt, now, make)


def _public_key(pem: str) -> Ed25519PublicKey | None:
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


def _hash(code: str) -> str:
    """How a code is kept; however it was typed."""
    return hashlib.sha256(code.upper().translate(_ALIKE).encode()).hexdigest()
