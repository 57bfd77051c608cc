"""Practice in the window: the choice, what the caller says, the sheet."""

from resources.texts import t
from tests.widgets.practice import samples
from widgets.base.keys import key_for
from widgets.main_window import MainWindow
from widgets.practice.chooser import Chooser
from widgets.practice.comparison import Comparison
from widgets.practice.view import SheetView, VoiceView
from widgets.practice.voice import VoicePanel
from widgets.printing.view import PrintView

_WIDTH = 720


def _chooser(window: MainWindow) -> Chooser:
    opener = window.status_bar.offer(t("practice.open"), lambda: None, rank=0)
    opener.show_label(t("practice.open"), key_for("practice"))
    chooser = Chooser()
    chooser.show_all(samples.choices(), samples.done(), can_play=True)
    window.add_sheet(t("practice.title"), chooser, _WIDTH).open_sheet()
    return chooser


def practice_choice(window: MainWindow) -> None:
    _chooser(window)


def practice_choice_trouble(window: MainWindow) -> None:
    chooser = _chooser(window)
    chooser.show_all(samples.choices(), (), can_play=False)
    place = {"file": "my-caller.toml", "line": 12, "field": "call.line.when", "cause": "timer:60"}
    told = (t("practice.no_directing"), t("practice.broken_script", **place))
    chooser.show_trouble("\n".join(told))


def _voice(window: MainWindow, view: VoiceView) -> VoicePanel:
    voice = VoicePanel()
    window.desk.add_above_note(voice)
    voice.show_can_speak(False, t("practice.aloud_missing"))
    voice.show_voice(view)
    return voice


def practice_voice(window: MainWindow) -> None:
    _voice(window, samples.voice())


def practice_questions(window: MainWindow) -> None:
    _voice(window, samples.voice()).open_questions()


def practice_over(window: MainWindow) -> None:
    _voice(window, samples.over())


def _sheet(window: MainWindow, view: SheetView) -> Comparison:
    comparison = Comparison()
    comparison.show_sheet(view, can_play=True)
    window.add_sheet(t("practice.sheet_title"), comparison, _WIDTH).open_sheet()
    return comparison


def practice_sheet(window: MainWindow) -> None:
    _sheet(window, samples.sheet(well=True))


def practice_sheet_missed(window: MainWindow) -> None:
    said = PrintView(t("printing.done", file="/home/li/文档/练习对照.pdf"), "good")
    _sheet(window, samples.sheet("left_behind")).show_print(said)


STATES = (
    practice_choice,
    practice_choice_trouble,
    practice_voice,
    practice_questions,
    practice_over,
    practice_sheet,
    practice_sheet_missed,
)
