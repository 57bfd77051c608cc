"""Whole shifts at a seat: sign in, write, send, sign out; and what a workstation never used before finds."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from console.runtime.waiting import wait_for
from console.seat import Seat
from console.session.envelope import Cost
from console.session.keys import open_vault
from console.session.secret_store import NoSecretStore
from console.storage.storage import Storage
from console.storage.values import Record
from console.workstation import Workstation
from models.notes.note import Note
from tests.console.stand import NOWHERE, Place, at_work, until
from tests.support.hotline import PASSWORD

CHEAP = Cost(passes=1, memory=64, lanes=1)
PATIENCE = 60


async def wrote(station: Workstation, words: str) -> str:
    """Write the note of a call that was opened by hand, and hand it in; gives its id once it is on disk."""
    call = station.calls.open_by_hand("13800008000")
    desk = await until(station.notes.desk, lambda desk: desk.note is not None and desk.note.call == call.id)
    assert desk.note is not None
    station.notes.edit("complaint", words)
    station.finish_note("")
    station.calls.close_by_hand(call.id)
    await station.journal.flush()
    return desk.note.id


async def drained(seat: Seat) -> None:
    """Wait until the server has answered everything."""
    async with asyncio.timeout(PATIENCE):
        while await seat._db.run(lambda storage: storage.unsent().count) or seat.sync.value.up is not True:
            await wait_for(asyncio.Event(), 0.05)


async def shift(place: Place, operator: str, *words: str) -> list[str]:
    """Sign in, write notes, wait until they are sent where there is a server, sign out; gives their ids."""
    open_vault(place.folder, operator, PASSWORD, NoSecretStore(), CHEAP)
    async with at_work(place, operator) as (seat, station):
        notes = [await wrote(station, one) for one in words]
        if place.server != NOWHERE:
            await drained(seat)
        return notes


async def off_line(place: Place, operator: str, *words: str) -> list[str]:
    """A shift that reaches no server."""
    return await shift(replace(place, server=NOWHERE), operator, *words)


async def found_elsewhere(place: Place, operator: str, folder: Path, notes: list[str]) -> list[str]:
    """The words of these notes as a workstation gets them that was never used before."""
    open_vault(folder, operator, PASSWORD, NoSecretStore(), CHEAP)
    async with at_work(replace(place, folder=folder), operator) as (seat, _):
        async with asyncio.timeout(PATIENCE):
            while True:
                found = [await seat._db.run(partial(_record, one)) for one in notes]
                if all(found):
                    break
                await wait_for(asyncio.Event(), 0.05)
    told = []
    for one in found:
        assert one is not None
        note = one.entity
        assert isinstance(note, Note)
        assert note.versions == ()
        told.append(str(note.body.values["complaint"]))
    return told


def _record(note: str, storage: Storage) -> Record | None:
    return storage.record("note", note)


async def notes_here(seat: Seat) -> list[Note]:
    """Every note of this operator that the workstation knows."""
    since, until_ = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
    listed = await seat._db.run(lambda storage: storage.my_notes(since, until_))
    return [one.note for one in listed]
