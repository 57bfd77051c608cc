"""One call as an operator works it, by keys alone; the same in every journey."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Protocol

from models.risk.level import Level
from models.risk.quick_screen import AskState, Item, judge

CALLER_NUMBER = "13834400000"
CATEGORY = "C3"
PLACE = "晋中市榆次区桥边"
COMPLAINT = "练习用的话：投资失败后失眠，今晚想离开。"
LOG_LINE = "练习用的话：来电者说已经写好了信。"
WORDS = (PLACE, COMPLAINT, LOG_LINE)
SHIFT = timedelta(hours=12)
KINDS = ("note", "risk", "referral", "call")


class Keyboard(Protocol):
    """What an operator types with."""

    def press(self, *keys: str) -> None:
        """Press keys one after another, each as `Ctrl+T` is written."""
        ...

    def write(self, text: str) -> None:
        """Write words in the place of what stands there."""
        ...


Until = Callable[[Callable[[], object]], object]
"""Waits for a condition, and says which one did not come."""


def write_note(keys: Keyboard) -> None:
    """Category, who and where, complaint, and a timed line: as fast as keys can be pressed."""
    keys.press("Ctrl+J", "Home", "Down", "Down", "Down")
    keys.press("Ctrl+1", "Home", "Down", "Tab", "Tab", "Down", "Tab", "Down")
    keys.press("Ctrl+J", "Space", "Ctrl+J")
    keys.write(PLACE)
    keys.press("Ctrl+2", "Ctrl+J")
    keys.write(COMPLAINT)
    keys.press("Ctrl+T")
    keys.write(LOG_LINE)


def screen(keys: Keyboard) -> None:
    """The quick screen: acting now, no; a plan within 72 hours, yes. That is R4."""
    keys.press("F5", "N", "F5", "Y")


def bring_in_police(keys: Keyboard) -> None:
    """The one-click referral and its first target."""
    keys.press("F8", "1")


def finish(keys: Keyboard) -> None:
    """Hand the note in; what is missing is said and the usual reason is taken."""
    keys.press("Ctrl+Return", "Ctrl+Return")


def assert_record(notes: list[Any], assessments: list[Any], referrals: list[Any], calls: list[Any]) -> None:
    """The server holds exactly what was typed, assessed and referred."""
    (note,), (assessment,), (referral,), (call,) = notes, assessments, referrals, calls
    body = note["body"]
    assert note["state"] == "finished"
    assert body["category"] == CATEGORY
    assert (body["values"]["relation"], body["values"]["sex"]) == ("self", "female")
    assert body["values"]["place"] == PLACE
    assert body["values"]["complaint"] == COMPLAINT
    assert [line["text"] for line in body["log"]] == [LOG_LINE]
    assert {(one["item"], one["state"]) for one in assessment["answers"]} == {
        (Item.ACTING, "no"),
        (Item.PLAN_72H, "yes"),
    }
    assert assessment["note"] == note["id"]
    assert (
        judge({Item(one["item"]): AskState(one["state"]) for one in assessment["answers"]}).level is Level.R4
    )
    assert (referral["note"], referral["target"], referral["call"]) == (note["id"], "f110", call["id"])
    assert call["id"] == note["call"]
    assert call["ended_at"]
