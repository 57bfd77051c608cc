"""What stands under a note: signatures and additions by name, and a signature for the text as it is."""

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from console.presenters.beside import BesidePresenter
from console.runtime.journal import DiskTrouble
from console.runtime.store import Store
from console.shifts.service import DutyView
from console.storage.values import Record
from models.notes.note import Addendum, Note, NoteBody, NoteState
from resources import hotline
from tests.console.presenters.conftest import Stage
from widgets.base.labels import Label
from widgets.notes.beside import Beside

AT = datetime(2026, 1, 1, 8, tzinfo=UTC)
LATER = datetime(2026, 1, 1, 9, tzinfo=UTC)
NOTE = Note(
    "n" * 32,
    "c",
    "li",
    "beijing",
    "full",
    1,
    AT,
    NoteBody("C3", {"complaint": "睡不着"}),
    state=NoteState.FINISHED,
    addenda=(Addendum("a", LATER, "li", "后来知道：已回家"),),
)


class Disk:
    """The records that can be read, or a disk that cannot."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self.known: dict[str, Note] = {NOTE.id: NOTE}
        self.broken = False
        stage.station.shelf = SimpleNamespace(record=self.record, past_of=None, of_call=None)
        stage.station.journal = SimpleNamespace(flush=self.flush, write=stage.journal.write)
        stage.station.seeing = SimpleNamespace(saw=lambda _what: None)
        stage.station.shifts = SimpleNamespace(view=Store(DutyView()))
        stage.station.records = SimpleNamespace(records=Store(()))
        stage.station.spawn = self.spawn
        seat: Any = SimpleNamespace(pool=None, histories=None)
        data = hotline.load("jinzhong", None, folder)
        given = (stage.bridge, seat, stage.station, stage.parts, data, stage.clock)
        self.presenter = BesidePresenter(*given)

    async def record(self, _kind: str, name: str) -> Record | None:
        if self.broken:
            raise DiskTrouble("disk_error")
        return Record("note", name, 1, self.known[name], 0) if name in self.known else None

    async def flush(self) -> None:
        return None

    def spawn(self, act: Coroutine[Any, Any, object]) -> None:
        asyncio.run(act)


@pytest.fixture
def disk(stage: Stage, tmp_path: Path) -> Disk:
    return Disk(stage, tmp_path)


def said(foot: Beside) -> str:
    return "\n".join(one.text() for one in foot.findChildren(Label) if not one.isHidden())


def foot_of(stage: Stage) -> Beside:
    return stage.parts.reader.findChildren(Beside)[0]


def test_an_addition_is_shown_under_the_record_with_who_and_when(stage: Stage, disk: Disk) -> None:
    stage.parts.reader.note_shown.emit(NOTE.id)
    assert "后来知道：已回家" in said(foot_of(stage))
    assert "li" in said(foot_of(stage))
    stage.parts.reader.note_shown.emit("")
    assert "后来知道：已回家" not in said(foot_of(stage))


def test_a_signature_is_for_the_text_that_is_on_the_disk(stage: Stage, disk: Disk) -> None:
    foot_of(stage).sign_wanted.emit(NOTE.id)
    (signed,) = stage.journal.operations
    assert (signed.type, signed.id, signed.actor) == ("note.sign", NOTE.id, "zhang")


@pytest.mark.parametrize("how", ["broken", "gone"])
def test_what_cannot_be_read_is_not_signed_and_nothing_breaks(stage: Stage, disk: Disk, how: str) -> None:
    disk.broken = how == "broken"
    disk.known.clear()
    foot_of(stage).sign_wanted.emit(NOTE.id)
    assert stage.journal.operations == []
