"""A desk telephone that speaks SIP by itself and no voice: it shows every header that reaches it."""

import asyncio
import hashlib
import re
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import cast

from tests.support.exchange import Exchange

_SDP = "\r\n".join(
    [
        "v=0",
        "o=- 1 1 IN IP4 127.0.0.1",
        "s=-",
        "c=IN IP4 127.0.0.1",
        "t=0 0",
        "m=audio {port} RTP/AVP 8",
        "a=rtpmap:8 PCMA/8000",
        "",
    ]
)


@dataclass(frozen=True)
class Said:
    """One SIP message: its first line and its headers, by lower-case names."""

    line: str
    headers: dict[str, list[str]] = field(default_factory=dict)

    @property
    def method(self) -> str:
        return self.line.partition(" ")[0]

    def __getitem__(self, name: str) -> str:
        return ", ".join(self.headers.get(name, []))


class DeskTelephone(asyncio.DatagramProtocol):
    """Rings, and picks up when it is lifted, or told to by a `NOTIFY` it knows (`talks`)."""

    def __init__(self, exchange: Exchange, seat: str, talks: bool) -> None:
        self.heard: list[Said] = []
        self.busy = False
        self._plan = exchange.plan
        self._seat = seat
        self._talks = talks
        self._tag = secrets.token_hex(4)
        self._ringing: Said | None = None
        self._more = asyncio.Event()
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, _address: object) -> None:
        said = _parsed(data)
        self.heard.append(said)
        self._more.set()
        match said.method:
            case "INVITE" if self.busy:
                self._answer(said, "486 Busy Here")
            case "INVITE":
                self._ringing = said
                self._answer(said, "180 Ringing")
            case "NOTIFY":
                knows = self._talks and said["event"] == "talk"
                self._answer(said, "200 OK" if knows else "489 Bad Event")
                if knows:
                    self.lift()
            case "CANCEL":
                self._answer(said, "200 OK")
                if self._ringing:
                    self._answer(self._ringing, "487 Request Terminated")
                self._ringing = None
            case "BYE" | "OPTIONS":
                self._answer(said, "200 OK")

    def lift(self) -> None:
        """Pick up what rings."""
        if self._ringing:
            self._answer(self._ringing, "200 OK", _SDP.format(port=self._port + 1))
            self._ringing = None

    async def register(self) -> None:
        """Be reachable at the exchange."""
        self._send(self._registration(1))
        asked = await self.until(lambda said: said.line.startswith("SIP/2.0 401"))
        challenge = dict(re.findall(r'(\w+)="?([^",]*)"?', asked["www-authenticate"].removeprefix("Digest ")))
        self._send(self._registration(2, self._proof(challenge)))
        await self.until(lambda said: said.line.startswith("SIP/2.0 200") and "2 REGISTER" in said["cseq"])

    async def until(self, fits: Callable[[Said], bool]) -> Said:
        """The first message that fits, from the beginning on."""
        while True:
            for said in self.heard:
                if fits(said):
                    return said
            self._more.clear()
            await self._more.wait()

    @property
    def _port(self) -> int:
        assert self._transport
        return int(self._transport.get_extra_info("sockname")[1])

    def _registration(self, number: int, proof: str = "") -> str:
        me = f"sip:{self._seat}@{self._plan.address}"
        lines = [
            f"REGISTER sip:{self._plan.address} SIP/2.0",
            f"Via: SIP/2.0/UDP 127.0.0.1:{self._port};branch=z9hG4bK{secrets.token_hex(6)}",
            f"From: <{me}>;tag={self._tag}",
            f"To: <{me}>",
            f"Call-ID: {self._tag}@desk",
            f"CSeq: {number} REGISTER",
            f"Contact: <sip:{self._seat}@127.0.0.1:{self._port}>",
            "Max-Forwards: 70",
            "Expires: 300",
        ]
        return "\r\n".join([*lines, *([proof] if proof else []), "Content-Length: 0", "", ""])

    def _proof(self, challenge: dict[str, str]) -> str:
        uri, nonce, once = f"sip:{self._plan.address}", challenge["nonce"], secrets.token_hex(4)
        first = _md5(f"{self._seat}:{challenge['realm']}:{self._plan.passwords[self._seat]}")
        response = _md5(f"{first}:{nonce}:00000001:{once}:auth:{_md5(f'REGISTER:{uri}')}")
        given = {"username": self._seat, "realm": challenge["realm"], "nonce": nonce, "uri": uri}
        given |= {"response": response, "cnonce": once, "opaque": challenge.get("opaque", "")}
        quoted = ", ".join(f'{name}="{value}"' for name, value in given.items())
        return f"Authorization: Digest {quoted}, qop=auth, nc=00000001, algorithm=MD5"

    def _answer(self, said: Said, status: str, body: str = "") -> None:
        to = said["to"] if ";tag=" in said["to"] else f"{said['to']};tag={self._tag}"
        lines = [f"SIP/2.0 {status}", *(f"Via: {via}" for via in said.headers.get("via", []))]
        lines += [f"Record-Route: {route}" for route in said.headers.get("record-route", [])]
        lines += [
            f"From: {said['from']}",
            f"To: {to}",
            f"Call-ID: {said['call-id']}",
            f"CSeq: {said['cseq']}",
        ]
        lines += [f"Contact: <sip:{self._seat}@127.0.0.1:{self._port}>", f"Content-Length: {len(body)}"]
        lines += ["Content-Type: application/sdp"] if body else []
        self._send("\r\n".join([*lines, "", body]))

    def _send(self, text: str) -> None:
        assert self._transport
        self._transport.sendto(text.encode(), (self._plan.address, self._plan.sip_port))


@asynccontextmanager
async def desk_telephone(
    exchange: Exchange, seat: str = "1001", talks: bool = True
) -> AsyncIterator[DeskTelephone]:
    """A telephone that is registered at the exchange."""
    loop = asyncio.get_running_loop()
    transport, phone = await loop.create_datagram_endpoint(
        lambda: DeskTelephone(exchange, seat, talks), local_addr=("127.0.0.1", 0)
    )
    try:
        await phone.register()
        yield phone
    finally:
        transport.close()


def _parsed(data: bytes) -> Said:
    head = data.decode(errors="replace").partition("\r\n\r\n")[0].split("\r\n")
    headers: dict[str, list[str]] = {}
    for line in head[1:]:
        name, _, value = line.partition(":")
        headers.setdefault(name.strip().lower(), []).append(value.strip())
    return Said(head[0], headers)


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
