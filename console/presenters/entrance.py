"""Signing in, locking, unlocking and the change of operator, between the page and the seat."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

from console.presenters.bars import problem_sentence
from console.presenters.bridge import Bridge
from console.presenters.window import Parts
from console.runtime.io_thread import IoThread
from console.seat import Seat
from console.session.service import SignInRefused
from console.workstation import Workstation
from resources.texts import t
from widgets.main_window import Page
from widgets.session.view import SignIn

_CODE_WANTED = "code_wanted"
_FORMER_WANTED = ("former_password_wanted", "former_password_wrong")


class Entrance:
    """Nobody is at work, or somebody is and may have locked the screen.

    `entered` hears of a new operator's workstation, `left` that the former one is gone, `failed` of a bug and
    answers with its sentence.
    """

    def __init__(
        self,
        io: IoThread,
        seat: Seat,
        bridge: Bridge,
        entered: Callable[[Workstation], object],
        left: Callable[[], object],
        failed: Callable[[BaseException], str],
    ) -> None:
        self._io = io
        self._seat = seat
        self._bridge = bridge
        self._entered = entered
        self._left = left
        self._failed = failed
        self._occupied = False
        self._back = Page.DESK
        self._told = ""
        """The password that nobody typed and nobody knows, as in practice: a lock asks for it filled in."""

    def attach(self, parts: Parts) -> None:
        """Work with this window from now on."""
        self._parts = parts
        parts.sign_in.sign_in_wanted.connect(self._sign_in)

    def knock(self, operator: str, tell: Callable[[], str], seat: str) -> "Future[Workstation]":
        """Begin to sign somebody in, whose password may be waited for, while the window is being built."""

        def told() -> str:
            self._told = tell()
            return self._told

        return self._io.run(self._seat.sign_in(operator, told, seat))

    def wait_for(self, entering: "Future[Workstation]") -> None:
        """Show that somebody is being signed in, and how it ends."""
        self._parts.sign_in.show_busy(True)
        self._when_done(entering, self._signed_in)

    def lock(self, station: Workstation) -> None:
        """Hide everything until the password comes; the courier is brought up to date."""
        page = self._parts.window.page
        if page is Page.SIGN_IN:
            return
        self._back = page
        me = station.identity
        self._parts.sign_in.show_locked(me.operator.id, me.seat, self._told)
        self._parts.window.show_page(Page.SIGN_IN)
        self._when_done(self._io.run(self._seat.lock()), _nothing)

    def carry(self) -> None:
        """Deliver what somebody left behind here."""
        self._when_done(self._io.run(self._seat.carry()), _nothing)

    def change(self) -> None:
        """Sign the operator out completely; the next one finds the page to sign in."""
        self._parts.sign_in.show_busy(True, t("session.leaving"))
        self._when_done(self._io.run(self._seat.sign_out()), self._signed_out)

    def _sign_in(self, wish: SignIn) -> None:
        self._parts.sign_in.show_busy(True)
        if self._occupied:
            unlocking = self._seat.unlock(wish.password, wish.code, wish.former)
            self._when_done(self._io.run(unlocking), self._unlocked)
        else:
            entering = self._seat.sign_in(
                wish.operator, lambda: wish.password, wish.seat, wish.code, wish.former
            )
            self._when_done(self._io.run(entering), self._signed_in)

    def _signed_in(self, station: Workstation) -> None:
        self._occupied = True
        self._parts.sign_in.show_busy(False)
        self._entered(station)

    def _signed_out(self, _nothing: None) -> None:
        self._occupied, self._told = False, ""
        self._left()

    def _unlocked(self, right: bool) -> None:
        if right:
            self._parts.sign_in.show_busy(False)
            self._parts.window.show_page(self._back)
        else:
            self._parts.sign_in.show_error(problem_sentence("sign_in_refused"))

    def _when_done(self, work: "Future[Any]", then: Callable[[Any], None]) -> None:
        def done(ended: "Future[Any]") -> None:
            if ended.cancelled():
                return
            trouble = ended.exception()
            if isinstance(trouble, asyncio.CancelledError):
                return
            if trouble is not None:
                self._bridge.post(partial(self._show, trouble))
            else:
                self._bridge.post(partial(then, ended.result()))

        work.add_done_callback(done)

    def _show(self, trouble: BaseException) -> None:
        page = self._parts.sign_in
        if not isinstance(trouble, SignInRefused):
            page.show_error(self._failed(trouble))
            return
        sentence = problem_sentence(trouble.code, **trouble.params)
        if trouble.code == _CODE_WANTED:
            page.ask_code(sentence)
        elif trouble.code in _FORMER_WANTED:
            page.ask_former(sentence)
        else:
            page.show_error(sentence)


def _nothing(_done: None) -> None:
    """What was done shows elsewhere."""
