import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.referrals.typed import TypedDial, dials_of
from tests.models.referrals.test_dialling import site

HERE = site("晋中市")


@pytest.mark.parametrize("typed", ["13800000001", "+86 138 0000 0001", "0351-2345678", "03512345678"])
def test_a_number_that_says_where_it_is_has_one_way(typed: str) -> None:
    (way,) = dials_of(typed, "太原市", "0351", HERE)
    assert way.city == ""
    assert way.digits in ("13800000001", "03512345678")


@pytest.mark.parametrize("typed", ["110", "12355", "2345678", "23456789"])
def test_a_local_number_is_offered_in_both_cities_and_none_is_guessed(typed: str) -> None:
    ways = dials_of(typed, "太原市", "0351", HERE)
    assert ways == (TypedDial(typed, "晋中市"), TypedDial("0351" + typed, "太原市"))


def test_where_the_caller_is_of_the_own_city_or_of_an_unknown_one_there_is_one_way() -> None:
    for city, code in (("晋中市", "0354"), ("", "")):
        assert dials_of("12355", city, code, HERE) == (TypedDial("12355", "晋中市"),)


@pytest.mark.parametrize("typed", ["", "1", "王老师", "王110", "0044 20 7946 0000", "+44 20 7946 0000"])
def test_words_and_numbers_abroad_are_not_dialled(typed: str) -> None:
    assert dials_of(typed, "太原市", "0351", HERE) == ()


@given(st.text(max_size=20))
def test_whatever_is_typed_only_dialable_digits_come_out(typed: str) -> None:
    for way in dials_of(typed, "太原市", "0351", HERE):
        assert way.digits.isascii()
        assert way.digits.isdigit()
        assert len(way.digits) >= 3
