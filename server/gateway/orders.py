"""A console's commands: only the call of its own seat obeys, and the exchange carries them out."""

from collections.abc import Callable

from models.calls.call import Call, CallState
from models.calls.events import Watching
from models.calls.place import ENGAGED, colleague_at, state_at
from models.wire.commands import (
    Answer,
    CallCommand,
    ComeBack,
    Drop,
    HangUp,
    Hold,
    Invite,
    Leave,
    Mute,
    Press,
    Resume,
    TakeOver,
    Tape,
    Transfer,
    Watch,
)
from server.gateway.calls import LiveCalls
from server.gateway.exchange.handing import Handing
from server.gateway.exchange.port import Exchange, ExchangeRefused

_AFTER_LEAVING = (ComeBack, Drop, HangUp)


def allow_lead(command: Watch | TakeOver, seat: str, leads: bool, calls: LiveCalls) -> None:
    """Raise ExchangeRefused unless a lead or supervisor asks for a conversation of another seat."""
    call = calls.all.get(command.call)
    if call is None or not leads:
        raise ExchangeRefused("no_such_call" if calls.is_over(command.call) and leads else "not_yours")
    goes = isinstance(command, Watch) and command.how is Watching.GONE
    talks = any(state_at(one, seat) in ENGAGED for one in calls.all.values())
    if not call.answered_at or (talks and not goes):
        raise ExchangeRefused("not_now")


def allow(command: CallCommand, seat: str, calls: LiveCalls, is_free: Callable[[str], bool]) -> None:
    """Raise ExchangeRefused unless the call is this seat's and the command fits what it is doing there.

    `is_free` tells of a colleague's seat whether it can be rung: somebody is there and talks to nobody.
    """
    call = calls.all.get(command.call)
    if call is None:
        raise ExchangeRefused("no_such_call" if calls.is_over(command.call) else "not_yours")
    state = state_at(call, seat)
    if state is None:
        raise ExchangeRefused("not_yours")
    if call.answered_at and call.holder != seat and not isinstance(command, Answer | Leave):
        # A colleague who was asked in answers and leaves; everything else is the holder's.
        raise ExchangeRefused("not_yours")
    if not _fits(command, state, declines=call.holder != seat):
        raise ExchangeRefused("not_now")
    if isinstance(command, Answer | ComeBack) and _talks_elsewhere(command.call, seat, calls):
        raise ExchangeRefused("not_now")
    if isinstance(command, Invite | Transfer) and command.seat and not is_free(command.seat):
        raise ExchangeRefused("not_now")


def _fits(command: CallCommand, state: CallState, declines: bool) -> bool:
    if state is CallState.DIALLING:
        return isinstance(command, HangUp)
    if state is CallState.RINGING:
        return isinstance(command, Answer) or (isinstance(command, Leave) and declines)
    if isinstance(command, Answer):
        return False
    return state is not CallState.RELEASED or isinstance(command, _AFTER_LEAVING)


def _talks_elsewhere(call: str, seat: str, calls: LiveCalls) -> bool:
    return any(one.id != call and state_at(one, seat) in ENGAGED for one in calls.all.values())


async def give(command: CallCommand, seat: str, exchange: Exchange, call: Call) -> None:
    """Carry the command out. Raises ExchangeRefused."""
    colleague = None if call.holder == seat else colleague_at(call, seat)
    if colleague and isinstance(command, Leave):
        await exchange.drop(call.id, colleague.id)
        return
    match command:
        case Watch():
            await exchange.supervision.watch(command.call, seat, command.how)
        case TakeOver():
            await exchange.supervision.take_over(command.call, seat)
        case Tape():
            await exchange.recording.tape(command.call, command.on)
        case Leave() | ComeBack() | Transfer():
            await _hand(command, seat, exchange.handing)
        case Invite() if command.seat:
            await exchange.handing.ask_colleague(command.call, command.party, command.seat, command.label)
        case _:
            await _talk(command, seat, exchange)


async def _hand(command: Leave | ComeBack | Transfer, seat: str, handing: Handing) -> None:
    match command:
        case Leave():
            await handing.leave(command.call)
        case ComeBack():
            await handing.come_back(command.call, seat)
        case Transfer():
            await handing.transfer(command.call, command.dial, command.seat, command.label)


async def _talk(command: CallCommand, seat: str, exchange: Exchange) -> None:
    match command:
        case Answer():
            await exchange.answer(command.call, seat)
        case HangUp():
            await exchange.hang_up(command.call)
        case Hold():
            await exchange.hold(command.call)
        case Resume():
            await exchange.resume(command.call)
        case Mute():
            await exchange.mute(command.call, command.on)
        case Invite():
            await exchange.invite(command.call, command.party, command.dial, command.label)
        case Drop():
            await exchange.drop(command.call, command.party)
        case Press():
            await exchange.press(command.call, command.keys)
        case _:
            raise ExchangeRefused("not_now")
