"""A connection of its own to an Asterisk for an examination: what is asked, heard and tried there."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from models.ids import new_id
from server.gateway.exchange.ami import Address, Ami, AmiRefused, Packet
from server.gateway.settings import AsteriskSettings

EXAMINATION = "xinqiao-examination"


class Visit:
    """Signed in with the account of the gateway, beside a gateway that may be running."""

    def __init__(self, ami: Ami, heard: list[tuple[float, Packet]], more: asyncio.Event) -> None:
        self.ami = ami
        self.heard = heard
        """Every event with the loop's seconds at which it was heard."""
        self._more = more

    async def value(self, variable: str) -> str:
        """A global variable or function of the exchange. Raises AmiRefused."""
        return (await self.ami.ask("Getvar", Variable=variable))["Value"]

    async def until(self, seen: Callable[[], bool], seconds: float) -> None:
        """Wait until the events hold something, or so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not seen():
                    self._more.clear()
                    await self._more.wait()

    async def heard_of(self, kind: str, seconds: float) -> bool:
        """Whether an event of this kind came since the beginning, or comes."""

        def seen() -> bool:
            return any(one["Event"] == kind for _, one in self.heard)

        await self.until(seen, seconds)
        return seen()

    @asynccontextmanager
    async def trying(self, what: str) -> AsyncIterator["Trial"]:
        """A call between two ends of the exchange itself, hung up afterwards. Raises AmiRefused."""
        name = f"examination-{new_id()}"
        await self.ami.ask(
            "Originate",
            Channel=f"Local/{what}@{EXAMINATION}/n",
            Context=EXAMINATION,
            Exten="sound",
            Priority="1",
            ChannelId=name,
            Timeout="5000",
            Async="true",
        )
        try:
            yield Trial(self, name)
        finally:
            # A call that ended by itself is what was wanted.
            with suppress(AmiRefused):
                await self.ami.ask("Hangup", Channel=name, Cause="16")


class Trial:
    """The events of one such call."""

    def __init__(self, visit: Visit, name: str) -> None:
        self._visit = visit
        self._name = name

    async def event(self, kind: str, seconds: float, **fields: str) -> tuple[float, Packet] | None:
        """The first event of this kind with these fields; None when it did not come before the call's end."""

        def fits(one: Packet) -> bool:
            return one["Event"] == kind and all(one[name] == value for name, value in fields.items())

        await self._visit.until(
            lambda: any(fits(one) or one["Event"] == "Hangup" for _, one in self._mine()), seconds
        )
        return next(((at, one) for at, one in self._mine() if fits(one)), None)

    def _mine(self) -> list[tuple[float, Packet]]:
        return [(at, one) for at, one in self._visit.heard if one["Linkedid"] == self._name]


@asynccontextmanager
async def visiting(settings: AsteriskSettings) -> AsyncIterator[Visit]:
    """A visit that is over when the block is left. Raises AmiLost."""
    heard: list[tuple[float, Packet]] = []
    more = asyncio.Event()
    loop = asyncio.get_running_loop()

    def hear(packet: Packet) -> None:
        heard.append((loop.time(), packet))
        more.set()

    address = Address(settings.host, settings.port, settings.user, settings.secret)
    ami = await Ami.connect(address, hear)
    try:
        yield Visit(ami, heard, more)
    finally:
        await ami.close()
