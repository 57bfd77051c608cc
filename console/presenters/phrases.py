"""Quick marks and the operator's own phrases, between the note panel and the services."""

from functools import partial

from console.notes.phrases import PhrasesService
from console.presenters.bridge import Bridge
from console.presenters.window import Parts
from console.workstation import Workstation
from models.clock import Clock
from models.notes.mark import Marks
from models.notes.phrases import Phrases
from resources.texts import language, t
from widgets.base.later import Later
from widgets.notes.phrase_book import PhraseBook
from widgets.notes.quick import QuickBar


class PhrasesPresenter:
    """A mark is a line of the course with its time; the focus stays where it is."""

    def __init__(
        self, bridge: Bridge, station: Workstation, parts: Parts, marks: Marks, clock: Clock
    ) -> None:
        self._bridge = bridge
        self._station = station
        self._note, self._quick = parts.note, QuickBar()
        parts.note.take_beside(self._quick)
        shelf = station.shelf
        self._service = PhrasesService(station.journal, clock, station.identity, shelf.record)
        self._book = Later(self._make)
        self._sheet = parts.window.add_sheet(t("notes.phrase_book_title"), self._book, 480)
        note = t("notes.marks_confirmed" if marks.confirmed else "notes.marks_unconfirmed")
        self._quick.show_marks([one.label(language()) for one in marks.marks], note)
        self._quick.marked.connect(self._mark)
        self._quick.phrases.book_wanted.connect(self._sheet.open_sheet)
        bridge.show(self._service.phrases, self._show)
        bridge.show(station.records.records, lambda _: self._refresh())

    def _make(self) -> PhraseBook:
        book = PhraseBook()
        book.put.connect(self._put)
        book.dropped.connect(partial(self._bridge.wish, self._service.drop))
        return book

    def _mark(self, words: str) -> None:
        note, notes = self._note.note, self._station.notes

        def keep() -> None:
            notes.add_log_line(words, note)
            notes.leave()

        self._bridge.wish(keep)

    def _refresh(self) -> None:
        self._bridge.wish(lambda: self._station.spawn(self._service.refresh()))

    def _put(self, phrase: str, letters: str, text: str) -> None:
        def keep() -> None:
            fault = self._service.put(phrase, letters, text)
            self._bridge.post(lambda: self._book.made.show_state(t(f"notes.phrase_{fault}") if fault else ""))

        self._bridge.wish(keep)

    def _show(self, phrases: Phrases) -> None:
        self._quick.phrases.show_phrases(phrases)
        self._book.tell("phrases", lambda book: book.show_phrases(phrases))
