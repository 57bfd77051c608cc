"""The quick screen and, a key away, the other instruments in the same room."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.risk.assessment import Assessment
from models.risk.questionnaire import Instruments, Questionnaire
from models.risk.scoring import result_opens
from resources.texts import language, t
from widgets.base.segment import Option, Segment
from widgets.risk.screen import QuickScreen
from widgets.risk.track import Track
from widgets.theme import px

_SCREEN = "quick_screen"


class Tracks(QWidget):
    """Shows one instrument at a time; ``responded(instrument, item, value)`` tells an answer.

    Each takes the room of the quick screen: what stands below never moves.
    """

    responded = Signal(str, str, str)

    def __init__(self, screen: QuickScreen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._assessment: Assessment | None = None
        self._instruments = Instruments()
        self._tabs: Segment | None = None
        self._tracks: dict[str, Track] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(2))
        self._column.addWidget(screen)

    def show_instruments(self, instruments: Instruments) -> None:
        """Offer these, each made when it is asked for the first time."""
        if instruments == self._instruments:
            return
        self._instruments = instruments
        options = [Option(_SCREEN, t("risk.track_screen"), "", "accent", t("risk.screen"))]
        options += [
            Option(one.id, one.short.label(language()), "", "accent", one.name.label(language()))
            for one in instruments.questionnaires
        ]
        self._tabs = Segment(options, t("risk.tracks"))
        self._tabs.show_choice(_SCREEN)
        self._tabs.chosen.connect(self._open)
        self._tabs.cleared.connect(lambda: self._show_track(_SCREEN))
        self._column.insertWidget(0, self._tabs)

    def show_assessment(self, assessment: Assessment | None) -> None:
        """Show what is known in each."""
        self._assessment = assessment
        for track in self._tracks.values():
            track.show_assessment(assessment)

    def take_focus(self) -> None:
        """Go to the first item of the quick screen that was not asked: it is one key away from everywhere."""
        self._show_track(_SCREEN)
        self._screen.take_focus()

    def _open(self, name: str) -> None:
        """Show what was chosen, and go to what is open in it."""
        asked = self._instruments.find(name)
        if asked is not None and name not in self._tracks:
            self._tracks[name] = self._made(asked)
        self._show_track(name)
        (self._tracks.get(name) or self._screen).take_focus()

    def _made(self, asked: Questionnaire) -> Track:
        track = Track(asked, self._instruments)
        track.show_assessment(self._assessment)
        track.responded.connect(lambda item, value: self._tell(asked, item, value))
        track.setFixedHeight(self._screen.sizeHint().height())
        self._column.addWidget(track)
        return track

    def _tell(self, asked: Questionnaire, item: str, value: str) -> None:
        """Tell an answer; one that calls for the quick screen leads to it."""
        self.responded.emit(asked.id, item, value)
        scale = self._instruments.scale(asked.id)
        if scale is not None and result_opens(asked, scale, item, value):
            self.take_focus()

    def _show_track(self, name: str) -> None:
        if self._tabs is not None:
            self._tabs.show_choice(name)
        self._screen.setVisible(name == _SCREEN)
        for each, track in self._tracks.items():
            track.setVisible(each == name)
