"""The courier: what somebody could not send any more, brought by the workstation, which cannot read it."""

import base64
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from models.clock import Clock
from models.wire.courier import Carried, Courier, Sealed, TooMany
from models.wire.session import Refusal
from models.wire.sync import MOST_BYTES, MOST_OPERATIONS, Push, Pushed, PushRefused
from server.central.intake import Unfit, sound
from server.central.keys import HotlineKeys
from server.central.storage.accounts import Account, State, find_account
from server.central.storage.engine import Database
from server.central.storage.workstations import Workstation, find_workstation, has_signed_in
from server.central.sync.push import PushDesk
from server.central.tickets import Ticket

PURPOSE = b"xinqiao courier 1"
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_GZIP = zlib.MAX_WBITS | 16


class CourierRefused(Exception):
    """A courier that is not taken; `why` goes into the answer."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class CourierDesk:
    """Where workstations hand in couriers. What is inside goes the way of every push, and is judged alike."""

    engine: Database
    clock: Clock
    keys: HotlineKeys
    push: PushDesk

    def take(self, message: Sealed) -> Carried | PushRefused | Refusal:
        """Open a courier and push what is inside; the answer tells only which operations the server has now.

        Where a later part is refused, the earlier ones stay. Blocks.
        """
        try:
            sender, sealed = self._sent(message)
            courier = self._opened(sealed)
            ticket = self._ticket(sender, courier.operator)
        except CourierRefused as refused:
            return Refusal(why=refused.why)
        taken: list[str] = []
        for part in _parts(courier):
            answer = self.push.push(ticket, part)
            if not isinstance(answer, Pushed):
                return Carried(ops=tuple(taken)) if taken else answer
            taken += [result.op for result in answer.results]
        return Carried(ops=tuple(taken))

    def _sent(self, message: Sealed) -> tuple[Workstation, bytes]:
        """Who sent it, and the bytes that were signed."""
        sealed, signature = _decoded(message.sealed), _decoded(message.signature)
        sender = find_workstation(self.engine, known_as=message.workstation)
        if sender is None:
            raise CourierRefused("enrolment")
        key = load_pem_public_key(sender.key.encode())
        try:
            if not isinstance(key, Ed25519PublicKey):
                raise CourierRefused("enrolment")
            key.verify(signature, sealed)
        except InvalidSignature as error:
            raise CourierRefused("enrolment") from error
        return sender, sealed

    def _opened(self, sealed: bytes) -> Courier:
        key = X25519PrivateKey.from_private_bytes(self.keys.courier)
        try:
            return Courier.read(sound(_unpacked(_SUITE.decrypt(sealed, key, PURPOSE))))
        except TooMany as error:
            raise CourierRefused("too_large") from error
        except (InvalidTag, ValueError, Unfit) as error:
            raise CourierRefused("malformed") from error

    def _ticket(self, sender: Workstation, operator: str) -> Ticket:
        """What the operator might push at this workstation, had they come back."""
        account = find_account(self.engine, operator)
        if account is None or not has_signed_in(self.engine, operator, sender.id):
            raise CourierRefused("courier")
        now = self.clock.now()
        return _on_duty(account, sender, now, self.push.identity.practice)


def _on_duty(account: Account, sender: Workstation, now: datetime, practice: bool) -> Ticket:
    ticket = Ticket(account.operator, "", now, now, practice, sender.id, sender.jkt)
    return replace(ticket, draining=State.DRAIN in (account.state, sender.state))


def _parts(courier: Courier) -> Iterator[Push]:
    """The courier as pushes of the usual size."""
    for start in range(0, len(courier.ops), MOST_OPERATIONS):
        ops = courier.ops[start : start + MOST_OPERATIONS]
        yield Push(app="courier", epoch=courier.epoch, ops=ops)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise CourierRefused("malformed") from error


def _unpacked(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj(_GZIP)
    try:
        plain = unpacker.decompress(packed, MOST_BYTES + 1)
    except zlib.error as error:
        raise CourierRefused("malformed") from error
    if len(plain) > MOST_BYTES or not unpacker.eof:
        raise CourierRefused("too_large" if len(plain) > MOST_BYTES else "malformed")
    return plain
