"""Courier files: written when something changed, whole or not at all; delivered in order, kept till taken."""

import asyncio
import base64
import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from console.runtime.problems import Problems
from console.session.presence import Presence
from console.session.station import Enrolment, Station
from console.storage.storage import Storage
from console.storage.values import Batch
from console.sync import courier
from console.sync.api import TurnedAway, Unreachable
from console.sync.carrying import Carrier, CourierDesk
from models.clock import ManualClock
from models.ids import new_id
from models.operation import Operation
from models.people.proof import Key
from models.wire.courier import Carried, Courier, Sealed
from tests.console.storage.acts import draft, note_opened
from tests.console.storage.acts import opened as open_own
from tests.structure.project import ROOT

T = TypeVar("T")
SERVER = X25519PrivateKey.generate()
PRIVATE = Ed25519PrivateKey.generate()
COURIER_KEY = base64.b64encode(SERVER.public_key().public_bytes_raw()).decode()
STATION = Station(
    Enrolment("w1", "一号机", "", "", "", COURIER_KEY, ""),
    Key(PRIVATE.public_key().public_bytes_raw(), PRIVATE.sign),
)
WHO = "张医生/1"
WORDS = "练习用的话"


def act(words: str = WORDS) -> Operation:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Operation(new_id(), "note.draft.put", new_id(), WHO, at, {"body": words})


def batch(*numbers: int, words: str = WORDS) -> Batch:
    return Batch("epoch-one", tuple((seq, act(words)) for seq in numbers))


def opened(message: Sealed) -> Courier:
    """What the server reads."""
    sealed = base64.b64decode(message.sealed)
    Ed25519PublicKey.from_public_bytes(STATION.key.public).verify(base64.b64decode(message.signature), sealed)
    suite = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
    return Courier.model_validate_json(gzip.decompress(suite.decrypt(sealed, SERVER, b"xinqiao courier 1")))


async def pool(work: Callable[[], T]) -> T:
    return work()


@dataclass
class Gate:
    """The server's door, which does what a test wants."""

    answer: TurnedAway | Unreachable | None = None
    forgets: int = 0
    came: list[Courier] = field(default_factory=list)

    async def carry(self, courier: Sealed) -> Carried | TurnedAway | Unreachable:
        self.came.append(opened(courier))
        if self.answer is not None:
            return self.answer
        ops = tuple(one.op for one in self.came[-1].ops)
        return Carried(ops=ops[self.forgets :])


async def nothing(_here: str) -> None:
    """Nobody is to be wiped."""


def carrier(folder: Path, gate: Gate, problems: Problems) -> Carrier:
    return Carrier(folder, gate, pool, problems, nothing)


def kept(folder: Path, *stretches: Batch, operator: str = WHO) -> None:
    for stretch in stretches:
        path = courier.path_of(folder, operator, stretch)
        courier.write(path, operator, stretch, courier.seal(STATION, operator, stretch))


@pytest.fixture
def problems() -> Problems:
    return Problems(ManualClock())


def codes(problems: Problems) -> list[str]:
    return [one.code for one in problems.store.value]


def test_the_server_alone_reads_it_under_the_numbers_of_the_outbox(tmp_path: Path) -> None:
    waiting = batch(7, 8)
    kept(tmp_path, waiting)
    (path,) = courier.files(tmp_path, WHO)
    assert WORDS.encode() not in path.read_bytes()
    inside = opened(courier.read(path).message)
    assert (inside.operator, inside.epoch) == (WHO, "epoch-one")
    assert [(one.seq, one.value()) for one in inside.ops] == list(waiting.rows)


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    message = courier.seal(STATION, WHO, batch(1))
    sealed = bytearray(base64.b64decode(message.sealed))
    sealed[-1] ^= 1
    with pytest.raises(InvalidSignature):
        opened(message.model_copy(update={"sealed": base64.b64encode(sealed).decode()}))


