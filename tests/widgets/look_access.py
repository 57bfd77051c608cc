"""The pictures of rights: asking for a number and for a full text, a note that can only be read."""

from dataclasses import replace

from resources.texts import t
from tests.widgets import samples
from widgets.base.buttons import KeyButton
from widgets.lead.reading import Reading
from widgets.lead.view import AskView
from widgets.main_window import MainWindow, Page


def unmasking(window: MainWindow) -> None:
    window.parts.calls.show_board((samples.TALKING,))
    _press(window.parts.calls.findChildren(KeyButton))


def lead_asking(window: MainWindow) -> None:
    window.show_page(Page.LEAD)
    window.parts.lead.show_record(None)
    window.parts.lead.show_ask(_ask())


def lead_refused(window: MainWindow) -> None:
    window.show_page(Page.LEAD)
    window.parts.lead.show_record(None)
    window.parts.lead.show_ask(replace(_ask(), state=t("access.ask_off_line"), tone="care"))


def lead_granted(window: MainWindow) -> None:
    window.show_page(Page.LEAD)
    until = t("access.until", time="11-23 04:00")
    window.parts.lead.show_record(replace(samples.RECORD, masked=True, until=until, seen=None))
    _press(window.parts.lead.findChildren(KeyButton))


def note_locked(window: MainWindow) -> None:
    reader = Reading()
    window.parts.note.take_reader(reader)
    reader.show_record(replace(samples.RECORD, number="", seen=None))
    window.parts.note.show_locked("n1", t("access.late", hours=24), draft=True)


def _ask() -> AskView:
    who, time = "王老师", "02:10"
    return AskView("n5", t("lead.record_heading", who=who, time=time), "R2", 168)


def _press(buttons: list[KeyButton]) -> None:
    for button in buttons:
        if button.text() == t("access.unmask"):
            button.click()
