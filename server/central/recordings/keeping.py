"""Taking recordings over from the gateway: every piece is opened once before anybody believes in it."""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from models.access.judging import Ask, judge
from models.access.matrix import Action, Entity, Matrix, Part, Standing
from models.clock import Clock
from models.people.operator import Operator
from models.recordings.label import ID, NAME, Label
from models.wire.recordings import Had, HandOver
from server.central.recordings.store import File, Sealed, Store
from server.central.settings import RecordingsKeeping
from server.central.storage.engine import Database, reading, sealing_of, written
from server.central.storage.recordings import KeptRecording, add_recording, find_recording
from server.recordings.container import read_label
from server.recordings.locking import Broken, Lock, unwrap

_LONGEST = 64
_ANY = frozenset({Standing.SITE})


class NotKept(Exception):
    """Not taken: `role`, `no_recordings`, `broken` (to be sent once more), `malformed`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def sealed_name(recording: str) -> str:
    """Under which name the key of a recording is sealed."""
    return f"recording/{recording}"


@dataclass(frozen=True, slots=True)
class KeepDesk:
    """Where the gateway hands recordings over."""

    engine: Database
    clock: Clock
    rights: Matrix
    keeping: RecordingsKeeping | None

    def had(self, who: Operator, name: str) -> Had:
        """What is here of a recording. Raises NotKept."""
        store = self._store(who)
        with reading(self.engine) as transaction:
            kept = find_recording(transaction, name) is not None
        return Had(have=0 if kept else store.have(name), kept=kept)

    def add(self, who: Operator, name: str, start: int, piece: bytes) -> Had:
        """Take a piece of it. Raises NotKept."""
        return Had(have=self._store(who).add(name, start, piece), kept=False)

    def take(self, who: Operator, name: str, handed: HandOver) -> Had:
        """Check and keep a recording whose pieces are here; the same one again changes nothing.

        Raises NotKept; after `broken` its pieces are to be sent again from the first one.
        """
        store = self._store(who)
        label, said, wrapped = _read(name, handed)
        if not self.had(who, name).kept:
            try:
                # It may be here already, and nobody was told before the program ended.
                file = store.find(name) or self._kept(store, label, said, wrapped)
            except Broken as broken:
                store.drop(name)
                raise NotKept("broken") from broken
            row = index_of(file)
            written(self.engine, lambda transaction: add_recording(transaction, row))
        store.drop(name)
        return Had(have=0, kept=True)

    def _kept(self, store: Store, label: bytes, said: Label, wrapped: bytes) -> File:
        key = unwrap(wrapped, label, self._private)
        lock = Lock(key, label, said.size)
        sealing = sealing_of(self.engine)
        (seal,) = sealing.new_keys(1)
        sealed = Sealed(seal, sealing.seal(seal, sealed_name(said.id), key), self.clock.now().timestamp())
        return store.keep(said.id, label, sealed, _opened(lock, store.pieces(said)))

    @property
    def _private(self) -> X25519PrivateKey:
        if self.keeping is None:
            raise NotKept("no_recordings")
        return X25519PrivateKey.from_private_bytes(self.keeping.private)

    def _store(self, who: Operator) -> Store:
        ask = Ask(Entity.RECORDING, Part.WORDS, Action.WRITE, _ANY)
        if not judge(self.rights, who.roles, ask).allowed:
            raise NotKept("role")
        if self.keeping is None:
            raise NotKept("no_recordings")
        return Store(self.keeping.folder)


def index_of(file: File) -> KeptRecording:
    """What the database says of a recording whose file is here."""
    return KeptRecording(file.label, file.sealed.taken, file.digest, file.sealed.seal)


def _opened(lock: Lock, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, each opened once more while it is written: what is kept is what was checked."""
    for number, piece in enumerate(pieces):
        lock.open(number, piece)
        yield piece


def _read(name: str, handed: HandOver) -> tuple[bytes, Label, bytes]:
    try:
        label, wrapped = (base64.b64decode(one, validate=True) for one in (handed.label, handed.key))
        said = read_label(label)
    except (ValueError, Broken) as error:
        raise NotKept("malformed") from error
    fits = re.fullmatch(ID, said.id) and re.fullmatch(NAME, said.recording) and said.size >= 0
    short = all(0 < len(one) <= _LONGEST for one in (said.call, said.site))
    if said.id != name or not fits or not short or said.bytes_a_second <= 0:
        raise NotKept("malformed")
    return label, said, wrapped
