"""What a console asks of the gateway: each command has an id of the console's making and gets one `done`."""

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from models.calls.events import Watching
from models.shifts.duty import BreakReason
from models.wire.alerts import AlertCommand
from models.wire.base import Message
from models.wire.duty import Lengthen
from models.wire.handover import AskColleagues, TellColleague
from models.wire.seats import GiveSeat

Dial = Annotated[str, Field(pattern=r"^([0-9]{3,16})?$")]
SeatNumber = Annotated[str, Field(pattern=r"^[0-9]{0,16}$")]
Label = Annotated[str, Field(max_length=64)]


class CallOrder(Message):
    """What is asked of one call; `id` is the order's own."""

    id: str
    call: str


class Answer(CallOrder):
    """Bring the ringing call to this seat's telephone and pick it up."""

    kind: Literal["answer"] = "answer"


class HangUp(CallOrder):
    """End the call."""

    kind: Literal["hang_up"] = "hang_up"


class Hold(CallOrder):
    """Let the caller hear music."""

    kind: Literal["hold"] = "hold"


class Resume(CallOrder):
    """Take the caller back from hold."""

    kind: Literal["resume"] = "resume"


class Mute(CallOrder):
    """Cut the operator's voice or let it be heard again."""

    kind: Literal["mute"] = "mute"
    on: bool


class Invite(CallOrder):
    """Bring a third party in. `party` is a fresh id; the same one twice is one invitation.

    Either `dial` says whom to call outside, or `seat` which colleague's console shall ring.
    """

    kind: Literal["invite"] = "invite"
    party: str
    dial: Dial = ""
    seat: SeatNumber = ""
    label: Label


class Drop(CallOrder):
    """Let a third party go."""

    kind: Literal["drop"] = "drop"
    party: str


class Leave(CallOrder):
    """Leave the conversation; the others go on. A colleague who is in it has it from now on."""

    kind: Literal["leave"] = "leave"


class ComeBack(CallOrder):
    """Join the conversation again that was left."""

    kind: Literal["come_back"] = "come_back"


class Transfer(CallOrder):
    """Give the caller away without speaking first: to a number outside or to a colleague's seat.

    Where nobody takes the call there, the caller comes back to the head of the queue.
    """

    kind: Literal["transfer"] = "transfer"
    dial: Dial = ""
    seat: SeatNumber = ""
    label: Label


class Press(CallOrder):
    """Send keypad tones into the conversation."""

    kind: Literal["press"] = "press"
    keys: Annotated[str, Field(pattern=r"^[0-9*#]{1,32}$")]


class Tape(CallOrder):
    """Pause the recording, or let it go on."""

    kind: Literal["tape"] = "tape"
    on: bool


class Watch(CallOrder):
    """Listen, whisper, join or be gone: a supervisor's or lead's, in a call of another seat."""

    kind: Literal["watch"] = "watch"
    how: Watching


class TakeOver(CallOrder):
    """Take the conversation of another seat: a supervisor's or lead's."""

    kind: Literal["take_over"] = "take_over"


class DialOut(CallOrder):
    """Call somebody with the hotline's number. `call` is a fresh id of 32 hexadecimal digits: the same one
    twice is one call.

    `about` is the id of the follow-up or call-back it is made for, "" for none.
    """

    kind: Literal["dial_out"] = "dial_out"
    call: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    dial: Annotated[str, Field(pattern=r"^[0-9]{3,16}$")]
    label: Label
    about: Annotated[str, Field(max_length=64)] = ""


class SetDuty(Message):
    """Take calls (`ready`), none for a while (`break` with a reason) or finish wrap-up."""

    kind: Literal["set_duty"] = "set_duty"
    id: str
    state: Literal["ready", "break"]
    reason: BreakReason | None = None


class AskPicture(Message):
    """Tell everything again."""

    kind: Literal["ask_picture"] = "ask_picture"
    id: str


CallCommand = (
    Answer
    | HangUp
    | Hold
    | Resume
    | Mute
    | Invite
    | Drop
    | Leave
    | ComeBack
    | Transfer
    | Press
    | Tape
    | Watch
    | TakeOver
    | DialOut
    | TellColleague
)
Command = Annotated[
    CallCommand | SetDuty | Lengthen | GiveSeat | AskPicture | AlertCommand | AskColleagues,
    Field(discriminator="kind"),
]

COMMAND: TypeAdapter[Any] = TypeAdapter(Command)
