"""Passwords whose guess costs next to nothing, for tests about something else."""

import pytest
from argon2 import PasswordHasher

from console.session import keys
from console.session.envelope import Cost
from server.central import signing_in

QUICK = Cost(passes=1, memory=64, lanes=1)
_HASHER = PasswordHasher(QUICK.passes, QUICK.memory, QUICK.lanes)
_NOBODY = _HASHER.hash("nobody")


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let accounts and envelopes made in this process cost the least; whoever opens them pays no more."""
    monkeypatch.setattr(signing_in, "_HASHER", _HASHER)
    monkeypatch.setattr(signing_in, "_NOBODY", _NOBODY)
    monkeypatch.setattr(keys, "Cost", lambda: QUICK)
