"""All that shows one operator's work; closed as a whole when the operator leaves."""

from functools import partial

from console.cases.service import Opened
from console.presenters.afterwards import afterwards
from console.presenters.agreeing import AgreeingPresenter
from console.presenters.alert_sound import AlertSoundPresenter
from console.presenters.alerts import AlertsPresenter
from console.presenters.answering import answer_from_lead_desk
from console.presenters.attention import Attention
from console.presenters.bars import Bars, problem_sentence
from console.presenters.beside import BesidePresenter
from console.presenters.bridge import Bridge
from console.presenters.callers import CallersPresenter
from console.presenters.case import CasePresenter
from console.presenters.closing import ClosingPresenter
from console.presenters.desk import DeskPresenter
from console.presenters.facts import FactsPresenter
from console.presenters.followups import FollowupsPresenter
from console.presenters.form_previewing import FormPreviewing
from console.presenters.handing import HandingPresenter
from console.presenters.ladder import LadderPresenter
from console.presenters.lead import LeadPresenter
from console.presenters.live_risk import LiveRiskPresenter
from console.presenters.locked import LockedPresenter
from console.presenters.offered import OfferedPresenter
from console.presenters.open_notes import OpenNotesPresenter
from console.presenters.open_tasks import OpenTasksPresenter
from console.presenters.people import PeoplePresenter
from console.presenters.phrases import PhrasesPresenter
from console.presenters.recordings import RecordingsPresenter
from console.presenters.records import RecordsPresenter
from console.presenters.referrals import ReferralPresenter
from console.presenters.safety_plan import SafetyPlanPresenter
from console.presenters.search import SearchPresenter
from console.presenters.seating import SeatingPresenter
from console.presenters.second import SecondPresenter
from console.presenters.sharing import SharingPresenter
from console.presenters.supervision import SupervisionPresenter
from console.presenters.sync import SyncPresenter
from console.presenters.upkeep import UpkeepPresenter
from console.presenters.window import Parts
from console.seat import Seat
from console.session.service import SignInRefused
from console.workstation import Workstation
from models.clock import Clock
from models.referrals.referral import Referral
from resources.hotline import Hotline
from widgets.main_window import Page
from widgets.session.view import PasswordChange


