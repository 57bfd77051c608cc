"""1,000 consoles at one server process: each saves a draft every ten seconds and fetches what is new."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import perf_counter

import orjson

from models.ids import new_id
from models.operation import Operation
from models.wire.sync import Push, PushedOperation
from tests.bench.figures import percentile
from tests.bench.sync.central import SITES, Central, central, cluster
from tests.bench.sync.device import Credentials, Refused, credentials
from tests.bench.sync.notes import note, note_body

CONSOLES = 1_000
EVERY_SECONDS = 10.0
WARM_SECONDS = 10.0
MEASURED_SECONDS = 40.0
_LONGEST_ANSWER = 16 * 1024 * 1024


def measure() -> Iterator[tuple[str, float, str]]:
    """The 99th percentile from sending a draft to its answer, and the server's memory at the end."""
    with cluster() as running, central(running, 1) as server:
        taken = asyncio.run(_all(server))
        megabytes = _resident(server.pids[0])
    yield "consoles_1000_ack_ms_p99", percentile(taken, 99) * 1000, "ms"
    yield "server_rss_mb", megabytes, "MB"


async def _all(server: Central) -> list[float]:
    host, _, port = server.addresses[0].removeprefix("http://").partition(":")
    consoles = [
        _Console(credentials(server.folder, f"u{n}", SITES[n % len(SITES)]), SITES[n % len(SITES)], n)
        for n in range(CONSOLES)
    ]
    begin = perf_counter()
    await asyncio.gather(*(one.run(host, int(port), begin) for one in consoles))
    return [seconds for one in consoles for seconds in one.taken]


class _Console:
    """One console whose operator writes one long note."""

    def __init__(self, who: Credentials, site: str, n: int) -> None:
        self._who = who
        self._first = Random(n).uniform(0, EVERY_SECONDS)
        self._opening = note(who.operator, site, n)
        self._epoch = new_id()
        self._seq = self._version = 0
        self._cursor: dict[str, int] = {}
        self.taken: list[float] = []

    async def run(self, host: str, port: int, begin: float) -> None:
        """Work until the time is over; what was sent after the warming up counts."""
        self._reader, self._writer = await asyncio.open_connection(host, port, limit=_LONGEST_ANSWER)
        await self._ask("GET", "/health", b"")
        at = begin + self._first
        while at < begin + WARM_SECONDS + MEASURED_SECONDS:
            await _until(at)
            sent = perf_counter()
            await self._save()
            if sent > begin + WARM_SECONDS:
                self.taken.append(perf_counter() - sent)
            await self._fetch()
            at += EVERY_SECONDS
        self._writer.close()

    async def _save(self) -> None:
        self._seq += 1
        act = self._opening
        if self._version:
            body = {**note_body(self._seq), "stop": ""}
            act = Operation(new_id(), "note.draft.put", act.id, act.actor, act.at, body, self._version)
        push = Push(app="bench", epoch=self._epoch, ops=(PushedOperation.of(self._seq, act),))
        answer = orjson.loads(await self._ask("POST", "/sync/v1/push", push.model_dump_json().encode()))
        if answer["results"][0]["st"] != "applied":
            raise Refused(answer)
        self._version = answer["results"][0]["ver"]

    async def _fetch(self) -> None:
        query = f"?cursor={orjson.dumps(self._cursor).decode()}"
        page = orjson.loads(await self._ask("GET", "/sync/v1/pull", b"", query.replace('"', "%22")))
        self._cursor = page["cursor"]

    async def _ask(self, method: str, path: str, body: bytes, query: str = "") -> bytes:
        headers = self._who.headers(method, path) | {"Host": "bench", "Content-Length": str(len(body))}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._writer.write(f"{method} {path}{query} HTTP/1.1\r\n{lines}\r\n".encode() + body)
        status, *lines_told = (await self._reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        told = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines_told)}
        content = await self._reader.readexactly(int(told.get("content-length", "0")))
        if not status.startswith("HTTP/1.1 20"):
            raise Refused(f"{status} {content[:200]!r}")
        self._who.nonce = told["dpop-nonce"]
        return content


async def _until(at: float) -> None:
    moment = asyncio.Event()
    asyncio.get_running_loop().call_later(max(0.0, at - perf_counter()), moment.set)
    await moment.wait()


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the server ended")
