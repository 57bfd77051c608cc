"""The telephone inside the console, for whoever sits here: started, watched, shown, and its troubles told."""

import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from console.presenters.softphone_link import SoftphoneLink
from console.runtime.io_thread import IoThread
from console.runtime.pool import Pool
from console.runtime.problems import Problems
from console.session.secret_store import SecretStore
from console.settings import Settings
from console.softphone.account import AccountError, account
from console.softphone.remembered import remember, remembered
from console.softphone.start import installed
from models.softphone import orders
from models.softphone.devices import Choice
from models.softphone.news import Conversation, Levels, Rings, Trouble, heard
from models.softphone.orders import Account
from models.softphone.phone import Phone, advance
from resources.texts import t
from widgets.calls.keypad import Keypad
from widgets.main_window import MainWindow
from widgets.softphone.bar import PhoneBar
from widgets.softphone.panel import PhonePanel
from widgets.softphone.view import LevelView, PhoneView, Standing

_LOG = logging.getLogger(__name__)
_WIDTH = 460
_PATIENCE_MS = 10_000
"""How long the program of the telephone may take to be there."""
_STANDINGS = {
    Conversation.RINGING: Standing.RINGING,
    Conversation.TALKING: Standing.TALKING,
}


class SoftphonePresenter(QObject):
    """Lives as long as the program; windows come and go. Where none is set up it does nothing."""

    _known = Signal(object)

    def __init__(self, settings: Settings, io: IoThread, problems: Problems, secrets: SecretStore) -> None:
        super().__init__()
        self._settings = settings
        self._io = io
        self._problems = problems
        self._secrets = secrets
        self._folder = Path(settings.data)
        self._phone = Phone()
        self._board_acts = self._over = False
        self._choice = remembered(self._folder)
        self._account: Account | None = None
        self._link: SoftphoneLink | None = None
        self._panel: PhonePanel | None = None
        self._bar: PhoneBar | None = None
        self._up: bool | None = None
        self._rings = False
        self._dialog: dict[str, str] = {}
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(partial(self._tell, "softphone_ended", True))
        self._known.connect(self._begin)

    def attach(self, window: MainWindow) -> None:
        """Show the telephone in this window from now on."""
        if not self._settings.softphone:
            return
        self._panel, self._bar = PhonePanel(), PhoneBar(keypad := Keypad())
        sheet = window.add_sheet(t("softphone.title"), self._panel, _WIDTH)
        window.status_bar.offer(t("softphone.open"), sheet.open_sheet)
        window.add_bar(self._bar)
        self._panel.chosen.connect(self._choose)
        self._panel.test_wanted.connect(lambda use, on: self._order(orders.test(use, on)))
        self._panel.watched.connect(lambda on: self._order(orders.measure(on)))
        self._bar.answer_wanted.connect(lambda: self._order(orders.answer()))
        self._bar.hang_up_wanted.connect(lambda: self._order(orders.hang_up()))
        keypad.pressed.connect(lambda key: self._order(orders.press(key)))
        self._show()

    def start(self) -> None:
        """Let the telephone be there; what it needs is looked for, and what is missing is told."""
        if not self._settings.softphone:
            return
        if not installed():
            self._tell("softphone_absent", True)
            return
        # A secret store may ask the user first, or never answer at all.
        self._patience.start()
        self._io.run(self._look_up())

    def stop(self) -> None:
        """The program ends. A conversation that runs goes on, as it would with a telephone on the desk."""
        self._patience.stop()
        self._over = True
        if self._link is not None:
            self._link.stop(leave=not self.talks)

    @property
    def talks(self) -> bool:
        """Whether a conversation runs over this telephone."""
        return self._phone.call.state is Conversation.TALKING

    def ring(self, on: bool) -> bool:
        """Ring on the loudspeaker or be quiet; False where it cannot, and another way is needed.

        Told to ring once more while nothing has come out since the last time, it cannot.
        """
        again, self._rings = on and self._rings, on
        self._order(orders.ring(on))
        unheard = again and self._phone.registered and not self._phone.rings
        if unheard and Trouble.LOUDSPEAKER_SILENT not in self._phone.troubles:
            self._tell("softphone_stuck", True)
        return self._phone.registered and not unheard

    def show_board(self, acts: bool) -> None:
        """Whether the call panel can act on conversations now."""
        self._board_acts = acts
        self._show()

    async def _look_up(self) -> None:
        pool = Pool()
        address, seat = self._settings.softphone, self._settings.seat
        try:
            self._known.emit(await pool.run(partial(account, address, seat, self._secrets)))
        except AccountError as trouble:
            self._problems.arise(trouble.code)
            self._known.emit(None)
        finally:
            pool.stop()

    def _begin(self, known: Account | None) -> None:
        if self._over:
            return
        self._patience.stop()
        self._tell("softphone_ended", False)
        if known is None:
            return
        self._account = known
        self._link = SoftphoneLink(self._folder, known.address, self._settings.ca)
        self._link.told.connect(self._hear)
        self._link.up.connect(self._came_or_went)
        self._patience.start()
        self._link.start()

    def _came_or_went(self, up: bool) -> None:
        before, self._up = self._up, up
        if up and self._account is not None:
            self._patience.stop()
            self._tell("softphone_ended", False)
            self._order(orders.be(self._account))
            self._order(orders.choose(self._choice))
            if self._dialog:
                self._order(orders.resume(self._dialog))
        elif before:
            self._tell("softphone_ended", True)
            self._tell("softphone_stuck", False)
            self._dialog = dict(self._phone.call.dialog)
            self._see(Phone())

    def _hear(self, line: str) -> None:
        try:
            news = heard(line)
        except ValueError:
            # The program outlives this one: it may be of another version.
            _LOG.warning("the telephone told something that cannot be read")
            return
        if isinstance(news, Levels):
            if self._panel is not None:
                self._panel.show_levels(LevelView(news.microphone, news.headset, news.loudspeaker))
        elif news is not None:
            if isinstance(news, Rings):
                self._tell("softphone_stuck", False)
            self._see(advance(self._phone, news))

    def _see(self, phone: Phone) -> None:
        before, self._phone = self._phone, phone
        for trouble in before.troubles ^ phone.troubles:
            self._tell(trouble, trouble in phone.troubles)
        self._show()

    def _show(self) -> None:
        if self._panel is None or self._bar is None:
            return
        standing = self._standing()
        devices = self._phone.devices
        self._panel.show_phone(PhoneView(standing, devices.microphones, devices.outputs, self._choice))
        self._bar.show_standing(standing, self._board_acts)

    def _standing(self) -> Standing:
        if not self._up:
            return Standing.STARTING
        known = _STANDINGS.get(self._phone.call.state)
        return known or (Standing.READY if self._phone.registered else Standing.AWAY)

    def _choose(self, choice: Choice) -> None:
        self._choice = choice
        self._order(orders.choose(choice))
        try:
            remember(self._folder, choice)
        except OSError:
            # It holds till the program ends; a disk that is full tells so by itself.
            return

    def _order(self, line: str) -> None:
        if self._link is not None:
            self._link.order(line)

    def _tell(self, code: str, stands: bool) -> None:
        self._io.call(self._problems.arise if stands else self._problems.settle, code)
