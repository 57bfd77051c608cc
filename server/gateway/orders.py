"""A console's commands: only the call of its own seat obeys, and the exchange carries them out."""

from models.calls.call import CallState
from models.calls.place import CONVERSATION, state_at
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
)
from server.gateway.calls import LiveCalls
from server.gateway.exchange.handing import Handing
from server.gateway.exchange.port import Exchange, ExchangeRefused

_AFTER_LEAVING = (ComeBack, Drop, HangUp)


def allow(command: CallCommand, seat: str, calls: LiveCalls) -> None:
    """Raise ExchangeRefused unless the call is this seat's and the command fits what it is doing there."""
    call = calls.all.get(command.call)
    if call is None:
        raise ExchangeRefused("no_such_call" if calls.is_over(command.call) else "not_yours")
    state = state_at(call, seat)
    if state is None:
        raise ExchangeRefused("not_yours")
    if isinstance(command, Answer) is not (state is CallState.RINGING):
        raise ExchangeRefused("not_now")
    if state is CallState.RELEASED and not isinstance(command, _AFTER_LEAVING):
        raise ExchangeRefused("not_now")
    if isinstance(command, ComeBack) and _talks_elsewhere(command.call, seat, calls):
        raise ExchangeRefused("not_now")


def _talks_elsewhere(call: str, seat: str, calls: LiveCalls) -> bool:
    return any(one.id != call and state_at(one, seat) in CONVERSATION for one in calls.all.values())


async def give(command: CallCommand, seat: str, exchange: Exchange) -> None:
    """Carry the command out. Raises ExchangeRefused."""
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
            await _hand(command, seat, exchange.handing)


async def _hand(command: CallCommand, seat: str, handing: Handing) -> None:
    match command:
        case Leave():
            await handing.leave(command.call)
        case ComeBack():
            await handing.come_back(command.call, seat)
        case _:
            raise ExchangeRefused("not_now")
