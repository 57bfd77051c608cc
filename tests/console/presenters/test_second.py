"""The second word said beside the operator: why it was refused stands in words, and the fields come back."""

import asyncio
from collections.abc import Callable, Coroutine
from types import SimpleNamespace
from typing import Any

import pytest

from console.presenters import second
from console.presenters.bars import problem_sentence
from console.presenters.second import SecondPresenter
from console.session.service import SignInRefused
from console.sync.accounts import Wish
from models.operation import Operation
from models.risk.assessment import Assessment
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
from tests.console.presenters.conftest import Stage


class Beside:
    """Who signs in beside the operator, and what comes of it."""

    def __init__(self, stage: Stage, refusal: Exception | None = None) -> None:
        self.stage, self.refusal = stage, refusal
        self.wishes: list[Wish] = []
        self.flushed = 0
        self.disk_takes = True
        self.bugs: list[Exception] = []

        async def flush() -> None:
            if not self.disk_takes:
                await asyncio.Event().wait()
            self.flushed += 1

        def spawn(act: Coroutine[Any, Any, object]) -> None:
            try:
                asyncio.run(act)
            except RuntimeError as bug:
                self.bugs.append(bug)

        stage.station.journal = SimpleNamespace(flush=flush)
        stage.station.spawn = spawn
        self.seat = seat = self._seat()
        stage.station.risk.assessment.watch(stage.parts.risk.show_assessment)
        self.presenter = SecondPresenter(stage.bridge, seat, stage.station, stage.parts.risk)

    def _seat(self) -> Any:
        return SimpleNamespace(second=SimpleNamespace(say=self.say))

    async def say(self, wish: Wish, assessment: Assessment, lowering: str, agrees: bool) -> Operation:
        self.wishes.append(wish)
        if self.refusal is not None:
            raise self.refusal
        body = {"note": assessment.note, "call": assessment.call, "site": assessment.site}
        word = {**body, "lowering": lowering, "agrees": agrees}
        return Operation("w" * 32, "risk.second", assessment.id, wish.operator, self.stage.clock.now(), word)

    def lowered(self, call: str = "c") -> None:
        """R3 stands, and the operator wishes to go below."""
        risk = self.stage.station.risk
        self.stage.station.notes.open_for(call)
        risk.answer(Item.PLAN_WEEK, AskState.YES)
        self.stage.clock.forward(60)
        risk.lower(Level.R1, "记错了")
        assert risk.assessment.value.standing.waiting is not None

    def press(self, agrees: bool = True) -> None:
        self.stage.parts.risk.second.said.emit("li", "secret", "", agrees)

    def press_while_another_call_is_answered(self) -> None:
        """The press is heard once another note, with a lowering of its own, lies in front."""
        late: list[Callable[[], object]] = []
        wish, self.stage.bridge.wish = self.stage.bridge.wish, late.append
        self.type()
        self.press()
        self.stage.bridge.wish = wish
        self.lowered("another")
        for act in late:
            act()

    def type(self) -> None:
        """As it looks while it is being tried."""
        self.stage.parts.risk.second.show_busy(True)

    @property
    def free(self) -> bool:
        """Whether it can be tried again."""
        return self.stage.parts.risk.second._password.isEnabled()

    @property
    def words(self) -> str:
        trouble = self.stage.parts.risk.second._trouble
        return "" if trouble.isHidden() else trouble.text()


def test_a_lead_agrees_and_the_lower_level_counts_at_once(stage: Stage) -> None:
    beside = Beside(stage)
    beside.lowered()
    beside.press()
    (wish,) = beside.wishes
    assert (wish.operator, wish.seat) == ("li", "1001")
    assert beside.flushed == 1, "what is agreed to is on the disk first"
    standing = stage.station.risk.assessment.value.standing
    assert standing.waiting is None
    assert standing.level is Level.R1
    assert beside.words == ""


def test_a_lead_who_refuses_leaves_the_level_as_it_was(stage: Stage) -> None:
    beside = Beside(stage)
    beside.lowered()
    beside.press(agrees=False)
    assert stage.station.risk.assessment.value.standing.level is Level.R3


@pytest.mark.parametrize("code", ["second_is_you", "second_may_not", "second_too_late"])
def test_why_it_was_refused_is_said_and_it_can_be_tried_again(stage: Stage, code: str) -> None:
    beside = Beside(stage, SignInRefused(code))
    beside.lowered()
    beside.stage.parts.risk.second.show_busy(True)
    beside.press()
    assert beside.words == problem_sentence(code)
    assert stage.parts.risk.second._password.isEnabled()
    assert stage.station.risk.assessment.value.standing.level is Level.R3


def test_who_has_a_second_factor_is_asked_for_its_code(stage: Stage) -> None:
    beside = Beside(stage, SignInRefused("code_wanted"))
    beside.lowered()
    beside.press()
    assert not stage.parts.risk.second._code.isHidden()


def test_where_nothing_waits_any_more_nobody_is_asked(stage: Stage) -> None:
    beside = Beside(stage)
    stage.station.notes.open_for("c")
    beside.press()
    assert beside.wishes == []
    assert beside.words == problem_sentence("second_too_late")


def test_a_disk_that_takes_nothing_keeps_nobody_waiting(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second, "PATIENCE_SECONDS", 0.01)
    beside = Beside(stage)
    beside.lowered()
    beside.disk_takes = False
    beside.type()
    beside.press()
    assert beside.wishes == [], "nobody agrees to what may be lost"
    assert beside.words == problem_sentence("second_not_kept")
    assert beside.free


def test_a_bug_gives_the_fields_back_and_is_told(stage: Stage) -> None:
    beside = Beside(stage, RuntimeError("a bug"))
    beside.lowered()
    beside.type()
    beside.press()
    assert beside.bugs == [beside.refusal], "it goes where every bug goes"
    assert beside.free
    assert beside.words == ""


def test_a_word_about_one_note_is_never_one_about_the_next(stage: Stage) -> None:
    beside = Beside(stage)
    beside.lowered()
    beside.press_while_another_call_is_answered()
    assert beside.wishes == []
    standing = stage.station.risk.assessment.value.standing
    assert standing.waiting is not None, "the lowering in front was not answered"
    assert standing.level is Level.R3
    assert beside.words == "", "what is in front has nothing to do with it"
    assert beside.free


def test_an_answer_that_comes_after_another_note_came_to_the_front_disturbs_nothing(stage: Stage) -> None:
    beside = Beside(stage)
    beside.lowered()
    first = stage.station.risk.assessment.value.id
    say = beside.say

    async def slow(*what: Any) -> Operation:
        beside.lowered("another")
        stage.parts.risk.second._operator.setText("wang")
        return await say(*what)

    beside.seat.second.say = slow
    beside.press()
    risk = stage.station.risk
    assert risk.assessment.value.id != first
    assert risk.assessment.value.standing.waiting is not None
    assert stage.parts.risk.second._operator.text() == "wang", "what is being typed stays"
    (aside,) = [one for one in risk._beside.values() if one.id == first]
    assert aside.standing.level is Level.R1, "and the word counts where it was said"
