"""The record of whoever handed a call on: that of the call which was asked about, however late it comes."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from console.presenters.handing import HandingPresenter
from console.storage.values import Record
from models.calls.call import Call
from models.notes.note import Note, NoteBody
from resources import hotline
from tests.console.presenters.conftest import Stage

WORDS = {"first": "练习用的话：第一条", "second": "练习用的话：第二条"}


class Desk:
    """Records of two calls that may be on their way still."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self.stage = stage
        at = stage.clock.now()
        self.here = {
            name: Note(
                name, f"c-{name}", "zhang", "jinzhong", "full", 1, at, NoteBody("C3", {"complaint": text})
            )
            for name, text in WORDS.items()
        }
        self.late: list[Callable[[], object]] = []
        self.seen: list[str] = []
        stage.station.spawn = self.spawn
        stage.station.shelf = SimpleNamespace(record=self.record, of_call=self.of_call)
        stage.station.access = SimpleNamespace(readable=self.readable, saw=self.saw)
        stage.station.handing.look_around = lambda _on: None
        data = hotline.load("jinzhong", None, folder)
        self.presenter = HandingPresenter(stage.bridge, stage.station, stage.parts, data)

    def spawn(self, act: Coroutine[Any, Any, object]) -> None:
        asyncio.run(act)

    async def record(self, _kind: str, name: str) -> Record | None:
        note = self.here.get(name)
        return Record("note", name, 1, note, 0) if note is not None else None

    async def of_call(self, call: str) -> tuple[object, ...]:
        return (Call(call), *(one for one in self.here.values() if one.call == call))

    def readable(self, note: Note, _beside: object) -> Any:
        return SimpleNamespace(allowed=note is not None)

    def saw(self, entities: tuple[Note, ...], _where: str) -> None:
        self.seen += [one.id for one in entities]

    def ask(self, note: str) -> None:
        self.stage.parts.calls.first_note_wanted.emit(note)

    @property
    def words(self) -> str:
        labels = self.presenter._first.made.findChildren(QLabel)
        return "\n".join(one.text() for one in labels if not one.isHidden())


@pytest.fixture
def desk(stage: Stage, tmp_path: Path) -> Desk:
    return Desk(stage, tmp_path)


def test_the_record_of_the_call_is_shown_and_that_it_was_read_is_told(desk: Desk) -> None:
    desk.ask("first")
    assert WORDS["first"] in desk.words
    assert desk.seen == ["first"]


def test_a_record_that_comes_late_is_not_shown_under_another_one(desk: Desk) -> None:
    wish = desk.stage.bridge.wish
    desk.stage.bridge.wish = desk.late.append
    desk.ask("first")
    desk.stage.bridge.wish = wish
    gone = desk.here.pop("second")
    desk.ask("second")
    for act in desk.late:
        act()
    assert WORDS["first"] not in desk.words
    desk.here["second"] = gone
    desk.ask("second")
    assert WORDS["second"] in desk.words


def test_a_record_that_is_not_here_yet_shows_nothing_and_comes_with_the_next_press(desk: Desk) -> None:
    here = desk.here.pop("first")
    desk.ask("first")
    assert desk.seen == []
    assert WORDS["first"] not in desk.words
    desk.here["first"] = here
    desk.ask("first")
    assert WORDS["first"] in desk.words


def test_a_record_that_may_not_be_read_stays_closed(desk: Desk) -> None:
    desk.stage.station.access.readable = lambda _note, _beside: SimpleNamespace(allowed=False)
    desk.ask("first")
    assert WORDS["first"] not in desk.words
    assert desk.seen == []
