"""Recordings between the views of records, the server and the loudspeaker."""

from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from console.calls.service import LineView
from console.presenters.bridge import Bridge
from console.presenters.times import local
from console.presenters.window import Parts
from console.recordings.service import Known, Listening, RecordingsService, Stage
from console.recordings.speaker import SystemSpeaker
from console.runtime.journal import DiskTrouble
from console.seat import Seat
from console.workstation import Workstation
from models.calls.call import CallState
from models.clock import Clock
from models.recordings.label import Stretch
from models.recordings.playing import PlayReason, Recorded
from resources.texts import t
from widgets.recordings.bar import RecordingBar
from widgets.recordings.view import PlayerView, RecordingLine, RecordingView

_SAID = frozenset(
    {
        "off_line",
        "not_there",
        "no_player",
        "no_sound",
        "no_record",
        "erased",
        "missing",
        "over",
        "in_call",
    }
)
_AGAIN = frozenset({"off_line", "not_there"})
_READY = frozenset({Stage.PLAYING, Stage.PAUSED, Stage.OVER})
_QUIET = frozenset({CallState.RINGING, CallState.TALKING, CallState.HELD})


class RecordingsPresenter:
    """One player for all views; whoever calls silences it."""

    def __init__(self, bridge: Bridge, seat: Seat, station: Workstation, parts: Parts, clock: Clock) -> None:
        self._bridge = bridge
        self._station = station
        self._bars = parts.recordings
        self._service = service = RecordingsService(
            seat.recordings, SystemSpeaker(), self._of_call, clock, station.seeing.saw
        )
        self._known: Mapping[str, Known] = {}
        self._listening = Listening()
        self._engaged = False
        for bar in parts.recordings:
            bar.call_shown.connect(partial(self._look, bar))
            bar.look_wanted.connect(lambda call: self._spawn(self._service.look, call))
            bar.listen_wanted.connect(self._listen)
            bar.pause_wanted.connect(lambda: self._spawn(self._service.pause))
            bar.go_on_wanted.connect(lambda: self._spawn(self._service.go_on))
            bar.seek_wanted.connect(lambda seconds: self._spawn(self._service.seek, seconds))
            bar.stop_wanted.connect(lambda: self._spawn(self._service.stop))
        parts.window.lock_wanted.connect(lambda: self._spawn(self._service.stop))
        bridge.show(service.known, self._show_known)
        bridge.show(service.listening, self._show_listening)
        bridge.show(station.calls.view, self._hear_calls)

    def close(self) -> None:
        """Be quiet: the operator leaves."""
        self._spawn(self._service.stop)

    def _spawn(self, act: Callable[..., Coroutine[Any, Any, object]], *given: object) -> None:
        self._bridge.wish(lambda: self._station.spawn(act(*given)))

    async def _of_call(self, call: str) -> tuple[object, ...]:
        """All that is known of a call, with what is just being written."""
        with suppress(DiskTrouble):
            await self._station.journal.flush()
        return await self._station.shelf.of_call(call)

    def _look(self, bar: RecordingBar, call: str) -> None:
        if call:
            self._spawn(self._service.look, call)
        listened = self._listening.call
        if listened and not any(one.call == listened for one in self._bars):
            # Nobody sees any more what is heard.
            self._spawn(self._service.stop)
        self._show(bar)

    def _listen(self, call: str, recording: str, reason: str, words: str) -> None:
        self._spawn(self._service.ask, call, recording, PlayReason(reason), words)

    def _hear_calls(self, view: LineView) -> None:
        engaged = any(call.state in _QUIET for call in view.calls)
        if engaged != self._engaged:
            self._engaged = engaged
            self._spawn(self._service.engage, engaged)
        for bar in self._bars:
            over = [call for call in view.calls if call.id == bar.call and call.state is CallState.ENDED]
            if over and not self._known.get(bar.call, Known()).taped:
                self._spawn(self._service.look, bar.call)

    def _show_known(self, known: Mapping[str, Known]) -> None:
        self._known = known
        self._show_all()

    def _show_listening(self, listening: Listening) -> None:
        self._listening = listening
        self._show_all()

    def _show_all(self) -> None:
        for bar in self._bars:
            self._show(bar)

    def _show(self, bar: RecordingBar) -> None:
        known = self._known.get(bar.call, Known())
        bar.show_recordings(self._view(bar.call, known) if known.taped else None)

    def _view(self, call: str, known: Known) -> RecordingView:
        why = known.why or ("" if known.recordings else "not_there")
        gone = [one.gone for one in known.recordings if one.gone]
        return RecordingView(
            call=call,
            lines=tuple(map(_line, known.recordings)),
            said=_said(why) if why else (_said(gone[0]) if gone else ""),
            again=why in _AGAIN,
            player=_player(self._listening) if self._listening.call == call else None,
        )


def _line(one: Recorded) -> RecordingLine:
    return RecordingLine(one.id, local(one.began_at), one.seconds, _pairs(one.silent), not one.gone)


def _pairs(stretches: tuple[Stretch, ...]) -> tuple[tuple[float, float], ...]:
    return tuple((one.start, one.end) for one in stretches)


def _player(now: Listening) -> PlayerView | None:
    if now.stage is Stage.NONE:
        return None
    said, tone = t("recordings.waiting"), "soft"
    if now.stage is Stage.FAILED:
        said, tone = _said(now.why), "care"
    elif now.until is not None:
        said = t("recordings.until", time=f"{local(now.until):%H:%M}")
    return PlayerView(
        recording=now.recording,
        playing=now.stage is Stage.PLAYING,
        over=now.stage is Stage.OVER,
        ready=now.stage in _READY,
        position=now.position,
        seconds=now.seconds,
        silent=_pairs(now.silent),
        said=said,
        tone=tone,
    )


def _said(why: str) -> str:
    return t(f"recordings.failed_{why}") if why in _SAID else t("recordings.failed_refused")
