"""The practice server: started once for a folder, joined by a second window, gone with the first."""

import json
import os
import sys
from pathlib import Path
from queue import Queue

import pytest

from console.practice.hub import Hub, HubFailed
from server.central.config import read_config
from server.central.serving import open_made_database
from server.central.storage.accounts import find_account
from server.practice import OPERATOR


def test_a_second_window_joins_and_the_first_one_ends_it(tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    first = Hub(folder)
    first.start()
    try:
        places = first.endpoints()
        assert places.server.startswith("http://127.0.0.1:")
        assert places.gateway.startswith("ws://127.0.0.1:")
        assert first.password()
        second = Hub(folder)
        second.start()
        assert second.endpoints() == places
        second.stop()
        assert (folder / "running.json").exists(), "who joined ends nothing"
    finally:
        first.stop()
    assert not (folder / "running.json").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells here whether a process is alive")
def test_what_a_killed_run_left_behind_is_not_joined(tmp_path: Path) -> None:
    told = {"server": "http://127.0.0.1:1", "gateway": "ws://127.0.0.1:1", "pid": 2**22 + 1}
    (tmp_path / "running.json").write_text(json.dumps(told))
    hub = Hub(tmp_path)
    hub.start()
    try:
        assert hub.endpoints().server != told["server"]
    finally:
        hub.stop()


def test_one_that_ends_already_is_not_joined(tmp_path: Path) -> None:
    """The window that started it was killed a moment ago: it runs, but nobody can come in any more."""
    told = {"server": "http://127.0.0.1:1", "gateway": "ws://127.0.0.1:1", "pid": os.getpid()}
    (tmp_path / "running.json").write_text(json.dumps(told))
    hub = Hub(tmp_path)
    hub.start()
    try:
        assert hub.directs
        assert hub.endpoints().server != told["server"]
    finally:
        hub.stop()


def test_a_server_that_does_not_start_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hub = Hub(tmp_path)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    hub.start()
    try:
        with pytest.raises(HubFailed):
            hub.endpoints()
    finally:
        hub.stop()


@pytest.mark.parametrize(("language", "name"), [("zh_CN", "练习员"), ("en", "Practice operator")])
def test_who_practises_is_named_in_the_language_of_the_window(
    tmp_path: Path, language: str, name: str
) -> None:
    hub = Hub(tmp_path, language)
    hub.start()
    try:
        hub.endpoints()
        engine = open_made_database(read_config(tmp_path))
        account = find_account(engine, OPERATOR)
        engine.dispose()
        assert account is not None
        assert account.operator.name == name
    finally:
        hub.stop()


def test_the_window_that_started_it_says_who_rings(tmp_path: Path) -> None:
    first, rang = Hub(tmp_path), Queue[tuple[str, str]]()
    first.rang = lambda name, call: rang.put((name, call))
    first.start()
    try:
        first.endpoints()
        second = Hub(tmp_path)
        second.start()
        assert first.directs
        assert not second.directs
        second.ring("other", "13800000012", "12356")
        first.quiet()
        first.ring("bridge-1", "13800000011", "12356")
        name, call = rang.get(timeout=30)
        assert name == "bridge-1", "who joined directs nobody"
        assert call
        first.hang_up("bridge-1")
        second.stop()
    finally:
        first.stop()
