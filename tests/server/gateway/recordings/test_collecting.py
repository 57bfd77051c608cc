"""What is over is locked away and handed over, whatever exchange, disk and server do meanwhile."""

import asyncio
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from models.wire.recordings import Had
from server.gateway.exchange.port import ExchangeRefused
from server.gateway.recordings.collecting import LEAST_BYTES, Collection
from server.gateway.recordings.disk import Disk
from server.gateway.recordings.handing_over import Handing
from server.gateway.recordings.shelf import Shelf
from server.gateway.sync.server import Asked, Away, Conflict, Server
from server.recordings.container import head_bytes, read_head
from server.recordings.locking import sealed_size
from tests.server.gateway.recordings.test_shelf import wav

PRIVATE = X25519PrivateKey.generate()
NAME, OTHER = "1767323045.7", "1767323045.9"
LONG = bytes(range(1, 251)) * 12_000


class Exchange:
    """Says what goes on, or that nobody knows."""

    def __init__(self) -> None:
        self.going_on: set[str] = set()
        self.away = False

    async def tape(self, call: str, on: bool) -> None:
        raise AssertionError

    async def being_written(self) -> frozenset[str]:
        if self.away:
            raise ExchangeRefused("line_lost")
        return frozenset(self.going_on)

    def call_of(self, recording: str) -> str:
        return f"call-of-{recording}" if recording[0].isdigit() else ""


class Central(Server):
    """The server's side of the requests, without a network; it can be away, forget, refuse."""

    def __init__(self) -> None:
        self.coming: dict[str, bytearray] = {}
        self.kept: dict[str, bytes] = {}
        self.asked: list[Asked] = []
        self.refuse: Callable[[Asked], Away | None] = lambda _: None

    async def ask(self, asked: Asked) -> bytes | Conflict | Away:
        self.asked.append(asked)
        refused = self.refuse(asked)
        if refused:
            return refused
        name = asked.path.rsplit("/", 1)[1]
        body = self.coming.setdefault(name, bytearray())
        if asked.method == "PUT":
            start = int(asked.params["start"])
            if start <= len(body):
                body[start : start + len(asked.content)] = asked.content
        if asked.method == "POST":
            self.kept[name] = bytes(body)
        return Had(have=len(body), kept=name in self.kept).model_dump_json().encode()


class Place:
    """A gateway's folders, its exchange and its server."""

    def __init__(self, folder: Path) -> None:
        self.plain, self.locked = folder / "monitor", folder / "locked"
        self.plain.mkdir()
        self.exchange, self.central = Exchange(), Central()
        self.collections: list[Collection] = []
        self.start()

    def start(self) -> None:
        """Another gateway, after the one before was killed."""
        shelf = Shelf(self.plain, self.locked, "jinzhong", PRIVATE.public_key())
        shelf.prepare()
        self.troubles: list[frozenset[str]] = []
        self.collection = Collection(shelf, self.exchange, Handing(self.central), self.troubles.append)
        self.collections.append(self.collection)

    def record(self, name: str = NAME, sound: bytes = b"\x01\x02" * 9000) -> Path:
        path = self.plain / f"{name}.wav"
        path.write_bytes(wav(sound))
        return path

    def look(self, times: int = 2) -> None:
        async def looked() -> None:
            for _ in range(times):
                await self.collection.lock_away()
                await self.collection.hand_over()

        asyncio.run(looked())

    @property
    def waits(self) -> int:
        return len(list(self.locked.iterdir()))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path)
    yield place
    for collection in place.collections:
        asyncio.run(collection.close())


def test_what_is_over_comes_to_the_server_and_is_nowhere_else(place: Place) -> None:
    path = place.record()
    place.look()
    assert not path.exists()
    assert place.waits == 0
    ((name, body),) = place.central.kept.items()
    assert len(body) == sealed_size(18_000)
    assert {one.path for one in place.central.asked} == {f"/recordings/v1/{name}"}


def test_what_goes_on_is_left_alone_however_long_nothing_is_written(place: Place) -> None:
    path = place.record()
    place.exchange.going_on = {NAME}
    place.look(5)
    assert path.exists()
    place.exchange.going_on = set()
    place.look(1)
    assert not path.exists()


def test_what_still_grows_is_left_alone(place: Place) -> None:
    path = place.record()
    for _ in range(4):
        with path.open("ab") as file:
            file.write(b"\x01\x02")
        place.look(1)
        assert path.exists()
    place.look(1)
    assert not path.exists()


def test_while_nobody_knows_what_goes_on_nothing_is_taken(place: Place) -> None:
    path = place.record()
    place.exchange.away = True
    place.look(5)
    assert path.exists()
    place.exchange.away = False
    place.look()
    assert not path.exists()


@pytest.mark.expects_log("not taken .server.: ConnectError")
def test_a_server_that_is_away_keeps_nothing_plain(place: Place) -> None:
    paths = [place.record(name) for name in (NAME, OTHER)]
    place.central.refuse = lambda _: Away("ConnectError")
    place.look(4)
    assert [path.exists() for path in paths] == [False, False]
    assert place.waits == 2
    place.start()
    place.central.refuse = lambda _: None
    place.look(1)
    assert place.waits == 0
    assert len(place.central.kept) == 2


@pytest.mark.expects_log("not taken .server.: ReadTimeout")
def test_a_long_one_goes_on_where_it_was_cut_off(place: Place) -> None:
    place.record(sound=LONG)
    place.central.refuse = lambda one: Away("ReadTimeout") if one.params.get("start", "0") != "0" else None
    place.look()
    assert place.waits == 1
    place.central.refuse = lambda _: None
    place.central.asked.clear()
    place.look(1)
    assert [one.params.get("start") for one in place.central.asked] == [None, "1048576", "2097152", None]
    assert len(next(iter(place.central.kept.values()))) == sealed_size(len(LONG))