class Work:
    """The presenters of one operator in one window, over a bridge of their own."""

    def __init__(
        self,
        bridge: Bridge,
        seat: Seat,
        station: Workstation,
        parts: Parts,
        hotline: Hotline,
        attention: Attention,
        clock: Clock,
    ) -> None:
        self._bridge = bridge
        self._seat = seat
        self._station = station
        self._parts = parts
        self._emergency = {target.id for target in hotline.targets if target.emergency}
        self._rescues: tuple[Referral, ...] = ()
        me = station.identity.operator
        bars = Bars(parts.window)
        bars.follow(bridge, station, seat)
        bars.show_person(hotline.site, me, hotline.enumerations, station.identity.seat)
        panels = (parts.calls, parts.note, parts.risk)
        self.desk = DeskPresenter(bridge, station, panels, hotline, attention, clock)
        self.desk.start()
        answer_from_lead_desk(bridge, station, parts)
        self._followups = FollowupsPresenter(bridge, station, parts, clock, hotline.site)
        self._callers = CallersPresenter(bridge, station, parts, hotline, clock)
        self._recordings = RecordingsPresenter(bridge, seat, station, parts, clock)
        plan = SafetyPlanPresenter(bridge, station, parts, hotline, clock, seat.problems)
        agreeing = AgreeingPresenter(bridge, station, parts, hotline, clock)
        self._others = (
            agreeing,
            OpenNotesPresenter(bridge, station, parts),
            FactsPresenter(bridge, station, parts),
            OfferedPresenter(bridge, station, parts, hotline.enumerations, clock),
            PhrasesPresenter(bridge, station, parts, hotline.marks, clock),
            BesidePresenter(bridge, seat, station, parts, hotline, clock),
            RecordsPresenter(bridge, station, parts, hotline.enumerations),
            ReferralPresenter(bridge, station, parts, hotline, self.desk.assessing, clock),
            plan,
            ClosingPresenter(bridge, station, parts, plan, agreeing),
            OpenTasksPresenter(bridge, station, parts, hotline, clock),
            HandingPresenter(bridge, station, parts, hotline),
            CasePresenter(bridge, station, parts.risk),
            SecondPresenter(bridge, seat, station, parts.risk),
            LadderPresenter(bridge, station, parts, hotline),
            LeadPresenter(bridge, station, parts.lead, hotline),
            SupervisionPresenter(bridge, station, parts.lead),
            SeatingPresenter(bridge, station, parts.calls, parts.lead),
            SyncPresenter(bridge, station, parts, hotline),
            LockedPresenter(bridge, station, parts, hotline),
            SharingPresenter(bridge, seat, station, parts),
            UpkeepPresenter(bridge, seat, station, parts),
            SearchPresenter(bridge, (seat.sync, station), parts, hotline, clock),
        )
        people = PeoplePresenter(bridge, station, parts)
        self._knowing: tuple[object, ...] = (people,)
        # The desk is painted before the sheets are made that nobody has open yet.
        self._cases = afterwards(parts.window, lambda: self._know_cases(people, hotline, clock))
        self._live, self._preview = (
            LiveRiskPresenter(bridge, station, parts),
            FormPreviewing(parts, me, hotline, clock),
        )
        self._alerts = AlertsPresenter(
            bridge, station, parts, hotline.site.alerts, attention, clock, self._look_into
        )
        if me.leads:
            folder = seat.folder
            self._sound = AlertSoundPresenter(parts, self._alerts, hotline.site.alerts, attention, folder)
        bridge.show(station.referrals.known, self._show_referrals)
        parts.password.change_wanted.connect(self._change_password)

    @property
    def engaged(self) -> bool:
        """True while this seat has a call or an open rescue: nothing may come between."""
        return self.desk.busy or any(one.is_open and one.target in self._emergency for one in self._rescues)

    def close(self) -> None:
        """Show and wish nothing any more."""
        self._cases.stop()
        self._followups.close()
        self._callers.close()
        self._recordings.close()
        self._bridge.close()
        self._preview.close()
        self._alerts.close()
        self.desk.close()

    def _know_cases(self, people: PeoplePresenter, hotline: Hotline, clock: Clock) -> None:
        from console.presenters.case_reading import CaseReadingPresenter
        from console.presenters.case_record import CaseRecordPresenter
        from console.presenters.cases import CasesPresenter

        bridge, station = self._bridge, self._station
        pieces = (people.banner, people.who)
        cases = CasesPresenter(bridge, station, self._parts, clock, pieces, hotline.enumerations)
        record = CaseRecordPresenter(bridge, station, self._parts, cases.page, hotline)
        reading = CaseReadingPresenter(bridge, station, cases.page, hotline)
        self._knowing = people, cases, record, reading

        def show_opened(opened: Opened | None) -> None:
            # In one go: between two of them a key would ask about the person before.
            for part in (cases, record, reading):
                part.show_opened(opened)

        bridge.show(station.knowing.cases.opened, show_opened)

    def _look_into(self, alert: str, note: str) -> None:
        """Bring what is known of an alert before the eyes of a lead, wherever in the window they are."""
        station = self._station
        self._parts.window.show_page(Page.LEAD)
        self._bridge.wish(lambda: station.spawn(station.lead.open(note)))
        self._live.open(alert)

    def _show_referrals(self, known: tuple[Referral, ...]) -> None:
        self._rescues = known

    def _change_password(self, change: PasswordChange) -> None:
        self._parts.password.show_busy(True)
        self._bridge.wish(lambda: self._station.spawn(self._changed(change)))

    async def _changed(self, change: PasswordChange) -> None:
        form = self._parts.password
        try:
            await self._seat.change_password(change.old, change.new, change.code)
        except SignInRefused as refusal:
            said = problem_sentence(refusal.code, **refusal.params)
            ask = form.ask_code if refusal.code == "code_wanted" else form.show_error
            self._bridge.post(partial(ask, said))
        else:
            self._bridge.post(form.show_changed)
