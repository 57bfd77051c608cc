"""The way of a record to a file or a printer: what is in the way is said, and the form is free again."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from console.presenters import printing
from console.presenters.printer import ask_file
from console.presenters.printing import PrintingPresenter
from console.runtime.journal import DiskTrouble
from console.runtime.pool import Pool
from console.runtime.store import Store
from console.shifts.service import DutyView
from console.storage.values import Record
from models.calls.call import Call
from models.notes.note import Note
from models.notes.printing import PrintReason
from models.trace.entry import Happening
from resources import hotline
from resources.texts import t
from tests.console.presenters.conftest import Stage
from widgets.printing.view import PrintView


class Desk:
    """A presenter over two finished records, whose disk and pool are real."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self.stage, self.folder = stage, folder
        self.pool = Pool()
        self.saw: list[Happening] = []
        self.late: list[Callable[[], object]] = []
        self.bugs: list[BaseException] = []
        self.disk_takes = True
        self.trouble: BaseException | None = None
        self.notes = {name: self.made(name) for name in ("one", "two")}
        stage.station.journal = SimpleNamespace(flush=self.flush)
        stage.station.spawn = self.spawn
        stage.station.shelf = SimpleNamespace(record=self.record, of_call=self.of_call)
        stage.station.seeing = SimpleNamespace(saw=self.saw.append)
        stage.station.shifts = SimpleNamespace(view=Store(DutyView()))
        seat: Any = SimpleNamespace(pool=self.pool)
        data = hotline.load("jinzhong", None, folder / "resources")
        self.presenter = PrintingPresenter(stage.bridge, seat, stage.station, stage.parts, data)
        self.form = self.presenter._form

    def made(self, call: str) -> Note:
        note = self.stage.station.notes.open_for(call)
        assert isinstance(note, Note) or note is None
        found = self.stage.station.notes.desk.value.note
        assert isinstance(found, Note)
        return found

    async def flush(self) -> None:
        if not self.disk_takes:
            await asyncio.Event().wait()

    async def record(self, _kind: str, note: str) -> Record | None:
        if self.trouble is not None:
            raise self.trouble
        found = next((one for one in self.notes.values() if one.id == note), None)
        return Record("note", found.id, 1, found, 0) if found is not None else None

    async def of_call(self, call: str) -> tuple[object, ...]:
        return (Call(call, number="13834400011"), self.notes[call])

    def spawn(self, act: Coroutine[Any, Any, object]) -> None:
        try:
            asyncio.run(act)
        except RuntimeError as bug:
            self.bugs.append(bug)

    def held(self) -> None:
        """From now on nothing of a wish is done before `go_on`."""
        self.stage.bridge.wish = lambda act, *arguments: self.late.append(lambda: act(*arguments))

    def go_on(self) -> None:
        del self.stage.bridge.wish
        late, self.late = self.late, []
        for act in late:
            act()

    def ask(self, name: str) -> None:
        self.presenter.ask(self.notes[name].id)
        self.form._choose_reason(PrintReason.LEGAL)

    def press(self, into: Path) -> None:
        self.form._folder.setText(str(into))
        self.form._begin.click()

    @property
    def words(self) -> str:
        return self.form._state.text()

    def files(self) -> list[Path]:
        return sorted(self.folder.glob("*.pdf"))


@pytest.fixture
def desk(stage: Stage, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(stage, tmp_path)
    yield made
    made.pool.stop()


def test_a_file_is_made_and_it_is_said_where_it_lies(desk: Desk) -> None:
    desk.ask("one")
    desk.press(desk.folder)
    (file,) = desk.files()
    assert file.read_bytes().startswith(b"%PDF")
    assert desk.words == t("printing.done", file=str(file))
    assert desk.form._begin.isEnabled()
    (seen,) = desk.saw
    assert (seen.id, seen.where, seen.reason) == (desk.notes["one"].id, "pdf", "legal")


def test_two_quick_presses_are_one_file(desk: Desk) -> None:
    desk.ask("one")
    desk.held()
    desk.press(desk.folder)
    assert desk.words == t("printing.under_way")
    assert not desk.form._begin.isEnabled()
    desk.press(desk.folder)
    desk.form._wish()
    desk.go_on()
    assert len(desk.files()) == 1


@pytest.mark.parametrize("folder", ["gone", "~nobody-of-that-name/x", "x" * 5000])
def test_a_folder_that_is_not_there_is_said_and_another_one_serves(desk: Desk, folder: str) -> None:
    desk.ask("one")
    desk.press(Path(folder))
    assert desk.words in (t("printing.fault_folder"), t("printing.fault_disk"))
    assert desk.files() == []
    desk.press(desk.folder)
    assert len(desk.files()) == 1


def test_a_disk_that_gives_nothing_is_said(desk: Desk) -> None:
    desk.ask("one")
    desk.trouble = DiskTrouble("disk_error")
    desk.press(desk.folder)
    assert desk.words == t("printing.fault_read")
    desk.trouble = None
    desk.press(desk.folder)
    assert len(desk.files()) == 1


def test_a_disk_that_takes_nothing_keeps_nobody_waiting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "PATIENCE_SECONDS", 0.01)
    desk.ask("one")
    desk.disk_takes = False
    desk.press(desk.folder)
    assert desk.words == t("printing.fault_unsaved")
    assert desk.files() == [], "what was typed last is not missing on paper"
    assert desk.form._begin.isEnabled()


