"""Giving an own record to a lead, between the list of records and the server."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from console.access.sharing import Shared, SharingService, Stage
from console.presenters.bridge import Bridge
from console.presenters.times import local
from console.presenters.window import Parts
from console.seat import Seat
from console.storage.values import ListedNote
from console.workstation import Workstation
from resources.texts import t
from widgets.access.view import GivenView, SharingView

_SAID = ("off_line", "no_record", "reason_wanted", "no_account")


class SharingPresenter:
    """Opens the sheet for a chosen record and shows what the server says."""

    def __init__(self, bridge: Bridge, seat: Seat, station: Workstation, parts: Parts) -> None:
        self._bridge = bridge
        self._station = station
        self._parts = parts
        self._service = service = SharingService(seat.grants, station.seeing.saw)
        self._records: dict[str, ListedNote] = {}
        self._opened: ListedNote | None = None
        parts.records.share_wanted.connect(self._open)
        parts.sharing.give_wanted.connect(partial(self._spawn, service.give))
        parts.sharing.back_wanted.connect(partial(self._spawn, service.take_back))
        parts.window.sharing_closed.connect(lambda: bridge.wish(service.close))
        bridge.show(station.records.records, self._keep)
        bridge.show(service.shared, self._show)

    def _spawn(self, act: Callable[..., Coroutine[Any, Any, None]], *given: object) -> None:
        self._bridge.wish(lambda: self._station.spawn(act(*given)))

    def _open(self, note: str) -> None:
        self._opened = self._records.get(note)
        self._spawn(self._service.open, note)
        self._parts.window.show_sharing()

    def _keep(self, records: tuple[ListedNote, ...]) -> None:
        self._records = {one.note.id: one for one in records}

    def _show(self, shared: Shared) -> None:
        # The list may have gone on to another day meanwhile.
        listed = self._records.get(shared.note, self._opened)
        if listed is None or listed.note.id != shared.note:
            self._parts.sharing.show_sharing(SharingView("", "", "RX"))
            return
        names = dict(shared.sharing.readers)
        peak = listed.assessment.peak if listed.assessment else None
        view = SharingView(
            note=shared.note,
            heading=t("access.give_heading", time=f"{local(listed.note.opened_at):%m-%d %H:%M}"),
            level=peak or "RX",
            readers=shared.sharing.readers,
            given=tuple(
                GivenView(one.id, names.get(one.to, one.to), one.reason, local(one.until))
                for one in shared.sharing.given
            ),
            state=self._said(shared),
            tone={Stage.REFUSED: "care", Stage.GIVEN: "good"}.get(shared.stage, "soft"),
            waits=shared.stage is Stage.WAITING,
        )
        self._parts.sharing.show_sharing(view)

    def _said(self, shared: Shared) -> str:
        if shared.stage is Stage.REFUSED:
            return t(f"access.give_{shared.why}") if shared.why in _SAID else t("access.give_refused")
        return "" if shared.stage is Stage.NONE else t(f"access.give_{shared.stage}")