@pytest.mark.expects_log("not taken .[0-9a-f]{32}.: broken")
def test_one_that_is_refused_stands_in_nobody_s_way(place: Place) -> None:
    place.record(NAME)
    place.look(1)
    place.central.refuse = lambda one: Away("broken") if one.method == "POST" else None
    place.look(1)
    place.record(OTHER)
    first = place.central.asked[0].path
    place.central.refuse = lambda one: Away("broken") if (one.method, one.path) == ("POST", first) else None
    place.look(3)
    assert len(place.central.kept) == 1
    assert place.waits == 1


def test_an_answer_that_was_lost_is_asked_for_again(place: Place) -> None:
    place.record()
    place.look()
    (name,) = place.central.kept
    # As if the gateway had been killed before it forgot it.
    place.record()
    place.start()
    place.look()
    assert place.waits == 0
    assert name in place.central.kept


@pytest.mark.expects_log("not taken .folder.: No such file")
def test_a_folder_that_is_not_there_is_told_of_once(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    os.rmdir(place.plain)
    place.look(3)
    assert len([one for one in caplog.records if one.levelname == "ERROR"]) == 1
    place.plain.mkdir()
    path = place.record()
    place.look()
    assert not path.exists()


@pytest.mark.expects_log("not taken .1767323045.7.: riff")
def test_a_file_that_is_no_sound_is_told_of_and_left(place: Place) -> None:
    path = place.plain / f"{NAME}.wav"
    path.write_bytes(b"no sound at all")
    other = place.record(OTHER)
    place.look(3)
    assert path.exists()
    assert not other.exists()


@pytest.mark.expects_log("damaged")
def test_a_locked_file_that_is_damaged_is_told_of_and_left(place: Place) -> None:
    path = place.locked / "x.locked"
    path.write_bytes(head_bytes(b"{}", b"") + b"rest")
    place.record()
    place.look(3)
    assert path.exists()
    assert len(place.central.kept) == 1


def test_what_somebody_else_leaves_there_stays(place: Place) -> None:
    path = place.record("xinqiao-examination")
    place.look(3)
    assert path.exists()
    assert place.central.asked == []


def test_the_label_names_the_call(place: Place) -> None:
    place.record()
    place.central.refuse = lambda one: Away("malformed") if one.method == "POST" else None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("server.gateway.recordings.collecting._log.error", lambda *_: None)
        place.look()
    (path,) = place.locked.iterdir()
    with path.open("rb") as file:
        said = read_head(file, path.stat().st_size).said
    assert (said.call, said.recording, said.site) == (f"call-of-{NAME}", NAME, "jinzhong")


@pytest.mark.expects_log("not taken .folder.: No such file")
def test_consoles_are_told_of_a_folder_that_is_not_there_until_it_is(place: Place) -> None:
    place.plain.rmdir()
    asyncio.run(place.collection.lock_away())
    asyncio.run(place.collection.lock_away())
    assert place.troubles == [frozenset({"recordings_folder"})]
    place.plain.mkdir()
    asyncio.run(place.collection.lock_away())
    assert place.troubles[1:] == [frozenset()]


@pytest.mark.expects_log("not taken .space.")
def test_consoles_are_told_before_the_disk_is_full(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(place.plain)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=LEAST_BYTES - 1))
    asyncio.run(place.collection.lock_away())
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=LEAST_BYTES))
    asyncio.run(place.collection.lock_away())
    assert place.troubles == [frozenset({"recordings_full"}), frozenset()]


@pytest.mark.expects_log("not taken .1767323045.7.: No space left")
def test_a_full_disk_is_called_so_and_the_recording_is_taken_once_there_is_room(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.record()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(Disk, "write", full)
        asyncio.run(place.collection.lock_away())
        asyncio.run(place.collection.lock_away())
    assert place.troubles == [frozenset({"recordings_full"})]
    asyncio.run(place.collection.lock_away())
    assert place.troubles[1:] == [frozenset()]
    assert list(place.plain.iterdir()) == []


@pytest.mark.expects_log("damaged")
def test_a_damaged_file_is_told_of_until_somebody_takes_it_away(place: Place) -> None:
    damaged = place.locked / "0.locked"
    damaged.write_bytes(b"nothing")
    asyncio.run(place.collection.hand_over())
    assert place.troubles == [frozenset({"recordings_damaged"})]
    damaged.unlink()
    asyncio.run(place.collection.hand_over())
    assert place.troubles[1:] == [frozenset()]


@pytest.mark.expects_log("malformed")
def test_a_recording_that_the_server_refuses_is_told_of_until_somebody_takes_it_away(place: Place) -> None:
    place.record()
    place.central.refuse = lambda one: Away("malformed") if one.method == "POST" else None
    place.look()
    assert place.troubles == [frozenset({"recordings_damaged"})]
    (refused,) = place.locked.iterdir()
    refused.unlink()
    asyncio.run(place.collection.hand_over())
    assert place.troubles[1:] == [frozenset()]


@pytest.mark.expects_log("not taken .server.: ConnectError")
def test_a_server_that_is_away_is_known_otherwise(place: Place) -> None:
    place.record()
    asyncio.run(place.collection.lock_away())
    asyncio.run(place.collection.lock_away())
    place.central.refuse = lambda _: Away("ConnectError")
    asyncio.run(place.collection.hand_over())
    assert place.troubles == []
