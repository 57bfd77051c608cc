"""The trace on its way to the real server: vouched for, and whatever was altered on either side is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from console.storage import meta as own_meta
from console.storage import trace
from console.storage.tables.trace import trace_chain, trace_entry
from console.storage.trace_checking import check_trace
from console.storage.trace_values import CheckedChain
from console.storage.values import Batch
from console.sync import state
from models.people.operator import Role
from models.trace.chain import Broken, Fault, Link, Place, following
from models.trace.entry import Act
from models.wire import trace as wire
from server.central.certificates import ticket_pair
from server.central.storage.engine import reading, writing
from server.central.storage.tables import meta
from server.central.storage.tables.trace import trace_chain as server_chain
from server.central.storage.tables.trace import trace_entry as server_entry
from server.central.storage.trace import alarms, chains, links
from server.central.tickets import sign_ticket
from server.central.trace.signing import ReceiptKey
from server.central.trace.verifying import verify_trace
from tests.console.sync.network import Network
from tests.console.sync.stage import KEY
from tests.console.sync.test_pump import Desk
from tests.server.central.hotline import HOTLINE_KEYS, KEYS, Hotline
from tests.support.sealed import open_sealed

SERVER_KEY = ReceiptKey(HOTLINE_KEYS.receipts.private).public
BROKEN = "is broken at entry"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    engine = open_sealed(f"sqlite:///{tmp_path / 'central.db'}")
    hotline = Hotline(engine)
    desk = Desk(hotline, hotline.ticket(Role.OPERATOR, name="zhang"), tmp_path / "zhang.db")
    yield desk
    desk.device.storage.close()
    engine.dispose()


def read(desk: Desk, *notes: str) -> None:
    for note in notes:
        desk.device.storage.trace.write(Act.READ, "note", note)


def here(desk: Desk) -> tuple[CheckedChain, ...]:
    return check_trace(desk.device.path, KEY, SERVER_KEY)


def fault(desk: Desk) -> Fault | None:
    told = desk.pump.state.value.trace
    return told.why if told else None


def at_server(desk: Desk) -> list[Link]:
    """All entries that fit, chain after chain."""
    with reading(desk.device.hotline.engine) as transaction:
        return [link for one in chains(transaction) for link in links(transaction, one.epoch)]


def told(desk: Desk) -> list[Fault]:
    with reading(desk.device.hotline.engine) as transaction:
        return [alarm.broken.why for alarm in alarms(transaction)]


def is_whole(desk: Desk) -> bool:
    return verify_trace(desk.device.hotline.engine, SERVER_KEY).is_whole


def alter(desk: Desk, n: int) -> None:
    """The owner of the file makes an entry say something else, and leaves its hash."""
    with desk.device.storage._engine.begin() as connection:
        kept = connection.scalar(select(trace_entry.c.text).where(trace_entry.c.n == n))
        text = str(kept).replace('"act":"read"', '"act":"locked"')
        connection.execute(update(trace_entry).where(trace_entry.c.n == n).values(text=text))


def restamp(desk: Desk, after: int) -> None:
    """The owner of the file drops an entry and computes all hashes behind it anew."""
    with desk.device.storage._engine.begin() as connection:
        rows = connection.execute(select(trace_entry).order_by(trace_entry.c.n)).all()
        at = Place(after, rows[after - 1].hash)
        connection.execute(delete(trace_entry).where(trace_entry.c.n > after))
        for row in rows[after + 1 :]:
            text = row.text.replace(f'"n":{row.n}', f'"n":{row.n - 1}')
            at = following(at, text)
            values = {"epoch": row.epoch, "n": at.n, "text": text, "hash": at.head, "op_id": ""}
            connection.execute(insert(trace_entry).values(values))
        connection.execute(update(trace_chain).values(n=at.n, head=at.head))


def test_acts_and_reads_arrive_and_are_vouched_for(desk: Desk) -> None:
    desk.device.perform(desk.device.note_opened("n"), desk.device.draft("n", "睡不着"))
    read(desk, "n1", "n2")
    assert desk.rounds() is None
    (chain,) = here(desk)
    assert (chain.last, chain.vouched, chain.broken) == (4, 4, None)
    assert len(at_server(desk)) == 4
    assert is_whole(desk)
    assert fault(desk) is None


def test_reads_alone_go_with_the_next_round_and_then_nothing_goes(desk: Desk) -> None:
    assert desk.rounds() is None
    read(desk, "n1")
    desk.network.requests.clear()
    assert desk.rounds(times=2) is None
    assert [one.method for one in desk.network.requests] == ["POST", "GET", "GET"]
    assert len(at_server(desk)) == 1


@pytest.mark.parametrize("fate", ["request lost", "answer lost", "answer cut", "delivered twice"])
def test_whatever_the_network_does_each_entry_is_there_once(desk: Desk, fate: str) -> None:
    desk.device.perform(desk.device.note_opened("n"))
    read(desk, "n1")
    desk.rounds(fate)
    read(desk, "n2")
    assert desk.rounds() is None
    assert [one.n for one in at_server(desk)] == [1, 2, 3]
    assert is_whole(desk)
    assert [one.broken for one in here(desk)] == [None]


def test_a_long_trace_goes_in_several_stretches(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    count = trace.MOST_ENTRIES + 20
    for n in range(count):
        read(desk, f"n{n}")
    assert desk.rounds() is None
    assert len(at_server(desk)) == count
    assert is_whole(desk)


@pytest.mark.expects_log(BROKEN)
def test_an_entry_altered_before_it_left_is_told_on_both_sides_and_stops_nothing(desk: Desk) -> None:
    read(desk, "n1", "n2", "n3")
    alter(desk, 2)
    desk.device.perform(desk.device.note_opened("n"))
    assert desk.rounds() is None
    assert fault(desk) is Fault.ALTERED
    assert told(desk) == [Fault.ALTERED]
    assert len(desk.device.hotline.stored("op_id")) == 1
    # What goes on is written into a chain of its own, and that is vouched for.
    read(desk, "n4")
    assert desk.rounds() is None
    old, new = here(desk)
    assert old.broken == Broken(2, Fault.ALTERED)
    assert (new.last, new.vouched, new.broken) == (1, 1, None)
    assert desk.pump.state.value.link == state.Synced(desk.device.hotline.clock.now())


@pytest.mark.expects_log(BROKEN)
def test_a_chain_that_its_owner_stamped_anew_is_found_here_and_at_the_server(desk: Desk) -> None:
    read(desk, "n1", "n2", "n3", "n4")
    assert desk.rounds() is None
    restamp(desk, after=1)
    (chain,) = here(desk)
    assert chain.broken == Broken(4, Fault.CUT)
    read(desk, "n5")
    (chain,) = here(desk)
    assert chain.broken == Broken(4, Fault.RESTAMPED)
    # The next entry that is new to the server stands on another past.
    read(desk, "n6")
    assert desk.rounds() is None
    assert told(desk) == [Fault.FORKED]
    assert fault(desk) is Fault.FORKED


@pytest.mark.expects_log(BROKEN)
def test_a_disk_that_was_put_back_is_told_and_work_goes_on(desk: Desk, tmp_path: Path) -> None:
    read(desk, "n1")
    assert desk.rounds() is None
    desk.device.back_up(tmp_path / "image.db")
    read(desk, "n2", "n3")
    assert desk.rounds() is None
    desk.device.roll_back(tmp_path / "image.db")
    read(desk, "n9")
    assert desk.rounds() is None
    assert fault(desk) is Fault.FORKED
    assert told(desk) == [Fault.FORKED]
    read(desk, "n10")
    assert desk.rounds() is None
    assert [one.broken is None for one in here(desk)] == [False, True]
    assert is_whole(desk) is False


def cut_at_server(desk: Desk, after: int, epoch: str = "") -> None:
    with writing(desk.device.hotline.engine) as transaction:
        head = transaction.scalar(select(server_entry.c.hash).where(server_entry.c.n == after))
        transaction.execute(delete(server_entry).where(server_entry.c.n > after))
        transaction.execute(update(server_chain).values(n=after, head=head))
        if epoch:
            transaction.execute(update(meta).where(meta.c.key == "server_epoch").values(value=epoch))


def test_a_server_that_lost_entries_without_a_word_is_found_out_and_gets_them_again(desk: Desk) -> None:
    read(desk, "n1", "n2", "n3")
    assert desk.rounds() is None
    cut_at_server(desk, 1)
    read(desk, "n4")
    assert desk.rounds() is None
    assert fault(desk) is Fault.ROLLED_BACK
    assert [one.n for one in at_server(desk)] == [1, 2, 3, 4]


def test_a_restored_server_gets_the_entries_again_without_an_alarm(desk: Desk) -> None:
    read(desk, "n1", "n2", "n3")
    assert desk.rounds() is None
    cut_at_server(desk, 1, epoch="restored")
    hotline = desk.device.hotline
    fresh = Hotline(hotline.engine, clock=hotline.clock, site=hotline.site)
    desk.device.hotline = fresh
    desk.api._transport = Network(fresh)
    desk.device.perform(desk.device.note_opened("n"))
    assert desk.rounds(times=3) is None
    assert fault(desk) is None
    assert is_whole(desk)
    assert len(at_server(desk)) == 4


def test_a_receipt_that_is_not_the_servers_is_told(desk: Desk) -> None:
    read(desk, "n1")
    assert desk.rounds() is None
    stranger = ReceiptKey(ticket_pair().private)
    batch = desk_batch(desk, "n2")
    answer = desk.device.hotline.desks.trace
    forged = replace(answer, key=stranger)
    with writing(desk.device.hotline.engine) as transaction:
        assert batch.stretch is not None
        who, now = desk.device.ticket.operator, desk.device.hotline.clock.now()
        receipt = forged.take(transaction, who, batch.stretch, now)
    desk.device.storage.acknowledge(batch, (), "", receipt)
    found = desk.device.storage.trace.fault()
    assert found is not None
    assert found.why is Fault.SIGNATURE


@pytest.mark.parametrize("vouched", [True, False])
def test_a_new_receipt_key_is_followed_where_the_former_one_vouches_for_it(desk: Desk, vouched: bool) -> None:
    told = HOTLINE_KEYS.receipts.public.decode()
    desk.device.storage.trace.trust(told)
    read(desk, "n1")
    assert desk.rounds() is None
    hotline = desk.device.hotline
    former, heir = hotline.desks.trace.key, ReceiptKey(ticket_pair().private)
    followed = former.followed_by(heir, hotline.clock.now())
    renewed = ReceiptKey(ticket_pair().private) if not vouched else heir
    renewed.successions = (followed,)
    batch = desk_batch(desk, "n2")
    with writing(hotline.engine) as transaction:
        assert batch.stretch is not None
        who, now = desk.device.ticket.operator, hotline.clock.now()
        receipt = replace(hotline.desks.trace, key=renewed).take(transaction, who, batch.stretch, now)
    assert receipt is not None
    # As it travels.
    receipt = wire.Receipt.model_validate_json(wire.Receipt.of(receipt).model_dump_json()).value()
    desk.device.storage.acknowledge(batch, (), "", receipt)
    found = desk.device.storage.trace.fault()
    assert (found is None) is vouched
    if vouched:
        assert verify_trace(hotline.engine, heir.public, successions=(followed,)).is_whole
        # The next sign-in tells the key of the enrolment again, which is the former one: the heir stays.
        desk.device.storage.trace.trust(told)
        with desk.device.storage._engine.begin() as connection:
            assert own_meta.get(connection, "receipt_key") == heir.public
    else:
        assert found is not None
        assert found.why is Fault.SIGNATURE


@pytest.mark.expects_log("is not taken: malformed")
def test_a_trace_that_cannot_travel_sets_no_act_aside(desk: Desk) -> None:
    read(desk, "n1")
    with desk.device.storage._engine.begin() as connection:
        connection.execute(update(trace_chain).values(workstation="no such name"))
    assert desk.rounds() is None
    desk.device.perform(desk.device.note_opened("n"), desk.device.draft("n", "睡不着"))
    assert desk.rounds() is None
    assert len(desk.device.hotline.stored("op_id")) == 2
    assert desk.device.storage.refused() == ()
    assert at_server(desk) == []


@pytest.mark.parametrize("right", [True, False])
def test_the_key_that_was_told_at_the_enrolment_counts(desk: Desk, right: bool) -> None:
    keys = HOTLINE_KEYS.receipts if right else ticket_pair()
    desk.device.storage.trace.trust(keys.public.decode())
    read(desk, "n1")
    assert desk.rounds() is None
    assert fault(desk) is (None if right else Fault.SIGNATURE)


def desk_batch(desk: Desk, note: str) -> Batch:
    read(desk, note)
    batch = desk.device.storage.next_push(10)
    assert batch is not None
    return batch


def test_entries_are_folded_away_a_month_after_their_receipt_and_the_chain_goes_on(desk: Desk) -> None:
    hotline = desk.device.hotline
    clock = hotline.clock
    read(desk, "n1", "n2")
    assert desk.rounds() is None
    clock.current += timedelta(days=29)
    desk.token = sign_ticket(hotline.ticket(Role.OPERATOR, name="zhang"), KEYS.private)
    read(desk, "n3")
    assert desk.rounds() is None
    assert here(desk)[0].entries == 3
    clock.current += timedelta(days=2)
    desk.token = sign_ticket(hotline.ticket(Role.OPERATOR, name="zhang"), KEYS.private)
    read(desk, "n4")
    assert desk.rounds() is None
    (chain,) = here(desk)
    assert (chain.entries, chain.last, chain.broken) == (2, 4, None)
    assert is_whole(desk)
    assert len(at_server(desk)) == 4
