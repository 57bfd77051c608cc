"""The ladder for a silent caller, between the call panel and the note on the desk."""

from console.notes.service import Desk
from console.presenters.bridge import Bridge
from console.presenters.times import local
from console.presenters.window import Parts
from console.workstation import Workstation
from models.notes.ladder import Step, marks_of
from resources.hotline import Hotline
from resources.texts import language, t
from widgets.calls.ladder import StepView
from widgets.notes.view import MarkView


class LadderPresenter:
    """A mark is a line of the course with its time; what is shown is what the note has."""

    def __init__(self, bridge: Bridge, station: Workstation, parts: Parts, hotline: Hotline) -> None:
        self._bridge = bridge
        self._station = station
        self._ladder = hotline.ladder
        self._shown = parts.calls.ladder
        self._shown.marked.connect(self._mark)
        self._shown.said.connect(self._say)
        self._note = parts.note
        self._note.marked.connect(self._mark)
        bridge.show(station.notes.desk, self._show)

    def _show(self, desk: Desk) -> None:
        marks = marks_of(self._ladder, desk.note.body.log) if desk.note else {}
        steps = tuple(
            StepView(one.id, one.label(language()), local(marks[one.id]) if one.id in marks else None)
            for one in self._ladder.steps
        )
        self._note.papers.show_marks(
            [
                MarkView(one.id, one.label, f"{one.at.astimezone():%H:%M:%S}" if one.at else "")
                for one in steps
            ]
        )
        note = t("ladder.confirmed" if self._ladder.confirmed else "ladder.unconfirmed")
        self._shown.show_steps(steps, note)

    def _mark(self, step: str) -> None:
        known = next(one for one in self._ladder.steps if one.id == step)
        self._bridge.wish(self._keep, known.label(language()), known, self._note.note)

    def _say(self, words: str) -> None:
        self._bridge.wish(self._keep, words, None, self._note.note)

    def _keep(self, words: str, step: Step | None, note: str) -> None:
        notes = self._station.notes
        if notes.add_log_line(words, note) is None:
            return
        if step is not None and step.category:
            notes.choose_category(step.category, note)
        notes.leave()