def test_a_long_outbox_is_cut_where_a_new_act_changes_the_end_only() -> None:
    before = batch(*range(150, 650))
    after = Batch(before.epoch, (*before.rows, (650, act())))
    first, second = list(courier.stretches(before)), list(courier.stretches(after))
    assert [len(one.rows) for one in first] == [50, 200, 200, 50]
    assert [courier.stamp_of(one) for one in first[:-1]] == [courier.stamp_of(one) for one in second[:-1]]
    assert courier.stamp_of(first[-1]) != courier.stamp_of(second[-1])


def test_long_texts_make_more_of_them() -> None:
    parts = list(courier.stretches(batch(1, 2, 3, 4, words="字" * 100_000)))
    assert [[seq for seq, _ in part.rows] for part in parts] == [[1, 2], [3, 4]]


def test_they_arrive_in_order_and_are_gone_then(tmp_path: Path, problems: Problems) -> None:
    gate = Gate()
    kept(tmp_path, batch(200, 201), batch(1, 2), batch(400))
    assert asyncio.run(carrier(tmp_path, gate, problems).deliver())
    assert [[one.seq for one in came.ops] for came in gate.came] == [[1, 2], [200, 201], [400]]
    assert courier.files(tmp_path) == []
    assert courier.left(tmp_path, WHO) == courier.Left("epoch-one", 400)


@pytest.mark.parametrize(
    ("answer", "said"),
    [(Unreachable("offline"), []), (TurnedAway("enrolment"), ["courier_refused"])],
)
def test_one_that_is_not_taken_stays_and_holds_the_later_ones(
    tmp_path: Path, problems: Problems, answer: TurnedAway | Unreachable, said: list[str]
) -> None:
    gate = Gate(answer)
    kept(tmp_path, batch(1), batch(200))
    kept(tmp_path, batch(5), operator="li")
    going = carrier(tmp_path, gate, problems)
    assert not asyncio.run(going.deliver())
    assert sorted((one.operator, one.ops[0].seq) for one in gate.came) == [("li", 5), (WHO, 1)]
    assert len(courier.files(tmp_path)) == 3
    assert codes(problems) == said
    gate.answer = None
    assert asyncio.run(going.deliver())
    assert courier.files(tmp_path) == []
    assert codes(problems) == []


def test_an_answer_that_names_not_all_of_it_leaves_it_here(tmp_path: Path, problems: Problems) -> None:
    gate = Gate(forgets=1)
    kept(tmp_path, batch(1, 2))
    assert not asyncio.run(carrier(tmp_path, gate, problems).deliver())
    assert len(courier.files(tmp_path)) == 1


@pytest.mark.expects_log("a courier file cannot be read")
@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff", b'{"version": 9}'])
def test_a_broken_file_is_said_and_left_alone(tmp_path: Path, problems: Problems, damage: bytes) -> None:
    kept(tmp_path, batch(1))
    (path,) = courier.files(tmp_path)
    path.write_bytes(damage)
    assert not asyncio.run(carrier(tmp_path, Gate(), problems).deliver())
    assert codes(problems) == ["courier_refused"]
    assert path.read_bytes() == damage


def test_nothing_of_who_is_at_work_leaves(tmp_path: Path, problems: Problems) -> None:
    gate = Gate()
    kept(tmp_path, batch(1))
    kept(tmp_path, batch(5), operator="li")

    async def story() -> None:
        going = carrier(tmp_path, gate, problems)
        await going.make_way(WHO)
        assert await going.deliver()
        assert [one.operator for one in gate.came] == ["li"]
        going.take_up()
        assert await going.deliver()
        assert [one.operator for one in gate.came] == ["li", WHO]

    asyncio.run(story())


def test_nor_of_who_is_at_work_at_another_window_of_this_machine(tmp_path: Path, problems: Problems) -> None:
    gate = Gate()
    kept(tmp_path, batch(1))
    other_window = Presence(tmp_path, WHO)
    assert other_window.take()
    assert asyncio.run(carrier(tmp_path, gate, problems).deliver())
    assert (gate.came, codes(problems)) == ([], [])
    assert len(courier.files(tmp_path)) == 1
    other_window.leave()
    assert asyncio.run(carrier(tmp_path, gate, problems).deliver())
    assert courier.files(tmp_path) == []


