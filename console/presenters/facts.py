"""What stands elsewhere about the call of the note in front: its plan, its follow-up, its mark."""

from collections.abc import Iterable

from console.cases.marks import Standing
from console.followups.owing import Due
from console.notes.service import Desk
from console.noticing import Notice
from console.presenters.bridge import Bridge
from console.presenters.times import local
from console.presenters.window import Parts
from console.workstation import Workstation
from models.cases.caller_plan import Limits
from models.followups.followup import Followup
from models.notes.note import Note
from models.people.number import mask
from resources.texts import t
from widgets.cases.notice import limits_words
from widgets.notes.facts import Fact, Facts

_REPEAT = "S2"
_MOST_DATES = 3


class FactsPresenter:
    """Says it under the fields of the note, where the form would ask for it again."""

    def __init__(self, bridge: Bridge, station: Workstation, parts: Parts) -> None:
        self._facts = Facts()
        parts.note.take_beside(self._facts)
        self._note: Note | None = None
        self._due, self._notice = Due(), Notice()
        self._marks: tuple[Standing, ...] = ()
        following = station.following
        bridge.show(station.notes.desk, self._show_desk)
        bridge.show(following.owing.due, self._show_due)
        bridge.show(following.noticing.notice, self._show_notice)
        bridge.show(following.marks.marks, self._show_marks)

    def _show_desk(self, desk: Desk) -> None:
        self._note = desk.note
        self._show()

    def _show_due(self, due: Due) -> None:
        self._due = due
        self._show()

    def _show_notice(self, notice: Notice) -> None:
        self._notice = notice
        self._show()

    def _show_marks(self, marks: tuple[Standing, ...]) -> None:
        self._marks = marks
        self._show()

    def _show(self) -> None:
        note = self._note
        self._facts.show_facts(tuple(self._of(note)) if note else ())

    def _of(self, note: Note) -> Iterable[Fact]:
        if note.body.category == _REPEAT:
            yield from self._plan(note)
        for one in self._due.owed:
            if isinstance(one, Followup) and one.note == note.id:
                yield _agreed(one)
        for each in self._marks:
            if each.mark.call == note.call:
                state = t(f"callers.mark_{each.state}")
                yield Fact(t("notes.fact_mark", state=state, reason=each.mark.reason))

    def _plan(self, note: Note) -> Iterable[Fact]:
        """A repeat caller's plan, or that there is none: nobody looks for it in vain."""
        notice = self._notice
        stands = notice.plan.in_force if notice.plan and notice.call == note.call else None
        if stands is None:
            yield Fact(t("notes.fact_no_plan"))
            return
        yield Fact(t("callers.plan", words=" ".join(stands.text.approach.split())), "accent")
        if notice.limits is not Limits.NONE:
            tone = "urgent" if notice.limits is Limits.RISK else "accent"
            yield Fact(limits_words(notice.limits, stands.text.limits), tone)


def _agreed(one: Followup) -> Fact:
    dates = [f"{local(at):%m-%d %H:%M}" for at in one.due[one.step :][:_MOST_DATES]]
    if len(one.due) - one.step > _MOST_DATES:
        dates.append("…")
    said = (t("notes.fact_dates", dates=t("notes.open_separator").join(dates)), mask(one.dial))
    return Fact(t("notes.open_separator").join(part for part in said if part))
