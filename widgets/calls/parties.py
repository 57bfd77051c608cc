"""Who is in the call beside caller and operator, and how far each has come."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.calls.call import PartyPhase
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import clear, row
from widgets.base.durations import elapsed_seconds, short_text
from widgets.base.labels import ElidedLabel, Label, StatusDot
from widgets.calls.view import PartyView
from widgets.theme import px

_TONES = {
    PartyPhase.INVITED: ("care", "care"),
    PartyPhase.RINGING: ("care", "care"),
    PartyPhase.JOINED: ("good", "good"),
    PartyPhase.LEFT: ("text_faint", "soft"),
}


class _PartyRow(QWidget):
    def __init__(self, party: PartyView) -> None:
        super().__init__()
        dot, tone = _TONES[party.phase]
        self._party = party
        self._state = Label(size="small", tone=tone)
        name = ElidedLabel(f"{party.name}  {party.dial}".strip(), strong=party.phase is PartyPhase.JOINED)
        self.drop = KeyButton(t("handing.drop"), tone="link", name=t("handing.drop_named", name=party.name))
        self.drop.set_compact()
        # A number that is cut is none: it has a line of its own, and the state stands under it.
        first, second = row(StatusDot(dot), name, gap=6), row(self._state, self.drop, gap=6)
        first.setStretch(1, 1)
        second.setStretch(0, 1)
        second.setContentsMargins(px(14), 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(first)
        layout.addLayout(second)
        # Not before it has its place: it would flash up as a window of its own.
        self.drop.setVisible(party.phase is not PartyPhase.LEFT)

    def show_now(self, now: datetime) -> None:
        party = self._party
        if party.phase is PartyPhase.LEFT:
            text = t(f"calls.left_{party.cause}") if party.cause else t("calls.party_left")
        else:
            passed = short_text(elapsed_seconds(party.since, now))
            text = t(f"calls.party_{party.phase.name.lower()}", passed=passed)
        self._state.setText(text)


class Parties(QWidget):
    """The third parties of one call, each with its state and for how long; ``drop_wanted`` names one."""

    drop_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[PartyView, ...] = ()
        self._rows: list[_PartyRow] = []
        self._line_up = True
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, px(4), 0, 0)
        self._column.setSpacing(px(4))
        self.setAccessibleName(t("calls.parties"))
        self.hide()

    def show_parties(self, parties: tuple[PartyView, ...]) -> None:
        """Show these; without any it takes no room."""
        if parties != self._shown:
            self._shown = parties
            clear(self._column)
            self._rows = [_PartyRow(party) for party in parties]
            for party, party_row in zip(parties, self._rows, strict=True):
                party_row.drop.clicked.connect(partial(self.drop_wanted.emit, party.id))
                party_row.drop.setEnabled(self._line_up)
                self._column.addWidget(party_row)
        self.setVisible(bool(parties))

    def show_line(self, up: bool) -> None:
        """Act only while there is a line to act on."""
        self._line_up = up
        for party_row in self._rows:
            party_row.drop.setEnabled(up)

    def show_now(self, now: datetime) -> None:
        """Bring the times up to a moment."""
        for party_row in self._rows:
            party_row.show_now(now)