def test_who_comes_to_work_waits_until_another_window_has_delivered(
    tmp_path: Path, problems: Problems
) -> None:
    async def story() -> None:
        other_window = Presence(tmp_path, WHO)
        assert other_window.take()
        coming = asyncio.ensure_future(carrier(tmp_path, Gate(), problems).make_way(WHO))
        done, _ = await asyncio.wait((coming,), timeout=0.2)
        assert not done
        other_window.leave()
        await coming
        assert not other_window.take(), "it is held now"

    asyncio.run(story())


def test_a_program_that_was_killed_is_at_work_no_more(tmp_path: Path) -> None:
    code = (
        "import sys, os; from pathlib import Path; from console.session.presence import Presence;"
        "assert Presence(Path(sys.argv[1]), sys.argv[2]).take(); os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path), WHO], cwd=ROOT, check=False)
    assert killed.returncode == -9
    assert Presence(tmp_path, WHO).take()


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    made = open_own(tmp_path / "own.db")
    yield made
    made.close()


def test_files_follow_the_outbox_and_only_then(tmp_path: Path, problems: Problems, storage: Storage) -> None:
    async def run_db(work: Callable[[Storage], T]) -> T:
        return work(storage)

    async def story() -> None:
        desk = CourierDesk(tmp_path, STATION, WHO, run_db, pool, problems)
        await desk.write()
        assert courier.files(tmp_path) == []
        note = _note(storage)
        await desk.write()
        (path,) = courier.files(tmp_path, WHO)
        before = path.stat().st_mtime_ns, path.read_bytes()
        await desk.write()
        assert (path.stat().st_mtime_ns, path.read_bytes()) == before, "nothing changed"
        _draft(storage, note)
        await desk.write()
        assert [one.seq for one in opened(courier.read(path).message).ops] == [1, 2]
        storage.couriers.left(storage.couriers.waiting().epoch, 2)
        _draft(storage, note)
        assert [seq for seq, _ in storage.couriers.waiting().rows] == [1, 2, 3], "2 is never altered now"
        storage.couriers.left("another epoch", 3)
        _draft(storage, note)
        assert [seq for seq, _ in storage.couriers.waiting().rows] == [1, 2, 3], "3 never left"
        sent = storage.next_push(10)
        assert sent is not None
        await desk.write()
        assert courier.files(tmp_path) != []

    asyncio.run(story())


def test_a_disk_that_refuses_is_said_and_tried_again(
    tmp_path: Path, problems: Problems, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run_db(work: Callable[[Storage], T]) -> T:
        return work(storage)

    def full(*_arguments: object) -> None:
        raise OSError(28, "no space left")

    async def story() -> None:
        desk = CourierDesk(tmp_path, STATION, WHO, run_db, pool, problems)
        _note(storage)
        monkeypatch.setattr("console.sync.courier.write_private", full)
        await desk.write()
        assert codes(problems) == ["courier_not_written"]
        monkeypatch.undo()
        await desk.write()
        assert codes(problems) == []
        assert len(courier.files(tmp_path)) == 1

    asyncio.run(story())


def _note(storage: Storage) -> str:
    note = new_id()
    (done,) = storage.perform([note_opened(note)])
    assert not done.why, done.why
    return note


def _draft(storage: Storage, note: str) -> None:
    (done,) = storage.perform([draft(note, new_id())])
    assert not done.why, done.why


def test_the_file_says_no_more_than_ids_in_clear(tmp_path: Path) -> None:
    kept(tmp_path, batch(1))
    (path,) = courier.files(tmp_path)
    content = json.loads(path.read_bytes())
    assert set(content) == {"version", "operator", "epoch", "last", "ops", "message"}
