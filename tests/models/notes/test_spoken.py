"""Ages and days as people say them: understood, or left alone, never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.notes.spoken import Moment, band_of
from resources import enumerations, spoken

SPEECH = spoken.load()
MONDAY = date(2026, 11, 23)
BANDS = tuple(choice.code for choice in enumerations.load()["age_band"])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("45", 45),
        ("４５", 45),
        ("四十五", 45),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零三", 103),
        ("两", 2),
        ("四五", None),
        ("", None),
        ("x", None),
    ],
)
def test_numbers(text: str, number: int | None) -> None:
    assert SPEECH.number_of(text) == number


@given(st.integers(1, 99))
def test_every_number_below_a_hundred_is_read_as_it_is_written(number: int) -> None:
    tens, ones = divmod(number, 10)
    signs = "零一二三四五六七八九"
    written = (signs[tens] if tens > 1 else "") + ("十" if tens else "") + (signs[ones] if ones else "")
    assert SPEECH.number_of(written) == number


@pytest.mark.parametrize(
    ("text", "alone", "age"),
    [
        ("来电者45岁，男", False, 45),
        ("四十五周岁", False, 45),
        ("45 years old", False, 45),
        ("四十五", True, 45),
        ("四十五", False, None),
        ("45岁，儿子12岁", False, None),
        ("45岁，今年45岁", False, 45),
        ("二百岁", False, None),
        ("四十多", True, None),
        ("工作3年", True, None),
        ("", True, None),
    ],
)
def test_an_age_is_understood_or_left_alone(text: str, alone: bool, age: int | None) -> None:
    assert SPEECH.age_in(text, alone) == age


@pytest.mark.parametrize(
    ("age", "band"),
    [(0, "under_14"), (13, "under_14"), (14, "from_14"), (17, "from_14"), (45, "from_35"), (119, "from_60")],
)
def test_each_age_has_its_band(age: int, band: str) -> None:
    assert band_of(age, BANDS) == band


def test_a_band_that_the_hotline_does_not_have_is_not_invented() -> None:
    assert band_of(30, ("under_14", "adult", "unknown")) == ""


def moment(words: str, month: int, day: int, time: str = "", about: bool = False) -> Moment:
    return Moment(words, date(2026, month, day), time, about)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("昨晚十点站到桥上", [moment("昨晚十点", 11, 22, "22:00")]),
        ("昨晚10:30", [moment("昨晚10:30", 11, 22, "22:30")]),
        ("上周三吃过药", [moment("上周三", 11, 18)]),
        ("上个星期天", [moment("上个星期天", 11, 22)]),
        ("这周五", [moment("这周五", 11, 27)]),
        ("大前天", [moment("大前天", 11, 20)]),
        ("前天下午三点半", [moment("前天下午三点半", 11, 21, "15:30")]),
        ("今天上午九点一刻", [moment("今天上午九点一刻", 11, 23, "09:15")]),
        ("三天前", [moment("三天前", 11, 20)]),
        ("两周后", [moment("两周后", 12, 7)]),
        ("三个月前", [moment("三个月前", 8, 25, about=True)]),
        ("昨晚两点", [moment("昨晚", 11, 22)]),
        ("昨天，又说昨天", [moment("昨天", 11, 22)]),
        ("昨天和上周三", [moment("昨天", 11, 22), moment("上周三", 11, 18)]),
        ("今晚25点", [moment("今晚", 11, 23)]),
        ("失眠三个月", []),
        ("每天", []),
    ],
)
def test_days_are_counted_from_today(text: str, expected: list[Moment]) -> None:
    assert list(SPEECH.moments_in(text, MONDAY)) == expected


@given(st.text(), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_no_text_is_too_odd(text: str, today: date) -> None:
    SPEECH.moments_in(text, today)
    SPEECH.age_in(text)
    SPEECH.age_in(text, alone=True)
    SPEECH.number_of(text)
