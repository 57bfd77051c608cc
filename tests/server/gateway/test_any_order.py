"""Events lost, doubled, in any order: after the picture of the exchange a seat sees just what is there."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from models.calls.advance import advance
from models.calls.call import Call, CallState, Offer, PartyPhase
from models.calls.events import (
    Answered,
    CallEnd,
    CallEvent,
    Ended,
    HandedOver,
    Held,
    Invited,
    Joined,
    Left,
    Muted,
    Offered,
    PartyRang,
    Released,
    Resumed,
    Withdrawn,
)
from models.calls.place import is_at
from models.clock import ManualClock
from models.people.operator import Operator
from models.wire.base import Message
from models.wire.line import Happened, Picture
from server.gateway.desk import Desk
from server.gateway.exchange.port import ExchangePicture, LineChanged
from server.gateway.exchange.simulated import Simulated
from server.gateway.rights import Badge

START = datetime(2026, 1, 1, tzinfo=UTC)
SEATS = ("1001", "1002")
LIVING = (CallState.RINGING, CallState.TALKING, CallState.HELD, CallState.RELEASED)


class PaperConsole:
    """A console that keeps its board and never shows a call whose end it was told."""

    def __init__(self, seat: str) -> None:
        self.badge = Badge(
            Operator(f"op-{seat}", "练习员", "psychiatrist", "jinzhong", ()), seat, stale=False
        )
        self.board: dict[str, Call] = {}
        self.ended: set[str] = set()

    def send(self, *news: Message) -> None:
        for one in news:
            if isinstance(one, Picture):
                self.board = {call.id: call for call in one.calls}
            elif isinstance(one, Happened):
                event = one.event
                self.board[event.call] = advance(self.board.get(event.call, Call(event.call)), event)
                self.ended |= {event.call} if isinstance(event, Ended) else set()
        assert not self.ended & {call.id for call in self.shown}

    @property
    def shown(self) -> list[Call]:
        seat = self.badge.seat
        return [call for call in self.board.values() if call.state in LIVING and is_at(call, seat)]

    def unsent(self) -> list[Message]:
        return []

    async def is_alive(self) -> bool:
        return True

    async def gone(self) -> None:
        raise AssertionError

    def expel(self, _why: str) -> None:
        raise AssertionError

    def close(self) -> None:
        raise AssertionError


class Witness(Simulated):
    """An exchange that shows the calls it was given."""

    calls: tuple[Call, ...] = ()

    async def picture(self) -> ExchangePicture:
        return ExchangePicture(self.calls)


@st.composite
def histories(draw: st.DrawFn, name: str) -> list[CallEvent]:
    """What happened to one call, in order, up to anywhere in its life."""
    number = count(1)
    at = START
    told: list[CallEvent] = []

    def mark() -> tuple[str, str, datetime]:
        nonlocal at
        at += timedelta(seconds=draw(st.integers(1, 60)))
        return f"{name}-{next(number)}", name, at

    for _ in range(draw(st.integers(0, 2))):
        seat = draw(st.sampled_from(SEATS))
        told += [Offered(*mark(), seat, "13800000001", "12356", START), Withdrawn(*mark(), seat)]
    seat = draw(st.sampled_from(SEATS))
    told += [Offered(*mark(), seat, "13800000001", "12356", START), Answered(*mark(), seat)]
    for _ in range(draw(st.integers(0, 3))):
        match draw(st.integers(0, 4)):
            case 0:
                told += [Held(*mark()), Resumed(*mark())]
            case 1:
                told += [Muted(*mark(), True), Muted(*mark(), False)]
            case 2:
                told += [Released(*mark(), True), Released(*mark(), False)]
            case 3:
                told.append(HandedOver(*mark(), draw(st.sampled_from(SEATS)), ""))
            case _:
                party = f"{name}-p{next(number)}"
                told += [Invited(*mark(), party, "110", "110"), PartyRang(*mark(), party)]
                told += [Joined(*mark(), party), Left(*mark(), party, "left")]
    told.append(Ended(*mark(), CallEnd.CALLER_HUNG_UP))
    return told[: draw(st.integers(0, len(told)))]


@st.composite
def evenings(draw: st.DrawFn) -> tuple[list[Call], list[CallEvent], bool]:
    """The calls as they truly are, what is heard of them, and whether the exchange remembers their past."""
    lives = [draw(histories(name)) for name in ("a", "b", "c")]
    truth = [reduce(advance, life, Call(life[0].call)) for life in lives if life]
    all_events = [event for life in lives for event in life]
    heard = draw(st.lists(st.sampled_from(all_events), max_size=40)) if all_events else []
    return truth, heard, draw(st.booleans())


def forgetful(call: Call) -> Call:
    """The same call as an exchange lists it that knows only the present."""
    return replace(
        call,
        offers={seat: Offer(offer.rang_at) for seat, offer in call.offers.items() if offer.rings},
        held=call.held if call.held and call.held.on else None,
        muted=None,
        seat=call.holder,
        handed=None,
        released=call.released if call.released and call.released.on else None,
        parties={key: party for key, party in call.parties.items() if party.phase is not PartyPhase.LEFT},
    )


async def watched(truth: list[Call], heard: list[CallEvent], remembers: bool) -> list[PaperConsole]:
    living = [call for call in truth if call.state is not CallState.ENDED]
    clock = ManualClock(START + timedelta(days=1))
    exchange = Witness(clock)
    desk = Desk("jinzhong", exchange, clock, 5)
    consoles = [PaperConsole(seat) for seat in SEATS]
    running = asyncio.create_task(desk.run())
    await desk.oriented.wait()
    for console in consoles:
        await desk.enter(console)
    for event in heard:
        desk.hear(event)
    exchange.calls = tuple(living if remembers else map(forgetful, living))
    desk.oriented.clear()
    desk.hear(LineChanged(""))
    await desk.oriented.wait()
    running.cancel()
    await asyncio.wait([running])
    return consoles


@settings(max_examples=300)
@given(evenings())
def test_the_seat_sees_what_is_there_and_nothing_else(
    evening: tuple[list[Call], list[CallEvent], bool],
) -> None:
    truth, heard, remembers = evening
    for console in asyncio.run(watched(truth, heard, remembers)):
        there = {
            call.id: (call.state, _parties(call))
            for call in truth
            if call.state in LIVING and is_at(call, console.badge.seat)
        }
        assert {call.id: (call.state, _parties(call)) for call in console.shown} == there


def _parties(call: Call) -> dict[str, PartyPhase]:
    return {key: party.phase for key, party in call.parties.items() if party.phase is not PartyPhase.LEFT}
