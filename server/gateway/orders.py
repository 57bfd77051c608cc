"""A console's commands: only the call of its own seat obeys, and the exchange carries them out."""

from models.calls.call import CallState
from models.wire.commands import Answer, CallCommand, Drop, HangUp, Hold, Invite, Mute, Resume
from server.gateway.calls import LiveCalls
from server.gateway.duty import is_at
from server.gateway.exchange.port import Exchange, ExchangeRefused


def allow(command: CallCommand, seat: str, calls: LiveCalls) -> None:
    """Raise ExchangeRefused unless the call is this seat's and the command fits a ring or a conversation."""
    call = calls.all.get(command.call)
    if call is None:
        raise ExchangeRefused("no_such_call" if calls.is_over(command.call) else "not_yours")
    if not is_at(call, seat):
        raise ExchangeRefused("not_yours")
    if isinstance(command, Answer) is not (call.state is CallState.RINGING):
        raise ExchangeRefused("not_now")


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
        case _:
            raise ExchangeRefused("not_now")
