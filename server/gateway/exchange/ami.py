"""The Asterisk Manager Interface: one signed-in connection, its answers and its events."""

import asyncio
import hashlib
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeVar

from models.patience import arrived

T = TypeVar("T")

_LINE_BYTES = 8192
_PACKET_LINES = 400
_PATIENCE_SECONDS = 5.0
_VALUE_CHARACTERS = 512

TEXT = re.compile(r"[^\x00-\x1f\x7f]*")
NUMBER = re.compile(r"[0-9]{3,16}")
# A variable's value; with a comma or a parenthesis Asterisk would set other variables or call functions.
WORD = re.compile(r"[0-9A-Za-z_.-]{1,80}")


class AmiLost(Exception):
    """No connection, or none any more; `why`: line_lost, line_login_refused, line_config."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class AmiRefused(Exception):
    """Asterisk answered an action with an error; the text is Asterisk's own."""


class NotAdmitted(ValueError):
    """A value that must not reach the exchange."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the exchange listens and as whom to sign in."""

    host: str
    port: int
    user: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Packet:
    """One answer or event: its fields, and the channel variables that the exchange shows with it."""

    fields: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """The value of a field, empty when it is missing."""
        return self.fields.get(name, "")


def admit(value: str, shape: re.Pattern[str] = TEXT) -> str:
    """The one gate for every value on its way to the exchange. Raises NotAdmitted."""
    if len(value) > _VALUE_CHARACTERS or not shape.fullmatch(value):
        raise NotAdmitted
    return value


def packet(lines: list[str]) -> Packet:
    """What the lines say; a line that is no field is left out, so that nothing odd stops the rest."""
    fields: dict[str, str] = {}
    variables: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if name == "ChanVariable":
            variable, _, content = value.strip().partition("=")
            variables[variable] = content
        elif colon:
            fields.setdefault(name.strip(), value.strip())
    return Packet(fields, variables)


class Ami:
    """A signed-in connection. Events go to `hear`, one after another, from one task."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, hear: Callable[[Packet], None]
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._hear = hear
        self._numbers = count(1)
        self._answers: dict[str, asyncio.Future[Packet]] = {}
        self._lists: dict[str, tuple[list[Packet], asyncio.Future[None]]] = {}
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def connect(cls, address: Address, hear: Callable[[Packet], None], events: str = "on") -> "Ami":
        """Connect and sign in; the password itself never travels. Raises AmiLost.

        With `events` "off" nothing is heard but answers.
        """
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                reader, writer = await asyncio.open_connection(address.host, address.port, limit=_LINE_BYTES)
        except (OSError, TimeoutError) as trouble:
            raise AmiLost("line_lost") from trouble
        ami = cls(reader, writer, hear)
        try:
            await ami._sign_in(address, events)
        except BaseException:
            await ami.close()
            raise
        return ami

    async def ask(self, action: str, *variables: tuple[str, str], **fields: str) -> Packet:
        """One action, its answer; `variables` are set on the channel it makes.

        Raises AmiRefused, AmiLost, NotAdmitted.
        """
        return await self._ask(str(next(self._numbers)), action, variables, fields)

    async def collect(self, action: str, **fields: str) -> list[Packet]:
        """One action that answers with a list of events. Raises as `ask`."""
        number = str(next(self._numbers))
        events: list[Packet] = []
        complete: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._lists[number] = (events, complete)
        try:
            await self._ask(number, action, (), fields)
            await self._patiently(complete)
        finally:
            del self._lists[number]
            complete.cancel()
        return events

    async def lost(self) -> None:
        """Return when the connection has ended; what `hear` raised is raised here."""
        await asyncio.wait({self._reading})
        if not self._reading.cancelled():
            self._reading.result()

    async def close(self) -> None:
        """End the connection."""
        self._reading.cancel()
        await asyncio.wait({self._reading})
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()

    async def _sign_in(self, address: Address, events: str) -> None:
        try:
            challenge = (await self.ask("Challenge", AuthType="MD5"))["Challenge"]
            # Asterisk knows no other digest; loopback or a private network guards the line.
            digest = hashlib.md5((challenge + address.secret).encode(), usedforsecurity=False).hexdigest()
            await self.ask("Login", AuthType="MD5", Username=address.user, Key=digest, Events=events)
        except AmiRefused as refused:
            raise AmiLost("line_login_refused") from refused

    async def _ask(
        self, number: str, action: str, variables: tuple[tuple[str, str], ...], fields: dict[str, str]
    ) -> Packet:
        lines = [f"Action: {admit(action, WORD)}", f"ActionID: {number}"]
        lines += [f"{admit(name, WORD)}: {admit(value)}" for name, value in fields.items()]
        lines += [f"Variable: {admit(name, WORD)}={admit(value, WORD)}" for name, value in variables]
        if self._reading.done():
            raise AmiLost("line_lost")
        answer: asyncio.Future[Packet] = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        try:
            self._writer.write("\r\n".join([*lines, "", ""]).encode())
            answered = await self._patiently(answer)
        finally:
            del self._answers[number]
        if answered["Response"] != "Success":
            raise AmiRefused(answered["Message"])
        return answered

    async def _patiently(self, awaited: asyncio.Future[T]) -> T:
        either: set[asyncio.Future[Any]] = {awaited, self._reading}
        if not await arrived(either, _PATIENCE_SECONDS):
            # A connection that answers nothing is none: its owner is told and makes a new one.
            self._reading.cancel()
        if not awaited.done():
            await self.lost()
            raise AmiLost("line_lost")
        return awaited.result()

    async def _read(self) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            if not (await self._line()).startswith("Asterisk Call Manager"):
                raise AmiLost("line_config")
            lines: list[str] = []
            while True:
                line = await self._line()
                if line:
                    lines = [*lines, line] if len(lines) < _PACKET_LINES else lines
                elif lines:
                    self._sort(packet(lines))
                    lines = []

    async def _line(self) -> str:
        try:
            line = await self._reader.readuntil(b"\n")
        except asyncio.LimitOverrunError as overrun:
            await self._reader.readexactly(overrun.consumed)
            await self._line()
            return "oversized"
        return line.decode("utf-8", "replace").rstrip("\r\n")

    def _sort(self, heard: Packet) -> None:
        number = heard["ActionID"]
        answer = self._answers.get(number)
        # An event may have a response of its own, to what was asked long ago.
        if not heard["Event"]:
            if answer and not answer.done():
                answer.set_result(heard)
            return
        events, complete = self._lists.get(number, (None, None))
        if events is None or complete is None:
            self._hear(heard)
        elif heard["EventList"] != "Complete":
            events.append(heard)
        elif not complete.done():
            complete.set_result(None)
