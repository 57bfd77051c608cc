"""What is opened from a person's history without leaving it: safety plan, referral, the way to a record."""

from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.access.service import Asked
from console.cases.laid_open import REFERRAL, SAFETY_PLAN, Laid
from console.cases.service import Opened
from console.presenters.asking import ask_view
from console.presenters.bridge import Bridge
from console.presenters.times import local
from console.workstation import Workstation
from models.notes.card import NoteCard
from models.people.staff import Member
from models.referrals.referral import Referral
from models.risk.safety_plan import SafetyPlan
from resources.hotline import Hotline
from resources.texts import language, t
from widgets.cases.page import PersonPage
from widgets.lead.asking import Asking


class CaseReadingPresenter:
    """Under the timeline; whoever may ask for records asks there, with a reason and an end."""

    def __init__(self, bridge: Bridge, station: Workstation, page: PersonPage, hotline: Hotline) -> None:
        self._bridge = bridge
        self._station = station
        self._page = page
        self._parts = hotline.safety_plan.parts
        self._service = service = station.knowing.laid_open
        self._person = ""
        self._happened: tuple[tuple[str, str, str], ...] = ()
        self._names: dict[str, str] = {}
        self._wanted: NoteCard | None = None
        self._asked = Asked()
        self._asking = Asking()
        page.take_asking(self._asking)
        page.plan_wanted.connect(lambda plan: self._spawn(service.open(SAFETY_PLAN, plan)))
        page.referral_wanted.connect(lambda one: self._spawn(service.open(REFERRAL, one)))
        page.away_wanted.connect(lambda: bridge.wish(service.put_away))
        page.ask_wanted.connect(self._want)
        self._asking.ask_wanted.connect(lambda *given: self._spawn(station.ask_for(*given)))
        bridge.show(station.knowing.staff.members, self._show_staff)
        bridge.show(service.laid, self._show_laid)
        bridge.show(service.wanted, self._show_wanted)
        bridge.show(station.access.asked, self._show_asked)

    def _spawn(self, work: Coroutine[Any, Any, object]) -> None:
        self._bridge.wish(self._station.spawn, work)

    def _want(self, call: str) -> None:
        """Who may ask is asked for a reason here; others are told whom to ask."""
        card = next((card for one, card, _ in self._happened if one == call and card), "")
        if card and self._station.access.longest_hours():
            self._spawn(self._service.want(card))
        else:
            self._page.show_hint(t("cases.ask_lead"))

    def show_opened(self, opened: Opened | None) -> None:
        """What lies open goes with the person that it belongs to, and the question with its answer."""
        person = opened.together.id if opened else ""
        self._happened = tuple((one.call, one.card, one.note) for one in opened.happened) if opened else ()
        wanted = self._wanted.call if self._wanted else ""
        here = next((note for call, _, note in self._happened if note and call == wanted), "")
        if here:
            # The glass was broken here: what came of it is read here.
            self._page.open_wanted.emit(here)
        if person != self._person or here:
            self._bridge.wish(self._service.put_away)
        self._person = person

    def _show_staff(self, members: tuple[Member, ...]) -> None:
        self._names = {one.id: one.name for one in members}

    def _show_laid(self, laid: Laid) -> None:
        if laid.locked:
            self._want(laid.call)
        match laid.record:
            case SafetyPlan() as plan:
                title = t("cases.safety_plan_title", at=f"{local(plan.changed_at):%Y-%m-%d %H:%M}")
                self._page.lay_open(title, self._steps(plan))
            case Referral() as referral:
                title = t("cases.referral_title", target=referral.target_name)
                self._page.lay_open(title, _told(referral))
            case None:
                self._page.put_away()

    def _steps(self, plan: SafetyPlan) -> tuple[tuple[str, str], ...]:
        words = plan.texts
        return tuple(
            (
                t("safety_plan.step", n=number, name=part.name.label(language())),
                words.get(part.step, "") or t("safety_plan.left_out"),
            )
            for number, part in enumerate(self._parts, start=1)
        )

    def _show_wanted(self, card: NoteCard | None) -> None:
        appears = card is not None and card != self._wanted
        focus = QApplication.focusWidget()
        inside = focus is not None and self._asking.isAncestorOf(focus)
        self._wanted = card
        self._show_asking()
        if appears:
            self._asking.take_focus()
        elif card is None and inside:
            self._page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_asked(self, asked: Asked) -> None:
        self._asked = asked
        self._show_asking()

    def _show_asking(self) -> None:
        card = self._wanted
        who = self._names.get(card.author, card.author) if card else ""
        self._asking.show_ask(ask_view(card, who, self._station.access, self._asked) if card else None)


def _told(referral: Referral) -> tuple[tuple[str, str], ...]:
    """Where, what was told, and each step with its moment."""
    steps = "\n".join(
        f"{local(one.at):%Y-%m-%d %H:%M}  {t(f'referrals.step_{one.step}')}  {one.detail}".rstrip()
        for one in referral.timeline
    )
    parts = (
        (t("cases.referral_place"), referral.place),
        (t("cases.referral_text"), referral.text),
        (t(f"referrals.step_{referral.state}"), steps),
    )
    return tuple((name, words) for name, words in parts if words.strip())
