"""What the note on the desk needs to be closed, and a call-back where danger hung up; live."""

from console.calls.service import LineView
from console.notes.service import Desk
from console.presenters.agreeing import AgreeingPresenter
from console.presenters.bridge import Bridge
from console.presenters.safety_plan import SafetyPlanPresenter
from console.presenters.window import Parts
from console.risk.planning import PlanOnDesk
from console.workstation import Workstation
from models.calls.own_number import own_number
from models.cases.closing import Facts, Way, closing_state, is_reasoned, states_of
from models.cases.open_tasks import OpenTasks
from models.notes.note import Note
from models.referrals.referral import Referral
from models.risk.assessment import Assessment
from models.risk.level import Level
from resources.texts import t
from widgets.base.levels import level_text

_HUNG_UP = "S5"


class ClosingPresenter:
    """Connects the foot of the note; nothing here holds anybody back."""

    def __init__(
        self,
        bridge: Bridge,
        station: Workstation,
        parts: Parts,
        plan: SafetyPlanPresenter,
        agreeing: AgreeingPresenter,
    ) -> None:
        self._bridge, self._station = bridge, station
        self._window = parts.window
        self._finish = parts.note.finish
        self._plan_sheet = plan
        self._agreeing = agreeing
        self._note: Note | None = None
        self._assessment: Assessment | None = None
        self._referrals: tuple[Referral, ...] = ()
        self._plan = PlanOnDesk()
        self._tasks = OpenTasks()
        self._view = LineView()
        self._finish.way_wanted.connect(self._go)
        self._finish.call_back_wanted.connect(self._call_back)
        bridge.show(station.notes.desk, self._show_desk)
        bridge.show(station.risk.assessment, self._show_assessment)
        bridge.show(station.referrals.referrals, self._show_referrals)
        bridge.show(station.plan.desk, self._show_plan)
        bridge.show(station.records.open, self._show_tasks)
        bridge.show(station.calls.view, self._show_calls)

    def _show_desk(self, desk: Desk) -> None:
        self._note = desk.note
        self._look()

    def _show_assessment(self, assessment: Assessment | None) -> None:
        self._assessment = assessment
        self._look()

    def _show_referrals(self, referrals: tuple[Referral, ...]) -> None:
        self._referrals = referrals
        self._look()

    def _show_plan(self, plan: PlanOnDesk) -> None:
        self._plan = plan
        self._look()

    def _show_tasks(self, tasks: OpenTasks) -> None:
        self._tasks = tasks
        self._look()

    def _show_calls(self, view: LineView) -> None:
        self._view = view
        self._look()

    def _look(self) -> None:
        note, assessment = self._note, self._assessment
        mine = assessment if note is not None and assessment and assessment.note == note.id else None
        self._finish.show_closing(closing_state(mine.peak if mine else None, self._facts(note)))
        level = self._danger(note)
        self._finish.show_offer(t("notes.offer_danger", level=level_text(level)) if level else "")

    def _facts(self, note: Note | None) -> Facts:
        if note is None:
            return Facts()
        plan = self._plan.plan
        return Facts(
            referrals=states_of(self._referrals, note.id),
            plan=plan is not None and plan.id == note.id and plan.is_whole,
            followup=note.id in self._tasks.agreed,
            signed=is_reasoned(note) or note.id in self._tasks.signed,
        )

    def _danger(self, note: Note | None) -> str:
        """The last level of the number of a wrong number or hang-up, "" where it is not R3 or R4."""
        if note is None or note.body.category != _HUNG_UP:
            return ""
        call = next((one for one in self._view.calls if one.id == note.call), None)
        number = own_number(call) if call is not None else ""
        if call is not None and not number:
            # What is known of the number of an emergency service is others' danger.
            return ""
        open_here = [one.peak for one in self._tasks.unclosed if number and one.number == number]
        card = self._view.callers.get(note.call)
        known = [*open_here, *([card.last_level] if card else [])]
        return max((level for level in known if level in (Level.R3, Level.R4)), default="")

    def _call_back(self) -> None:
        """Whoever hung up in this note, also where somebody else is on the line by now."""
        about = self._note.call if self._note is not None else ""
        call = next((one for one in self._view.calls if one.id == about), None)
        station = self._station

        async def ask() -> None:
            # The note of a call that has left the desk was opened again.
            record = await station.shelf.record("call", about) if call is None else None
            known = call if record is None else record.entity
            if known is not None:
                station.following.followups.ask_for(known)

        self._bridge.wish(lambda: station.spawn(ask()))

    def _go(self, way: Way) -> None:
        if way is Way.REFERRAL:
            self._window.refer_wanted.emit()
        elif way is Way.PLAN:
            self._plan_sheet.open_plan()
        elif way is Way.FOLLOW_UP:
            self._agreeing.open_sheet()
