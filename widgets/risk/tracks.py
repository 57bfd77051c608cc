"""The quick screen and, a key away, the other instruments in the same room."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from models.risk.assessment import Assessment
from models.risk.questionnaire import Instruments, Questionnaire
from models.risk.scoring import result_opens
from models.risk.standing import SCREEN
from resources.texts import language, t
from widgets.base.segment import Option, Segment
from widgets.risk.asking import AskingWords
from widgets.risk.course import Course
from widgets.risk.screen import QuickScreen
from widgets.risk.track import Track
from widgets.theme import px


class Tracks(QWidget):
    """Shows one instrument at a time; ``responded(instrument, item, value)`` tells an answer.

    Each takes the room of the quick screen: what stands below never moves. So does `course`, how all of it
    came about. ``nothing_open`` says that no item is left where the keys asked for the next one.
    """

    responded = Signal(str, str, str)
    nothing_open = Signal()

    def __init__(self, screen: QuickScreen, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._course = course
        self._assessment: Assessment | None = None
        self._instruments = Instruments()
        self._tabs: Segment | None = None
        self._tracks: dict[str, Track] = {}
        self._shown = SCREEN
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(2))
        self._column.addWidget(screen)
        self._column.addWidget(course)
        course.hide()
        self._words = AskingWords(self)
        self._listen(SCREEN, screen)

    def show_instruments(self, instruments: Instruments) -> None:
        """Offer these, each made when it is asked for the first time."""
        if instruments == self._instruments:
            return
        self._instruments = instruments
        self._words.show_instruments(instruments)
        self._course.show_instruments(instruments)
        self._screen.head.offer_words(self._words.offers(SCREEN))
        options = [Option(SCREEN, t("risk.track_screen"), "", "accent", t("risk.screen"))]
        options += [
            Option(one.id, one.short.label(language()), "", "accent", one.name.label(language()))
            for one in instruments.questionnaires
        ]
        self._tabs = Segment(options, t("risk.tracks"))
        self._tabs.show_choice(SCREEN)
        self._tabs.chosen.connect(self._open)
        self._tabs.cleared.connect(lambda: self._show_track(SCREEN))
        self._column.insertWidget(0, self._tabs)

    def show_assessment(self, assessment: Assessment | None) -> None:
        """Show what is known in each; another conversation begins with the quick screen."""
        before, self._assessment = self._assessment, assessment
        if (before.id if before else "") != (assessment.id if assessment else ""):
            self._begin()
        for track in self._tracks.values():
            track.show_assessment(assessment)
        self._course.show_assessment(assessment)

    def take_focus(self) -> None:
        """Go to the first item of the quick screen that was not asked: it is one key away from everywhere."""
        self._show_track(SCREEN)
        self._screen.take_focus()

    def go_to_next_open(self) -> None:
        """Go to the next item without an answer: in what is shown, in the screen, then in what was begun."""
        begun = {one.instrument for one in self._assessment.responses} if self._assessment else set[str]()
        others = [one.id for one in self._instruments.questionnaires if one.id in begun]
        for name in dict.fromkeys((self._shown, SCREEN, *others)):
            page = self._page(name)
            if page is not None and page.items.has_open:
                self._show_track(name)
                page.items.go_to_next_open()
                return
        self.nothing_open.emit()

    def open_or_close_course(self) -> None:
        """Show how it came about in the place of the items, or the items again."""
        if self._course.isHidden():
            self._words.put_away()
            for page in (self._screen, *self._tracks.values()):
                page.hide()
            self._course.setFixedHeight(self._screen.sizeHint().height())
            self._course.open_up()
        else:
            self._show_track(self._shown)
            (self._page(self._shown) or self._screen).take_focus()

    def _page(self, name: str) -> "QuickScreen | Track | None":
        """What shows an instrument, made where it was not yet."""
        if name == SCREEN:
            return self._screen
        asked = self._instruments.find(name)
        if asked is not None and name not in self._tracks:
            self._tracks[name] = self._made(asked)
        return self._tracks.get(name)

    def _open(self, name: str) -> None:
        """Show what was chosen, and go to what is open in it."""
        page = self._page(name) or self._screen
        self._show_track(name)
        page.take_focus()

    def _turn(self, name: str, step: int) -> None:
        """Go to the instrument beside this one; after the last comes the first."""
        names = [SCREEN, *(one.id for one in self._instruments.questionnaires)]
        self._open(names[(names.index(name) + step) % len(names)])

    def _made(self, asked: Questionnaire) -> Track:
        track = Track(asked, self._instruments)
        track.show_assessment(self._assessment)
        track.responded.connect(lambda item, value: self._tell(asked, item, value))
        track.setFixedHeight(self._screen.sizeHint().height())
        track.head.offer_words(self._words.offers(asked.id))
        self._listen(asked.id, track)
        self._column.addWidget(track)
        return track

    def _listen(self, name: str, page: QuickScreen | Track) -> None:
        page.head.next_wanted.connect(self.go_to_next_open)
        page.items.turned.connect(lambda step: self._turn(name, step))
        page.items.words_wanted.connect(lambda item, row: self._words.open_or_close(name, item, row))
        page.items.gone_to.connect(lambda _row: self._words.put_away())

    def _tell(self, asked: Questionnaire, item: str, value: str) -> None:
        """Tell an answer; one that calls for the quick screen leads to it."""
        self.responded.emit(asked.id, item, value)
        scale = self._instruments.scale(asked.id)
        if scale is not None and result_opens(asked, scale, item, value):
            self.take_focus()

    def _begin(self) -> None:
        """A key that was meant for what is put away here is no answer anywhere else."""
        focused = QApplication.focusWidget()
        away = self._tracks.get(self._shown)
        typing = away is not None and focused is not None and away.isAncestorOf(focused)
        self._show_track(SCREEN)
        if typing and self._tabs is not None:
            self._tabs.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_track(self, name: str) -> None:
        self._shown = name
        self._words.put_away()
        self._course.hide()
        if self._tabs is not None:
            self._tabs.show_choice(name)
        self._screen.setVisible(name == SCREEN)
        for each, track in self._tracks.items():
            track.setVisible(each == name)
