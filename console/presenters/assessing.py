"""The risk panel of the desk: what was just answered in it counts before the service knows of it."""

from collections.abc import Callable, Mapping
from functools import partial

from console.presenters.bridge import Bridge
from console.workstation import Workstation
from models.clock import Clock
from models.ids import new_id
from models.notes.note import Note
from models.operation import Operation
from models.risk.assessment import Assessment
from models.risk.imminent import is_news
from models.risk.level import Level
from models.risk.questionnaire import Instruments
from models.risk.quick_screen import AskState, Item
from models.risk.reduce import reduce
from models.risk.trail import Ground
from widgets.risk.panel import RiskPanel

Act = tuple[str, Mapping[str, object]]
"""The kind of an act and what it says."""


class Assessing:
    """Tells each answer to the service and shows what it publishes, never one from before the last answer."""

    def __init__(
        self, bridge: Bridge, station: Workstation, panel: RiskPanel, instruments: Instruments, clock: Clock
    ) -> None:
        self._bridge = bridge
        self._station = station
        self._panel = panel
        self._instruments = instruments
        self._clock = clock
        self._note = ""
        self._acts = 0
        self._unheard: dict[int, Act] = {}
        self._late: Assessment | None = None
        self._shown: Callable[[Assessment | None], object] = lambda _: None

    def start(self, shown: Callable[[Assessment | None], object]) -> None:
        """Connect the panel and the service; `shown` hears of each assessment that is shown."""
        self._shown = shown
        panel, risk = self._panel, self._station.risk
        panel.show_instruments(self._instruments)
        panel.answered.connect(self._answer)
        panel.judged.connect(lambda level: self._do(risk.judge, ("risk.judge", {"level": level}), level))
        panel.responded.connect(self._respond)
        panel.rated.connect(lambda *rated: self._bridge.wish(risk.rate, *rated, self._note))
        panel.lower_wanted.connect(lambda *wish: self._bridge.wish(risk.lower, *wish, self._note))
        self._bridge.show(risk.assessment, self._show)

    def seen(self, note: Note) -> Assessment | None:
        """The assessment of an open note as it is before the eyes, with what the note itself says.

        None where none is at hand.
        """
        known = self._station.risk.of_note(note.id)
        if known is None:
            return None
        for act in self._unheard.values() if note.id == self._note else ():
            known = self._after(known, act)
        if is_news(known, note.body.category, note.body.values):
            known = self._after(known, ("risk.judge", {"level": Level.R4, "ground": Ground.IMMINENT}))
        return known

    def _answer(self, item: Item, state: AskState) -> None:
        said = ("risk.answer", {"item": item, "state": state})
        self._do(self._station.risk.answer, said, item, state)

    def _respond(self, instrument: str, item: str, value: str) -> None:
        asked = self._instruments.find(instrument)
        content = {"instrument": instrument, "version": asked.version if asked else 0}
        said = ("risk.respond", {**content, "item": item, "value": value})
        self._do(self._station.risk.respond, said, instrument, item, value)

    def _do(self, wish: Callable[..., object], act: Act, *arguments: object) -> None:
        """For the assessment in sight, whichever comes to the front before it is heard."""
        self._acts += 1
        self._unheard[self._acts] = act
        self._bridge.wish(wish, *arguments, self._note)
        # The word that it was heard comes behind all that the assessment was before.
        self._bridge.wish(self._bridge.post, partial(self._hear, self._acts))

    def _hear(self, act: int) -> None:
        self._unheard.pop(act, None)
        late = self._late
        if late is not None and not self._unheard:
            self._show(late)

    def _show(self, assessment: Assessment | None) -> None:
        if assessment is not self._station.risk.assessment.value:
            return
        note = assessment.note if assessment else ""
        if note != self._note:
            self._unheard.clear()
        elif self._unheard:
            # It may be from before the latest answer, which it would take out of sight again.
            self._late = assessment
            return
        self._note, self._late = note, None
        self._panel.show_assessment(assessment)
        self._shown(assessment)

    def _after(self, known: Assessment, act: Act) -> Assessment:
        kind, content = act
        place = {"note": known.note, "call": known.call, "site": known.site, "n": known.last_n + 1}
        operation = Operation(new_id(), kind, known.id, known.author, self._clock.now(), {**place, **content})
        return reduce(known, operation, 0).entity or known
