"""Quick marks and own phrases: a line of the note that was in sight, a phrase kept, changed, dropped."""

import asyncio
from collections.abc import Coroutine
from types import SimpleNamespace
from typing import Any

import pytest

from console.presenters.phrases import PhrasesPresenter
from console.runtime.store import Store
from models.notes.mark import Mark, Marks
from models.notes.phrases import LONGEST
from resources.texts import t
from tests.console.presenters.conftest import Stage
from widgets.base.labels import Label
from widgets.notes.phrase_book import PhraseBook
from widgets.notes.quick import QuickBar

MARKS = Marks(1, False, (Mark("crying", "哭泣", "Crying"), Mark("silence", "沉默", "Silence")))


@pytest.fixture
def presenter(stage: Stage) -> PhrasesPresenter:
    async def nothing(*_which: str) -> None:
        return None

    def spawn(act: Coroutine[Any, Any, object]) -> None:
        asyncio.run(act)

    stage.station.shelf = SimpleNamespace(record=nothing)
    stage.station.journal = stage.journal
    stage.station.records = SimpleNamespace(records=Store(()))
    stage.station.spawn = spawn
    return PhrasesPresenter(stage.bridge, stage.station, stage.parts, MARKS, stage.clock)


def book(stage: Stage) -> PhraseBook:
    """Made by opening its sheet."""
    if not stage.parts.window.findChildren(PhraseBook):
        (bar,) = stage.parts.note.findChildren(QuickBar)
        bar.phrases.book_wanted.emit()
    (made,) = stage.parts.window.findChildren(PhraseBook)
    return made


def said(stage: Stage) -> list[str]:
    return [one.text() for one in book(stage).findChildren(Label)]


def test_a_mark_is_a_line_with_its_time_of_the_note_in_sight(
    stage: Stage, presenter: PhrasesPresenter
) -> None:
    assert presenter
    notes = stage.station.notes
    mother = notes.open_for("c")
    stage.parts.note.show_note(mother)
    # The daughter's note came in front a moment ago; the window still shows the mother's.
    notes.open_for("d")
    (bar,) = stage.parts.note.findChildren(QuickBar)
    bar.marked.emit("哭泣")
    desk = notes.desk.value
    assert desk.note.body.log == ()
    (line,) = desk.beside[0].body.log
    assert (line.text, line.at) == ("哭泣", stage.clock.now())


def test_a_phrase_is_kept_changed_and_dropped(stage: Stage, presenter: PhrasesPresenter) -> None:
    book(stage).put.emit("", " wh ", "您好，我在听。")
    (kept,) = presenter._service.phrases.value.kept
    assert (kept.letters, kept.text) == ("wh", "您好，我在听。")
    book(stage).put.emit(kept.id, "wh", "您好，我一直在听。")
    (changed,) = presenter._service.phrases.value.kept
    assert (changed.id, changed.text) == (kept.id, "您好，我一直在听。")
    book(stage).dropped.emit(kept.id)
    assert presenter._service.phrases.value.kept == ()
    assert [one.type for one in stage.journal.operations] == ["phrase.put", "phrase.put", "phrase.drop"]


@pytest.mark.parametrize(("text", "why"), [("  ", "empty"), ("长" * (LONGEST + 1), "long")])
def test_why_a_phrase_was_not_kept_is_said(
    stage: Stage, presenter: PhrasesPresenter, text: str, why: str
) -> None:
    book(stage).put.emit("", "x", text)
    assert t(f"notes.phrase_{why}") in said(stage)
    assert presenter._service.phrases.value.kept == ()
    assert not stage.journal.operations
