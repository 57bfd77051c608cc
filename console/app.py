"""The composition root of the window: everything is made here, in order, and ended in reverse."""

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from console.broken_data import broken_data
from console.presenters.attention import Attention
from console.presenters.bars import problem_sentence
from console.presenters.bridge import Bridge
from console.presenters.clipboard import forget_copied
from console.presenters.collection import Collection
from console.presenters.colouring import Colouring
from console.presenters.entrance import Entrance
from console.presenters.idleness import Idleness
from console.presenters.softphone import SoftphonePresenter
from console.presenters.window import Parts, build_window
from console.presenters.work import Work
from console.runtime.io_thread import IoThread
from console.runtime.reach import Reach
from console.seat import Seat
from console.session.endpoint import FindEndpoints
from console.session.secret_store import SecretStore
from console.settings import Settings
from console.surroundings import Forms
from console.workstation import Workstation
from models.clock import Clock
from models.followups.dates import Calendar
from models.ids import new_id
from models.shifts.duty import DutyState
from resources import hotline
from resources.texts import language, t, use_language
from widgets.main_window import MainWindow, Page
from widgets.theme import PALETTES, colours, dress, scale_for, use_theme

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Given:
    """Who is filled in at the sign-in; with a password, which may be waited for, signed in at once."""

    operator: str = ""
    password: Callable[[], str] | None = None


class Companion(Protocol):
    """Something beside the work of whoever is signed in, which a way of starting brings along."""

    def attend(self, bridge: Bridge, station: Workstation, parts: Parts) -> None:
        """Somebody has signed in; the bridge ends with their work."""
        ...

    def leave(self) -> None:
        """They have gone."""
        ...


