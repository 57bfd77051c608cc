"""A gateway that is told of recordings must have whom to lock them for and where to hand them over."""

import asyncio
from pathlib import Path

import pytest

from models.clock import ManualClock, SystemClock
from server.central.config import GATEWAY_FILE
from server.central.founding import Plan, found
from server.gateway.app import running
from server.gateway.exchange.simulated import Simulated
from server.gateway.problems import GatewayError
from server.gateway.settings import Settings, read_settings
from tests.support.processes import free_port


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "hotline"
    found(Plan(folder, "jinzhong", port=free_port()), SystemClock())
    return folder


def told(folder: Path, *lines: str) -> Settings:
    path = folder / GATEWAY_FILE
    text = path.read_text()
    path.write_text(text + "\n[exchange]\n" + "\n".join(lines) + "\n")
    return read_settings(path, practice=False)


def test_of_itself_it_takes_none(folder: Path) -> None:
    assert told(folder).recordings is None


def test_a_folder_is_all_that_must_be_said(folder: Path) -> None:
    wanted = told(folder, 'recordings = "monitor"').recordings
    assert wanted
    assert (wanted.plain, wanted.locked) == (folder / "monitor", folder / "recordings-locked")
    assert wanted.public_key == (folder / "recordings.pub").read_bytes()


@pytest.mark.parametrize("name", ["recordings_key", "identity", "url"])
def test_without_a_key_or_a_server_nothing_is_left_plain_unsaid(folder: Path, name: str) -> None:
    path = folder / GATEWAY_FILE
    lines = [line for line in path.read_text().splitlines() if not line.startswith(f"{name} =")]
    path.write_text("\n".join(lines))
    with pytest.raises(GatewayError) as trouble:
        told(folder, 'recordings = "monitor"')
    assert "recordings_key" in trouble.value.sentence


@pytest.mark.expects_log("the server does not say who was revoked: ConnectError")
def test_a_key_that_is_none_is_one_sentence(folder: Path) -> None:
    (folder / "recordings.pub").write_bytes((folder / "tickets.pub").read_bytes())
    settings = told(folder, 'recordings = "monitor"')
    clock = ManualClock()

    async def started() -> None:
        async with running(settings, clock, Simulated(clock)):
            raise AssertionError

    with pytest.raises(GatewayError) as trouble:
        asyncio.run(started())
    assert trouble.value.code == "recordings_key"


def test_practice_takes_none(folder: Path) -> None:
    told(folder, 'recordings = "monitor"')
    assert read_settings(folder / GATEWAY_FILE, practice=True).recordings is None
