"""A4 paper with the margins of all printed pages, and files of it; for any thread."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

DOTS = 300
"""An inch: what pages are laid out for."""
_MARGINS_MM = QMarginsF(20, 22, 20, 20)


def set_up(device: QPagedPaintDevice) -> None:
    """Upright A4, with margins that every printer keeps."""
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    device.setPageMargins(_MARGINS_MM, QPageLayout.Unit.Millimeter)


def room_on(device: QPagedPaintDevice) -> QSizeF:
    """The size between the margins, in dots."""
    room = device.pageLayout().paintRectPixels(DOTS)
    return QSizeF(room.width(), room.height())


def print_pages(device: QPagedPaintDevice, count: int, paint: Callable[[QPainter, int], None]) -> bool:
    """Print pages, each painted by its number from 0; False where the device does not take them."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    taken = True
    try:
        for page in range(count):
            taken = taken and (not page or device.newPage())
            if taken:
                paint(painter, page)
    finally:
        ended = painter.end()
    return taken and ended


def write_file(file: Path, title: str, paint: Callable[[QPagedPaintDevice], bool]) -> None:
    """Write a PDF of what `paint` prints; `title` is seen by whoever lists the folder.

    Raises OSError where that cannot be done: nothing is written before the last page is ready.
    """
    # The layout of long tables starts timers, and a thread of the pool has nobody else who keeps them.
    timers = QEventLoop()
    content = QBuffer()
    content.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(content)
    writer.setResolution(DOTS)
    writer.setTitle(title)
    writer.setCreator("Xinqiao")
    if not paint(writer):
        raise OSError(file)
    timers.exit()
    file.write_bytes(content.data().data())
