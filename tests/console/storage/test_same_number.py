"""The other calls of a number, as far as they are here."""

from datetime import timedelta
from typing import Any

import pytest

from console.storage.storage import Storage
from models.operation import Operation
from tests.console.storage.acts import CLOCK

NOW = CLOCK.now()


def call(name: str, number: str, minutes: int = 0) -> Operation:
    at = NOW + timedelta(minutes=minutes)
    body: dict[str, Any] = {"site": "beijing", "number": number, "entered_at": at.isoformat()}
    return Operation(f"op-{name}", "call.add", name, "zhang", at, body)


@pytest.mark.parametrize("written", ["13834400000", "+8613834400000", "8613834400000", "013834400000"])
def test_the_same_number_is_found_however_a_carrier_writes_it(storage: Storage, written: str) -> None:
    storage.perform([call("now", "13834400000", 9), call("before", written), call("other", "13834400001")])
    assert storage.same_number.calls("now", 20) == ("before",)


def test_the_newest_come_first_and_only_so_many(storage: Storage) -> None:
    storage.perform([call(f"c{n}", "13834400000", n) for n in range(4)])
    assert storage.same_number.calls("c3", 2) == ("c2", "c1")


def test_who_withholds_the_number_is_nobody_in_particular(storage: Storage) -> None:
    storage.perform([call("a", ""), call("b", "")])
    assert storage.same_number.calls("a", 20) == ()
    assert storage.same_number.calls("unknown", 20) == ()
