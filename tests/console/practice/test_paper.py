"""The printed sheet: all of it on the pages, marked as practice, in a file or an error that is said."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.practice.paper import Paper, sheet_on_pages
from console.presenters.bridge import Bridge
from console.runtime.io_thread import IoThread
from resources.practice.scripts import shipped
from resources.texts import available_languages, t, use_language
from tests.widgets.practice import samples
from widgets.practice.comparison import Comparison
from widgets.printing.painting import Pages
from widgets.printing.paper import DOTS


@pytest.fixture
def paper(qtbot: QtBot) -> Iterator[Paper]:
    io = IoThread()
    io.start()
    comparison = Comparison()
    qtbot.addWidget(comparison)
    comparison.show_sheet(samples.sheet(well=True), can_play=True)
    comparison.show()
    bridge = Bridge(io)
    with ThreadPoolExecutor(1) as clerk:
        yield Paper(bridge, clerk, comparison)
    bridge.close()
    io.stop()


def said(paper: Paper) -> list[str]:
    return [one.text() for one in paper.comparison.findChildren(QLabel) if one.isVisible()]


@pytest.fixture(params=available_languages())
def tongue(request: pytest.FixtureRequest) -> Iterator[str]:
    use_language(request.param)
    yield request.param
    use_language("zh_CN")


@pytest.mark.usefixtures("qapp", "tongue")
@pytest.mark.parametrize("name", [one.id for one in shipped()])
@pytest.mark.parametrize("well", [True, False])
def test_every_word_of_the_sheet_is_on_the_pages(name: str, well: bool) -> None:
    view = samples.sheet(name, well)
    pages = sheet_on_pages(view)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DOTS)
    told = Pages(pages, QSizeF(2008, 3012), printer).document.toPlainText()
    rows = [row for part in view.parts for row in part.rows]
    words = [view.title, view.about, view.note, *(part.title for part in view.parts)]
    words += [each for row in rows for each in (row.outcome, row.text, row.more, row.source)]
    assert [each for each in words if each not in told] == []
    assert pages.marks == (t("printing.practice"),)


def test_a_file_is_written_beside_the_window_and_said(qtbot: QtBot, paper: Paper, tmp_path: Path) -> None:
    file = tmp_path / "练习对照.pdf"
    paper.save_file(sheet_on_pages(samples.sheet(well=True)), str(file))
    qtbot.waitUntil(lambda: t("printing.done", file=file) in said(paper))
    assert file.read_bytes().startswith(b"%PDF-")


def test_what_cannot_be_written_is_said_and_leaves_nothing(
    qtbot: QtBot, paper: Paper, tmp_path: Path
) -> None:
    paper.save_file(sheet_on_pages(samples.sheet()), str(tmp_path / "none" / "x.pdf"))
    qtbot.waitUntil(lambda: t("printing.fault_disk") in said(paper))
    assert not list(tmp_path.iterdir())


def test_a_printer_gets_the_pages(paper: Paper, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(DOTS)
    paper.print_sheet(sheet_on_pages(samples.sheet(well=True)), printer)
    assert t("printing.on_its_way") in said(paper)
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF-")


def _file(comparison: Comparison) -> None:
    comparison.file_wanted.emit(samples.sheet())


def _printer(comparison: Comparison) -> None:
    comparison.printer_wanted.emit(samples.sheet())


@pytest.mark.parametrize(("ask", "kind"), [(_file, QFileDialog), (_printer, QPrintDialog)])
def test_the_system_asks_without_holding_the_call_back(
    qtbot: QtBot, paper: Paper, ask: Callable[[Comparison], None], kind: type[QFileDialog | QPrintDialog]
) -> None:
    ask(paper.comparison)
    dialog = next(one for one in paper.comparison.findChildren(QWidget) if isinstance(one, kind))
    qtbot.waitUntil(dialog.isVisible)
    assert not dialog.isModal()
    assert QApplication.activeModalWidget() is None
    dialog.close()
