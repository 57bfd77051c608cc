"""Numbers of feeds: without a gap, in the order of commits, also when many push at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from sqlalchemy import Engine, select

from models.people.operator import Role
from models.wire.sync import Pulled
from server.central.storage.tables import feed_entry, feed_head
from tests.server.central.hotline import Case, Hotline, Workstation

_WRITERS = 6
_CASES = 5


def _seqs(engine: Engine) -> dict[str, tuple[int, set[int]]]:
    """Each feed's head and the numbers of its entries."""
    with engine.connect() as connection:
        entries = connection.execute(select(feed_entry.c.feed, feed_entry.c.seq)).all()
        heads = connection.execute(select(feed_head.c.feed, feed_head.c.head)).all()
    return {feed: (head, {seq for name, seq in entries if name == feed}) for feed, head in heads}


def test_every_push_takes_the_next_numbers_of_each_feed(hotline: Hotline) -> None:
    desk = hotline.seat()
    case = Case(desk)
    before: dict[str, tuple[int, set[int]]] = {}
    for operations in (
        [case.add(), case.open()],
        [case.draft("一", 1), case.answer("acting")],
        [case.refer(), case.draft("二", 2), case.finish()],
        [Case(desk).add()],
    ):
        desk.push(*operations)
        after = _seqs(hotline.engine)
        for feed, (head, seqs) in after.items():
            start = before.get(feed, (0, set()))[0]
            assert {seq for seq in seqs if seq > start} == set(range(start + 1, head + 1))
        before = after


def test_what_is_known_already_takes_no_number(hotline: Hotline) -> None:
    desk = hotline.seat()
    case = Case(desk)
    desk.push(case.add(), case.open(), case.answer("acting"))
    before = _seqs(hotline.engine)
    desk.push(case.open(), case.add())
    assert _seqs(hotline.engine) == before


def test_pages_of_one_item_bring_the_same_as_one_page(hotline: Hotline) -> None:
    desk, lead = hotline.seat(), hotline.seat(Role.LEAD, Role.OPERATOR)
    for _ in range(3):
        case = Case(desk)
        desk.push(case.add(), case.open(), case.answer("plan"))
    slow, quick = replace(lead, drawer={}, cursor={}), replace(lead, drawer={}, cursor={})
    assert slow.pull_all(limit=1).drawer == quick.pull_all().drawer


def _write(hotline: Hotline, number: int, start: threading.Barrier) -> None:
    desk = hotline.seat()
    gateway = hotline.seat(Role.GATEWAY)
    start.wait()
    for n in range(_CASES):
        case = Case(desk, number=f"138001380{n:02}")
        gateway.push(replace(case.add(), actor=gateway.who))
        desk.push(case.add(), case.open(), case.answer("acting" if number % 2 else "means"))
        desk.push(case.draft("一", 1), case.finish())


def _read(reader: Workstation, done: threading.Event) -> None:
    while not done.is_set():
        reader.pull(4)


def test_who_reads_while_many_write_misses_nothing(hotline: Hotline) -> None:
    reader = hotline.seat(Role.LEAD)
    start, done = threading.Barrier(_WRITERS), threading.Event()
    with ThreadPoolExecutor(_WRITERS + 1) as threads:
        reading = threads.submit(_read, reader, done)
        writing = [threads.submit(_write, hotline, number, start) for number in range(_WRITERS)]
        try:
            for one in writing:
                one.result()
        finally:
            done.set()
        reading.result()
    reader.pull_all()
    assert reader.drawer == replace(reader, drawer={}, cursor={}).pull_all().drawer
    cards = [document for _, document in reader.drawer[f"line:{hotline.site}"].values()]
    assert [card["calls"] for card in cards] == [_WRITERS] * _CASES
    assert len(reader.drawer[f"shift:{hotline.site}"]) == _WRITERS * _CASES
    assert len(reader.drawer[f"alert:{hotline.site}"]) == _WRITERS // 2 * _CASES * 3


def _witness(hotline: Hotline, case: Case, number: int, start: threading.Barrier) -> None:
    desk = hotline.seat()
    at = hotline.clock.now().isoformat()
    for n in range(_CASES):
        party = f"party-{number}-{n}"
        body = {"kind": "party_rang", "id": party, "call": case.call, "at": at, "party": party}
        start.wait()
        desk.push(desk.act("call.event", case.call, body))


def test_many_witnesses_of_one_call_lose_nothing_of_each_other(hotline: Hotline) -> None:
    desk, lead = hotline.seat(), hotline.seat(Role.LEAD)
    case = Case(desk)
    desk.push(case.add(), case.open(), case.answer("acting"))
    start = threading.Barrier(_WRITERS)
    with ThreadPoolExecutor(_WRITERS) as threads:
        witnessing = [threads.submit(_witness, hotline, case, n, start) for n in range(_WRITERS)]
        for one in witnessing:
            one.result()
    call = lead.pull_all().has(f"alert:{hotline.site}", "call", case.call)
    assert len(call["parties"]) == _WRITERS * _CASES


def test_one_device_that_pushes_the_same_twice_at_once_is_taken_once(hotline: Hotline) -> None:
    desk = hotline.seat()
    case = Case(desk)
    push = desk.numbered(case.add(), case.open(), case.draft("一", 1))
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(desk.send, [push] * 4))
    assert {answer.last for answer in answers} == {3}
    assert len(hotline.stored("op_id")) == 3


def test_the_same_operations_under_two_epochs_at_once_are_taken_once(hotline: Hotline) -> None:
    desk = hotline.seat()
    case = Case(desk)
    operations = [case.add(), case.open(), case.draft("一", 1)]
    clones = [replace(desk, epoch=f"epoch-{n:04}", seq=0).numbered(*operations) for n in range(4)]
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(desk.send, clones))
    assert {answer.last for answer in answers} == {3}
    assert len(hotline.stored("op_id")) == 3


def test_a_page_tells_how_far_an_epoch_was_taken_to_whom_it_belongs(hotline: Hotline) -> None:
    desk, other = hotline.seat(), hotline.seat()
    desk.push(Case(desk).add(), Case(desk).open())
    pages = [
        Pulled.model_validate_json(hotline.desks.pull.pull(who.ticket, {}, 10, epoch))
        for who in (desk, other)
        for epoch in (desk.epoch, "")
    ]
    assert [page.last for page in pages] == [2, None, 0, None]
