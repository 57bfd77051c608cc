"""What was answered a moment ago is before the eyes, and so in what 110 is told, heard of or not."""

from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest

from console.presenters.assessing import Assessing
from console.presenters.form import FormPresenter
from console.presenters.referrals import ReferralPresenter
from console.runtime.store import Store
from models.notes.note import Note
from models.referrals.referral import LegalBasis
from models.risk.cssrs import Question
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
from resources import hotline
from resources.texts import Texts
from tests.console.presenters.conftest import Stage
from widgets.notes.head import Head
from widgets.referrals.view import Mark, ReferralView
from widgets.risk.rows import AskSegment

T = TypeVar("T")
TOLD = Texts("zh_CN")


class Crossing:
    """The bridge with both ways to be gone one step at a time."""

    def __init__(self) -> None:
        self.wishes: deque[Callable[[], object]] = deque()
        self.posts: deque[Callable[[], object]] = deque()

    def show(self, store: Store[T], show: Callable[[T], object]) -> None:
        store.watch(lambda value: self.posts.append(partial(show, value)))

    def wish(self, act: Callable[..., object], *arguments: object) -> None:
        self.wishes.append(partial(act, *arguments))

    def post(self, act: Callable[[], object]) -> None:
        self.posts.append(act)

    def hear(self) -> None:
        """The service hears of one wish."""
        self.wishes.popleft()()

    def paint(self) -> None:
        """The window shows all that has come."""
        while self.posts:
            self.posts.popleft()()

    def settle(self) -> None:
        while self.wishes or self.posts:
            while self.wishes:
                self.hear()
            self.paint()


class Desk:
    def __init__(self, stage: Stage, folder: Path, shown: list[ReferralView]) -> None:
        self.crossing, self.stage, self.shown = Crossing(), stage, shown
        self.panel = stage.parts.risk
        data = hotline.load("jinzhong", None, folder)
        bridge: Any = self.crossing
        self.assessing = Assessing(bridge, stage.station, self.panel, data.instruments, stage.clock)
        self.assessing.start(lambda _: None)
        form = FormPresenter(stage.parts.note, data)
        bridge.show(stage.station.notes.desk, lambda desk: form.show_note(desk.note) if desk.note else None)
        stage.parts.note.category_chosen.connect(form.choose)
        ReferralPresenter(bridge, stage.station, stage.parts, data, self.assessing, stage.clock)
        stage.station.notes.open_for(stage.station.calls.open_by_hand("13834400000").id)
        self.crossing.settle()

    @property
    def note(self) -> Note:
        note: Note | None = self.stage.station.notes.desk.value.note
        assert note is not None
        return note

    def answer(self, item: Item, state: AskState) -> None:
        segment = self.segment(item)
        segment.show_choice(state)
        segment.chosen.emit(state)

    def segment(self, item: Item) -> AskSegment:
        return self.panel.findChildren(AskSegment)[list(Item).index(item)]

    def shows(self, item: Item) -> str | None:
        return self.segment(item).choice

    def refer(self) -> ReferralView:
        self.stage.parts.window.refer_wanted.emit()
        return self.shown[-1]


@pytest.fixture
def desk(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    shown: list[ReferralView] = []
    monkeypatch.setattr(stage.parts.referral, "show_referral", shown.append)
    return Desk(stage, tmp_path, shown)


def first(view: ReferralView) -> list[str]:
    return [target.id for target in view.targets if target.mark is Mark.FIRST]


def test_an_answer_is_told_to_110_though_the_service_has_not_heard_of_it(desk: Desk) -> None:
    desk.answer(Item.PLAN_72H, AskState.YES)
    desk.answer(Item.MEANS, AskState.YES)
    view = desk.refer()
    assert TOLD.text("told.plan_72h") in view.text
    assert TOLD.text("told.means") in view.text
    assert first(view) == ["f110"]
    assert view.legal_basis is LegalBasis.EMERGENCY


def test_one_that_was_taken_back_is_told_no_more(desk: Desk) -> None:
    desk.answer(Item.MEANS, AskState.YES)
    desk.crossing.settle()
    desk.answer(Item.MEANS, AskState.NO)
    assert TOLD.text("told.means") not in desk.refer().text


def test_what_was_heard_before_the_latest_answer_takes_it_out_of_sight_nowhere(desk: Desk) -> None:
    """The service publishes the first of two: the window keeps both, and 110 is told both."""
    desk.answer(Item.PLAN_72H, AskState.YES)
    desk.answer(Item.MEANS, AskState.YES)
    desk.crossing.hear()
    desk.crossing.paint()
    assert (desk.shows(Item.PLAN_72H), desk.shows(Item.MEANS)) == (AskState.YES, AskState.YES)
    view = desk.refer()
    assert TOLD.text("told.plan_72h") in view.text
    assert TOLD.text("told.means") in view.text
    desk.crossing.settle()
    assert (desk.shows(Item.MEANS), desk.panel.level_code) == (AskState.YES, Level.R4)


def test_a_level_of_one_s_own_and_one_of_another_instrument_make_help_urgent_at_once(desk: Desk) -> None:
    desk.panel.judged.emit(Level.R3)
    assert desk.refer().legal_basis is LegalBasis.EMERGENCY
    desk.crossing.settle()
    desk.stage.station.notes.open_for(desk.stage.station.calls.open_by_hand("13834400001").id)
    desk.crossing.settle()
    assert desk.refer().legal_basis is LegalBasis.CONSENT
    desk.panel.responded.emit("cssrs", Question.Q5, AskState.YES)
    assert desk.refer().legal_basis is LegalBasis.EMERGENCY


def test_so_does_an_imminent_danger_to_others(desk: Desk) -> None:
    head = desk.stage.parts.note.findChild(Head)
    assert isinstance(head, Head)
    head.chosen.emit("C6")
    assert desk.stage.parts.note.papers.front.pages.put_value("imminent", "yes")
    view = desk.refer()
    assert first(view) == ["f110"]
    assert view.legal_basis is LegalBasis.EMERGENCY


def test_an_answer_belongs_to_the_note_that_it_was_given_for(desk: Desk) -> None:
    mother, station = desk.note, desk.stage.station
    desk.answer(Item.ACTING, AskState.YES)
    station.notes.open_for(station.calls.open_by_hand("13834400001").id)
    seen = [desk.assessing.seen(note) for note in (mother, desk.note)]
    assert [one.level for one in seen if one] == [Level.R4, None]
    desk.crossing.settle()
    assert station.risk.of_note(mother.id).level is Level.R4
    assert desk.shows(Item.ACTING) is None
    assert TOLD.text("told.acting") not in desk.refer().text
