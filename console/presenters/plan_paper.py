"""The safety plan as a page to hand out: on a printer or in a file, with no name and no number of anybody."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPagedPaintDevice, QPainter, QTextDocument

from resources.texts import t
from widgets.base.written_out import escape
from widgets.printing.paper import print_pages, room_on, set_up, write_file
from widgets.theme import font

_LARGE, _TEXT, _SMALL = 20, 13, 10


def plan_page(steps: Sequence[tuple[str, str]], line: str, made: str) -> QTextDocument:
    """The page: the six steps with their words (a line to write on where there are none), and where help is.

    `line` is the hotline's number, `made` the date and site.
    """
    parts = [
        f'<p style="font-size:{_LARGE}pt; font-weight:600">{escape(t("safety_plan.title"))}</p>',
        f'<p style="font-size:{_TEXT}pt">{escape(t("safety_plan.paper_for"))}</p>',
    ]
    for number, (name, text) in enumerate(steps, start=1):
        heading = escape(t("safety_plan.step", n=number, name=name))
        words = "<br>".join(escape(one) for one in text.splitlines()) or "&nbsp;<hr>"
        parts.append(f'<p style="font-size:{_TEXT}pt; font-weight:600; margin-top:48px">{heading}</p>')
        parts.append(f'<p style="font-size:{_TEXT}pt">{words}</p>')
    parts.append(f'<hr><p style="font-size:{_TEXT}pt">{escape(t("safety_plan.paper_help", line=line))}</p>')
    parts.append(f'<p style="font-size:{_SMALL}pt">{escape(made)}</p>')
    document = QTextDocument()
    document.setDefaultFont(QFont(font().families()))
    document.setDefaultStyleSheet("body { color: #000000 }")
    document.setHtml(f"<body>{''.join(parts)}</body>")
    return document


def write_pdf(page: QTextDocument, path: Path) -> None:
    """Write the page to a file. Raises OSError where that cannot be done."""
    write_file(path, t("safety_plan.title"), partial(print_on, page))


def print_on(page: QTextDocument, device: QPagedPaintDevice) -> bool:
    """Print the page with a device; False where it takes nothing."""
    set_up(device)
    room = room_on(device)
    page.documentLayout().setPaintDevice(device)
    page.setDocumentMargin(0)
    # A document without a size of its own would get margins within those of the paper.
    page.setPageSize(room)

    def paint(painter: QPainter, number: int) -> None:
        above = number * room.height()
        painter.translate(0, -above)
        page.drawContents(painter, QRectF(0, above, room.width(), room.height()))
        painter.resetTransform()

    return print_pages(device, page.pageCount(), paint)
