"""What the console tells the telephone to do, in lines of JSON (packaging/softphone/src/messages.ts)."""

import json
from dataclasses import dataclass

from models.softphone.devices import Choice, Use

KEYS = frozenset("0123456789*#")


@dataclass(frozen=True, slots=True)
class Account:
    """Who the telephone is: `address` of the exchange (wss://…), `seat`, and the seat's password there."""

    address: str
    seat: str
    password: str

    def __repr__(self) -> str:
        # It must not get into a log by way of an exception.
        return f"Account(address={self.address!r}, seat={self.seat!r})"


def be(account: Account) -> str:
    """Be this seat's telephone."""
    return _order("be", address=account.address, seat=account.seat, password=account.password)


def choose(choice: Choice) -> str:
    """Use these devices."""
    return _order("choose", devices=choice.named())


def answer() -> str:
    """Pick up."""
    return _order("answer")


def hang_up() -> str:
    """Put down."""
    return _order("hang_up")


def press(key: str) -> str:
    """Send a keypad tone. Raises ValueError for what is no key."""
    if key not in KEYS:
        raise ValueError("no key of a telephone")
    return _order("press", key=key)


def ring(on: bool) -> str:
    """Ring on the loudspeaker, or be quiet."""
    return _order("ring", on=on)


def measure(on: bool) -> str:
    """Tell the levels of all devices, or no more."""
    return _order("measure", on=on)


def test(output: Use, on: bool) -> str:
    """Play a test tone, or stop it."""
    return _order("test", output=output.value, on=on)


def resume(dialog: dict[str, str]) -> str:
    """Come back into the conversation that a page that is gone had."""
    return _order("resume", dialog=dialog)


def leave() -> str:
    """Say good-bye to the exchange; the program of the telephone then ends."""
    return _order("leave")


def _order(name: str, **more: object) -> str:
    return json.dumps({"order": name, **more}, ensure_ascii=False)
