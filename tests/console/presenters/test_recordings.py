"""Recordings from the services to the bar in the view of a record, and wishes back."""

import asyncio
import stat
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from console.presenters.recordings import RecordingsPresenter
from models.calls.call import Call, Tape
from models.calls.events import Taping
from models.notes.note import Note, NoteBody, NoteState
from models.recordings.label import Stretch
from models.recordings.playing import Leave, PlayReason, Recorded
from models.trace.entry import Happening
from resources.texts import t
from tests.console.desk import IDENTITY
from tests.console.presenters.conftest import Stage as Desk
from widgets.base.buttons import KeyButton
from widgets.recordings.bar import RecordingBar

SIZE = 16_000 * 30


@dataclass
class Server:
    """What is known of recordings, and who asked."""

    recordings: tuple[Recorded, ...]
    refused: str = ""
    asked: list[tuple[object, ...]] = field(default_factory=list)
    until: Any = None

    async def of_call(self, call: str) -> tuple[Recorded, ...] | str:
        return self.recordings if not self.refused else "off_line"

    async def ask(self, recording: str, call: str, reason: PlayReason, words: str) -> Leave | str:
        self.asked.append((recording, call, reason, words))
        return self.refused or Leave("p", recording, self.until, SIZE, 8000, 2, 1)

    async def sound(self, _leave: Leave, start: int, length: int) -> bytes | str:
        return bytes(min(length, SIZE - start))


class Room:
    """The presenter over services in one loop, with a call that was recorded."""

    def __init__(self, desk: Desk) -> None:
        at = desk.clock.now()
        self.desk = desk
        self.call = Call("c", answered_at=at, tape=Tape(Taping.ON, "1.7", at, "e"))
        self.server = Server((Recorded("r", "c", at, 30.0, (Stretch(3, 9),)),), until=at + timedelta(hours=1))
        self.seen: list[Happening] = []
        desk.station.spawn = lambda work: asyncio.get_running_loop().create_task(work)
        desk.station.seeing = SimpleNamespace(saw=self.seen.append)
        desk.station.shelf = SimpleNamespace(of_call=self._of_call)
        desk.station.journal = SimpleNamespace(flush=_nothing)
        seat: Any = SimpleNamespace(recordings=self.server)
        self.presenter = RecordingsPresenter(desk.bridge, seat, desk.station, desk.parts, desk.clock)

    async def _of_call(self, call: str) -> tuple[object, ...]:
        return (self.call,) if call == "c" else ()

    @property
    def bar(self) -> RecordingBar:
        return self.desk.parts.recordings[0]

    def end(self) -> None:
        self.call = replace(self.call, ended_at=self.desk.clock.now())

    def open(self, call: str = "c") -> None:
        """A note of the call comes into view."""
        body = NoteBody(category="C3")
        who = IDENTITY.operator
        at = self.desk.clock.now()
        note = Note(f"note-{call}", call, who.id, who.site, "full", 1, at, body, NoteState.FINISHED)
        self.desk.parts.note.show_note(note)

    @property
    def said(self) -> str:
        labels = self.bar.findChildren(QLabel)
        return "\n".join(one.text() for one in labels if not one.isHidden())

    def press(self, word: str) -> None:
        buttons = self.bar.findChildren(KeyButton)
        next(one for one in buttons if one.text() == t(f"recordings.{word}")).click()

    async def says(self, word: str) -> None:
        await self.until(lambda: t(f"recordings.{word}") in self.said)

    async def until(self, fits: Callable[[], object]) -> None:
        async with asyncio.timeout(20):
            while not fits():
                await asyncio.wait([asyncio.ensure_future(_nothing())])


async def _nothing() -> None:
    """One turn of the loop."""


def play(desk: Desk, story: Callable[[Room], Awaitable[None]]) -> None:
    async def told() -> None:
        room = Room(desk)
        await story(room)
        room.presenter.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)

    asyncio.run(told())


@pytest.fixture
def player(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A player that hears for ever."""
    path = tmp_path / "paplay"
    path.write_text(f"#!{sys.executable}\nimport sys\nwhile sys.stdin.buffer.read(999): pass\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    return path


def test_a_note_shows_the_recording_of_its_call(stage: Desk) -> None:
    async def story(room: Room) -> None:
        room.end()
        room.open()
        await room.until(lambda: not room.bar.isHidden())
        await room.until(lambda: "00:30" in room.said)
        assert "00:06" in room.said
        room.open("another")
        assert room.bar.isHidden()

    play(stage, story)


def test_a_call_that_goes_on_shows_nothing_until_it_is_over(stage: Desk) -> None:
    async def story(room: Room) -> None:
        calls = room.desk.station.calls
        view = calls.view.value
        calls.view.publish(replace(view, calls=(room.call,)))
        room.open()
        await room.until(lambda: len(asyncio.all_tasks()) == 1)
        assert room.bar.isHidden()
        room.end()
        calls.view.publish(replace(view, calls=(room.call,)))
        await room.until(lambda: not room.bar.isHidden())

    play(stage, story)


def test_a_reason_leads_to_the_server_and_the_sentence_comes_back(
    stage: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    async def story(room: Room) -> None:
        room.end()
        room.open()
        await room.until(lambda: "00:30" in room.said)
        for refused, sentence in (("late", "refused"), ("erased", "erased"), ("", "no_player")):
            room.server.refused = refused
            room.press("listen")
            room.press("why_complaint")
            await room.says(f"failed_{sentence}")
        assert room.server.asked == [("r", "c", PlayReason.COMPLAINT, "")] * 3
        assert {one.id for one in room.seen} == {"r"}

    play(stage, story)


def test_who_rings_silences_it_and_another_record_ends_it(stage: Desk, player: Path) -> None:
    async def story(room: Room) -> None:
        room.end()
        room.open()
        await room.until(lambda: "00:30" in room.said)
        room.press("listen")
        room.press("why_note")
        await room.until(lambda: t("recordings.pause") in _buttons(room.bar))
        calls = room.desk.station.calls
        ringing = Call("d", answered_at=room.desk.clock.now())
        calls.view.publish(replace(calls.view.value, calls=(ringing,)))
        await room.until(lambda: t("recordings.go_on") in _buttons(room.bar))
        calls.view.publish(replace(calls.view.value, calls=()))
        room.press("go_on")
        await room.until(lambda: t("recordings.pause") in _buttons(room.bar))
        room.open("another")
        await room.until(lambda: len(asyncio.all_tasks()) == 1)
        room.open()
        assert t("recordings.pause") not in _buttons(room.bar)

    play(stage, story)


def _buttons(bar: RecordingBar) -> list[str]:
    return [one.text() for one in bar.findChildren(KeyButton) if one.isVisibleTo(bar)]