@pytest.mark.parametrize("where", ["reading", "painting"])
def test_a_bug_is_told_and_the_form_is_free(desk: Desk, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bug = RuntimeError("a bug")

    def broken(*_what: object) -> None:
        raise bug

    if where == "reading":
        desk.trouble = bug
    else:
        monkeypatch.setattr(printing, "write_pdf", broken)
    desk.ask("one")
    desk.press(desk.folder)
    assert desk.bugs == [bug]
    assert desk.words == t("printing.fault_other")
    assert desk.form._begin.isEnabled()


def test_a_record_that_may_not_be_read_is_not_printed(desk: Desk) -> None:
    desk.ask("one")
    desk.notes["one"] = desk.notes["two"]
    desk.press(desk.folder)
    assert desk.words == t("printing.not_yours")
    assert desk.files() == []


def test_what_became_of_one_record_is_not_said_of_the_next(desk: Desk) -> None:
    desk.ask("one")
    desk.held()
    desk.press(desk.folder)
    desk.ask("two")
    assert not desk.form._begin.isEnabled(), "the first one is being made still"
    desk.go_on()
    (file,) = desk.files()
    assert desk.words == t("printing.of_other", said=t("printing.done", file=str(file)))
    assert desk.form._begin.isEnabled()
    desk.press(desk.folder)
    assert len(desk.files()) == 2


def test_a_failure_of_the_record_before_is_told_too(desk: Desk) -> None:
    desk.ask("one")
    desk.held()
    desk.press(desk.folder / "gone")
    desk.ask("two")
    desk.go_on()
    assert desk.words == t("printing.of_other", said=t("printing.fault_folder"))


def dialogs(desk: Desk) -> list[QPrintDialog]:
    return [one for one in desk.form.findChildren(QPrintDialog) if one.isVisible()]


def test_two_quick_presses_ask_for_one_printer(desk: Desk) -> None:
    desk.ask("one")
    desk.form._paper.click()
    desk.form._paper.click()
    assert len(dialogs(desk)) == 1
    assert desk.saw == [], "nothing was printed yet"


def test_the_question_for_a_printer_goes_with_its_record(desk: Desk) -> None:
    desk.ask("one")
    desk.form._paper.click()
    desk.ask("two")
    assert dialogs(desk) == []
    desk.held()
    desk.form._paper.click()
    desk.ask("one")
    desk.go_on()
    assert dialogs(desk) == [], "it came after another record was asked for"


@pytest.mark.qt_log_ignore(r"QPainter::begin\(\): Returned false", extend=True)
@pytest.mark.parametrize(("folder", "key"), [("", "on_its_way"), ("gone", "fault_printer")])
def test_a_printer_takes_it_or_it_is_said_that_it_did_not(desk: Desk, folder: str, key: str) -> None:
    desk.ask("one")
    desk.form._paper.click()
    (dialog,) = dialogs(desk)
    dialog.printer().setOutputFileName(str(desk.folder / folder / "paper.pdf"))
    dialog.accepted.emit(dialog.printer())
    assert desk.words == t(f"printing.{key}")
    assert [one.where for one in desk.saw] == ["printer"]


def test_a_printer_that_is_out_of_paper_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "print_on", lambda *_what: False)
    desk.ask("one")
    desk.form._paper.click()
    (dialog,) = dialogs(desk)
    dialog.accepted.emit(dialog.printer())
    assert desk.words == t("printing.fault_printer")


def test_two_questions_for_a_file_are_one(desk: Desk, qtbot: QtBot) -> None:
    saved: list[str] = []
    for _ in range(2):
        ask_file(desk.form, "title", "name.pdf", saved.append)
    (dialog,) = [one for one in desk.form.findChildren(QFileDialog) if one.isVisible()]
    dialog.fileSelected.emit("/tmp/x.pdf")
    dialog.reject()
    qtbot.waitUntil(lambda: not desk.form.findChildren(QFileDialog))
    assert saved == ["/tmp/x.pdf"]


def test_nothing_is_said_of_a_form_that_asks_anew(desk: Desk) -> None:
    desk.ask("one")
    desk.press(desk.folder / "gone")
    desk.ask("one")
    assert desk.form._view == PrintView()


def test_two_presses_ask_for_one_folder_and_the_chosen_one_stands_there(desk: Desk) -> None:
    desk.ask("one")
    desk.form._choose.click()
    desk.form._choose.click()
    (dialog,) = [one for one in desk.form.findChildren(QFileDialog) if one.isVisible()]
    dialog.fileSelected.emit(str(desk.folder))
    assert desk.form._folder.text() == str(desk.folder)
    dialog.reject()
