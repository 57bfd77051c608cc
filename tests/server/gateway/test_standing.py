"""Tickets that are bound to a workstation, people who were revoked, and a server that is away."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from models.calls.call import CallState
from models.clock import ManualClock
from models.people.proof import NONCE_HEADER, Key, Request, thumbprint, write_proof
from models.wire.line import NEWS, Hello, Refused, Welcome
from server.central.keys import fresh_keys
from server.central.people.revocations import sign_revocations
from server.central.settings import Settings as ServerSettings
from server.central.storage.workstations import Revoked
from server.central.tickets import TicketRefused
from server.gateway.standing import Standing
from tests.server.gateway.consoles import GIVE_UP, PRIVATE, PUBLIC, Site, new_key, play, site, ticket_of

NOW = datetime(2026, 1, 1, tzinfo=UTC)
OWN, THIEF = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
SERVER = ServerSettings(False, PRIVATE, PUBLIC.encode(), fresh_keys(NOW), enrolment=True)


def _key(secret: Ed25519PrivateKey) -> Key:
    return Key(secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw), secret.sign)


def _bound(site: Site, **changes: Any) -> str:
    jkt = thumbprint(_key(OWN).public)
    return ticket_of(site.clock, **{"workstation": "w1", "jkt": jkt, **changes})


def _list(
    seconds: int = 0, *operators: str, settings: ServerSettings = SERVER, machines: tuple[str, ...] = ()
) -> str:
    revoked = Revoked(frozenset(operators), frozenset(machines))
    return sign_revocations(revoked, settings, NOW + timedelta(seconds=seconds))


async def _greeted(site: Site, token: str, secret: Ed25519PrivateKey = OWN, **other: str) -> Any:
    """The answer to a first frame with a proof; parts of what is proven can be other ones."""
    async with site.socket() as socket:
        assert socket.response
        nonce = other.get("nonce", socket.response.headers[NONCE_HEADER])
        request = Request(
            other.get("method", "GET"), other.get("path", "/line/v1"), other.get("ticket", token)
        )
        proof = other.get("proof", write_proof(_key(secret), request, nonce, NOW))
        await socket.send(Hello(token=token, seat="1001", proof=proof).model_dump_json())
        return NEWS.validate_json(await socket.recv())


def test_a_bound_ticket_opens_the_seat_with_its_proof() -> None:
    async def story(site: Site) -> None:
        assert isinstance(await _greeted(site, _bound(site)), Welcome)

    play(story)


@pytest.mark.expects_log("refused: ticket")
def test_a_bound_ticket_without_the_proof_of_this_connection_is_refused() -> None:
    async def story(site: Site) -> None:
        token = _bound(site)
        async with site.socket() as socket:
            assert socket.response
            old = socket.response.headers[NONCE_HEADER]
        wrong: list[dict[str, Any]] = [
            {"proof": ""},
            {"proof": "x.y.z"},
            {"secret": THIEF},
            {"nonce": old},
            {"nonce": ""},
            {"nonce": "一次"},
            {"path": "/"},
            {"method": "POST"},
            {"ticket": "another"},
            {"ticket": ""},
        ]
        for other in wrong:
            assert await _greeted(site, token, **other) == Refused(why="ticket"), other

    play(story)


@dataclass
class Central:
    """The central server as far as the gateway asks it; `says` None: it hangs up without a word."""

    says: str | None = None
    url: str = ""
    asked: asyncio.Condition = field(default_factory=asyncio.Condition)
    times: int = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, OSError):
            # A gateway that ends may have connected and not asked yet.
            writer.close()
            return
        assert head.startswith(b"GET /session/v1/revocations ")
        if self.says is not None:
            body = json.dumps({"revocations": self.says}).encode()
            writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body))
            writer.write(body)
        writer.close()
        async with self.asked:
            self.times += 1
            self.asked.notify_all()

    async def is_heard(self) -> None:
        """Wait until the gateway has taken in what is said now: it has begun to ask once more after that."""
        wanted = self.times + 2
        async with self.asked:
            await self.asked.wait_for(lambda: self.times >= wanted)


@asynccontextmanager
async def _asked(kept: Path, says: str | None) -> AsyncIterator[tuple[Site, Central]]:
    central = Central(says)
    server = await asyncio.start_server(central.answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, asyncio.timeout(GIVE_UP):
        url = f"http://127.0.0.1:{port}"
        async with site(server=url, kept=kept, ask_seconds=0.02) as place:
            await central.is_heard()
            yield place, central


@pytest.mark.expects_log("refused: drain")
@pytest.mark.parametrize("says", [_list(0, "op-1001"), _list(0, machines=("w1",))], ids=["who", "where"])
def test_a_revoked_one_is_refused(tmp_path: Path, says: str) -> None:
    async def story() -> None:
        async with _asked(tmp_path / "kept", says) as (place, _):
            assert await _greeted(place, _bound(place)) == Refused(why="drain")
            other = _bound(place, workstation="w2", who={"id": "op-other"})
            assert isinstance(await _greeted(place, other), Welcome)

    asyncio.run(story())


def test_who_is_revoked_leaves_the_seat_but_not_in_a_conversation(tmp_path: Path) -> None:
    async def story() -> None:
        async with _asked(tmp_path / "kept", _list()) as (place, central), place.at_work() as console:
            place.scene.ring("13800000001", "12356")
            call = await console.answered()
            central.says = _list(1, "op-1001")
            await central.is_heard()
            await console.socket.ping()
            assert [one.state for one in console.calls] == [CallState.TALKING]
            place.scene.caller_hangs_up(call)
            assert await console.until(Refused) == Refused(why="drain")

    asyncio.run(story())


@pytest.mark.expects_log("does not say who was revoked|refused: ticket")
def test_an_expired_ticket_works_while_the_server_is_away(tmp_path: Path) -> None:
    async def story() -> None:
        async with _asked(tmp_path / "kept", _list()) as (place, central):
            token = _bound(place)
            place.clock.forward(13 * 3600)
            assert await _greeted(place, token) == Refused(why="ticket")
            central.says = None
            await central.is_heard()
            assert isinstance(await _greeted(place, token), Welcome)
            place.clock.forward(24 * 3600)
            assert await _greeted(place, token) == Refused(why="ticket")

    asyncio.run(story())


@pytest.mark.expects_log("does not say who was revoked")
@pytest.mark.parametrize(
    "says", ["", "x", _list(settings=replace(SERVER, private_key=new_key()[0]))], ids=["", "x", "forged"]
)
def test_what_the_server_did_not_sign_revokes_nobody(tmp_path: Path, says: str) -> None:
    async def story() -> None:
        async with _asked(tmp_path / "kept", _list()) as (place, central):
            central.says = says
            await central.is_heard()
            assert isinstance(await _greeted(place, _bound(place)), Welcome)

    asyncio.run(story())


def _is_away(standing: Standing) -> bool:
    return standing.away


def test_the_last_word_outlives_a_restart_and_an_older_one_does_not_undo_it(tmp_path: Path) -> None:
    kept = tmp_path / "revocations.json"
    before = Standing(PUBLIC.encode(), kept)
    assert _is_away(before)
    before.hear(_list(10, "op-1001"))
    assert not _is_away(before)
    assert kept.stat().st_mode & 0o777 == 0o600
    after = Standing(PUBLIC.encode(), kept)
    assert after.is_revoked("op-1001", "")
    after.hear(_list(5))
    assert after.is_revoked("op-1001", "")
    after.hear(_list(11))
    assert not after.is_revoked("op-1001", "")


def test_a_new_key_is_announced_by_the_old_one_and_then_believed(tmp_path: Path) -> None:
    kept = tmp_path / "revocations.json"
    private, public = new_key()
    announcing = replace(SERVER, other_public_keys=(public.encode(),))
    replaced = replace(SERVER, private_key=private, public_key=public.encode())
    standing = Standing(PUBLIC.encode(), kept)
    with pytest.raises(TicketRefused):
        standing.hear(_list(1, settings=replaced))
    standing.hear(_list(2, settings=announcing))
    standing.hear(_list(3, "op-1001", settings=replaced))
    assert standing.keys == (public.encode(),)
    again = Standing(PUBLIC.encode(), kept)
    assert again.keys == (public.encode(),)
    assert again.is_revoked("op-1001", "")


@pytest.mark.expects_log("kept revocations cannot be read")
@pytest.mark.parametrize("content", ["", "x", "[]", "{}", '{"keys": [], "revocations": "x"}', "\x00"])
def test_a_damaged_file_is_left_aside(tmp_path: Path, content: str) -> None:
    kept = tmp_path / "revocations.json"
    kept.write_text(content)
    standing = Standing(PUBLIC.encode(), kept)
    assert standing.keys == (PUBLIC.encode(),)
    standing.hear(_list(1, "op-1001"))
    assert Standing(PUBLIC.encode(), kept).is_revoked("op-1001", "")


@pytest.mark.expects_log("revocations cannot be kept")
@pytest.mark.skipif(os.name == "nt", reason="folders are files in no sense there")
def test_a_disk_that_takes_nothing_stops_nothing(tmp_path: Path) -> None:
    standing = Standing(PUBLIC.encode(), tmp_path / "no such folder" / "kept")
    standing.hear(_list(1, "op-1001"))
    assert standing.is_revoked("op-1001", "")


def test_a_list_is_not_a_ticket_and_a_ticket_is_no_list() -> None:
    standing = Standing(PUBLIC.encode())
    assert not _is_away(standing)
    with pytest.raises(TicketRefused):
        standing.hear(ticket_of(ManualClock()))
    with pytest.raises(TicketRefused):
        standing.hear(jwt.encode({"iss": "xinqiao", "kind": "x", "at": 1}, PRIVATE, algorithm="EdDSA"))
