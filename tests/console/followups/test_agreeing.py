"""What is agreed about being called, as the console of one operator keeps it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from console.followups.agreeing import About, Agreeing
from console.followups.owing import Owing
from console.followups.service import FollowupsService
from console.line.done import Done
from console.session.identity import Identity
from models.calls.call import Call
from models.calls.events import Answered, CallEnd, Ended
from models.calls.outgoing import Placed
from models.clock import ManualClock
from models.followups.callback import Attempt, Callback, Result, Why
from models.followups.dates import Calendar
from models.followups.followup import Arrangement, Consent, Ending, Followup, Series, Window
from models.followups.known import KnownOwed
from models.ids import new_id
from models.operation import Operation
from models.people.operator import Operator, Role

NUMBER = "13800000001"
BJ = Series("bj", 1, (1, 7, 30, 90, 365), "s")
AGREED = Arrangement(Consent.AGREED, code_word="老同学", windows=(Window(18 * 60, 22 * 60),))


class Written:
    """A journal that keeps what it was given."""

    def __init__(self) -> None:
        self.operations: list[Operation] = []

    def write(self, *operations: Operation, urgent: bool = False) -> Any:
        assert urgent
        self.operations += operations
        return asyncio.get_running_loop().create_future()

    def kinds(self) -> list[str]:
        return [one.type for one in self.operations]


class Outgoing:
    """A line that calls whoever it is told to."""

    def __init__(self) -> None:
        self.dialled: list[str] = []

    async def dial_out(self, call: str, dial: str, label: str, about: str) -> Done:
        self.dialled.append(dial)
        return Done(True)


class Desk:
    """One operator's list, with what is on the disk given."""

    def __init__(self, role: Role = Role.OPERATOR, known: KnownOwed | None = None, name: str = "li") -> None:
        self.clock = ManualClock(datetime(2026, 11, 1, 12, 0, tzinfo=UTC))
        self.journal, self.line = Written(), Outgoing()
        self.known = known or KnownOwed()
        identity = Identity(Operator(name, "李", "psychiatrist", "jinzhong", (role,)), "1", "", b"k", True)
        self.owing = Owing(self.journal, self.clock, identity, self.read)
        self.calls = FollowupsService(self.owing, self.clock, identity, self.line, self.command, Calendar())
        self.calls.note_of = lambda call: f"note-{call[:4]}"
        self.agreeing = Agreeing(self.owing, self.clock, identity, Calendar())

    async def read(self) -> KnownOwed:
        return self.known

    async def command(self, done: Any) -> str:
        return "" if (await done).ok else "refused"

    def about(self, note: str = "n", number: str = NUMBER, person: str = "") -> About:
        return About(f"c-{note}", note, number, self.clock.now(), "R3", person)

    def told(self) -> list[str]:
        return [attempt.op for one in self.owing.due.value.told for attempt in one.unseen]

    def followup(self, name: str) -> Followup:
        known = self.owing.get(name)
        assert isinstance(known, Followup)
        return known

    async def called(self, owed: str, result: Result, source: str = "") -> None:
        """Dial, be answered, hang up, say what came of it."""
        await self.calls.dial(owed)
        tried = self.owing.due.value.tried
        assert tried
        now = self.clock.now()
        self.calls.hear(Placed(new_id(), tried.call, now, "1", NUMBER, "12356", "li", "", owed))
        self.calls.hear(Answered(new_id(), tried.call, now, "1"))
        self.calls.hear(Ended(new_id(), tried.call, now, CallEnd.NORMAL))
        self.calls.answer(result, "", source)


def play(story: Callable[[Desk], Awaitable[None]], desk: Callable[[], Desk] = Desk) -> None:
    async def evening() -> None:
        made = desk()
        await made.owing.refresh()
        await story(made)

    asyncio.run(evening())


def test_a_series_is_made_once_with_dates_in_the_safe_times() -> None:
    async def story(desk: Desk) -> None:
        name = desk.agreeing.agree(desk.about(), AGREED, BJ)
        assert desk.agreeing.agree(desk.about(), AGREED, BJ) == name
        assert desk.journal.kinds() == ["followup.add"]
        known = desk.followup(name)
        assert (known.author, known.note, known.level, len(known.due)) == ("li", "n", "R3", 5)
        assert known.due[0] == desk.clock.now() + timedelta(days=1)
        assert desk.owing.due.value.owed == (known,)

    play(story)


@pytest.mark.parametrize("consent", [Consent.REFUSED, Consent.UNASKED])
def test_nobody_is_called_who_did_not_agree(consent: Consent) -> None:
    async def story(desk: Desk) -> None:
        assert desk.agreeing.agree(desk.about(), replace(AGREED, consent=consent), BJ) == ""
        assert desk.journal.operations == []

    play(story)


def test_said_anew_it_keeps_its_dates_and_a_later_call_replaces_it() -> None:
    async def story(desk: Desk) -> None:
        first = desk.agreeing.agree(desk.about(), AGREED, BJ)
        due = desk.followup(first).due
        desk.agreeing.agree(desk.about(), replace(AGREED, code_word="图书馆"), BJ)
        assert (desk.followup(first).agreed.code_word, desk.followup(first).due) == ("图书馆", due)
        second = desk.agreeing.agree(desk.about("later"), AGREED, BJ)
        assert desk.followup(first).closing is Ending.REPLACED
        assert desk.owing.due.value.owed == (desk.followup(second),)

    play(story)


