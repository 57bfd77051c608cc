"""The server comes back from yesterday's backup: nothing is lost, and what it forgot is told to a lead."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.people.operator import Role
from models.sync.feeds import own_feed
from server.central.storage.engine import writing
from server.central.storage.restored import begin_epoch
from tests.console.sync.stage import Device
from tests.server.central.hotline import Hotline
from tests.support.sealed import open_sealed

_BEHIND = "the server knows less than it told"


class Server:
    """A server whose database can be put back to an earlier state."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open()

    def back_up(self) -> None:
        self._close()
        shutil.copy(self.folder / "central.db", self.folder / "backup.db")
        self._open()

    def restore(self, site: str, devices: list[Device], new_epoch: bool = True) -> None:
        self._close()
        shutil.copy(self.folder / "backup.db", self.folder / "central.db")
        self._open(site)
        if new_epoch:
            with writing(self.engine) as connection:
                begin_epoch(connection)
            self._close()
            self._open(site)
        for device in devices:
            device.hotline = self.hotline

    def _open(self, site: str = "") -> None:
        self.engine = open_sealed(f"sqlite:///{self.folder / 'central.db'}")
        self.hotline = Hotline(self.engine)
        self.hotline.site = site or self.hotline.site

    def _close(self) -> None:
        self.engine.dispose()


class Story:
    """An operator and a lead at their workstations."""

    def __init__(self, folder: Path) -> None:
        self.server = Server(folder)
        hotline = self.server.hotline
        self.site = hotline.site
        self.author = Device(hotline, hotline.ticket(name="zhang"), folder / "zhang.db")
        lead = hotline.ticket(Role.OPERATOR, Role.LEAD, name="wang")
        self.lead = Device(hotline, lead, folder / "wang.db")
        self.author.perform(self.author.note_opened("n"), self.author.answer("n", 1))
        self.all_settle()

    def all_settle(self, times: int = 3) -> None:
        for _ in range(times):
            for device in (self.author, self.lead):
                device.settle()

    def back_up(self) -> None:
        self.server.back_up()
        for device in (self.author, self.lead):
            device.hotline = self.server.hotline

    def restore(self, new_epoch: bool = True) -> None:
        self.server.restore(self.site, [self.author, self.lead], new_epoch)

    def write(self, text: str) -> None:
        self.author.perform(self.author.draft("n", text, seen=True))

    def at_server(self) -> Any:
        """The note as the server has it for its author, None where it has none."""
        page = self.server.hotline.pulled(self.author.ticket, {}, 500)
        return next((one.doc for one in page.items if (one.t, one.id) == ("note", "n")), None)


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    story = Story(tmp_path)
    yield story
    for device in (story.author, story.lead):
        device.storage.close()
    story.server.engine.dispose()


@pytest.mark.parametrize("new_epoch", [True, pytest.param(False, marks=pytest.mark.expects_log(_BEHIND))])
def test_what_was_confirmed_since_the_backup_is_offered_again(story: Story, new_epoch: bool) -> None:
    story.back_up()
    story.write("昨天之后")
    story.all_settle()
    story.restore(new_epoch)
    assert story.at_server()["body"]["values"] == {}
    story.author.settle_restored()
    assert story.at_server()["body"]["values"] == {"complaint": "昨天之后"}
    assert story.at_server()["versions"] == []


@pytest.mark.expects_log(_BEHIND)
def test_a_server_put_back_unseen_before_anything_was_pulled_is_offered_it_again(story: Story) -> None:
    """Its epoch is the same, and no feed is shorter than this workstation knows."""
    story.back_up()
    story.write("交了，还没有拉取")
    story.author.push()
    story.restore(new_epoch=False)
    story.author.settle_restored()
    assert story.at_server()["body"]["values"] == {"complaint": "交了，还没有拉取"}
    assert story.at_server()["versions"] == []
    assert story.author.storage.unsent().count == 0


@pytest.mark.expects_log(_BEHIND)
def test_a_server_put_back_unseen_that_went_on_beyond_what_was_known_is_offered_it_again(
    story: Story,
) -> None:
    """Its feeds are longer again than this workstation knows by the time it asks."""
    story.back_up()
    story.write("之前")
    story.all_settle()
    story.restore(new_epoch=False)
    other = Device(story.server.hotline, story.author.ticket, story.server.folder / "other.db")
    for n in range(3):
        other.perform(other.note_opened(f"m{n}"), other.answer(f"m{n}", 1))
    other.settle()
    other.storage.close()
    story.author.settle_restored()
    assert story.at_server()["body"]["values"] == {"complaint": "之前"}


@pytest.mark.expects_log(_BEHIND)
def test_what_only_another_workstation_still_holds_is_shown_to_a_lead(story: Story) -> None:
    """The author's disk is gone with what the server forgot; the lead had pulled it."""
    story.back_up()
    story.write("只有组长还有")
    story.all_settle()
    story.restore()
    story.lead.settle_restored()
    story.lead.settle()
    (card,) = [
        card for card in story.lead.storage.held.cards() if card.why == "witness" and card.entity == "witness"
    ]
    # Never by itself.
    assert story.at_server()["body"]["values"] == {}
    story.lead.perform(story.lead.act("held.release", card.id))
    story.lead.settle()
    assert story.at_server()["body"]["values"] == {"complaint": "只有组长还有"}
    assert story.lead.storage.refused() == ()


def test_a_witness_of_what_the_server_knows_again_says_nothing(story: Story) -> None:
    story.back_up()
    story.write("作者自己再交")
    story.all_settle()
    story.restore()
    story.author.settle_restored()
    story.lead.settle_restored()
    story.all_settle()
    assert story.lead.storage.held.cards() == ()
    assert story.at_server()["body"]["values"] == {"complaint": "作者自己再交"}


def test_nothing_is_purged_before_one_whole_round_and_own_words_stay(story: Story) -> None:
    story.back_up()
    story.author.perform(story.author.note_opened("m"), story.author.draft("m", "新记录"))
    story.all_settle()
    with story.author.storage._engine.begin() as connection:
        # The confirmation is older than what is kept: nothing offers it again.
        connection.exec_driver_sql("DELETE FROM acked_ops")
    story.restore()
    while story.author.pull():
        assert story.author.storage.record("note", "m") is not None
    story.author.settle_restored()
    found = story.author.storage.record("note", "m")
    assert found is not None
    assert found.entity.body.values == {"complaint": "新记录"}
    assert own_feed("zhang") in story.author.storage.cursors()
