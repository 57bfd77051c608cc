"""A hotline that keeps recordings, and a gateway that hands one over."""

import base64
import hashlib
import io
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from models.ids import new_id
from models.people.operator import Role
from models.recordings.label import Label, Stretch
from models.wire.recordings import Had, HandOver
from server.central.desks import Desks
from server.central.settings import RecordingsKeeping
from server.recordings.container import write_label
from server.recordings.locking import Lock, key_name, new_key, wrap
from tests.server.central.hotline import Case, Hotline, Workstation

PRIVATE = X25519PrivateKey.generate()
SOUND = hashlib.shake_256(b"voices").digest(400_000)
HALF = 200_000


@dataclass(frozen=True)
class Locked:
    """A recording as the gateway holds it."""

    label: Label
    handed: HandOver
    body: bytes


def keeping(hotline: Hotline, folder: Path) -> Hotline:
    """Let the hotline keep recordings."""
    raw = PRIVATE.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    hotline.settings = replace(hotline.settings, recordings=RecordingsKeeping(raw, folder))
    hotline.desks = Desks.over(hotline.engine, hotline.clock, hotline.desks.identity, hotline.settings)
    return hotline


def locked(case: Case, sound: bytes = SOUND, site: str = "", private: X25519PrivateKey = PRIVATE) -> Locked:
    """The recording of a call."""
    hotline, public = case.at.hotline, private.public_key()
    label = Label(
        id=new_id(),
        recording="1767323045.7",
        call=case.call,
        site=site or hotline.site,
        ended_at=hotline.clock.now() - timedelta(minutes=1),
        size=len(sound),
        key=key_name(public),
        silent=(Stretch(1.0, 2.5),),
    )
    key, text = new_key(), write_label(label)
    body = b"".join(Lock(key, text, len(sound)).seal_all(io.BytesIO(sound).read))
    handed = HandOver(label=_text(text), key=_text(wrap(key, text, public)))
    return Locked(label, handed, body)


def hand_over(hotline: Hotline, one: Locked) -> Had:
    """All of it, as the gateway does."""
    who, keep = gateway(hotline).ticket.operator, hotline.desks.keep
    for start in range(0, len(one.body), HALF):
        keep.add(who, one.label.id, start, one.body[start : start + HALF])
    return keep.take(who, one.label.id, one.handed)


def gateway(hotline: Hotline) -> Workstation:
    return hotline.seat(Role.GATEWAY)


def case_of(hotline: Hotline, alarming: bool = False) -> Case:
    """A call with a note by an operator."""
    case = Case(hotline.seat())
    item = "acting" if alarming else "ideation_2w"
    case.at.push(case.add(), case.open(), case.draft("我的", 1), case.answer(item))
    return case


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
