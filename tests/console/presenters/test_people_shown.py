"""Who calls, shown and said: what is pressed a moment before the call is there is about that call."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from console.presenters.people import PeoplePresenter
from models.people.person import Part
from resources.texts import t
from tests.console.people.desk import PeopleDesk
from tests.console.presenters.conftest import Stage
from widgets.main_window import Page
from widgets.people.who import WhoPanel


class Said:
    """Real persons on a real disk; what is said of a call is kept here."""

    def __init__(self, desk: PeopleDesk) -> None:
        self.people = desk.people
        self.given: list[tuple[Any, ...]] = []

    async def note_down(self, *given: object) -> None:
        self.given.append(("note_down", *given))

    async def choose(self, *given: object) -> None:
        self.given.append(("choose", *given))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PeopleDesk]:
    desk = PeopleDesk(tmp_path)
    yield desk
    desk.close()


def shown(stage: Stage, desk: PeopleDesk) -> tuple[PeoplePresenter, Said]:
    said = Said(desk)
    station: Any = SimpleNamespace(knowing=said, spawn=asyncio.run)
    stage.parts.window.show_page(Page.DESK)
    return PeoplePresenter(stage.bridge, station, stage.parts), said


def alias(who: WhoPanel) -> QLineEdit:
    return next(one for one in who.findChildren(QLineEdit) if one.accessibleName() == t("persons.alias"))


def test_the_sheet_that_was_open_before_the_call_is_about_it_with_what_was_typed(
    stage: Stage, desk: PeopleDesk
) -> None:
    presenter, said = shown(stage, desk)
    presenter._open_front()
    alias(presenter.who.made).setText("小树")
    alias(presenter.who.made).returnPressed.emit()
    assert said.given == []
    stage.parts.calls.front_changed.emit("c")
    alias(presenter.who.made).returnPressed.emit()
    assert said.given == [("note_down", "c", "小树", "", Part.SELF)]


def test_a_sheet_that_is_about_one_call_stays_about_it_when_another_comes_to_the_front(
    stage: Stage, desk: PeopleDesk
) -> None:
    presenter, said = shown(stage, desk)
    stage.parts.calls.front_changed.emit("c")
    presenter._open_front()
    stage.parts.calls.front_changed.emit("d")
    alias(presenter.who.made).setText("小树")
    alias(presenter.who.made).returnPressed.emit()
    assert said.given == [("note_down", "c", "小树", "", Part.SELF)]


def test_whoever_calls_under_the_number_is_offered_and_chosen(stage: Stage, desk: PeopleDesk) -> None:
    presenter, said = shown(stage, desk)
    first = desk.call()
    person = asyncio.run(desk.people.note_down(first, "小树", "", Part.SELF))
    again = desk.call()
    stage.parts.calls.front_changed.emit(again.id)
    asyncio.run(desk.people.recognise(again))
    labels = [one.text() for one in presenter.banner.findChildren(QLabel)]
    assert t("persons.one_known", n=1) in labels
    presenter.banner.person_chosen.emit(again.id, person, Part.CALLER)
    assert said.given == [("choose", again.id, person, Part.CALLER)]
