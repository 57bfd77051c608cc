from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.notes.joining import CATEGORY, LOG, Difference, differences, joined
from models.notes.note import LogLine, NoteBody

NOW = datetime(2026, 1, 1, tzinfo=UTC)
GLUE = {"complaint": "\n", "place": " / "}


def line(name: str, text: str, minute: int = 0) -> LogLine:
    return LogLine(name, NOW + timedelta(minutes=minute), text)


def test_texts_that_are_alike_differ_nowhere() -> None:
    body = NoteBody("C3", {"complaint": "话", "age": 0}, (line("a", "接通"),))
    assert differences(body, NoteBody("C3", {**body.values, "place": ""}, body.log), ("complaint",)) == ()


def test_each_difference_is_named_in_the_order_of_the_form() -> None:
    mine = NoteBody("C3", {"place": "太原", "complaint": "甲"}, (line("a", "接通"),))
    other = NoteBody("C2", {"complaint": "乙", "age": 0})
    assert differences(mine, other, ("complaint", "place")) == (
        Difference(CATEGORY, "C3", "C2"),
        Difference("complaint", "甲", "乙"),
        Difference("place", "太原", None),
        Difference("age", None, 0),
        Difference(LOG, ("接通",), None),
    )


def test_words_come_one_below_the_other_and_what_can_stand_once_is_the_own() -> None:
    mine = NoteBody("", {"complaint": "甲", "gender": "F", "outcome": ("O1",), "place": "太原", "age": 0})
    other = NoteBody(
        "C2",
        {"complaint": "乙", "gender": "M", "outcome": ("O1", "O2"), "place": "太原市", "age": 7, "x": "y"},
    )
    assert joined(mine, other, GLUE) == NoteBody(
        "C2",
        {
            "complaint": "甲\n乙",
            "gender": "F",
            "outcome": ("O1", "O2"),
            "place": "太原市",
            "age": 0,
            "x": "y",
        },
    )


def test_the_course_keeps_every_line_in_the_order_of_time() -> None:
    mine = NoteBody(log=(line("a", "接通"), line("c", "说明来意", 2)))
    other = NoteBody(log=(line("a", "接通了"), line("b", "沉默", 1), line("c", "想谈谈", 2)))
    assert [one.text for one in joined(mine, other, {}).log] == ["接通了", "沉默", "说明来意\n想谈谈"]


_words = st.dictionaries(st.sampled_from(["complaint", "place"]), st.text(max_size=6), max_size=2)


@given(_words, _words)
def test_no_word_is_lost_in_a_join(one: dict[str, str], two: dict[str, str]) -> None:
    both = joined(NoteBody(values=one), NoteBody(values=two), GLUE).values
    for values in (one, two):
        for key, text in values.items():
            assert text in str(both[key])
