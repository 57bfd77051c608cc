"""The list of cases and a person's page in a window: what is listed, found, given."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QTableView

from console.presenters.cases import CasesPresenter
from console.runtime.store import Store
from models.people.person import Part
from models.people.staff import Member
from resources.enumerations import load as load_enumerations
from resources.texts import t
from tests.console.people.desk import PeopleDesk
from tests.console.presenters.conftest import Stage
from widgets.base.later import Later
from widgets.main_window import Page
from widgets.people.banner import PersonBanner
from widgets.people.who import WhoPanel

NAMES = load_enumerations()


class Desk:
    """Real cases on a real disk behind a real window."""

    def __init__(self, stage: Stage, disk: PeopleDesk) -> None:
        self.disk = disk
        station = stage.station
        station.identity = SimpleNamespace(operator=disk.identity.operator)
        station.spawn = asyncio.run
        self.staff: Store[tuple[Member, ...]] = Store((Member("wang", "王"),))
        station.knowing = SimpleNamespace(
            cases=disk.cases, people=disk.people, staff=SimpleNamespace(members=self.staff)
        )
        stage.parts.window.show_page(Page.DESK)
        people = (PersonBanner(), Later(WhoPanel))
        self.presenter = CasesPresenter(stage.bridge, station, stage.parts, stage.clock, people, NAMES)
        stage.bridge.show(station.knowing.cases.opened, self.presenter.show_opened)

    def person(self, alias: str) -> tuple[str, str]:
        """Somebody with one call and a case; the person and the call."""
        call = self.disk.call()
        person = asyncio.run(self.disk.people.note_down(call, alias, "", Part.SELF))
        asyncio.run(self.disk.cases.begin(person, call.id))
        return person, call.id


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[PeopleDesk]:
    disk = PeopleDesk(tmp_path)
    yield disk
    disk.close()


def rows(desk: Desk) -> list[str]:
    view = desk.presenter.list.findChild(QTableView)
    assert isinstance(view, QTableView)
    model = view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_cases_are_listed_counted_and_found(stage: Stage, disk: PeopleDesk) -> None:
    desk = Desk(stage, disk)
    desk.person("小树")
    desk.person("桥上的人")
    assert sorted(rows(desk)) == ["小树", "桥上的人"]
    assert t("cases.status", n=2, due=0) in desk.presenter._button.text()
    desk.presenter.list.sought.emit("桥上")
    assert rows(desk) == ["桥上的人"]
    desk.presenter.list.sought.emit("")
    assert len(rows(desk)) == 2


def test_a_case_is_given_with_the_account_and_the_name(stage: Stage, disk: PeopleDesk) -> None:
    desk = Desk(stage, disk)
    person, _ = desk.person("小树")
    desk.presenter.open_person(person)
    opened = disk.cases.opened.value
    assert opened
    assert opened.case
    desk.presenter.page.given.emit(opened.case.id, Member("wang", "王"))
    after = disk.cases.opened.value
    assert after
    assert after.case
    assert (after.case.counsellor, after.case.given[-1].name) == ("wang", "王")
