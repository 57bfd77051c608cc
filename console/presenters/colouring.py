"""The colours of the running window, exchanged at any time: nothing is made anew, what is typed stays."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from console.presenters.window import Parts
from resources.texts import t
from widgets.theme import PALETTES, colours, recolour

_RANK = 9


class Colouring:
    """Listens to the page to sign in, and to the bar at the bottom while somebody works.

    The language cannot be exchanged so: each word is written when its part is made.
    """

    def __init__(self, app: QApplication, parts: Parts, may: Callable[[], bool]) -> None:
        self._app = app
        self._page = parts.sign_in
        self._may = may
        parts.sign_in.theme_wanted.connect(self._choose)
        other = parts.window.status_bar.offer(t("session.other_theme"), self._turn, _RANK)
        other.setToolTip(t("session.other_theme_kept"))

    def _choose(self, theme: str) -> None:
        # A locked page belongs to somebody's work: nobody else changes it.
        if self._may():
            self._show(theme)

    def _turn(self) -> None:
        names = tuple(PALETTES)
        self._show(names[(names.index(colours().name) + 1) % len(names)])

    def _show(self, theme: str) -> None:
        recolour(self._app, PALETTES[theme])
        self._page.show_theme(theme)
