"""The right side of the lead's desk: a record in full, or how dangerous a running conversation is."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.card import scrolling
from widgets.base.labels import Label
from widgets.base.later import Later
from widgets.base.read_only import ReadOnly
from widgets.base.segment import Option, Segment
from widgets.lead.reading import Reading
from widgets.theme import px

_RECORD, _RISK = "record", "risk"


class Side(QWidget):
    """Shows one of the two; the live panel is another capability's, and here for reading alone."""

    def __init__(self, reading: Reading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading = reading
        self._heading = Label(strong=True, wrap=True)
        self._hint = Label(tone="care", strong=True, wrap=True)
        self._panel: Later[QWidget] | None = None
        self._live: ReadOnly | None = None
        options = [Option(each, t(f"lead.side_{each}"), tone="accent") for each in (_RECORD, _RISK)]
        self._choice = Segment(options, t("lead.side"))
        self._choice.chosen.connect(self._turn)
        self._pages = QStackedWidget()
        self._pages.addWidget(reading)
        self._risk = QWidget()
        self._column = QVBoxLayout(self._risk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self._choice)
        column.addWidget(self._pages, 1)
        self.show_live("", "")

    def take_live(self, panel: Later[QWidget]) -> None:
        """The panel that shows the risk, whosever it is; it is made with the first conversation."""
        self._panel = panel
        column = self._column
        column.setContentsMargins(0, 0, px(6), 0)
        column.setSpacing(px(6))
        for part in (self._heading, self._hint):
            column.addWidget(part)
        column.addStretch(1)
        self._pages.addWidget(scrolling(self._risk))

    def show_live(self, heading: str, hint: str) -> None:
        """Say whose conversation the panel is about, "" for none, and what is not known of it yet."""
        if heading and self._panel is not None and self._live is None:
            self._make(self._panel)
        self._choice.setVisible(bool(heading))
        self._heading.setText(heading)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        if self._live is not None:
            # A panel in which nothing is answered would say that nobody asked: it is not known here.
            self._live.setVisible(not hint)
            self._live.close_off()
        if not heading:
            self._turn(_RECORD)

    def open_live(self) -> None:
        """Turn to the risk."""
        self._turn(_RISK)

    def _make(self, panel: Later[QWidget]) -> None:
        self._live = ReadOnly(panel.made)
        self._column.insertWidget(self._column.indexOf(self._hint) + 1, self._live)

    def _turn(self, to: str) -> None:
        self._choice.show_choice(to)
        place = 1 if to == _RISK and self._pages.count() > 1 else 0
        self._pages.setCurrentIndex(place)
