"""The trace comes in with a push: joined, vouched for; a broken one raises an alarm and stops nothing."""

from dataclasses import replace

import pytest

from models.trace.chain import Broken, Fault
from models.trace.signature import is_signed
from models.wire import trace
from models.wire.sync import Pushed
from server.central.storage.engine import reading
from server.central.storage.trace import alarms, links
from server.central.trace.signing import ReceiptKey
from tests.server.central.hotline import HOTLINE_KEYS, Case, Hotline
from tests.server.central.trace.sender import Sender, sender

BROKEN = r"is broken at entry"


def texts(hotline: Hotline, epoch: str) -> list[str]:
    with reading(hotline.engine) as transaction:
        return [one.text for one in links(transaction, epoch)]


def told(hotline: Hotline, one: Sender) -> list[Broken]:
    with reading(hotline.engine) as transaction:
        return [alarm.broken for alarm in alarms(transaction) if alarm.epoch == one.epoch]


def test_a_stretch_is_kept_and_gets_a_signed_receipt(hotline: Hotline) -> None:
    one = sender(hotline, "n1", "n2", "n3")
    receipt = one.push(one.stretch()).receipt
    assert receipt is not None
    assert (receipt.epoch, receipt.value().place) == (one.epoch, one.place(3))
    assert receipt.key == ReceiptKey(HOTLINE_KEYS.receipts.private).public
    assert is_signed(receipt.value().text, receipt.signature, receipt.key)
    assert texts(hotline, one.epoch) == [link.text for link in one.links]
    assert told(hotline, one) == []


def test_the_same_stretch_again_and_one_that_overlaps_change_nothing_twice(hotline: Hotline) -> None:
    one = sender(hotline, "n1", "n2", "n3", "n4", "n5")
    assert one.held(one.stretch(0, 3)) == 3
    assert one.held(one.stretch(0, 3)) == 3
    assert one.held(one.stretch(1, 2)) == 3
    assert one.held(one.stretch(2, 5)) == 5
    assert texts(hotline, one.epoch) == [link.text for link in one.links]
    assert told(hotline, one) == []


def test_a_server_that_lost_entries_asks_for_them_by_its_receipt(hotline: Hotline) -> None:
    one = sender(hotline, "n1", "n2", "n3", "n4", "n5")
    assert one.held(one.stretch(0, 2)) == 2
    assert one.held(one.stretch(4, 5)) == 2
    assert told(hotline, one) == []
    assert one.held(one.stretch(2, 5)) == 5


@pytest.mark.expects_log(BROKEN)
def test_entries_that_nobody_has_any_more_are_told_and_the_rest_is_kept(hotline: Hotline) -> None:
    one = sender(hotline, "n1", "n2", "n3", "n4", "n5")
    one.held(one.stretch(0, 2))
    one.kept = 4
    assert one.held(one.stretch(4, 5)) == 5
    assert told(hotline, one) == [Broken(3, Fault.MISSING)]
    one.read("n6")
    assert one.held(one.stretch(5)) == 6


@pytest.mark.expects_log(BROKEN)
def test_a_chain_with_another_past_raises_an_alarm_and_keeps_both(hotline: Hotline) -> None:
    one = sender(hotline, "n1", "n2", "n3")
    one.held(one.stretch())
    other = Sender(one.seat, one.epoch)
    other.read("n1", "x2", "x3", "x4")
    assert other.held(other.stretch()) == 3
    assert told(hotline, one) == [Broken(2, Fault.FORKED)]
    assert texts(hotline, one.epoch) == [link.text for link in one.links]
    # The same again raises no second alarm.
    assert other.held(other.stretch()) == 3
    assert told(hotline, one) == [Broken(2, Fault.FORKED)]


@pytest.mark.expects_log(BROKEN)
def test_an_altered_entry_raises_an_alarm_and_the_operations_are_taken(hotline: Hotline) -> None:
    one = sender(hotline, "n1", "n2")
    case = Case(one.seat)
    stretch = one.stretch()
    altered = replace(stretch, entries=(stretch.entries[0], {**stretch.entries[1], "id": "x"}))
    push = one.seat.numbered(case.add(), case.open())
    answer = one.seat.send(push.model_copy(update={"audit": trace.Stretch.of(altered)}))
    assert isinstance(answer, Pushed)
    assert [result.st.value for result in answer.results] == ["applied", "applied"]
    assert answer.receipt is not None
    assert answer.receipt.n == 0
    assert told(hotline, one) == [Broken(1, Fault.ALTERED)]


@pytest.mark.expects_log(BROKEN)
def test_nobody_writes_into_the_chain_of_another(hotline: Hotline) -> None:
    one = sender(hotline, "n1", "n2")
    one.held(one.stretch(0, 1))
    assert one.push(one.stretch(1, 2), hotline.seat()).receipt is None
    assert told(hotline, one) == [Broken(1, Fault.FOREIGN)]
    assert one.held(one.stretch(1, 2)) == 2


@pytest.mark.expects_log(BROKEN)
@pytest.mark.parametrize("value", ["nul\x00", "\ud800", {"deep": {}}, ["x"], None, 1.5, 2**60, "x" * 300])
def test_what_no_database_keeps_is_no_entry(hotline: Hotline, value: object) -> None:
    one = sender(hotline, "n1")
    stretch = one.stretch()
    assert one.held(replace(stretch, entries=({**stretch.entries[0], "reason": value},))) == 0
    assert told(hotline, one) == [Broken(1, Fault.MALFORMED)]
    assert one.held(stretch) == 1
