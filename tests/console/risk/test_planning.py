"""The safety plan at the desk: saved within a second, kept at every stop, beside what others wrote."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

from console.risk.planning import PlanService
from console.risk.service import STILL_HEARD
from console.runtime.journal import DiskTrouble
from models.clock import ManualClock
from models.codec import from_document
from models.notes.note import Note
from models.risk.safety_plan import PlanStep, SafetyPlan, Wording
from tests.console.desk import IDENTITY, MemoryJournal, NoTimer

AT = datetime(2026, 1, 1, tzinfo=UTC)
NOTE = Note("n", "c", "zhang", "beijing", "full", 1, AT)
OTHER = Note("m", "d", "zhang", "beijing", "full", 1, AT)


class Desk:
    """The service with what it reads from the disk and the timers it set."""

    def __init__(self, stored: SafetyPlan | None = None, *, broken: bool = False) -> None:
        self.stored, self.broken = stored, broken
        self.journal = MemoryJournal()
        self.timers: list[Callable[[], None]] = []
        self.reads: list[Coroutine[Any, Any, object]] = []
        self.plan = PlanService(
            self.journal, ManualClock(), self.later, IDENTITY, self.read, self.reads.append
        )

    def later(self, _seconds: float, fire: Callable[[], None]) -> NoTimer:
        self.timers.append(fire)
        return NoTimer()

    async def read(self, note: str) -> SafetyPlan | None:
        if self.broken:
            raise DiskTrouble("disk_error")
        return self.stored if self.stored and self.stored.id == note else None

    def loaded(self) -> None:
        for read in self.reads:
            asyncio.run(read)
        self.reads.clear()

    def open(self, note: Note = NOTE) -> None:
        self.plan.open_for(note)
        self.loaded()

    def rest(self) -> None:
        for fire in tuple(self.timers):
            fire()
        self.timers.clear()

    def is_saved(self) -> bool:
        return self.plan.desk.value.saved_at is not None

    def on_disk(self) -> SafetyPlan:
        return from_document(SafetyPlan, self.journal.records()["n"])


def test_what_is_typed_is_written_after_a_rest_and_said_to_be_saved() -> None:
    desk = Desk()
    desk.open()
    for text in ("睡", "睡不", "睡不着"):
        desk.plan.write(PlanStep.SIGNS, text, 1, "n")
    assert not desk.journal.operations
    assert desk.plan.desk.value.text(PlanStep.SIGNS) == "睡不着"
    desk.rest()
    assert len(desk.journal.operations) == 1
    assert not desk.is_saved()
    desk.journal.all_durable()
    assert desk.is_saved()
    assert desk.on_disk().text(PlanStep.SIGNS) == "睡不着"


def test_a_stop_keeps_the_wording_and_what_follows_stands_on_it() -> None:
    desk = Desk()
    desk.open()
    desk.plan.write(PlanStep.OWN, "听歌", 1, "n")
    desk.plan.leave()
    desk.plan.write(PlanStep.OWN, "听歌、散步", 1, "n")
    desk.rest()
    desk.plan.write(PlanStep.OWN, "散步", 1, "n")
    desk.plan.leave()
    assert sorted(one.text for one in desk.on_disk().words) == ["听歌", "散步"]
    assert desk.on_disk().text(PlanStep.OWN) == "散步"
    count = len(desk.journal.operations)
    desk.plan.leave()
    assert len(desk.journal.operations) == count, "nothing new to keep"


def test_another_note_has_its_own_plan_and_the_first_comes_back() -> None:
    desk = Desk()
    desk.open()
    desk.plan.write(PlanStep.SIGNS, "睡不着", 1, "n")
    desk.open(OTHER)
    assert desk.plan.desk.value.text(PlanStep.SIGNS) == ""
    desk.open()
    assert desk.plan.desk.value.text(PlanStep.SIGNS) == "睡不着"
    desk.plan.open_for(None)
    desk.plan.write(PlanStep.SIGNS, "x", 1, "n")
    assert desk.plan.desk.value.plan is None


def test_of_a_month_of_notes_only_the_open_and_the_last_plans_hear_late_words() -> None:
    desk = Desk()
    names = [f"n{n}" for n in range(100)]
    for name in names:
        desk.open(Note(name, "c", "zhang", "beijing", "full", 1, AT))
        desk.plan.keep_open({"n0", name})
    for name in names[:-1]:
        desk.plan.write(PlanStep.SIGNS, "迟到的话", 1, name)
    heard = [one.id for one in desk.journal.operations]
    assert heard == ["n0", *names[100 - STILL_HEARD - 1 : 99]]


def stored(*texts: str) -> SafetyPlan:
    words = tuple(
        Wording(f"s{n}", AT + timedelta(seconds=n), "zhang", PlanStep.SIGNS, text, kept=True)
        for n, text in enumerate(texts)
    )
    return SafetyPlan("n", "n", "c", "zhang", "beijing", AT, words)


def test_nobody_writes_before_what_is_stored_is_on_the_screen() -> None:
    desk = Desk(stored("睡不着"))
    desk.plan.open_for(NOTE)
    desk.plan.write(PlanStep.SIGNS, "覆盖", 1, "n")
    assert not desk.plan.desk.value.typed
    desk.loaded()
    assert desk.plan.desk.value.ready
    desk.plan.write(PlanStep.SIGNS, "睡不着，不想吃", 1, "n")
    desk.plan.leave()
    assert desk.journal.operations[0].body["on"] == ["s0"]


def test_what_comes_from_elsewhere_while_somebody_types_stays_beside_it() -> None:
    desk = Desk()
    desk.open()
    desk.plan.write(PlanStep.SIGNS, "这里写的", 1, "n")
    desk.stored = stored("那里写的")
    desk.reads.append(desk.plan._fetch("n"))
    desk.loaded()
    desk.plan.leave()
    plan = desk.plan.desk.value.plan
    assert plan is not None
    assert set(plan.text(PlanStep.SIGNS).split("\n")) == {"这里写的", "那里写的"}


def test_a_disk_that_cannot_be_read_keeps_nobody_from_writing() -> None:
    desk = Desk(broken=True)
    desk.open()
    desk.plan.write(PlanStep.SIGNS, "睡不着", 1, "n")
    desk.plan.leave()
    assert desk.on_disk().text(PlanStep.SIGNS) == "睡不着"


def test_words_that_come_late_belong_to_the_note_under_which_they_were_typed() -> None:
    """The window still shows the mother's plan while the daughter's note is in front already."""
    desk = Desk()
    desk.open()
    desk.plan.write(PlanStep.SIGNS, "睡不着", 1, "n")
    desk.open(OTHER)
    desk.plan.write(PlanStep.SIGNS, "睡不着，不想吃", 1, "n")
    assert desk.plan.desk.value.text(PlanStep.SIGNS) == ""
    assert desk.on_disk().text(PlanStep.SIGNS) == "睡不着，不想吃"
    assert "m" not in desk.journal.records()
    desk.plan.open_for(None)
    desk.plan.write(PlanStep.OWN, "听歌", 1, "n")
    desk.open()
    assert desk.plan.desk.value.text(PlanStep.SIGNS) == "睡不着，不想吃"
    assert desk.plan.desk.value.text(PlanStep.OWN) == "听歌"


def test_any_text_is_kept_as_it_was_typed() -> None:
    for text in ("\U0001f469\u200d\U0001f467 \u200f\u0645\u200e", "line\nline", "字" * 100_000, "  "):
        desk = Desk()
        desk.open()
        desk.plan.write(PlanStep.SAFER, text, 1, "n")
        desk.plan.leave()
        (one,) = desk.on_disk().words
        assert one.text == text
