"""What was typed of ages and days, understood and offered beside the note."""

from datetime import date

from console.notes.service import Desk
from console.presenters.bridge import Bridge
from console.presenters.times import local
from console.presenters.window import Parts
from console.workstation import Workstation
from models.clock import Clock
from models.notes.note import NoteBody
from models.notes.spoken import Moment, band_of
from resources import spoken
from resources.enumerations import Enumerations, label
from resources.texts import language, t
from widgets.notes.offered import Offered, OfferView

_BAND = "age_band"
_MOST = 600
"""Characters at the end of a text that are looked at: what was typed just now."""
_DAYS = 3


class OfferedPresenter:
    """Looks at what is being typed; nothing of a form changes until somebody says so."""

    def __init__(
        self, bridge: Bridge, station: Workstation, parts: Parts, names: Enumerations, clock: Clock
    ) -> None:
        self._note = parts.note
        self._names = names
        self._clock = clock
        self._speech = spoken.load()
        self._body = NoteBody()
        self._shown = ""
        self._offered = Offered()
        parts.note.take_beside(self._offered)
        parts.note.edited.connect(self._look)
        parts.note.log_edited.connect(self._look)
        self._offered.taken.connect(self._take)
        bridge.show(station.notes.desk, self._show_desk)

    def _show_desk(self, desk: Desk) -> None:
        note = desk.note
        self._body = note.body if note else NoteBody()
        if (note.id if note else "") != self._shown:
            self._shown = note.id if note else ""
            self._offered.show_offer((), None)

    def _look(self, _key: str, value: object) -> None:
        if isinstance(value, str):
            text = value[-_MOST:]
            days = self._speech.moments_in(text, local(self._clock.now()).date())
            self._offered.show_offer([_said(one) for one in days[-_DAYS:]], self._offer(text))

    def _offer(self, text: str) -> OfferView | None:
        age = self._speech.age_in(text)
        if age is None or self._body.values.get(_BAND):
            return None
        band = band_of(age, [choice.code for choice in self._names[_BAND]])
        if not band:
            return None
        return OfferView(
            _BAND, band, t("notes.offer_age", age=age, band=label(self._names, _BAND, band, language()))
        )

    def _take(self, key: str, value: str) -> None:
        self._note.papers.front.pages.put_value(key, value)
        self._offered.show_offer((), None)


def _said(moment: Moment) -> str:
    key = "notes.offer_about" if moment.about else "notes.offer_day"
    return t(key, words=moment.words, day=_day(moment.day), time=moment.time).strip()


def _day(day: date) -> str:
    return t("notes.offer_date", day=f"{day:%m-%d}", weekday=t(f"notes.weekday_{day.weekday()}"))