def test_a_call_that_reached_leads_to_the_next_date_and_one_that_did_not_is_tried_again() -> None:
    async def story(desk: Desk) -> None:
        name = desk.agreeing.agree(desk.about(), AGREED, BJ)
        desk.clock.forward(timedelta(days=1).total_seconds())
        await desk.called(name, Result.NO_ANSWER)
        # At 20:00 local nobody answered: four hours later it is night, so tomorrow evening.
        assert desk.followup(name).due_at == datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
        desk.clock.forward(timedelta(hours=23).total_seconds())
        await desk.called(name, Result.STABLE)
        known = desk.followup(name)
        assert [one.step for one in known.attempts] == [0, 0]
        assert (known.step, known.due_at.day) == (1, 8)
        assert [one.name for one in known.attempts] == ["李", "李"]
        assert known.attempts[1].note.startswith("note-")
        assert known.taken is not None
        assert not known.taken.on

    play(story)


def test_the_safe_number_is_dialled() -> None:
    async def story(desk: Desk) -> None:
        name = desk.agreeing.agree(desk.about(), replace(AGREED, number="139 0000 0002"), BJ)
        await desk.calls.dial(name)
        assert desk.line.dialled == ["13900000002"]

    play(story)


def test_who_wishes_no_contact_is_owed_nothing_and_not_dialled() -> None:
    async def story(desk: Desk) -> None:
        desk.owing.add(
            Callback("b", "c", "jinzhong", "", Why.ABANDONED, NUMBER, desk.clock.now(), desk.clock.now())
        )
        name = desk.agreeing.agree(desk.about(), AGREED, BJ)
        desk.clock.forward(60)
        desk.agreeing.stop([desk.owing.key_of(NUMBER)], "c", "不要再打来")
        assert desk.followup(name).closing is Ending.STOPPED
        assert desk.owing.due.value.barred == {"b"}
        await desk.calls.dial("b")
        assert desk.line.dialled == []
        desk.agreeing.allow("b", "家属求助")
        await desk.calls.dial("b")
        assert desk.line.dialled == []

    play(story)


def test_a_lead_opens_it_for_a_day_with_a_reason() -> None:
    async def story(desk: Desk) -> None:
        desk.owing.add(
            Callback("b", "c", "jinzhong", "", Why.ABANDONED, NUMBER, desk.clock.now(), desk.clock.now())
        )
        desk.agreeing.stop([desk.owing.key_of(NUMBER)])
        desk.agreeing.allow("b", " ")
        assert desk.owing.due.value.barred == {"b"}
        desk.agreeing.allow("b", "家属求助")
        assert desk.owing.due.value.barred == frozenset()
        desk.clock.forward(timedelta(hours=25).total_seconds())
        desk.owing.publish()
        assert desk.owing.due.value.barred == {"b"}

    play(story, lambda: Desk(Role.LEAD))


def test_who_asks_themselves_afterwards_is_called_and_agreeing_anew_takes_the_wish_back() -> None:
    async def story(desk: Desk) -> None:
        desk.agreeing.stop([desk.owing.key_of(NUMBER)])
        desk.clock.forward(60)
        desk.calls.ask_for(Call("k", "jinzhong", NUMBER, "12356"))
        assert desk.owing.due.value.barred == frozenset()
        name = desk.agreeing.agree(desk.about(), AGREED, BJ)
        assert desk.journal.kinds()[-2:] == ["contact.resume", "followup.add"]
        assert desk.owing.due.value.barred == frozenset()
        assert desk.followup(name).is_open

    play(story)


def test_what_others_brought_back_waits_for_who_promised_it() -> None:
    async def story(desk: Desk) -> None:
        name = desk.agreeing.agree(desk.about(), AGREED, BJ)
        mine = desk.followup(name)
        told = replace(mine, attempts=(_by_wang(desk.clock.now()),), step=1)
        desk.known = KnownOwed(followups=(told,))
        await desk.owing.refresh()
        assert desk.told() == ["w"]
        desk.agreeing.saw(name)
        assert desk.told() == []
        desk.agreeing.saw(name)
        assert desk.journal.kinds().count("followup.seen") == 1

    play(story)


def test_a_colleague_s_series_tells_me_nothing() -> None:
    async def story(desk: Desk) -> None:
        name = desk.agreeing.agree(desk.about(), AGREED, BJ)
        other = replace(desk.followup(name), author="zhao", attempts=(_by_wang(desk.clock.now()),))
        desk.known = KnownOwed(followups=(other,))
        await desk.owing.refresh()
        assert desk.owing.due.value.told == ()

    play(story)


@pytest.mark.parametrize(("reason", "closing"), [("", None), ("搬家", Ending.WITHDRAWN)])
def test_it_is_ended_by_hand_with_a_reason(reason: str, closing: Ending | None) -> None:
    async def story(desk: Desk) -> None:
        name = desk.agreeing.agree(desk.about(), AGREED, BJ)
        desk.agreeing.end(name, reason)
        assert desk.followup(name).closing is closing

    play(story)


def _by_wang(at: datetime) -> Attempt:
    return Attempt("w", at, "wang", Result.STABLE, "x", name="王")