class App:
    """One window, one seat."""

    def __init__(
        self, settings: Settings, find: FindEndpoints, secrets: SecretStore, clock: Clock, given: Given
    ) -> None:
        running = QApplication.instance()
        self.qt = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
        self._settings = settings
        self._clock = clock
        self._given = given
        self.station: Workstation | None = None
        self.companions: list[Companion] = []
        self._work: Work | None = None
        self._practising = False
        self._worn: list[Parts] = []
        own = Path(settings.resources) if settings.resources else None
        self.hotline = hotline.load(settings.site, own, Path(settings.data) / "resources")
        self.io = IoThread()
        forms = Forms(
            self.hotline.forms.usual.stamp,
            self.hotline.instruments,
            Calendar(self.hotline.site.zone, self.hotline.site.hours),
            self.hotline.forms.stamps,
        )
        self.seat = Seat(settings, find, secrets, clock, forms, self.hotline.rights)
        self.softphone = SoftphonePresenter(settings, self.io, self.seat.problems, secrets)
        self.bridge = Bridge(self.io)
        self._entrance = Entrance(
            self.io, self.seat, self.bridge, self._signed_in, self._signed_out, self._failed
        )
        minutes = self.hotline.site.lock_minutes
        self._idleness = Idleness(clock, minutes, self._may_lock, self._lock)
        self._collection = Collection()
        self._collection.start()
        self._ticking = QTimer()
        self._ticking.setInterval(200)
        self._ticking.timeout.connect(self._tick)
        self.io.start()
        self.io.loop.set_exception_handler(self._unexpected)
        # The password is checked while the window is being built: the one waits, the other works.
        password = given.password
        self._entering = self._entrance.knock(given.operator, password, settings.seat) if password else None
        self._dress(settings.language, settings.theme)

    def start(self) -> None:
        """Show the window, then start the rest."""
        self.window.setGeometry(self.qt.primaryScreen().availableGeometry())
        self.window.showMaximized()
        self._ticking.start()
        self._collection.settle()
        self._tell_broken()
        QTimer.singleShot(0, self.softphone.start)
        if self._entering is not None:
            self._entrance.wait_for(self._entering)
            self._entering = None
        else:
            self._entrance.carry()

    def _tell_broken(self) -> None:
        if self.hotline.broken:
            code, told = broken_data(self.hotline.broken)
            self.io.call(partial(self.seat.problems.arise, code, **told))

    def run(self) -> int:
        """Show the window and work until it is closed; the exit code."""
        self.start()
        code = self.qt.exec()
        self.stop()
        return code

    def come_forward(self) -> None:
        """Show the window above others: another language makes another window."""
        self.attention.come_forward()

    def stop(self) -> None:
        """Save all there is and end the threads."""
        forget_copied()
        self._ticking.stop()
        self._idleness.stop()
        self.softphone.stop()
        self.bridge.close()
        if self._work is not None:
            self._work.close()
        self.attention.quiet()
        if self.io.loop.is_running():
            self.io.run(self.seat.stop()).result()
        self.io.stop()
        self._collection.stop()

    def _dress(self, language: str, theme: str) -> None:
        use_language(language)
        screen = self.qt.primaryScreen()
        scale = scale_for(screen.availableGeometry().width(), screen.availableGeometry().height())
        use_theme(self.qt, PALETTES[theme], scale)
        self.parts: Parts = build_window(self._settings.practice, self.hotline.screen)
        dress(self.qt)
        self.window: MainWindow = self.parts.window
        self.attention = Attention(self.window, self.softphone.ring)
        self.softphone.attach(self.window)
        parts = self.parts
        parts.sign_in.show_last(self._given.operator, self._settings.seat)
        self._entrance.attach(parts)
        parts.sign_in.other_wanted.connect(self._change_operator)
        parts.sign_in.language_wanted.connect(self._dress_anew)
        self._colouring = Colouring(self.qt, parts, lambda: self.station is None)
        self.window.lock_wanted.connect(self._lock)
        self.window.close_wanted.connect(self._close)
        self.window.close_confirmed.connect(self._leave)
        self.window.desk_wanted.connect(self._other_desk)

    def _dress_anew(self, language: str) -> None:
        if self.station is not None:
            # Locked: what is shown belongs to somebody's work.
            return
        self._exchange_window(language, colours().name)

    def _exchange_window(self, language: str, theme: str) -> None:
        before = self.parts
        # Qt takes the old window away; were Python to collect it, that could be in any thread.
        self._worn.append(before)
        before.window.destroyed.connect(partial(self._worn.remove, before))
        self._dress(language, theme)
        self.window.setGeometry(before.window.geometry())
        self.window.show()
        before.window.let_close()
        before.window.deleteLater()
        self._collection.thaw()

    def _failed(self, failure: BaseException) -> str:
        return problem_sentence("unexpected", id=self._log(failure))

    def _signed_in(self, station: Workstation) -> None:
        self.station = station
        bridge = Bridge(self.io)
        self._work = Work(bridge, self.seat, station, self.parts, self.hotline, self.attention, self._clock)
        self._collection.settle()
        bridge.show(station.reach, lambda reach: self.softphone.show_board(reach.up is True))
        self._idleness.start()
        me = station.identity.operator
        if self._settings.practice and not me.leads:
            bridge.show(station.reach, self._ready_to_practise)
        leads_only = me.leads and self._given.password is not None
        self.window.show_page(Page.LEAD if leads_only else Page.DESK)
        for companion in self.companions:
            companion.attend(bridge, station, self.parts)

    def _change_operator(self) -> None:
        if self._work is None:
            return
        unsaved = [one for one in self.seat.problems.store.value if one.code == "not_saved"]
        if self._work.engaged:
            self.parts.sign_in.show_error(t("session.change_in_call"))
        elif unsaved:
            # Signing out would wait for the disk; the words are on this screen alone.
            self.parts.sign_in.show_error(problem_sentence(unsaved[0].code, **unsaved[0].params))
        else:
            self._entrance.change()

    def _signed_out(self) -> None:
        """Nothing of the former operator stays: neither in the window nor behind it."""
        work, self._work, self.station = self._work, None, None
        for companion in self.companions:
            companion.leave()
        if work is not None:
            work.close()
        self._idleness.stop()
        self.attention.quiet()
        self.softphone.show_board(False)
        forget_copied()
        self._given = Given()
        self._practising = False
        self._exchange_window(language(), colours().name)

    def _ready_to_practise(self, reach: Reach) -> None:
        """Practice callers ring by themselves: nobody has to say that he is ready first."""
        station = self.station
        if reach.up and station is not None and not self._practising:
            self._practising = True
            self.bridge.wish(lambda: station.spawn(station.set_duty(DutyState.READY, None)))

    def _lock(self) -> None:
        station = self.station
        if station is None or self._work is None:
            return
        self._work.desk.commit()
        forget_copied()
        self._entrance.lock(station)

    def _may_lock(self) -> bool:
        """Never while this seat has a call or an open rescue."""
        return self._work is not None and not self._work.engaged

    def _other_desk(self) -> None:
        self.window.show_page(Page.DESK if self.window.page is Page.LEAD else Page.LEAD)

    def _close(self) -> None:
        if self._work is not None and self._work.desk.busy:
            self.window.ask_before_closing(t("window.close_in_call"))
        else:
            self._leave()

    def _leave(self) -> None:
        if self._work is not None:
            self._work.desk.commit()
        self.window.let_close()
        self.qt.quit()

    def _tick(self) -> None:
        now = self._clock.now().astimezone()
        self.window.top_bar.show_now(now)
        self.window.status_bar.show_now(now)
        self.parts.calls.show_now(now)
        self.window.alerts.show_now(now)
        self.parts.lead.show_now(now)
        self.parts.unsent.show_now(now)

    def _unexpected(self, _loop: object, context: dict[str, Any]) -> None:
        failure = context.get("exception") or RuntimeError(context.get("message"))
        self.seat.problems.arise("unexpected", id=self._log(failure))

    def _log(self, failure: BaseException) -> str:
        """Log where it happened, without what it was about: the message may hold words of a caller."""
        name, trace = new_id()[-8:], failure.__traceback__
        places = []
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        _LOG.error("%s %s at %s", name, type(failure).__name__, " < ".join(reversed(places)))
        return name
