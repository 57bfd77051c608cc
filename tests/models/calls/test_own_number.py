"""Who was handed over by 110 is not called back at 110."""

from datetime import UTC, datetime

import pytest

from models.calls.call import Call
from models.calls.own_number import own_number
from models.calls.queueing import Rank, Ranking

NOW = datetime(2026, 11, 1, 14, 0, tzinfo=UTC)
MOBILE, CENTRE = "13800000001", "03543000000"


def call(number: str, rank: Rank) -> Call:
    return Call("c", number=number, ranking=Ranking(rank, "", NOW, "r"))


@pytest.mark.parametrize("rank", [Rank.EMERGENCY, Rank.PLAIN])
@pytest.mark.parametrize("number", ["110", "119", "120", "122", "0354110", "010120", "+86 110", ""])
def test_a_service_has_no_number_of_a_caller(number: str, rank: Rank) -> None:
    assert own_number(call(number, rank)) == ""
    assert own_number(Call("c", number=number)) == ""


def test_nor_has_a_control_centre_that_the_site_knows() -> None:
    assert own_number(call(CENTRE, Rank.EMERGENCY)) == ""
    assert own_number(call(CENTRE, Rank.PLAIN)) == CENTRE


@pytest.mark.parametrize("rank", list(Rank))
def test_a_mobile_that_was_passed_on_is_the_caller_s(rank: Rank) -> None:
    assert own_number(call(MOBILE, rank)) == MOBILE


@pytest.mark.parametrize("number", ["01011000000", "12356", "0354120110", "1100000"])
def test_digits_that_only_begin_so_are_a_number(number: str) -> None:
    assert own_number(call(number, Rank.PLAIN)) == number
