from datetime import UTC, datetime, timedelta

from models.notes.ladder import Ladder, Step, marks_of
from models.notes.note import LogLine

START = datetime(2026, 1, 1, tzinfo=UTC)
LADDER = Ladder(1, False, (Step("a", "甲", "A"), Step("b", "乙", "B", "S1")))


def line(seconds: int, text: str) -> LogLine:
    return LogLine(f"l{seconds}", START + timedelta(seconds=seconds), text)


def test_a_mark_is_the_first_line_that_says_so_in_whichever_language() -> None:
    log = (line(9, "A"), line(5, " 甲 "), line(7, "B"), line(1, "甲乙"), line(2, ""))
    assert marks_of(LADDER, log) == {"a": line(5, "").at, "b": line(7, "").at}


def test_without_lines_nothing_is_marked() -> None:
    assert marks_of(LADDER, ()) == {}
