"""Listening to recordings: who may, for what reason, and each time it is logged."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from models.access.judging import Ask, judge
from models.access.matrix import Action, Entity, Matrix, Part, Standing
from models.clock import Clock
from models.ids import new_id
from models.people.operator import Operator
from models.recordings.playing import PIECE_BYTES
from models.wire.recordings import Known, PlayAsked, Playing, Recordings
from server.central.recordings.keeping import sealed_name
from server.central.recordings.store import File, Store
from server.central.sealing.pages import Destroyed, Unsealable
from server.central.settings import RecordingsKeeping
from server.central.storage.access import Logged, log, running_notes
from server.central.storage.engine import Database, Transaction, reading, sealing_of, written
from server.central.storage.recordings import (
    KeptRecording,
    PlayRow,
    add_play,
    find_play,
    find_recording,
    recordings_of,
)
from server.central.storage.records import find_records, records_of_calls
from server.central.sync.sharing import concerns_leads
from server.recordings.locking import Broken, Lock

_TYPE = Entity.RECORDING.value
_USUAL = timedelta(hours=1)


class NotPlayed(Exception):
    """Not given: `no_record`, `erased`, `missing` (the file), `over` (the leave), or what the matrix says."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class PlayDesk:
    """Where people ask for recordings of a call."""

    engine: Database
    clock: Clock
    rights: Matrix
    keeping: RecordingsKeeping | None

    def of_call(self, who: Operator, call: str) -> Recordings:
        """The recordings of a call, or of the line's own record of it. Raises NotPlayed."""
        with reading(self.engine) as transaction:
            calls = _same(transaction, call)
            found = recordings_of(transaction, calls, who.site)
            ask = Ask(Entity.RECORDING, Part.CODED, Action.READ)
            for kept in found:
                self._judge(transaction, who, kept, calls, ask)
        return Recordings(recordings=tuple(Known.of(one.label, self._gone(one)) for one in found))

    def ask(self, who: Operator, name: str, asked: PlayAsked) -> Playing:
        """Give leave to listen for some time. Raises NotPlayed; that somebody asked in vain is logged too."""
        now = self.clock.now()
        words = f"{asked.reason}: {asked.words.strip()}".removesuffix(": ")
        entry = Logged(now.timestamp(), who.id, "played", _TYPE, name, asked.reason, words)
        try:
            return written(self.engine, lambda transaction: self._given(transaction, who, entry, asked))
        except NotPlayed as refused:
            tried = replace(entry, act=f"refused_{refused.why}"[:32])
            written(self.engine, lambda transaction: log(transaction, [tried]))
            raise

    def sound(self, who: Operator, play: str, start: int, length: int) -> bytes:
        """A part of the sound, opened in memory alone. Raises NotPlayed."""
        now = self.clock.now().timestamp()
        with reading(self.engine) as transaction:
            row = find_play(transaction, play)
            if row is None or row.account != who.id:
                raise NotPlayed("no_record")
            if now >= row.until:
                raise NotPlayed("over")
            kept = find_recording(transaction, row.recording)
            if kept is None:
                raise NotPlayed("no_record")
            # A grant that was taken back, a role that was lost: the leave ends with them.
            self._may(transaction, who, kept, row.call, row.reason)
        file, key = self._opened(kept)
        lock = Lock(key, file.head.label, file.label.size)
        try:
            with file.path.open("rb") as sealed:
                wanted = min(length, PIECE_BYTES)
                return b"".join(lock.sound(sealed, start, wanted, file.head.offset))
        except (Broken, FileNotFoundError) as error:
            raise NotPlayed("missing") from error

    def _given(self, transaction: Transaction, who: Operator, entry: Logged, asked: PlayAsked) -> Playing:
        kept = find_recording(transaction, entry.record)
        if kept is None or kept.label.site != who.site:
            # Of a recording of another site nobody here learns even that it exists.
            raise NotPlayed("no_record")
        longest = self._may(transaction, who, kept, asked.call, asked.reason)
        said = self._opened(kept)[0].label
        until = self.clock.now() + longest
        row = PlayRow(new_id(), who.id, said.id, asked.call, asked.reason, entry.at, until.timestamp())
        add_play(transaction, row)
        log(transaction, [entry])
        return Playing(
            id=row.id,
            recording=said.id,
            until=until,
            now=self.clock.now(),
            size=said.size,
            rate=said.rate,
            width=said.width,
            channels=said.channels,
        )

    def _may(
        self, transaction: Transaction, who: Operator, kept: KeptRecording, call: str, reason: str
    ) -> timedelta:
        """For how long somebody may listen. Raises NotPlayed."""
        calls = _same(transaction, call)
        if kept.label.call not in calls:
            raise NotPlayed("no_record")
        ask = Ask(Entity.RECORDING, Part.WORDS, Action.PLAY, reason=reason)
        return self._judge(transaction, who, kept, calls, ask)

    def _judge(
        self, transaction: Transaction, who: Operator, kept: KeptRecording, calls: list[str], ask: Ask
    ) -> timedelta:
        records = [one for one in records_of_calls(transaction, calls) if one.site == who.site]
        now = self.clock.now()
        standings = set()
        if kept.label.site == who.site:
            standings.add(Standing.SITE)
        if any(one.type == "note" and one.author == who.id for one in records):
            standings.add(Standing.OWN)
        if concerns_leads(records):
            standings.add(Standing.ALERT)
        if running_notes(transaction, who.id, calls, now.timestamp()):
            standings.add(Standing.GRANT)
        taken = min([kept.taken, *(one.taken for one in records)])
        age = now - datetime.fromtimestamp(taken, UTC)
        verdict = judge(self.rights, who.roles, replace(ask, standings=frozenset(standings), age=age))
        if verdict.cell is None:
            raise NotPlayed(verdict.why)
        return verdict.cell.longest or _USUAL

    def _opened(self, kept: KeptRecording) -> tuple[File, bytes]:
        """The file and its key. Raises NotPlayed."""
        if kept.erased:
            raise NotPlayed("erased")
        try:
            file = Store(self.keeping.folder).find(kept.label.id) if self.keeping else None
        except (Broken, OSError) as error:
            raise NotPlayed("missing") from error
        if file is None:
            raise NotPlayed("missing")
        name = sealed_name(kept.label.id)
        try:
            return file, sealing_of(self.engine).unseal(file.sealed.seal, name, file.sealed.key)
        except Destroyed as error:
            raise NotPlayed("erased") from error
        except Unsealable as error:
            raise NotPlayed("missing") from error

    def _gone(self, kept: KeptRecording) -> str:
        try:
            self._opened(kept)
        except NotPlayed as refused:
            return refused.why
        return ""


def _same(transaction: Transaction, call: str) -> list[str]:
    """A call, and the line's own record of the same conversation where it was opened by hand."""
    known = find_records(transaction, [("call", call)]).get(("call", call))
    same = str(known.doc.get("same_as", "")) if known else ""
    return [call, same] if same else [call]
