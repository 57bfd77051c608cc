"""The sheet on paper or in a file, laid out as records are, marked as practice on every page."""

from concurrent.futures import Executor
from functools import partial
from pathlib import Path

from PySide6.QtGui import QPagedPaintDevice

from console.presenters.bridge import Bridge
from console.presenters.printer import ask_file, ask_printer
from resources.texts import t
from widgets.practice.comparison import Comparison
from widgets.practice.view import PartView, RowView, SheetView
from widgets.printing.painting import print_on, write_pdf
from widgets.printing.paper import DOTS
from widgets.printing.view import Part, PrintedRecord, PrintView


class Paper:
    """Asks where to; files are written by `clerk`. What became of it is said on the sheet."""

    def __init__(self, bridge: Bridge, clerk: Executor, comparison: Comparison) -> None:
        self._bridge = bridge
        self._clerk = clerk
        self.comparison = comparison
        comparison.printer_wanted.connect(self._print)
        comparison.file_wanted.connect(self._ask_for_file)

    def _print(self, view: SheetView) -> None:
        ask_printer(self.comparison, DOTS, partial(self.print_sheet, sheet_on_pages(view)))

    def print_sheet(self, pages: PrintedRecord, device: QPagedPaintDevice) -> None:
        """Print it with a device, and say whether it was taken."""
        taken = print_on(pages, device)
        key, tone = ("on_its_way", "good") if taken else ("fault_printer", "care")
        self.comparison.show_print(PrintView(t(f"printing.{key}"), tone))

    def _ask_for_file(self, view: SheetView) -> None:
        save = partial(self.save_file, sheet_on_pages(view))
        ask_file(self.comparison, t("printing.begin"), t("practice.file_name"), save)

    def save_file(self, pages: PrintedRecord, path: str) -> None:
        """Write it to a file, beside the window's work."""
        self.comparison.show_print(PrintView(t("printing.under_way")))
        self._clerk.submit(self._write, pages, Path(path))

    def _write(self, pages: PrintedRecord, file: Path) -> None:
        try:
            write_pdf(pages, file)
            said = PrintView(t("printing.done", file=file), "good")
        except OSError:
            said = PrintView(t("printing.fault_disk"), "care")
        self._bridge.post(partial(self.comparison.show_print, said))


def sheet_on_pages(view: SheetView) -> PrintedRecord:
    """What stands on the pages: all that the sheet shows, in the same order."""
    head = ((t("practice.title"), view.title), ("", view.about), ("", view.note))
    return PrintedRecord(
        title=t("practice.sheet_title"),
        head=tuple((name, words) for name, words in head if words),
        parts=tuple(map(_part, view.parts)),
        marks=(t("printing.practice"),),
        foot=t("practice.paper_foot"),
    )


def _part(part: PartView) -> Part:
    return Part(part.title, tuple((row.outcome, _words(row)) for row in part.rows))


def _words(row: RowView) -> str:
    return "\n".join(words for words in (row.text, row.more, row.source) if words)
