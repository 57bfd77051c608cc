"""Pictures of the telephone inside the console."""

from models.softphone.devices import Choice
from resources.texts import t
from widgets.calls.keypad import Keypad
from widgets.main_window import MainWindow, Page
from widgets.softphone.bar import PhoneBar
from widgets.softphone.panel import PhonePanel
from widgets.softphone.view import LevelView, PhoneView, Standing

HEADSET = "Jabra Evolve2 40 Stereo"
MICROPHONES = (HEADSET, "Internal Microphone")
OUTPUTS = (HEADSET, "Built-in Audio Analog Stereo", "HDMI / DisplayPort 1 Output")
CHOSEN = Choice(HEADSET, HEADSET, "USB Speaker of the shift room, at the window")


def _sheet(window: MainWindow, view: PhoneView, levels: LevelView) -> None:
    window.show_page(Page.DESK)
    panel = PhonePanel()
    sheet = window.add_sheet(t("softphone.title"), panel, 460)
    window.status_bar.offer(t("softphone.open"), sheet.open_sheet)
    panel.show_phone(view)
    panel.show_levels(levels)
    sheet.open_sheet()


def _bar(window: MainWindow, standing: Standing) -> PhoneBar:
    bar = PhoneBar(Keypad())
    window.add_bar(bar)
    bar.show_standing(standing, board_acts=False)
    return bar


def softphone_ready(window: MainWindow) -> None:
    _sheet(window, PhoneView(Standing.READY, MICROPHONES, OUTPUTS, CHOSEN), LevelView(64, 0, 98))


def softphone_talking(window: MainWindow) -> None:
    chosen = Choice(HEADSET, HEADSET, OUTPUTS[1])
    _sheet(window, PhoneView(Standing.TALKING, MICROPHONES, OUTPUTS, chosen), LevelView(40, 55, 0))


def softphone_away(window: MainWindow) -> None:
    _sheet(window, PhoneView(Standing.AWAY), LevelView())


def softphone_rings(window: MainWindow) -> None:
    window.show_page(Page.DESK)
    _bar(window, Standing.RINGING)


def softphone_alone(window: MainWindow) -> None:
    window.show_page(Page.DESK)
    _bar(window, Standing.TALKING)


BARS = (softphone_rings, softphone_alone)
STATES = (softphone_ready, softphone_talking, softphone_away, *BARS)
