"""The one table of all keys: it binds them and it is what F1 shows.

Only function keys and Ctrl combinations, so that an input method never eats one and a letter never acts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget


@dataclass(frozen=True)
class Key:
    """A wish, the keys that express it, and the group it is listed under."""

    wish: str
    sequence: str
    group: str


PRACTICE = "practice"
"""The group of the keys that there are in practice only."""
_URGENT = ("call", "risk")
"""Groups whose keys no open list, menu or dialog of the system holds back: who calls does not wait for it."""
KEYS = (
    Key("answer", "F2", "call"),
    Key("hang_up", "Ctrl+F2", "call"),
    Key("hold", "F3", "call"),
    Key("mute", "F4", "call"),
    Key("three_way", "F7", "call"),
    Key("leave", "Ctrl+F7", "call"),
    Key("transfer", "Ctrl+F6", "call"),
    Key("ladder", "Ctrl+F3", "call"),
    Key("call_back", "Ctrl+B", "call"),
    Key("greeting", "Ctrl+G", "call"),
    Key("person_1", "Shift+F2", "call"),
    Key("person_2", "Shift+F3", "call"),
    Key("person_3", "Shift+F4", "call"),
    Key("who", "Shift+F8", "call"),
    Key("person", "Shift+F9", "call"),
    Key("begin_case", "Ctrl+N", "notes"),
    Key("ready", "F6", "call"),
    Key("next_note", "Ctrl+Tab", "notes"),
    Key("phrase", "Ctrl+I", "notes"),
    Key("next_missing", "Ctrl+J", "notes"),
    Key("stamp_time", "Ctrl+T", "notes"),
    Key("finish_note", "Ctrl+Return", "notes"),
    Key("wrong_number", "Ctrl+W", "notes"),
    Key("follow_up", "Ctrl+S", "notes"),
    Key("screen", "F5", "risk"),
    Key("next_unasked", "Ctrl+Q", "risk"),
    Key("risk_course", "Ctrl+R", "risk"),
    Key("refer", "F8", "risk"),
    Key("referral_step", "Shift+F12", "risk"),
    Key("safety_plan", "Ctrl+F8", "risk"),
    Key("help", "Ctrl+H", "risk"),
    Key("alert_seen", "Ctrl+K", "lead"),
    Key("watch_listen", "Ctrl+F9", "lead"),
    Key("watch_whisper", "Ctrl+F10", "lead"),
    Key("watch_join", "Ctrl+F11", "lead"),
    Key("take_over", "Ctrl+F12", "lead"),
    Key("watch_gone", "Ctrl+F5", "lead"),
    Key("lengthen", "Shift+F5", "lead"),
    Key("give_seat", "Shift+F6", "lead"),
    Key("keys", "F1", "window"),
    Key("records", "F9", "window"),
    Key("search", "Ctrl+F", "window"),
    Key("due", "Ctrl+D", "window"),
    Key("unmask_due", "Shift+F11", "window"),
    Key("callers", "Ctrl+M", "window"),
    Key("open_tasks", "Ctrl+O", "window"),
    Key("cases", "Shift+F7", "window"),
    Key("desk", "F10", "window"),
    Key("unsent", "F11", "window"),
    Key("texts", "F12", "window"),
    Key("problems", "Ctrl+E", "window"),
    Key("lock", "Ctrl+L", "window"),
    Key("practice", "Ctrl+F4", PRACTICE),
    Key("practice_ask", "Ctrl+F1", PRACTICE),
)
_BY_WISH = {key.wish: key for key in KEYS}


def key_for(wish: str) -> str:
    """Return the key of a wish as it is written on buttons."""
    return _BY_WISH[wish].sequence.replace("Return", "Enter")


def bind(owner: QWidget, wish: str, act: Callable[[], object]) -> QShortcut:
    """Let a wish's key act anywhere in the window while the owner is shown and enabled.

    To Qt a list or menu that is open is a window of its own: the urgent keys act beyond it and put it away.
    """
    key = _BY_WISH[wish]
    urgent = key.group in _URGENT
    context = Qt.ShortcutContext.ApplicationShortcut if urgent else Qt.ShortcutContext.WindowShortcut
    shortcut = QShortcut(QKeySequence(key.sequence), owner)
    shortcut.setContext(context)
    shortcut.setAutoRepeat(False)
    shortcut.activated.connect(partial(_past_popups, act) if urgent else act)
    return shortcut


def _past_popups(act: Callable[[], object]) -> None:
    while (popup := QApplication.activePopupWidget()) is not None and popup.close():
        pass
    act()
