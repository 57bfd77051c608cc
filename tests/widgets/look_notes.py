"""Notes in every state of writing: two at once, marks, phrases, what stands beside, history, paper."""

from dataclasses import replace
from datetime import timedelta

from models.notes.note import NoteBody
from models.notes.phrases import Phrase, Phrases
from resources import marks
from resources.texts import language, t
from tests.widgets import look_samples as samples
from widgets.main_window import MainWindow
from widgets.notes.beside import AddedView, Beside, BesideView
from widgets.notes.history import ChangeView, HistoryPanel, StageView
from widgets.notes.offered import Offered, OfferView
from widgets.notes.open_notes import OpenNoteView
from widgets.notes.phrase_book import PhraseBook
from widgets.notes.quick import QuickBar
from widgets.printing.form import PrintForm
from widgets.printing.view import PrintView

_KEPT = Phrases(
    "li",
    "li",
    (
        Phrase("1", "bm", "已说明保密原则与例外，来电者表示理解。"),
        Phrase("2", "jz", "建议到精神专科或心理门诊就诊，已告知预约方式。"),
    ),
)


def _writing(window: MainWindow) -> QuickBar:
    note, bar = window.parts.note, QuickBar()
    bar.show_marks([one.label(language()) for one in marks.load(marks.SHIPPED).marks], "")
    bar.phrases.show_phrases(_KEPT)
    offered = Offered()
    note.take_beside(offered)
    offered.show_offer(["“昨晚十点”＝11-22 周日 22:00"], OfferView("age_band", "from_35", "45 → 35–59"))
    note.take_beside(bar)
    note.show_note(samples.NOTE)
    note.show_open_notes(
        (
            OpenNoteView("mother", "14:02 · 138****8000 · C5", talks=True),
            OpenNoteView(samples.NOTE.id, "14:09 · 139****1234 · C3", talks=True, front=True),
        )
    )
    return bar


def note_two(window: MainWindow) -> None:
    _writing(window)


def note_phrases(window: MainWindow) -> None:
    _writing(window).phrases.open_for(None)


def note_beside(window: MainWindow) -> None:
    foot = Beside()
    window.parts.note.take_beside(foot)
    window.parts.note.show_note(replace(samples.NOTE, id="done", body=NoteBody("C3", samples.BODY.values)))
    added = AddedView("补记（迟到） 11-24 09:00 · 李晓敏", "家属来电：已陪同到精神专科就诊。", late=True)
    foot.show_beside(BesideView("done", ("李晓敏 已签名 11-22 14:40",), True, (added,), True, True))


def note_phrase_book(window: MainWindow) -> None:
    book = PhraseBook()
    book.show_phrases(_KEPT)
    window.add_sheet("我的常用语与模板", book, 480).open_sheet()


def note_history(window: MainWindow) -> None:
    panel, at = HistoryPanel(), samples.START
    window.add_sheet("记录的历史", panel, 900).open_sheet()
    change = ChangeView("主诉", "失业三个月，今晚独自到桥上。", "失业三个月，网贷到期，今晚独自到汾河大桥。")
    number = ChangeView("安全号码", "", "139****1111")
    panel.show_history(
        (
            StageView("打开", at, "李晓敏"),
            StageView(
                "挂断时", at + timedelta(minutes=8), "李晓敏", (replace(change, before=""),), text=True
            ),
            StageView("完成时", at + timedelta(minutes=20), "李晓敏", (change, number), text=True),
        ),
        "",
        masked=True,
    )


def note_print(window: MainWindow) -> None:
    form = PrintForm()
    window.add_sheet(t("printing.title"), form, 480).open_sheet()
    form.ask("n")
    form.show_print(PrintView("/home/li/热线记录-20261122-1033.pdf", "good"))


STATES = (note_two, note_phrases, note_beside, note_phrase_book, note_history, note_print)
