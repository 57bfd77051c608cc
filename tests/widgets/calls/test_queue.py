"""What the panel says of the queue: why a call is first, whence it came, and that a crowd hides nobody."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from models.calls.queueing import Rank
from resources.texts import t
from tests.widgets import samples
from widgets.base.tag import Tag
from widgets.calls.card import CallCard
from widgets.calls.duty_card import DutyCard
from widgets.calls.view import CallView, Place, QueueView


def tags(qtbot: QtBot, call: CallView) -> list[str]:
    card = CallCard()
    qtbot.addWidget(card)
    card.show_call(call)
    return [tag.text() for tag in card.findChildren(Tag) if not tag.isHidden()]


@pytest.mark.parametrize(
    ("rank", "own", "key"),
    [
        (Rank.EMERGENCY, False, "calls.rank_emergency"),
        (Rank.EMERGENCY, True, "calls.rank_emergency"),
        (Rank.RISK, False, "calls.rank_risk"),
        (Rank.RISK, True, "calls.rank_own"),
        (Rank.CROWD, True, "calls.rank_crowd"),
        (Rank.LOWERED, False, "calls.rank_lowered"),
    ],
)
def test_it_says_why_a_call_comes_first_or_last(qtbot: QtBot, rank: Rank, own: bool, key: str) -> None:
    assert tags(qtbot, replace(samples.RINGING, rank=rank, own=own))[0] == t(key)


def test_of_others_it_says_nothing(qtbot: QtBot) -> None:
    card = CallCard()
    qtbot.addWidget(card)
    card.show_call(replace(samples.RINGING, rank=Rank.RISK))
    card.show_call(replace(samples.RINGING, rank=Rank.PLAIN))
    shown = [tag.text() for tag in card.findChildren(Tag) if not tag.isHidden()]
    assert t("calls.rank_risk") not in shown
    assert any("太原" in text for text in shown)


@pytest.mark.parametrize(
    ("place", "city", "said"),
    [
        (Place.ABROAD, "", t("calls.place_abroad")),
        (Place.SWITCHBOARD, "晋中", t("calls.place_switchboard", city="晋中")),
        (Place.UNKNOWN, "", t("calls.place_unknown")),
    ],
)
def test_it_says_whence_a_number_is(qtbot: QtBot, place: Place, city: str, said: str) -> None:
    assert said in tags(qtbot, replace(samples.RINGING, place=place, city=city))


def test_a_crowd_does_not_hide_who_is_taken_first(qtbot: QtBot) -> None:
    card = DutyCard()
    qtbot.addWidget(card)
    card.show_queue(QueueView(312, samples.ago(188), first=1, last=309))
    card.show_now(samples.NOW)
    said = "\n".join(label.text() for label in card.findChildren(QLabel))
    for key, n in (("calls.queue_first", 1), ("calls.queue_last", 309)):
        assert t(key, n=n) in said
    card.show_queue(QueueView(3, samples.ago(20)))
    card.show_now(samples.NOW)
    said = "\n".join(label.text() for label in card.findChildren(QLabel))
    assert t("calls.queue_first", n=0)[:2] not in said
