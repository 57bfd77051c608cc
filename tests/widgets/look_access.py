"""The pictures of rights: asking for a number and for a full text, a note that can only be read."""

from dataclasses import replace

from console.presenters.bars import problem_sentence
from resources.texts import t
from tests.widgets import samples
from widgets.access.view import GivenView, SharingView
from widgets.base.buttons import KeyButton
from widgets.lead.reading import Reading
from widgets.lead.view import AskView
from widgets.main_window import MainWindow, Page
from widgets.search.view import HitView, Standing
from widgets.upkeep.view import BackupView


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


def sharing(window: MainWindow) -> None:
    given = (
        GivenView("g1", "王组长（练习）", "拿不准等级，请帮我看一眼", samples.ago(-3 * 3600)),
        GivenView("g2", "周督导（练习）", "交班前复核", samples.ago(-20 * 3600)),
    )
    readers = (("wang", "王组长（练习）"), ("zhou", "周督导（练习）"))
    heading, said = t("access.give_heading", time="11-22 02:10"), t("access.give_given")
    window.parts.sharing.show_sharing(SharingView("n1", heading, "R2", readers, given, said, "good"))
    window.show_sharing()


def sharing_off_line(window: MainWindow) -> None:
    heading = t("access.give_heading", time="11-22 02:10")
    window.parts.sharing.show_sharing(
        SharingView("n1", heading, "RX", state=t("access.give_off_line"), tone="care")
    )
    window.show_sharing()


def backup(window: MainWindow) -> None:
    window.status_bar.backup_wanted.emit()
    window.parts.backup.show_drives((("/media/usb", "KINGSTON"), ("/media/disk", "备份盘")))


def backup_done(window: MainWindow) -> None:
    backup(window)
    path = "/media/usb/xinqiao-zhang-20261122-020000/zhang.db"
    window.parts.backup.show_backup(BackupView(t("upkeep.backed_up", path=path), "good"))


def backup_failed(window: MainWindow) -> None:
    backup(window)
    said = problem_sentence("backup_write", path="/media/usb")
    window.parts.backup.show_backup(BackupView(said, "care"))


def search_masked(window: MainWindow) -> None:
    window.show_page(Page.LEAD)
    window.status_bar.search_wanted.emit()
    masked = tuple(
        HitView(
            f"card/{n}",
            f"c{n}",
            f"n{n}",
            samples.ago(3600 * n),
            who,
            t("search.kind_note"),
            "心理危机",
            level,
            "",
            t("search.masked"),
        )
        for n, (who, level) in enumerate((("王老师", "R2"), ("李老师", "R1"), ("王老师", "RX")), 1)
    )
    window.parts.search.show_hits(masked, False)
    window.parts.search.show_standing(Standing(t("search.count_masked", n=0, m=3)))


def lead_back(window: MainWindow) -> None:
    window.show_page(Page.LEAD)
    window.parts.lead.show_notes(
        tuple(replace(one, at=samples.ago(86400.0 * n)) for n, one in enumerate(samples.SHIFT))
    )


STATES = (
    unmasking,
    lead_asking,
    lead_refused,
    lead_granted,
    note_locked,
    sharing,
    sharing_off_line,
    backup,
    backup_done,
    backup_failed,
    search_masked,
    lead_back,
)
