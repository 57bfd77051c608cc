"""Which recordings there are, and who may listen to one now."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace

from sqlalchemy import ColumnElement, Connection, insert, select, update

from models.codec import from_document, to_document
from models.recordings.label import Label
from server.central.storage.tables import access_log, play, recording
from server.central.storage.upsert import put_missing


@dataclass(frozen=True, slots=True)
class KeptRecording:
    """One recording: its label, when the server took it (seconds since 1970, UTC), what its file is.

    `digest` is the SHA-256 of the file, `seal` the number of the key that opens it, `erased` when that was
    destroyed.
    """

    label: Label
    taken: float
    digest: str
    seal: int
    erased: float = 0.0


@dataclass(frozen=True, slots=True)
class PlayRow:
    """A leave to listen; times in seconds since 1970, UTC; `reason` is a code."""

    id: str
    account: str
    recording: str
    call: str
    reason: str
    at: float
    until: float


def add_recording(connection: Connection, kept: KeptRecording) -> None:
    """Keep a recording; one that is known already stays as it is."""
    said = kept.label
    row = {
        "id": said.id,
        "recording": said.recording,
        "call": said.call,
        "site": said.site,
        "ended_at": said.ended_at.timestamp(),
        "taken": kept.taken,
        "label": to_document(said),
        "digest": kept.digest,
        "seal": kept.seal,
        "erased": kept.erased,
    }
    put_missing(connection, recording, [row])


def find_recording(connection: Connection, name: str) -> KeptRecording | None:
    """The recording of an id."""
    return next(iter(_found(connection, recording.c.id == name)), None)


def recordings_of(connection: Connection, calls: Collection[str], site: str) -> list[KeptRecording]:
    """The recordings of calls at a site, the oldest first."""
    here = recording.c
    return _found(connection, here.call.in_(calls) & (here.site == site))


def all_recordings(connection: Connection) -> list[KeptRecording]:
    """Every recording there is or was."""
    return _found(connection, recording.c.id != "")


def erase_recordings(connection: Connection, call: str, site: str, at: float) -> None:
    """Leave of a call's recordings nothing but that they were there; nobody may listen any more."""
    for kept in recordings_of(connection, [call], site):
        name = kept.label.id
        said = to_document(replace(kept.label, silent=()))
        connection.execute(update(play).where(play.c.recording == name).values(until=0.0))
        here = update(recording).where(recording.c.id == name)
        connection.execute(here.values(erased=kept.erased or at, label=said, digest=""))
        asked = (access_log.c.type == "recording") & (access_log.c.record == name)
        connection.execute(update(access_log).where(asked).values(reason=""))


def add_play(connection: Connection, row: PlayRow) -> None:
    """Keep a leave to listen."""
    connection.execute(insert(play).values(asdict(row)))


def find_play(connection: Connection, name: str) -> PlayRow | None:
    """The leave of an id, also one that is over."""
    row = connection.execute(select(play).where(play.c.id == name)).one_or_none()
    return PlayRow(**row._asdict()) if row else None


def _found(connection: Connection, which: ColumnElement[bool]) -> list[KeptRecording]:
    here = recording.c
    rows = connection.execute(select(recording).where(which).order_by(here.ended_at, here.id))
    return [
        KeptRecording(from_document(Label, row.label), row.taken, row.digest, row.seal, row.erased)
        for row in rows
    ]
