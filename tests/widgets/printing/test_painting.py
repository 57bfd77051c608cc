"""Pages of a record: every word on them, marks and numbers on each, made in any thread."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from models.notes.printing import PrintReason
from resources.texts import t
from tests.widgets.readable import cut_off, unnamed
from widgets.base.buttons import Chip
from widgets.base.composition import LineEdit
from widgets.printing.form import PrintForm
from widgets.printing.painting import Pages, print_on, write_pdf
from widgets.printing.paper import DOTS
from widgets.printing.view import Part, PrintedRecord, PrintView

DOTS_A_METRE = 11811
"""300 dots an inch."""
LONG = "来电者说已经两周睡不着。\n" * 60
RECORD = PrintedRecord(
    "晋中12356 热线记录",
    (("号码", "138****8000"), ("咨询员", "李医生")),
    (
        Part("记录", (("主诉", "<b>不是标记</b> & 🙂\n第二行"), ("过程", LONG))),
        Part("补记", (("11-24", "已就诊"),)),
    ),
    ("机密", "练习"),
    "记录号 n1",
    ("咨询员签名：＿＿＿＿",),
)


def laid_out(record: PrintedRecord) -> tuple[Pages, list[QImage]]:
    """A record's pages as pictures of 170 by 255 millimetres."""
    device = QImage(1, 1, QImage.Format.Format_RGB32)
    device.setDotsPerMeterX(DOTS_A_METRE)
    device.setDotsPerMeterY(DOTS_A_METRE)
    pages = Pages(record, QSizeF(2008, 3012), device)
    pictures = []
    for page in range(pages.count):
        picture = QImage(2008, 3012, QImage.Format.Format_RGB32)
        picture.setDotsPerMeterX(DOTS_A_METRE)
        picture.setDotsPerMeterY(DOTS_A_METRE)
        picture.fill(QColor("white"))
        with QPainter(picture) as painter:
            pages.paint(painter, page)
        pictures.append(picture)
    return pages, pictures


def colours(picture: QImage, top: int, bottom: int, left: int = 1004) -> set[str]:
    """The kinds of ink in a part of the right half: red, grey or black, and white."""
    found = set()
    for y in range(top, bottom, 2):
        for x in range(left, picture.width(), 2):
            ink = picture.pixelColor(x, y)
            red = ink.red() > ink.green() + 60
            found.add("red" if red else "white" if ink.lightness() > 200 else "dark")
    return found


@pytest.mark.usefixtures("qapp")
def test_every_page_has_its_marks_on_top_and_its_number_below() -> None:
    _, pictures = laid_out(RECORD)
    assert len(pictures) > 1
    for picture in pictures:
        assert "red" in colours(picture, 0, 55), "secret, practice"
        assert "dark" in colours(picture, 2965, 3012), "the number of the page"
        assert colours(picture, 2925, 2945) == {"white"}, "no text runs into what stands below"


@pytest.mark.usefixtures("qapp")
def test_what_was_typed_stands_there_as_it_was_typed() -> None:
    pages, _ = laid_out(RECORD)
    told = pages.document.toPlainText()
    assert "<b>不是标记</b> & 🙂" in told
    assert told.count("来电者说已经两周睡不着。") == 60
    for words in ("第二行", "138****8000", "已就诊", "咨询员签名"):
        assert words in told


@pytest.mark.usefixtures("qapp")
def test_nothing_is_wider_than_the_page() -> None:
    pages, _ = laid_out(PrintedRecord("x", (), (Part("x", (("y", "a" * 4000),)),)))
    assert pages.document.size().width() <= 2008


@pytest.mark.usefixtures("qapp")
def test_the_file_is_made_in_another_thread_with_all_its_pages(tmp_path: Path) -> None:
    pages, _ = laid_out(RECORD)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(write_pdf, RECORD, tmp_path / "r.pdf").result(60)
    content = (tmp_path / "r.pdf").read_bytes()
    assert content.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == pages.count


@pytest.mark.usefixtures("qapp")
def test_a_file_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        write_pdf(RECORD, tmp_path / "none" / "r.pdf")


def test_the_form_wants_a_reason_and_a_folder(qtbot: QtBot) -> None:
    form = PrintForm()
    qtbot.addWidget(form)
    form.resize(440, 360)
    form.show()
    told: list[tuple[str, str, PrintReason]] = []
    form.wanted.connect(lambda *wish: told.append(wish))
    form.ask("n1")
    begin = next(one for one in form.findChildren(QPushButton) if one.text() == t("printing.begin"))
    form.findChildren(LineEdit)[0].setText("/home/li")
    assert not begin.isEnabled(), "no reason is preselected"
    chip = next(one for one in form.findChildren(Chip) if one.code == "legal")
    chip.click()
    begin.click()
    assert told == [("n1", "/home/li", PrintReason.LEGAL)]
    form.show_print(PrintView("正在排版", under_way=True))
    assert not begin.isEnabled()
    QTest.keyClicks(form.findChildren(LineEdit)[0], "\r")
    assert len(told) == 1
    assert not cut_off(form)
    assert not unnamed(form)
    form.ask("n2")
    assert not begin.isEnabled()


def test_a_printer_gets_the_pages_that_a_file_has(qtbot: QtBot, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(DOTS)
    assert print_on(RECORD, printer)
    write_pdf(RECORD, tmp_path / "file.pdf")
    pages = [(tmp_path / name).read_bytes().count(b"/Type /Page\n") for name in ("printed.pdf", "file.pdf")]
    assert pages[0] == pages[1] > 1


def test_paper_wants_a_reason_and_no_folder(qtbot: QtBot) -> None:
    form = PrintForm()
    qtbot.addWidget(form)
    form.ask("n1")
    paper = next(one for one in form.findChildren(QPushButton) if one.text() == t("printing.on_paper"))
    assert not paper.isEnabled()
    form.findChildren(Chip)[0].click()
    with qtbot.waitSignal(form.printer_wanted) as told:
        paper.click()
    assert told.args == ["n1", next(iter(PrintReason))]
