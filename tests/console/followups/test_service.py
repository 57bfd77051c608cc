"""The list of calls that are owed, over the scripted line."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from console.followups.owing import Owing
from console.followups.service import FollowupsService
from console.line.done import Done
from console.line.fake import Exchange, ScriptedLine
from console.line.port import Happened, News
from console.session.identity import Identity
from models.calls.call import Call
from models.calls.events import Answered, CallEnd, Direction, Ended
from models.clock import ManualClock
from models.followups.callback import EXPIRES_AFTER, Callback, Result, Why
from models.followups.dates import Calendar
from models.followups.known import KnownOwed
from models.ids import new_id
from models.operation import Operation
from models.people.operator import Operator, Role

NUMBER = "+8613800000001"
ME = Operator("li", "李", "psychiatrist", "jinzhong", (Role.OPERATOR,))


class Written:
    """A journal that keeps what it was given."""

    def __init__(self) -> None:
        self.operations: list[Operation] = []

    def write(self, *operations: Operation, urgent: bool = False) -> Any:
        assert urgent
        self.operations += operations
        return asyncio.get_running_loop().create_future()

    def kinds(self) -> list[str]:
        return [one.type.partition(".")[2] for one in self.operations]


class Desk:
    """The service at seat 1001 with one call-back of the server's."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.journal = Written()
        self.exchange = Exchange(self.clock)
        self.line = ScriptedLine(self.exchange)
        self.refused: list[str] = []
        now = self.clock.now()
        self.owed = Callback("b" * 32, "c", "jinzhong", "", Why.ABANDONED, NUMBER, now, now, line="12356")
        self.others: tuple[Callback, ...] = ()
        identity = Identity(ME, "1001", "", b"", practice=True)
        self.owing = Owing(self.journal, self.clock, identity, self.read)
        self.service = FollowupsService(
            self.owing, self.clock, identity, self.line.outgoing, self.command, Calendar()
        )

    async def read(self) -> KnownOwed:
        return KnownOwed((self.owed, *self.others))

    async def command(self, done: Coroutine[Any, Any, Done]) -> str:
        answer = await done
        self.refused += [] if answer.ok else [answer.why]
        return "" if answer.ok else answer.why

    def hear(self, news: News) -> None:
        if isinstance(news, Happened):
            self.service.hear(news.event)

    @property
    def call(self) -> Call:
        (call,) = self.exchange.calls.values()
        return call

    def mark(self) -> tuple[str, str, datetime]:
        return new_id(), self.call.id, self.clock.now()


def play(story: Callable[[Desk], Awaitable[None]], *, connected: bool = True) -> None:
    async def evening() -> None:
        desk = Desk()
        await desk.service.refresh()
        running = asyncio.create_task(desk.line.run("li", "1001", desk.hear)) if connected else None
        while connected and not desk.exchange.listeners:
            await asyncio.wait([asyncio.ensure_future(_turn())])
        try:
            await story(desk)
        finally:
            if running:
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)

    asyncio.run(evening())


async def _turn() -> None:
    return None


def test_one_wish_takes_it_and_dials_with_the_hotline_s_number() -> None:
    async def story(desk: Desk) -> None:
        await desk.service.dial(desk.owed.id)
        assert (desk.call.number, desk.call.about, desk.call.direction) == (
            *("13800000001", desk.owed.id),
            Direction.OUT,
        )
        due = desk.service.due.value
        assert due.tried
        assert (due.tried.call, due.tried.over) == (desk.call.id, False)
        assert due.owed[0].taken
        assert (due.owed[0].taken.by, due.owed[0].taken.on) == ("li", True)
        await desk.service.dial(desk.owed.id)
        assert len(desk.exchange.calls) == 1

    play(story)


def test_the_result_is_asked_when_the_call_is_over_and_ends_it() -> None:
    async def story(desk: Desk) -> None:
        await desk.service.dial(desk.owed.id)
        desk.exchange.tell(Answered(*desk.mark(), "1001"))
        desk.exchange.tell(Ended(*desk.mark(), CallEnd.CALLER_HUNG_UP))
        tried = desk.service.due.value.tried
        assert tried
        assert (tried.reached, tried.over) == (True, True)
        desk.service.answer(Result.STABLE)
        assert desk.service.due.value.owed == ()
        assert desk.service.due.value.tried is None
        assert desk.journal.kinds() == ["take", "attempt"]
        assert desk.journal.operations[-1].body["call"] == desk.call.id

    play(story)


