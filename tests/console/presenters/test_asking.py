"""What a lead is told who may not read a full text yet: of the wish for this record, never of another's."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from console.access.service import Asked, Stage
from console.presenters.asking import ask_view
from console.presenters.known_hits import known_view
from console.storage.found import Hit, Whose
from models.notes.card import NoteCard
from models.notes.note import NoteState
from models.search.query import Snippet
from resources.texts import t, use_language
from widgets.lead.view import AskView

AT = datetime(2026, 1, 1, 8, tzinfo=UTC)
CARD = NoteCard("n", "c", "zhang", "jinzhong", "C3", "", NoteState.FINISHED, AT)


@pytest.fixture(autouse=True)
def chinese() -> None:
    use_language("zh_CN")


def view(asked: Asked, card: NoteCard = CARD) -> AskView:
    access: Any = SimpleNamespace(longest_hours=lambda: 24)
    return ask_view(card, "张医生", access, asked)


@pytest.mark.parametrize(
    ("asked", "said", "tone", "waits"),
    [
        (Asked(), "", "soft", False),
        (Asked("n", Stage.WAITING), t("access.ask_waiting"), "soft", True),
        (Asked("n", Stage.REFUSED, "off_line"), t("access.ask_off_line"), "care", False),
        (Asked("n", Stage.REFUSED, "no_record"), t("access.ask_no_record"), "care", False),
        (Asked("n", Stage.REFUSED, "whatever"), t("access.ask_refused"), "care", False),
        (Asked("other", Stage.REFUSED, "off_line"), "", "soft", False),
    ],
    ids=["nothing asked", "on its way", "off line", "not there", "any other reason", "another record"],
)
def test_what_came_of_a_wish_is_said_of_its_own_record(
    asked: Asked, said: str, tone: str, waits: bool
) -> None:
    shown = view(asked)
    assert (shown.state, shown.tone, shown.waits) == (said, tone, waits)
    assert (shown.level, shown.longest_hours) == ("RX", 24)
    assert "张医生" in shown.heading


@pytest.mark.parametrize("kind", ["person", "case", "caller_plan"])
def test_who_has_no_name_is_found_with_the_words_that_were_sought(kind: str) -> None:
    hit = Hit(kind, "p", 7, "R3", "", None, snippet=Snippet("approach", "先问睡眠"))
    shown = known_view(hit, Whose("someone", "", AT, "jinzhong", own=True, closed=kind == "case"))
    assert (shown.id, shown.who, shown.level) == (f"{kind}/p", t("search.unnamed"), "R3")
    assert (shown.text, shown.person) == ("先问睡眠", "someone")
    assert shown.category == (t("search.closed") if kind == "case" else "")
    assert shown.plan == ("p" if kind == "caller_plan" else "")
