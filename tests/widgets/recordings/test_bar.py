"""The recordings in view: no room without one, a reason before anything is heard, keys and mouse."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from models.recordings.playing import PlayReason
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.recordings.bar import RecordingBar
from widgets.recordings.track import Track
from widgets.recordings.view import PlayerView, RecordingLine, RecordingView

AT = datetime(2026, 11, 23, 2, 32, tzinfo=UTC)
LINE = RecordingLine("r", AT, 751.0, ((60.0, 72.0), (100.0, 108.0)))
VIEW = RecordingView("c", (LINE,))
PLAYER = PlayerView(
    "r", playing=True, ready=True, position=192.0, seconds=751.0, silent=LINE.silent, said="until"
)


class Heard:
    """What the bar told."""

    def __init__(self, bar: RecordingBar) -> None:
        self.told: list[tuple[object, ...]] = []
        for name in ("call_shown", "look_wanted", "listen_wanted", "pause_wanted"):
            self._hear(bar, name)
        for name in ("go_on_wanted", "seek_wanted", "stop_wanted"):
            self._hear(bar, name)

    def _hear(self, bar: RecordingBar, name: str) -> None:
        getattr(bar, name).connect(lambda *values: self.told.append((name, *values)))


def made(qtbot: QtBot, view: RecordingView | None = VIEW) -> tuple[RecordingBar, Heard]:
    bar = RecordingBar()
    qtbot.addWidget(bar)
    heard = Heard(bar)
    bar.resize(480, 200)
    bar.show_call("c")
    bar.show_recordings(view)
    bar.setVisible(view is not None)
    QApplication.processEvents()
    return bar, heard


def press(qtbot: QtBot, bar: RecordingBar, word: str) -> None:
    (button,) = [one for one in bar.findChildren(KeyButton) if one.text() == t(f"recordings.{word}")]
    qtbot.waitUntil(button.isVisible)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def words(bar: RecordingBar) -> str:
    return " ".join(one.text() for one in bar.findChildren(QLabel) if one.isVisible())


def test_without_a_recording_there_is_no_room(qtbot: QtBot) -> None:
    bar, heard = made(qtbot, None)
    assert bar.isHidden()
    assert heard.told == [("call_shown", "c")]


def test_another_call_is_told_of_once_and_shows_nothing_of_the_former(qtbot: QtBot) -> None:
    bar, heard = made(qtbot)
    bar.show_call("c")
    bar.show_call("d")
    assert bar.isHidden()
    assert heard.told == [("call_shown", "c"), ("call_shown", "d")]


def test_length_and_pauses_are_said(qtbot: QtBot) -> None:
    bar, _ = made(qtbot)
    said = t("recordings.line_paused", time="11-23 02:32", length="12:31", n=2, paused="00:20")
    assert said in words(bar)


def test_nothing_is_asked_for_without_a_reason(qtbot: QtBot) -> None:
    bar, heard = made(qtbot)
    heard.told.clear()
    press(qtbot, bar, "listen")
    assert heard.told == []
    press(qtbot, bar, "cancel")
    assert heard.told == []
    press(qtbot, bar, "listen")
    (field,) = bar.findChildren(QLineEdit)
    qtbot.keyClicks(field, " sample ")
    press(qtbot, bar, "why_review")
    assert heard.told == [("listen_wanted", "c", "r", "review", "sample")]
    assert field.isHidden() or not field.isVisible()


@pytest.mark.parametrize("reason", PlayReason)
def test_each_reason_can_be_given(qtbot: QtBot, reason: PlayReason) -> None:
    bar, heard = made(qtbot)
    press(qtbot, bar, "listen")
    press(qtbot, bar, f"why_{reason}")
    assert heard.told[-1] == ("listen_wanted", "c", "r", reason.value, "")


def test_words_for_one_recording_are_not_there_for_the_next(qtbot: QtBot) -> None:
    bar, _ = made(qtbot)
    press(qtbot, bar, "listen")
    (field,) = bar.findChildren(QLineEdit)
    field.setText("first")
    press(qtbot, bar, "why_note")
    press(qtbot, bar, "listen")
    assert field.text() == ""


def test_what_cannot_be_heard_says_why(qtbot: QtBot) -> None:
    gone = RecordingView("c", (replace(LINE, playable=False),), t("recordings.failed_erased"))
    bar, _ = made(qtbot, gone)
    (listen,) = [one for one in bar.findChildren(KeyButton) if one.text() == t("recordings.listen")]
    assert not listen.isEnabled()
    assert t("recordings.failed_erased") in words(bar)


def test_what_is_not_there_yet_can_be_looked_for_again(qtbot: QtBot) -> None:
    bar, heard = made(qtbot, RecordingView("c", (), t("recordings.failed_not_there"), again=True))
    press(qtbot, bar, "look_again")
    assert heard.told[-1] == ("look_wanted", "c")


def test_the_player_pauses_goes_on_and_closes(qtbot: QtBot) -> None:
    bar, heard = made(qtbot, replace(VIEW, player=PLAYER))
    assert "03:12 / 12:31" in words(bar)
    press(qtbot, bar, "pause")
    bar.show_recordings(replace(VIEW, player=replace(PLAYER, playing=False)))
    press(qtbot, bar, "go_on")
    bar.show_recordings(replace(VIEW, player=replace(PLAYER, playing=False, over=True)))
    press(qtbot, bar, "again")
    press(qtbot, bar, "stop")
    assert [one[0] for one in heard.told[1:]] == [
        "pause_wanted",
        "go_on_wanted",
        "go_on_wanted",
        "stop_wanted",
    ]


def test_without_a_leave_there_is_only_the_sentence(qtbot: QtBot) -> None:
    refused = PlayerView("r", said=t("recordings.failed_refused"), tone="care")
    bar, _ = made(qtbot, replace(VIEW, player=refused))
    assert t("recordings.failed_refused") in words(bar)
    assert not any(one.isVisible() for one in bar.findChildren(Track))


@pytest.mark.parametrize(
    ("key", "seconds"),
    [
        (Qt.Key.Key_Left, 187.0),
        (Qt.Key.Key_Right, 197.0),
        (Qt.Key.Key_PageDown, 162.0),
        (Qt.Key.Key_PageUp, 222.0),
        (Qt.Key.Key_Home, 0.0),
    ],
)
def test_keys_go_on_and_back(qtbot: QtBot, key: Qt.Key, seconds: float) -> None:
    bar, heard = made(qtbot, replace(VIEW, player=PLAYER))
    (track,) = bar.findChildren(Track)
    qtbot.keyClick(track, key)
    assert heard.told[-1] == ("seek_wanted", seconds)


def test_no_key_leaves_the_sound(qtbot: QtBot) -> None:
    bar, heard = made(qtbot, replace(VIEW, player=replace(PLAYER, position=749.0)))
    (track,) = bar.findChildren(Track)
    qtbot.keyClick(track, Qt.Key.Key_Right)
    assert heard.told[-1] == ("seek_wanted", 751.0)


def test_dragging_seeks_once_and_the_mark_stays_under_the_hand(qtbot: QtBot) -> None:
    bar, heard = made(qtbot, replace(VIEW, player=PLAYER))
    (track,) = bar.findChildren(Track)
    middle = QPoint(track.width() // 2, track.height() // 2)
    before = len(heard.told)
    qtbot.mousePress(track, Qt.MouseButton.LeftButton, pos=QPoint(20, middle.y()))
    qtbot.mouseMove(track, middle)
    bar.show_recordings(replace(VIEW, player=replace(PLAYER, position=193.0)))
    assert len(heard.told) == before
    qtbot.mouseRelease(track, Qt.MouseButton.LeftButton, pos=middle)
    ((name, seconds),) = heard.told[before:]
    assert name == "seek_wanted"
    assert isinstance(seconds, float)
    assert 0 <= seconds <= 751


def test_everything_has_a_name_for_who_cannot_see_it(qtbot: QtBot) -> None:
    bar, _ = made(qtbot, replace(VIEW, player=PLAYER))
    (track,) = bar.findChildren(Track)
    assert track.accessibleName()
    assert "03:12" in track.accessibleDescription()
    assert all(one.accessibleName() for one in bar.findChildren(KeyButton))
