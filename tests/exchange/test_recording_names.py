"""Whose a recording is: by its name alone, also after a restart and for a caller's second round."""

import pytest

from models.clock import ManualClock
from models.ids import call_id, new_id
from server.gateway.exchange.asterisk import Asterisk
from server.gateway.settings import AsteriskSettings

SETTINGS = AsteriskSettings("127.0.0.1", 5038, "gateway", "secret", "hotline")
EXCHANGE = "127.0.0.1:5038"


def call_of(recording: str) -> str:
    return Asterisk(SETTINGS, ManualClock()).recording.call_of(recording)


@pytest.mark.parametrize("name", ["1767323045.7", "1767323045.7-2", "north-1767323045.12"])
def test_of_a_caller(name: str) -> None:
    assert call_of(name) == call_id(EXCHANGE, name)


def test_of_a_call_from_here() -> None:
    call = new_id()
    assert call_of(f"out-{call}") == call


@pytest.mark.parametrize("name", ["xinqiao-examination", "notes", "1.2", "1767323045", "1767323045.7-x"])
def test_of_nobody(name: str) -> None:
    assert call_of(name) == ""
