"""Open tasks in the words of the hotline: named, masked, with what is missing."""

from console.presenters.times import local
from console.workstation import Workstation
from models.cases.closing import RecordState, Way
from models.cases.open_tasks import OpenTasks, Unclosed, Unfinished
from models.clock import Clock
from models.followups.callback import Callback
from models.followups.followup import Followup
from models.notes.note import NoteState
from models.people.number import mask
from models.referrals.referral import Referral
from resources.enumerations import label
from resources.hotline import Hotline
from resources.texts import language, t
from widgets.base.levels import level_text
from widgets.records.open_view import PlainTask, RescueTask, TaskView, UnclosedTask

_STATES = {RecordState.DRAFT: "care", RecordState.INCOMPLETE: "unsure"}


class TaskViews:
    """Writes them out for whoever is signed in."""

    def __init__(self, station: Workstation, hotline: Hotline, clock: Clock) -> None:
        self._station = station
        self._names = hotline.enumerations
        self._clock = clock
        self._me = station.identity.operator

    def of(self, tasks: OpenTasks) -> TaskView:
        """All of them."""
        due = [*map(self._callback, tasks.callbacks), *map(self._followup, tasks.followups)]
        return TaskView(
            rescues=tuple(map(self._rescue, tasks.rescues)),
            unclosed=tuple(map(self._unclosed, tasks.unclosed)),
            due=tuple(sorted(due, key=lambda one: one.at)),
            unfinished=tuple(map(self._unfinished, tasks.unfinished)),
        )

    def _rescue(self, rescue: Referral) -> RescueTask:
        waiting, wish = rescue.waiting, ""
        if waiting is not None and waiting.by == self._me.id:
            wish = t("records.wish_mine", reason=waiting.detail)
        elif waiting is not None:
            wish = t("records.wish_other", who=self._who(waiting.by), reason=waiting.detail)
        return RescueTask(
            id=rescue.id,
            note=rescue.note,
            target=f"{rescue.target_name} {rescue.place}".strip(),
            state=t(f"referrals.step_{rescue.state}"),
            who=self._who(rescue.author),
            since=local(rescue.opened_at),
            wish=wish,
            may_second=waiting is not None and waiting.by != self._me.id,
        )

    def _unclosed(self, one: Unclosed) -> UnclosedTask:
        note = one.note
        draft = note.state is NoteState.DRAFT
        return UnclosedTask(
            note=note.id,
            call=note.call,
            number=mask(one.number) if one.number else "",
            level=one.peak,
            who=self._who(note.author),
            at=local(note.opened_at),
            missing=ways_text(one.closing.missing),
            draft=draft,
            reason=note.incomplete_reason,
            may_sign=self._me.leads and not draft and note.author != self._me.id,
        )

    def _callback(self, owed: Callback) -> PlainTask:
        text = t("records.due_callback", number=mask(owed.number), why=t(f"followups.why_{owed.why}"))
        return self._due(owed.id, owed, text)

    def _followup(self, owed: Followup) -> PlainTask:
        level = level_text(owed.level or "RX")
        text = t("records.due_follow_up", number=mask(owed.dial), level=level, n=owed.step + 1)
        return self._due(owed.id, owed, text)

    def _due(self, name: str, owed: Callback | Followup, text: str) -> PlainTask:
        late = owed.is_overdue(self._clock.now())
        tag, tone = (t("records.overdue"), "care") if late else (t("records.due"), "plain")
        return PlainTask(name, local(owed.due_at), text, tag, tone)

    def _unfinished(self, one: Unfinished) -> PlainTask:
        text = t(
            "records.unfinished",
            who=self._who(one.author),
            category=label(self._names, "call_category", one.category, language()),
            level=level_text(one.level or "RX"),
        )
        tag, tone = t(f"records.state_{one.state}"), _STATES[one.state]
        return PlainTask(one.note, local(one.opened_at), text, tag, tone, one.note)

    def _who(self, operator: str) -> str:
        if operator == self._me.id:
            return self._me.name
        duties = self._station.shifts.view.value.seats.values()
        return next((duty.name for duty in duties if duty.operator == operator and duty.name), operator)


def ways_text(missing: tuple[Way, ...]) -> tuple[str, ...]:
    """What is missing for each way to close, in words; plan and follow-up are one way."""
    together = Way.PLAN in missing and Way.FOLLOW_UP in missing
    words: list[str] = []
    for way in missing:
        if together and way is Way.PLAN:
            words.append(t("records.way_plan_follow_up"))
        elif not (together and way is Way.FOLLOW_UP):
            words.append(t(f"records.way_{way}"))
    return tuple(words)
