"""What the panel is told of a call: never a whole number, and where it comes from in words."""

from pathlib import Path

import pytest

from console.calls.service import LineView
from console.presenters.calls import RingNotice, call_views
from models.calls.call import Call, Offer
from models.clock import ManualClock
from models.people.caller import CallerCard
from resources import hotline
from widgets.calls.view import Place

NOW = ManualClock().now()
RINGING = {"1001": Offer(rang_at=NOW)}
MOBILE = "13834400000"


@pytest.mark.parametrize(
    ("number", "place"),
    [("03546200000", Place.LOCAL), ("01062000000", Place.AWAY), ("", Place.UNKNOWN), ("998", Place.UNKNOWN)],
)
def test_city_of_issue(tmp_path: Path, number: str, place: Place) -> None:
    site = hotline.load("jinzhong", None, tmp_path).site
    (view,) = call_views(LineView((Call("c", number=number, offers=RINGING),)), site)
    assert view.place is place
    if place is not Place.UNKNOWN:
        assert view.city


def test_no_whole_number_and_what_is_known_of_the_caller(tmp_path: Path) -> None:
    site = hotline.load("jinzhong", None, tmp_path).site
    card = CallerCard("key", "jinzhong", 3, "R2")
    (view,) = call_views(LineView((Call("c", number=MOBILE),), callers={"c": card}), site)
    assert MOBILE not in repr(view)
    assert view.number.endswith("0000")
    assert (view.earlier, view.earlier_level) == (3, "R2")


def test_each_ring_is_told_once_and_silence_when_none_is_left() -> None:
    told: list[str] = []
    notice = RingNotice(lambda: told.append("ring"), lambda: told.append("quiet"))
    one, other = Call("1", offers=RINGING), Call("2", offers=RINGING)
    talking = Call("1", offers=RINGING, answered_at=NOW)
    for calls in ((), (one,), (one,), (one, other), (talking, other), (talking,), (talking,), ()):
        notice.look(LineView(calls))
    assert told == ["ring", "ring", "quiet"]