@pytest.mark.parametrize(("result", "how"), [(Result.NO_ANSWER, "voicemail"), (Result.OTHER_ANSWERED, "")])
def test_a_voicemail_and_a_wrong_person_leave_it_owed_and_free(result: Result, how: str) -> None:
    async def story(desk: Desk) -> None:
        await desk.service.dial(desk.owed.id)
        desk.exchange.tell(Answered(*desk.mark(), "1001"))
        desk.exchange.tell(Ended(*desk.mark(), CallEnd.OPERATOR_ENDED))
        desk.service.answer(result, how)
        (owed,) = desk.service.due.value.owed
        assert [(one.result, one.how) for one in owed.attempts] == [(result, how)]
        assert owed.taken
        assert not owed.taken.on

    play(story)


def test_what_the_line_says_stands_with_the_result() -> None:
    async def story(desk: Desk) -> None:
        await desk.service.dial(desk.owed.id)
        desk.exchange.tell(Ended(*desk.mark(), CallEnd.NORMAL, "busy"))
        tried = desk.service.due.value.tried
        assert tried
        assert (tried.over, tried.how, tried.reached) == (True, "busy", False)
        desk.service.answer(Result.NO_ANSWER)
        assert desk.service.due.value.owed[0].attempts[0].how == "busy"

    play(story)


def test_who_gives_up_before_it_rings_is_asked_nothing() -> None:
    async def story(desk: Desk) -> None:
        await desk.service.dial(desk.owed.id)
        assert (await desk.line.hang_up(desk.call.id)).ok
        due = desk.service.due.value
        assert due.tried is None
        assert due.owed[0].attempts == ()
        assert due.owed[0].taken
        assert not due.owed[0].taken.on

    play(story)


def test_without_a_line_nothing_is_tried() -> None:
    async def story(desk: Desk) -> None:
        await desk.service.dial(desk.owed.id)
        assert desk.refused == ["gateway_lost"]
        assert desk.service.due.value.tried is None
        assert desk.journal.kinds() == ["take", "take"]

    play(story, connected=False)


def test_a_caller_asks_to_be_called_back_once() -> None:
    async def story(desk: Desk) -> None:
        call = Call("k", "jinzhong", "13900000000", "12356")
        desk.service.ask_for(call)
        desk.service.ask_for(call)
        desk.service.ask_for(Call("w", "jinzhong", "", "12356"))
        assert desk.journal.kinds() == ["add"]
        asked = [
            one for one in desk.service.due.value.owed if isinstance(one, Callback) and one.why is Why.ASKED
        ]
        assert [(one.number, one.author, one.name, one.call) for one in asked] == [
            ("13900000000", "li", "李", "k")
        ]

    play(story)


def test_who_was_handed_over_by_110_is_called_back_at_the_number_of_the_note_or_nowhere() -> None:
    async def story(desk: Desk) -> None:
        call = Call("k", "jinzhong", "0354110", "12356")
        desk.service.ask_for(call)
        assert desk.journal.operations == []
        desk.service.said_in = {"k": {"safe_number": "139 0000 0000"}}.__getitem__
        desk.service.ask_for(call)
        (asked,) = (one for one in desk.service.due.value.owed if one.call == "k")
        assert asked.number == "13900000000"

    play(story)


def test_only_what_expired_is_closed() -> None:
    async def story(desk: Desk) -> None:
        desk.service.close(desk.owed.id)
        assert desk.journal.operations == []
        desk.clock.forward(EXPIRES_AFTER.total_seconds())
        desk.service.close(desk.owed.id)
        assert desk.journal.kinds() == ["close"]
        assert desk.service.due.value.owed == ()

    play(story)


def _owed(name: str, after: float) -> Callback:
    at = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=after)
    return Callback(name, "c", "jinzhong", "", Why.ABANDONED, NUMBER, at, at)


