"""Pages of A4 in Chinese typography: black on white, whatever the theme; for any thread."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPagedPaintDevice,
    QPaintDevice,
    QPainter,
    QPen,
    QTextDocument,
    QTextOption,
)

from resources.texts import t
from widgets.base.written_out import escape
from widgets.printing.paper import DOTS, print_pages, room_on, set_up, write_file
from widgets.printing.view import Part, PrintedRecord
from widgets.theme.style import FONT_FAMILIES

_POINTS = 10.5
"""The usual size of Chinese text on paper."""
_SMALL_POINTS = 8.5
_BLACK, _GREY, _RED = QColor("#000000"), QColor("#555555"), QColor("#b00020")
_STYLE = """
body { color: #000000; }
h1 { font-weight: 600; margin: 0 0 24px 0; }
h2 { font-weight: 600; margin: 48px 0 12px 0; }
td { padding: 5px 24px 5px 0; vertical-align: top; }
td.name { color: #444444; }
p { margin: 0; white-space: pre-wrap; }
"""


def write_pdf(record: PrintedRecord, file: Path) -> None:
    """Write a record's pages into a file. Raises OSError where that cannot be done."""
    # Nothing of the caller stands in a title.
    write_file(file, record.title, partial(print_on, record))


def print_on(record: PrintedRecord, device: QPagedPaintDevice) -> bool:
    """Print a record on A4 with a device of `DOTS` dots an inch; False where it takes nothing."""
    set_up(device)
    pages = Pages(record, room_on(device), device)
    return print_pages(device, pages.count, pages.paint)


class Pages:
    """A record laid out for a device of 300 dots an inch, in pages of a size without its margins."""

    def __init__(self, record: PrintedRecord, size: QSizeF, device: QPaintDevice) -> None:
        self._record = record
        self._size = size
        self._band = _mm(8)
        self._text_height = size.height() - 2 * self._band
        document = self.document = QTextDocument()
        document.documentLayout().setPaintDevice(device)
        document.setDefaultFont(_face(_POINTS))
        document.setDocumentMargin(0)
        document.setDefaultStyleSheet(_STYLE)
        wrapping = document.defaultTextOption()
        wrapping.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(wrapping)
        document.setHtml(_html(record))
        document.setPageSize(QSizeF(size.width(), self._text_height))

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self.document.pageCount()

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint one page, from 0, with its marks and its number."""
        self._frame(painter, page)
        above = page * self._text_height
        painter.save()
        painter.translate(0, self._band - above)
        self.document.drawContents(painter, QRectF(0, above, self._size.width(), self._text_height))
        painter.restore()

    def _frame(self, painter: QPainter, page: int) -> None:
        """What stands on every page: marks on top, page numbers below, each behind a thin line."""
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        low = Qt.AlignmentFlag.AlignBottom
        width, record = self._size.width(), self._record
        top = QRectF(0, 0, width, _mm(5))
        bottom = QRectF(0, self._size.height() - _mm(5), width, _mm(5))
        painter.setFont(_face(_SMALL_POINTS))
        painter.setPen(_RED)
        painter.drawText(top, right, t("printing.mark_separator").join(record.marks))
        painter.setPen(_GREY)
        painter.drawText(top, left, record.title)
        painter.drawText(bottom, left | low, record.foot)
        painter.drawText(bottom, right | low, t("printing.page", page=page + 1, count=self.count))
        painter.setPen(QPen(_GREY, _mm(0.15)))
        for height in (top.bottom(), bottom.top()):
            painter.drawLine(0, round(height), round(width), round(height))
        painter.setPen(_BLACK)


def _face(points: float) -> QFont:
    face = QFont(list(FONT_FAMILIES))
    face.setPointSizeF(points)
    return face


def _html(record: PrintedRecord) -> str:
    # Whatever somebody typed is text: every sign of mark-up in it is written out.
    parts = "".join(map(_part, record.parts))
    signed = "".join(f"<p>&nbsp;</p><p>{escape(line)}</p>" for line in record.signatures)
    return f"<h1>{escape(record.title)}</h1>{_table(record.head)}{parts}{signed}<p>&nbsp;</p>"


def _part(part: Part) -> str:
    return f"<h2>{escape(part.title)}</h2>{_table(part.lines)}"


def _table(lines: tuple[tuple[str, str], ...]) -> str:
    rows = "".join(
        f'<tr><td class="name" width="24%">{escape(name)}</td><td width="76%">{_text(text)}</td></tr>'
        for name, text in lines
    )
    return f'<table width="100%" cellspacing="0">{rows}</table>'


def _text(text: str) -> str:
    return "".join(f"<p>{escape(line) or '&nbsp;'}</p>" for line in text.split("\n"))


def _mm(count: float) -> float:
    return count * DOTS / 25.4
