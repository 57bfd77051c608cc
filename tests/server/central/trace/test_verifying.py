"""The verifier finds what was altered in the database, by whoever owns it, and where."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from models.trace.chain import Broken, Fault
from models.trace.entry import Act, Happening
from server.central.certificates import ticket_pair
from server.central.storage.engine import Database, Transaction, reading, writing
from server.central.storage.recording import record
from server.central.storage.tables.trace import trace_chain, trace_checkpoint, trace_entry
from server.central.trace.signing import ReceiptKey
from server.central.trace.verifying import Report, verify_trace
from tests.server.central.hotline import HOTLINE_KEYS, Hotline
from tests.server.central.trace.sender import Sender, sender

KEY = ReceiptKey(HOTLINE_KEYS.receipts.private).public


@pytest.fixture
def one(hotline: Hotline) -> Sender:
    """A chain of six entries, vouched for, with a checkpoint after the third and after the last."""
    made = sender(hotline, "n1", "n2", "n3")
    made.held(made.stretch())
    assert hotline.desks.trace.close_hour() is not None
    made.read("n4", "n5", "n6")
    made.held(made.stretch(3))
    hotline.clock.forward(3600)
    assert hotline.desks.trace.close_hour() is not None
    return made


def verified(hotline: Hotline) -> Report:
    return verify_trace(hotline.engine, KEY)


def found(hotline: Hotline) -> list[tuple[str, Broken]]:
    return [(finding.name, finding.broken) for finding in verified(hotline).findings]


def altered(engine: Database, work: Callable[[Transaction], object]) -> None:
    with writing(engine) as transaction:
        work(transaction)


def test_what_nobody_touched_is_whole(hotline: Hotline, one: Sender) -> None:
    report = verified(hotline)
    assert report.is_whole
    assert (report.chains, report.entries, report.checkpoints) == (1, 6, 2)


def test_it_goes_piece_by_piece_and_what_comes_in_meanwhile_is_no_break(
    hotline: Hotline, one: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.central.trace.verifying._AT_ONCE", 2)
    others = [sender(hotline, "n1", "n2") for _ in range(6)]
    for other in others:
        other.held(other.stretch())
        hotline.clock.forward(3600)
        assert hotline.desks.trace.close_hour() is not None
    pieces = 0

    @contextmanager
    def reading_late(database: Database) -> Iterator[Transaction]:
        """Before each piece everybody writes on, and the hour is closed."""
        nonlocal pieces
        pieces += 1
        for chain in (one, *others):
            before = len(chain.links)
            chain.read(f"later{pieces}")
            chain.held(chain.stretch(before))
        hotline.clock.forward(3600)
        assert hotline.desks.trace.close_hour() is not None
        with reading(database) as transaction:
            yield transaction

    monkeypatch.setattr("server.central.trace.verifying.reading", reading_late)
    report = verified(hotline)
    assert report.is_whole
    assert report.chains == 7
    assert report.checkpoints > 8
    # Seven chains, two at a time; what the checkpoints say before, and the alarms after.
    assert pieces >= report.checkpoints // 2 + 4 + 1


def test_an_altered_entry_is_found(hotline: Hotline, one: Sender) -> None:
    here = trace_entry.c.n == 2
    text = one.links[1].text.replace("n2", "n9")
    altered(hotline.engine, lambda t: t.execute(update(trace_entry).where(here).values(text=text)))
    assert found(hotline) == [(one.epoch, Broken(2, Fault.ALTERED))]


def test_a_removed_entry_is_found(hotline: Hotline, one: Sender) -> None:
    altered(hotline.engine, lambda t: t.execute(delete(trace_entry).where(trace_entry.c.n == 2)))
    assert found(hotline) == [(one.epoch, Broken(2, Fault.MISSING))]


def restamp(transaction: Transaction, one: Sender, kept: int) -> None:
    """What the owner of the database can do: write another chain in the place of this one."""
    other = Sender(one.seat, one.epoch)
    other.read(*("n1", "x2", "x3", "x4", "x5", "x6")[:kept])
    transaction.execute(delete(trace_entry))
    for link in other.links:
        values = {"epoch": one.epoch, "n": link.n, "hash": link.hash, "text": link.text, "fits": True}
        blank = {"actor": "", "act": "", "entity_id": "", "at": "", "received_at": ""}
        transaction.execute(trace_entry.insert().values(values | blank))
    head = other.place(kept)
    transaction.execute(update(trace_chain).values(n=head.n, head=head.head))


def test_a_chain_stamped_anew_is_found_by_checkpoints_and_receipt(hotline: Hotline, one: Sender) -> None:
    altered(hotline.engine, lambda t: restamp(t, one, 6))
    assert found(hotline) == [(one.epoch, Broken(3, Fault.RESTAMPED))]


def test_without_checkpoints_it_is_found_by_the_receipt(hotline: Hotline, one: Sender) -> None:
    altered(hotline.engine, lambda t: restamp(t, one, 6))
    altered(hotline.engine, lambda t: t.execute(delete(trace_checkpoint)))
    assert found(hotline) == [(one.epoch, Broken(6, Fault.SIGNATURE))]


def test_a_shortened_chain_is_found(hotline: Hotline, one: Sender) -> None:
    def shorten(transaction: Transaction) -> None:
        transaction.execute(delete(trace_entry).where(trace_entry.c.n > 4))
        place = one.place(4)
        transaction.execute(update(trace_chain).values(n=place.n, head=place.head))

    altered(hotline.engine, shorten)
    assert found(hotline) == [(one.epoch, Broken(4, Fault.SIGNATURE))]


def test_a_chain_that_is_gone_altogether_is_found(hotline: Hotline, one: Sender) -> None:
    altered(hotline.engine, lambda t: t.execute(delete(trace_entry)))
    altered(hotline.engine, lambda t: t.execute(delete(trace_chain)))
    assert found(hotline) == [(one.epoch, Broken(1, Fault.CUT))]


def test_a_checkpoint_that_was_removed_or_signed_by_another_is_found(hotline: Hotline, one: Sender) -> None:
    stranger = ReceiptKey(ticket_pair().private)
    with writing(hotline.engine) as transaction:
        hours = [row.hour for row in transaction.execute(trace_checkpoint.select().order_by("hour"))]
        here = trace_checkpoint.c.hour == hours[1]
        signature = stranger.sign(b"another text")
        transaction.execute(update(trace_checkpoint).where(here).values(signature=signature))
    assert found(hotline) == [(hours[1], Broken(2, Fault.SIGNATURE))]
    altered(
        hotline.engine,
        lambda t: t.execute(delete(trace_checkpoint).where(trace_checkpoint.c.hour == hours[0])),
    )
    assert (hours[1], Broken(1, Fault.MISSING)) in found(hotline)


def test_an_hour_is_closed_once_and_one_without_entries_too(hotline: Hotline, one: Sender) -> None:
    desk = hotline.desks.trace
    assert desk.close_hour() is None
    hotline.clock.forward(3600)
    empty = desk.close_hour()
    assert empty is not None
    assert empty.heads == ()
    hotline.clock.current -= timedelta(hours=5)
    assert desk.close_hour() is None
    assert verified(hotline).is_whole


def test_what_the_server_does_itself_stands_in_a_chain_of_the_hour(hotline: Hotline, one: Sender) -> None:
    at = hotline.clock.now()
    for _ in range(3):
        altered(
            hotline.engine,
            lambda t: record(t, at, ("lead-1", Happening(Act.GRANTED, "note", "n1", reason="g1"))),
        )
    hotline.clock.forward(3600)
    altered(
        hotline.engine,
        lambda t: record(t, hotline.clock.now(), ("server", Happening(Act.WITHDRAWN, "note", "n1"))),
    )
    hotline.clock.forward(3600)
    assert hotline.desks.trace.close_hour() is not None
    report = verified(hotline)
    assert report.is_whole
    assert (report.chains, report.entries) == (3, 10)
    here = trace_entry.c.epoch.like("server:%")
    altered(hotline.engine, lambda t: t.execute(delete(trace_entry).where(here, trace_entry.c.n == 3)))
    assert [broken for _, broken in found(hotline)] == [Broken(3, Fault.CUT)]


def test_what_a_former_key_signed_counts_where_both_keys_say_so(hotline: Hotline, one: Sender) -> None:
    former = ReceiptKey(HOTLINE_KEYS.receipts.private)
    heir = ReceiptKey(ticket_pair().private)
    followed = former.followed_by(heir, hotline.clock.now())
    assert not verify_trace(hotline.engine, heir.public).is_whole
    assert verify_trace(hotline.engine, heir.public, successions=(followed,)).is_whole
    stranger = ReceiptKey(ticket_pair().private)
    made_up = replace(followed, key=stranger.public, by_key=stranger.sign(b"x"))
    assert not verify_trace(hotline.engine, stranger.public, successions=(followed, made_up)).is_whole
