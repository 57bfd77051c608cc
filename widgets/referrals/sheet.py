"""The referral sheet: one act that places, names, tells, gives the reason and dials."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from models.referrals.referral import LegalBasis, PlaceBasis
from resources.texts import t
from widgets.base.buttons import IconButton, KeyButton
from widgets.base.card import scrolling
from widgets.base.labels import Label
from widgets.base.segment import Option, Segment
from widgets.referrals.disclosure import Disclosure
from widgets.referrals.places import PlaceChoice
from widgets.referrals.targets import TargetList
from widgets.referrals.view import PlaceView, ReferralView
from widgets.theme import px

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ReferralSheet(QWidget):
    """What lies on the sheet over the right part of the window; the note and the call stay usable beside it.

    A digit takes its target and dials, but never from a text field, and Enter dials nowhere. One referral is
    confirmed once, however often it is pressed. The owner puts the sheet away on
    ``confirmed(target id, place, PlaceBasis, text, LegalBasis)`` and on ``cancelled()``.
    After ``place_chosen(place, PlaceBasis)`` nothing can be dialled until `show_referral` brought the dial
    strings of that place.
    """

    confirmed = Signal(str, str, object, str, object)
    place_chosen = Signal(str, object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: ReferralView | None = None
        self._where: PlaceView | None = None
        self._spent: set[str] = set()
        self._awaits_targets = False
        self.setAccessibleName(t("referrals.title"))
        self._places = PlaceChoice()
        self._places.chosen.connect(self._choose_place)
        self._targets = TargetList()
        self._targets.taken.connect(self._refresh)
        self._told = Disclosure()
        self._basis = self._basis_row()
        self._why = Label(size="small", tone="soft", wrap=True)
        self._missing = Label(size="small", tone="care", strong=True, wrap=True)
        self._confirm = KeyButton("", tone="urgent", big=True)
        self.setFocusProxy(self._targets)
        self._fill()

    def show_referral(self, view: ReferralView) -> None:
        """Show a referral, or the same one again after a place was chosen: what was typed and taken stays."""
        fresh = self._view is None or view.id != self._view.id
        taken = self._targets.target
        self._view = view
        self._where = view.place
        self._awaits_targets = False
        self._places.show_places(view.places, view.place, view.cities)
        self._targets.show_targets(view.targets, taken.id if taken and not fresh else "")
        self._told.show_text(view.text, view.personal, view.withheld, fresh)
        if fresh:
            self._basis.show_choice(view.legal_basis)
        self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a digit as target and go, a letter as place; from a text field neither arrives here."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif _is_typing(QApplication.focusWidget()) or event.isAutoRepeat():
            super().keyPressEvent(event)
        elif event.text().isascii() and event.text().isdigit():
            if self._targets.take(int(event.text())):
                self._go()
        elif not self._places.choose(event.text()):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep Enter from pressing the button that dials: some desktops let it press any button."""
        if watched is self._confirm and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return event.key() in _ENTER
        return super().eventFilter(watched, event)

    def _go(self) -> None:
        self._told.commit()
        view, target = self._view, self._targets.target
        basis = self._basis.choice
        if not self.isVisible() or view is None or target is None or basis is None or self._obstacle():
            self._refresh()
            return
        if view.id in self._spent:
            return
        self._spent.add(view.id)
        place, known = (self._where.place, self._where.basis) if self._where else ("", PlaceBasis.UNKNOWN)
        self.confirmed.emit(target.id, place, known, self._told.text(), LegalBasis(basis))

    def _choose_place(self, place: str, basis: PlaceBasis) -> None:
        if self._where is not None and (place, basis) == (self._where.place, self._where.basis):
            return
        self._where = PlaceView(place, basis)
        self._awaits_targets = True
        self._targets.setFocus(Qt.FocusReason.OtherFocusReason)
        self._refresh()
        self.place_chosen.emit(place, basis)

    def _obstacle(self) -> str:
        target = self._targets.target
        if target is None:
            return t("referrals.no_target")
        if self._awaits_targets:
            return t("referrals.awaits_targets")
        if not target.dial:
            return t("referrals.needs_place")
        return "" if self._basis.choice else t("referrals.needs_basis")

    def _refresh(self) -> None:
        target, digit = self._targets.target, self._targets.digit
        obstacle = self._obstacle()
        self._missing.setText(obstacle)
        self._missing.setVisible(bool(obstacle))
        self._confirm.setEnabled(not obstacle)
        emergency = self._basis.choice == LegalBasis.EMERGENCY
        self._why.setText(t("referrals.law_emergency") if emergency else "")
        self._why.setVisible(emergency)
        if target is not None:
            label = "referrals.join" if target.emergency else "referrals.contact"
            self._confirm.show_label(t(label, name=target.short), t("referrals.press", digit=digit))
            self._confirm.show_tone("urgent" if target.emergency else "accent")

    def _basis_row(self) -> Segment:
        options = [Option(basis, t(f"referrals.law_is_{basis}"), tone="accent") for basis in LegalBasis]
        segment = Segment(options, t("referrals.legal_basis"))
        segment.chosen.connect(lambda _: self._refresh())
        segment.cleared.connect(self._refresh)
        return segment

    def _fill(self) -> None:
        basis = QHBoxLayout()
        basis.setSpacing(px(8))
        basis.addWidget(Label(t("referrals.legal_basis"), tone="soft"))
        basis.addWidget(self._basis)
        basis.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addLayout(self._head())
        column.addWidget(self._places)
        column.addWidget(scrolling(self._targets), 1)
        column.addWidget(self._told)
        column.addLayout(basis)
        column.addWidget(self._why)
        column.addWidget(self._missing)
        column.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        close = IconButton("close", t("base.close_named", what=t("referrals.title")))
        close.clicked.connect(self.cancelled)
        head = QHBoxLayout()
        head.addWidget(Label(t("referrals.title"), size="title", strong=True), 1)
        head.addWidget(close)
        return head

    def _foot(self) -> QHBoxLayout:
        cancel = KeyButton(t("referrals.cancel"), "Esc")
        cancel.setFixedSize(px(120), px(46))
        cancel.clicked.connect(self.cancelled)
        self._confirm.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._confirm.clicked.connect(self._go)
        self._confirm.installEventFilter(self)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(cancel)
        foot.addWidget(self._confirm, 1)
        return foot


def _is_typing(widget: QWidget | None) -> bool:
    return widget is not None and widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
