"""Where the telephone's password may go, and what is remembered beside it."""

from pathlib import Path

import pytest

from console.session.secret_store import NoSecretStore
from console.softphone.account import AccountError, account, keep_password
from console.softphone.remembered import remember, remembered
from models.softphone.devices import Choice


@pytest.mark.parametrize(
    "address",
    [
        "ws://10.0.0.7/ws",
        "ws://exchange.example:8088/ws",
        "ws://127.0.0.1.example.com/ws",
        "http://127.0.0.1/",
        "wss://",
        "wss://host:port/ws",
        "wss://[::1/ws",
        "127.0.0.1",
        "",
    ],
)
def test_a_password_goes_nowhere_in_clear(address: str) -> None:
    for act in (
        lambda: account(address, "1004", NoSecretStore()),
        lambda: keep_password(address, "1004", "word", NoSecretStore()),
    ):
        with pytest.raises(AccountError) as told:
            act()
        assert told.value.code == "softphone_address"


@pytest.mark.parametrize(
    "address", ["wss://exchange.example:8089/ws", "ws://127.0.0.1:8088/ws", "ws://[::1]:8088/ws"]
)
def test_without_a_secret_store_it_is_said(address: str) -> None:
    with pytest.raises(AccountError) as told:
        account(address, "1004", NoSecretStore())
    assert told.value.code == "softphone_password"
    with pytest.raises(AccountError) as told:
        keep_password(address, "1004", "word", NoSecretStore())
    assert told.value.code == "secret_store_missing"


def test_a_seat_must_be_named() -> None:
    with pytest.raises(AccountError) as told:
        account("wss://exchange.example/ws", "", NoSecretStore())
    assert told.value.code == "softphone_address"


@pytest.mark.parametrize("content", [None, b"", b"[]", b"{", b'{"headset": 3}', b"\xff\xfe"])
def test_a_choice_that_cannot_be_read_is_the_systems(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "softphone.json").write_bytes(content)
    assert remembered(tmp_path) == Choice()


def test_a_choice_is_kept_for_this_account_alone(tmp_path: Path) -> None:
    choice = Choice("麦克风", "耳机", "")
    remember(tmp_path, choice)
    assert remembered(tmp_path) == choice
    assert (tmp_path / "softphone.json").stat().st_mode & 0o077 == 0
