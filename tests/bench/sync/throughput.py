"""Notes into and out of PostgreSQL over HTTP, and the same records with PouchDB, in turn."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

import orjson

from models.wire.sync import Pushed
from tests.bench.figures import percentile
from tests.bench.sync.central import SITES, Central, central, cluster
from tests.bench.sync.device import Device, enrolled
from tests.bench.sync.notes import pushes
from tests.bench.sync.pouchdb import replicated
from tests.support.postgres import Cluster

ROUNDS = 3
PROCESSES = 2
DEVICES = 4
NOTES = 10_000
POUCHDB_NOTES = 10_000


def measure() -> Iterator[tuple[str, float, str]]:
    """Medians of three rounds; each round of ours is followed by one of PouchDB."""
    ours, theirs = [], []
    with cluster() as running:
        for _ in range(ROUNDS):
            ours.append(_round(running))
            theirs.append(replicated(POUCHDB_NOTES))
    push, pull = (percentile([one[n] for one in ours], 50) for n in range(2))
    yield "sync_push_per_s", push, "notes/s"
    yield "sync_pull_per_s", pull, "notes/s"
    yield "sync_push_vs_pouchdb", push / percentile([one[0] for one in theirs], 50), "times"
    yield "sync_pull_vs_pouchdb", pull / percentile([one[1] for one in theirs], 50), "times"


def _round(running: Cluster) -> tuple[float, float]:
    with central(running, PROCESSES) as server:
        devices = [_device(server, n) for n in range(DEVICES)]
        packed = [list(pushes(one.epoch, f"u{n}", _site(n), NOTES)) for n, one in enumerate(devices)]
        with ThreadPoolExecutor(DEVICES) as threads:
            before = perf_counter()
            answers = list(threads.map(_push_all, devices, packed))
            pushed = perf_counter() - before
            _check(answers)
            readers = [_device(server, n) for n in range(DEVICES)]
            before = perf_counter()
            count = sum(threads.map(Device.pull_all, readers))
            pulled = perf_counter() - before
        for one in (*devices, *readers):
            one.close()
    if count != DEVICES * NOTES:
        raise RuntimeError(f"{count} of {DEVICES * NOTES} notes came back")
    return DEVICES * NOTES / pushed, DEVICES * NOTES / pulled


def _device(server: Central, n: int) -> Device:
    """The workstations of a site reach the same process: pushes of one site wait for each other anyway."""
    address = server.addresses[SITES.index(_site(n)) % len(server.addresses)]
    return enrolled(server.folder, address, f"u{n}", _site(n))


def _site(n: int) -> str:
    return SITES[n // 2 % len(SITES)]


def _push_all(device: Device, packed: list[bytes]) -> list[bytes]:
    return [device.push(body) for body in packed]


def _check(answers: list[list[bytes]]) -> None:
    for answer in (one for each in answers for one in each):
        if any(result["st"] != "applied" for result in orjson.loads(answer)["results"]):
            raise RuntimeError(Pushed.model_validate_json(answer).results[0])
