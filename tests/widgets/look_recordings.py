"""The pictures of recordings: that there is one, the reason, the player, what keeps it from being heard."""

from dataclasses import replace
from datetime import UTC, datetime

from resources.texts import t
from tests.widgets import look_samples, samples
from widgets.base.buttons import KeyButton
from widgets.lead.reading import Reading
from widgets.main_window import MainWindow, Page
from widgets.recordings.bar import RecordingBar
from widgets.recordings.view import PlayerView, RecordingLine, RecordingView

_AT = datetime(2026, 11, 23, 2, 32, tzinfo=UTC)
_PAUSED = ((61.0, 92.0), (402.0, 420.0))
_LINE = RecordingLine("r", _AT, 1391.0, _PAUSED)
_SHORT = RecordingLine("s", _AT.replace(minute=58), 74.0)
_VIEW = RecordingView("c", (_LINE,))


def recording_lead(window: MainWindow) -> None:
    _in_lead(window, _VIEW)


def recording_reason(window: MainWindow) -> None:
    bar = _in_lead(window, _VIEW)
    for button in bar.findChildren(KeyButton):
        if button.text() == t("recordings.listen"):
            button.click()


def recording_listening(window: MainWindow) -> None:
    _in_lead(window, replace(_VIEW, lines=(_LINE, _SHORT), player=_player()))


def recording_refused(window: MainWindow) -> None:
    refused = PlayerView("r", said=t("recordings.failed_refused"), tone="care")
    _in_lead(window, replace(_VIEW, player=refused))


def recording_note(window: MainWindow) -> None:
    _in_note(window, replace(_VIEW, player=replace(_player(), playing=False)))


def recording_not_there(window: MainWindow) -> None:
    _in_note(window, RecordingView("c", (), t("recordings.failed_not_there"), again=True))


def _player() -> PlayerView:
    said = t("recordings.until", time="11:40")
    return PlayerView("r", True, False, True, 512.0, 1391.0, _PAUSED, said)


def _in_lead(window: MainWindow, view: RecordingView) -> RecordingBar:
    window.show_page(Page.LEAD)
    bar = RecordingBar()
    (reading,) = window.parts.lead.findChildren(Reading)
    reading.take_recordings(bar)
    window.parts.lead.show_record(replace(samples.RECORD, masked=True, seen=None))
    bar.show_call("c")
    bar.show_recordings(view)
    return bar


def _in_note(window: MainWindow, view: RecordingView) -> None:
    bar = RecordingBar()
    window.parts.note.show_note(look_samples.NOTE)
    window.parts.note.take_recordings(bar)
    bar.show_call("c")
    bar.show_recordings(view)


STATES = (
    recording_lead,
    recording_reason,
    recording_listening,
    recording_refused,
    recording_note,
    recording_not_there,
)
