"""Caller plans, marks of misuse and what was agreed about whoever is on the line."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from console.cases.marks import Standing
from console.notes.service import Desk
from console.noticing import Notice
from console.people.behind import Behind, Known
from console.presenters.bridge import Bridge
from console.presenters.staff import staff_words
from console.presenters.times import local, local_or_none
from console.presenters.window import Parts
from console.workstation import Workstation
from models.cases.caller_plan import CallerPlan, PlanText
from models.cases.mark import State
from models.cases.named import counsellor_name
from models.clock import Clock
from models.people.staff import Member
from resources.enumerations import label
from resources.hotline import Hotline
from resources.texts import language, t
from widgets.base.keys import bind, key_for
from widgets.base.later import Later
from widgets.cases.caller_view import Draft, MarkRow, NoticeView, PlanRow, VersionRow
from widgets.main_window import Page

if TYPE_CHECKING:
    from widgets.cases.callers import CallersPanel

_WIDTH = 820
_HEARD = "harassment_marks"
_WAITS = frozenset({State.ASKED, State.EXPIRING})


class CallersPresenter:
    """Shows what stands and passes on what is proposed, signed, asked for and decided."""

    def __init__(
        self, bridge: Bridge, station: Workstation, parts: Parts, hotline: Hotline, clock: Clock
    ) -> None:
        self._bridge = bridge
        self._station = station
        self._window, self._search = parts.window, parts.search
        self._site, self._names = hotline.site, hotline.enumerations
        self._clock = clock
        self._me = station.identity.operator
        self._following = station.following
        self._plans: tuple[CallerPlan, ...] = ()
        self._marks: tuple[Standing, ...] = ()
        self._notice = Notice()
        self._staff: tuple[Member, ...] = ()
        self._behind: Mapping[str, Behind] = {}
        self._heard = ""
        self._panel = Later(self._make)
        self._sheet = parts.window.add_sheet(t("callers.title"), self._panel, _WIDTH)
        self._opener = parts.window.status_bar.offer(t("callers.open"), self.toggle, rank=5)
        for owner in (parts.window.desk, parts.lead):
            bind(owner, "callers", self.toggle)
        self._search.plan_wanted.connect(self.show_plan)
        following = station.following
        bridge.show(following.plans.plans, self._show_plans)
        bridge.show(following.marks.marks, self._show_marks)
        bridge.show(following.noticing.notice, self._show_notice)
        bridge.show(following.noticing.shown, self._show_front)
        bridge.show(station.knowing.staff.members, self._show_staff)
        bridge.show(station.knowing.people.known, self._show_known)
        bridge.show(station.notes.desk, self._hear)

    def toggle(self) -> None:
        """Lay plans and marks over the right part, or put them away."""
        if not self._sheet.isHidden():
            self._sheet.close_sheet()
        elif self._window.page is not Page.SIGN_IN:
            self._bridge.wish(self._following.marks.publish)
            self._panel.made.marks.suggest(self._heard)
            self._sheet.open_sheet()

    def show_plan(self, plan: str) -> None:
        """Lay the plans over the right part, this one chosen."""
        self._bridge.wish(self._following.marks.publish)
        self._sheet.open_sheet()
        self._panel.made.show_page("plans")
        self._panel.made.plans.choose(plan)
        self._saw(plan)

    def close(self) -> None:
        """Show nothing any more."""
        self._window.notice.show_notice(None)

    def _hear(self, desk: Desk) -> None:
        """What the note in front says was heard, where it is about who is on the line."""
        note = desk.note
        codes = note.body.values.get(_HEARD) if note and note.call == self._notice.call else None
        listed = codes if isinstance(codes, tuple) else ()
        words = [label(self._names, "harassment_mark", code, language()) for code in listed]
        before, self._heard = self._heard, t("notes.open_separator").join(words)
        if self._heard != before and not self._sheet.isHidden():
            self._panel.made.marks.suggest(self._heard)

    def _make(self) -> "CallersPanel":
        from widgets.cases.callers import CallersPanel

        panel = CallersPanel()
        plans, marks = panel.plans, panel.marks
        service, wish = self._following, self._bridge.wish
        plans.proposed.connect(self._propose)
        plans.agreed.connect(lambda plan: wish(service.plans.agree, plan))
        plans.reviewed.connect(lambda plan, until: wish(service.plans.review, plan, self._at(until)))
        plans.paused.connect(lambda plan, reason: wish(service.plans.pause, plan, reason))
        plans.resumed.connect(lambda plan: wish(service.plans.resume, plan))
        plans.ended.connect(lambda plan, reason: wish(service.plans.end, plan, reason))
        plans.row_chosen.connect(self._saw)
        marks.asked.connect(self._ask)
        marks.approved.connect(lambda name, days, reason: wish(service.marks.approve, name, days, reason))
        marks.refused.connect(lambda name, reason: wish(service.marks.refuse, name, reason))
        marks.ended.connect(lambda name, reason: wish(service.marks.end, name, reason))
        return panel

    def _show_plans(self, plans: tuple[CallerPlan, ...]) -> None:
        self._plans = plans
        self._show()

    def _show_marks(self, marks: tuple[Standing, ...]) -> None:
        self._marks = marks
        self._show()

    def _show_notice(self, notice: Notice) -> None:
        self._notice = notice
        self._show()

    def _show_staff(self, staff: tuple[Member, ...]) -> None:
        self._staff = staff
        self._show()

    def _show_known(self, known: Known) -> None:
        self._behind = known.behind
        self._show()

    def _case_counsellor(self) -> Member:
        """Whose the case of who is on the line is: at that seat it rings first."""
        behind = self._behind.get(self._notice.call)
        case = behind.cases[0] if behind and behind.cases else None
        return Member(case.counsellor, counsellor_name(case)) if case else Member("", "")

    def _show_front(self, notice: Notice) -> None:
        self._window.notice.show_notice(notice_view(notice, self._clock.now()))

    def _show(self) -> None:
        now, leads = self._clock.now(), self._me.leads
        rows = tuple(self._row(one, now) for one in self._plans)
        marks = tuple(_mark_row(one) for one in self._marks)
        self._panel.tell("all", lambda panel: self._show_in(panel, rows, marks, local(now).date()))
        waiting = sum(one.review or one.proposed is not None for one in rows if not one.ended)
        waiting += sum(one.state in _WAITS for one in marks)
        label = t("callers.open_waiting", n=waiting) if leads and waiting else t("callers.open")
        self._opener.show_label(label, key_for("callers"))
        self._opener.show_tone("care" if leads and waiting else "status")

    def _show_in(
        self, panel: "CallersPanel", rows: tuple[PlanRow, ...], marks: tuple[MarkRow, ...], today: date
    ) -> None:
        here, leads = self._notice.label, self._me.leads
        words = staff_words(self._staff, self._names)
        panel.plans.show_staff(self._staff, self._case_counsellor(), words)
        panel.plans.show_plans(rows, here, leads, today)
        panel.marks.show_marks(marks, here, leads, self._site.mark_days)

    def _row(self, one: CallerPlan, now: datetime) -> PlanRow:
        stands, proposed = one.in_force, one.proposed
        last = stands or proposed or (one.versions[-1] if one.versions else None)
        here = self._notice.plan is not None and self._notice.plan.id == one.id
        return PlanRow(
            id=one.id,
            label=one.label,
            text=last.text if last else PlanText(""),
            limits=self._notice.limits if here else one.limits(now, risk=False),
            review=one.needs_review(now),
            proposed=proposed.text if proposed else None,
            paused=one.paused,
            ended=one.closing is not None,
            here=here,
            versions=tuple(
                VersionRow(local(it.at), it.name, it.agreed_name, local_or_none(it.agreed_at))
                for it in one.versions
            ),
        )

    def _saw(self, plan: str) -> None:
        known = next((one for one in self._plans if one.id == plan), None)
        if known is not None and not self._sheet.isHidden():
            self._bridge.wish(self._following.plans.saw, known, "plans")

    def _propose(self, draft: Draft) -> None:
        known = next((one for one in self._plans if one.id == draft.plan), None)
        about = known.about if known else self._notice.about
        label = known.label if known else self._notice.label
        if not about:
            return
        review = self._at(draft.review_at) if draft.review_at else None
        own = draft.counsellor
        text = PlanText(draft.approach, draft.limits, own.id, own.name, review)
        self._bridge.wish(self._following.plans.propose, about, text, label)

    def _ask(self, reason: str) -> None:
        def ask() -> None:
            note = self._station.notes.desk.value.note
            call = self._station.calls.view.value.at_hand(note.call if note is not None else "")
            if call is not None:
                about = note.id if note is not None and note.call == call.id else ""
                self._following.marks.ask(call, reason, about)

        self._bridge.wish(ask)

    def _at(self, day: date) -> datetime:
        """The beginning of a day at the site."""
        return datetime.combine(day, time(), self._site.zone).astimezone(UTC)


def notice_view(notice: Notice, now: datetime) -> NoticeView | None:
    """What stands about who is on the line, as it is shown; None for nothing."""
    stands = notice.plan.in_force if notice.plan else None
    if stands is None and notice.stopped is None:
        return None
    text = stands.text if stands else PlanText("")
    return NoticeView(
        approach=text.approach,
        limits_text=text.limits,
        limits=notice.limits,
        review=notice.plan.needs_review(now) if notice.plan else False,
        counsellor=text.counsellor_name,
        agreed_name=stands.agreed_name if stands else "",
        stopped_at=local_or_none(notice.stopped.at) if notice.stopped else None,
        stopped_words=notice.stopped.words if notice.stopped else "",
    )


def _mark_row(one: Standing) -> MarkRow:
    mark = one.mark
    return MarkRow(
        mark.id,
        mark.masked,
        one.state,
        mark.reason,
        mark.name,
        local(mark.asked_at),
        local_or_none(mark.until),
    )