def test_the_one_that_was_due_first_is_at_the_head() -> None:
    async def story(desk: Desk) -> None:
        rows: Sequence[Callback] = [_owed("late", 9), _owed("early", 1)]

        async def read() -> KnownOwed:
            return KnownOwed(tuple(rows))

        identity = Identity(ME, "1001", "", b"", practice=True)
        owing = Owing(desk.journal, desk.clock, identity, read)
        await owing.refresh()
        assert [one.id for one in owing.due.value.owed] == ["early", "late"]

    play(story)


def _again(desk: Desk, name: str, after: timedelta = timedelta(0)) -> Callback:
    at = desk.clock.now() + after
    return replace(desk.owed, id=name * 32, call=name, number="13800000001", made_at=at, due_at=at)


async def _gave_up(desk: Desk, *others: Callback) -> None:
    desk.others += others
    known = {one.id: one for one in desk.service.due.value.owed}
    await desk.service.refresh()
    assert known.keys() <= {one.id for one in desk.service.due.value.owed}


def _acts(desk: Desk) -> list[tuple[str, str]]:
    return [(one.type.partition(".")[2], one.id[0]) for one in desk.journal.operations]


def test_one_call_ends_every_abandoned_call_of_its_number_each_by_its_own_act() -> None:
    async def story(desk: Desk) -> None:
        wished = replace(_again(desk, "w"), why=Why.ASKED, author="li")
        await _gave_up(desk, _again(desk, "d"), _again(desk, "e"), wished)
        await desk.service.dial(desk.owed.id)
        assert len(desk.exchange.calls) == 1
        desk.exchange.tell(Answered(*desk.mark(), "1001"))
        desk.exchange.tell(Ended(*desk.mark(), CallEnd.CALLER_HUNG_UP))
        desk.service.answer(Result.STABLE)
        assert _acts(desk) == [*(("take", one) for one in "bde"), *(("attempt", one) for one in "bde")]
        attempts = desk.journal.operations[3:]
        assert {one.body["call"] for one in attempts} == {desk.call.id}
        assert len({one.op for one in attempts}) == 3
        assert [one.id[0] for one in desk.service.due.value.owed] == ["w"]

    play(story)


def test_nobody_reached_leaves_all_of_them_owed_and_free() -> None:
    async def story(desk: Desk) -> None:
        await _gave_up(desk, _again(desk, "d"))
        await desk.service.dial(desk.owed.id)
        desk.exchange.tell(Ended(*desk.mark(), CallEnd.NORMAL, "busy"))
        desk.service.answer(Result.NO_ANSWER)
        owed = desk.service.due.value.owed
        assert [(one.id[0], len(one.attempts), one.taken and one.taken.on) for one in owed] == [
            ("b", 1, False),
            ("d", 1, False),
        ]

    play(story)


def test_who_gives_up_again_while_the_call_is_made_is_still_owed() -> None:
    async def story(desk: Desk) -> None:
        await desk.service.dial(desk.owed.id)
        desk.owing.add(_again(desk, "f", timedelta(minutes=1)))
        assert [one.id[0] for one in desk.service.due.value.owed] == ["b", "f"]
        desk.service.answer(Result.STABLE)
        assert [(one.id[0], one.attempts) for one in desk.service.due.value.owed] == [("f", ())]

    play(story)


def test_who_does_not_ring_lets_all_of_them_be() -> None:
    async def story(desk: Desk) -> None:
        await _gave_up(desk, _again(desk, "d"))
        await desk.service.dial(desk.owed.id)
        assert _acts(desk) == [("take", "b"), ("take", "d"), ("take", "b"), ("take", "d")]
        assert not any(one.taken and one.taken.on for one in desk.service.due.value.owed)

    play(story, connected=False)


def test_of_one_number_only_what_expired_is_closed() -> None:
    async def story(desk: Desk) -> None:
        await _gave_up(desk, _again(desk, "d"), _again(desk, "e", timedelta(hours=1)))
        desk.clock.forward(EXPIRES_AFTER.total_seconds())
        desk.service.close(desk.owed.id)
        assert _acts(desk) == [("close", "b"), ("close", "d")]
        assert [one.id[0] for one in desk.service.due.value.owed] == ["e"]

    play(story)
