"""What the panel is told of a call: never a whole number, and where it comes from in words."""

from pathlib import Path

import pytest

from console.calls.service import LineView
from console.presenters.calls import call_views, queue_view
from console.presenters.times import local
from models.calls.call import Call, Offer, Party, PartyPhase
from models.calls.events import CallEnd
from models.calls.picture import Queue
from models.calls.queueing import Rank, Ranking
from models.clock import ManualClock
from models.people.caller import CallerCard
from resources import hotline
from widgets.calls.view import Place, QueueView

NOW = ManualClock().now()
RINGING = {"1001": Offer(rang_at=NOW)}
MOBILE = "13834400000"


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("03546200000", Place.LOCAL),
        ("01062000000", Place.AWAY),
        ("", Place.UNKNOWN),
        ("00000000", Place.UNKNOWN),
        ("998", Place.UNKNOWN),
        ("+85200000001", Place.ABROAD),
        ("01062000000801", Place.SWITCHBOARD),
        ("010-62000000转801", Place.SWITCHBOARD),
        ("0999620000012345", Place.SWITCHBOARD),
    ],
)
def test_city_of_issue(tmp_path: Path, number: str, place: Place) -> None:
    site = hotline.load("jinzhong", None, tmp_path).site
    (view,) = call_views(LineView((Call("c", number=number, offers=RINGING),)), site)
    assert view.place is place
    assert bool(view.city) is (place not in (Place.UNKNOWN, Place.ABROAD))


@pytest.mark.parametrize("rank", Rank)
@pytest.mark.parametrize(("first", "own"), [("1001", True), ("1002", False), ("", False)])
def test_why_a_call_comes_first_and_whose_it_is(tmp_path: Path, rank: Rank, first: str, own: bool) -> None:
    site = hotline.load("jinzhong", None, tmp_path).site
    call = Call("c", offers=RINGING, ranking=Ranking(rank, first, NOW, "r"))
    (view,) = call_views(LineView((call,)), site, seat="1001")
    assert (view.rank, view.own) == (rank, own)


@pytest.mark.parametrize(
    ("end", "phase", "cause"),
    [
        (CallEnd.CALLER_HUNG_UP, PartyPhase.LEFT, "call_over"),
        (CallEnd.OPERATOR_ENDED, PartyPhase.LEFT, "call_over"),
        (CallEnd.LINE_LOST, PartyPhase.LEFT, "call_over"),
        (CallEnd.TRANSFERRED, PartyPhase.JOINED, ""),
    ],
)
def test_nobody_is_on_the_line_of_a_call_that_is_over(
    tmp_path: Path, end: CallEnd, phase: PartyPhase, cause: str
) -> None:
    site = hotline.load("jinzhong", None, tmp_path).site
    police = Party("p", "0351110", "110", invited_at=NOW, joined_at=NOW)
    call = Call("c", parties={"p": police}, answered_at=NOW, ended_at=NOW, end=end)
    (view,) = call_views(LineView((call,)), site)
    assert [(party.phase, party.cause) for party in view.parties] == [(phase, cause)]


def test_who_waits() -> None:
    assert queue_view(Queue(7, NOW, first=1, last=4)) == QueueView(7, local(NOW), 1, 4)


def test_no_whole_number_and_what_is_known_of_the_caller(tmp_path: Path) -> None:
    site = hotline.load("jinzhong", None, tmp_path).site
    card = CallerCard("key", "jinzhong", 3, "R2")
    (view,) = call_views(LineView((Call("c", number=MOBILE),), callers={"c": card}), site)
    assert MOBILE not in repr(view)
    assert view.number.endswith("0000")
    assert (view.earlier, view.earlier_level) == (3, "R2")
