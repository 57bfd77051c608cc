"""The server keeps a recording whole or says that it has not got it; its disk never sees a word in clear."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from models.people.operator import Role
from models.wire.recordings import Had
from server.central.recordings import keeping as keeping_module
from server.central.recordings.keeping import NotKept
from server.central.recordings.store import Store
from server.central.storage.engine import reading
from server.central.storage.recordings import find_recording
from tests.server.central.hotline import Hotline
from tests.server.central.recordings.stage import (
    HALF,
    SOUND,
    Locked,
    case_of,
    gateway,
    hand_over,
    keeping,
    locked,
)

KEPT = Had(have=0, kept=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recordings"


@pytest.fixture
def hotline(hotline: Hotline, folder: Path) -> Hotline:
    return keeping(hotline, folder)


@pytest.fixture
def one(hotline: Hotline) -> Locked:
    return locked(case_of(hotline))


def is_kept(hotline: Hotline, one: Locked) -> bool:
    with reading(hotline.engine) as transaction:
        found = find_recording(transaction, one.label.id)
    return found is not None and found.label == one.label


def test_it_is_kept_and_nothing_is_left_over(hotline: Hotline, folder: Path, one: Locked) -> None:
    assert hand_over(hotline, one) == KEPT
    assert is_kept(hotline, one)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert [path.name for path in files] == [f"{one.label.id}.recording"]
    assert files[0].stat().st_mode & 0o077 == 0
    content = files[0].read_bytes()
    assert all(SOUND[at : at + 32] not in content for at in range(0, len(SOUND), 4096))


def test_handing_it_over_again_changes_nothing(hotline: Hotline, folder: Path, one: Locked) -> None:
    hand_over(hotline, one)
    before = [(path, path.read_bytes()) for path in folder.rglob("*.recording")]
    assert hotline.desks.keep.had(gateway(hotline).ticket.operator, one.label.id) == KEPT
    assert hand_over(hotline, one) == KEPT
    assert [(path, path.read_bytes()) for path in folder.rglob("*.recording")] == before


def test_it_goes_on_where_it_was_cut_off(hotline: Hotline, one: Locked) -> None:
    who, keep, name = gateway(hotline).ticket.operator, hotline.desks.keep, one.label.id
    assert keep.had(who, name) == Had(have=0, kept=False)
    assert keep.add(who, name, 0, one.body[:HALF]).have == HALF
    assert keep.add(who, name, HALF + 5, b"too far").have == HALF
    assert keep.add(who, name, 0, one.body[:HALF]).have == HALF
    assert keep.had(who, name).have == HALF
    keep.add(who, name, HALF, one.body[HALF:])
    assert keep.take(who, name, one.handed) == KEPT


@pytest.mark.parametrize("at", [0, 70_000, 399_999])
def test_what_was_altered_on_the_way_is_not_kept_but_asked_for_again(
    hotline: Hotline, one: Locked, at: int
) -> None:
    altered = bytearray(one.body)
    altered[at] ^= 1
    with pytest.raises(NotKept, match="broken"):
        hand_over(hotline, replace(one, body=bytes(altered)))
    assert not is_kept(hotline, one)
    assert hotline.desks.keep.had(gateway(hotline).ticket.operator, one.label.id).have == 0
    assert hand_over(hotline, one) == KEPT


@pytest.mark.parametrize("end", [-1, 1])
def test_too_little_or_too_much_is_not_kept(hotline: Hotline, one: Locked, end: int) -> None:
    body = one.body[:-1] if end < 0 else one.body + b"x"
    with pytest.raises(NotKept, match="broken"):
        hand_over(hotline, replace(one, body=body))
    assert not is_kept(hotline, one)


def test_what_was_locked_for_another_server_is_not_kept(hotline: Hotline) -> None:
    foreign = locked(case_of(hotline), private=X25519PrivateKey.generate())
    with pytest.raises(NotKept, match="broken"):
        hand_over(hotline, foreign)


def test_a_server_that_dies_before_it_wrote_the_row_finds_the_file(
    hotline: Hotline, folder: Path, one: Locked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(keeping_module, "add_recording", dies)
    with pytest.raises(KeyboardInterrupt):
        hand_over(hotline, one)
    assert not is_kept(hotline, one)
    monkeypatch.undo()
    assert hand_over(hotline, one) == KEPT
    assert is_kept(hotline, one)
    assert len(list(folder.rglob("*.recording"))) == 1


def test_a_server_that_dies_while_it_writes_the_file_has_kept_nothing(
    hotline: Hotline, folder: Path, one: Locked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", dies)
    with pytest.raises(KeyboardInterrupt):
        hand_over(hotline, one)
    monkeypatch.undo()
    assert Store(folder).names() == []
    assert hand_over(hotline, one) == KEPT


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.GATEWAY])
def test_nobody_but_a_gateway_hands_recordings_over(hotline: Hotline, one: Locked, role: Role) -> None:
    who, keep = hotline.seat(role).ticket.operator, hotline.desks.keep
    with pytest.raises(NotKept, match="role"):
        keep.had(who, one.label.id)
    with pytest.raises(NotKept, match="role"):
        keep.add(who, one.label.id, 0, b"x")
    with pytest.raises(NotKept, match="role"):
        keep.take(who, one.label.id, one.handed)


def test_a_label_that_is_none_is_malformed(hotline: Hotline, one: Locked) -> None:
    who, keep, name = gateway(hotline).ticket.operator, hotline.desks.keep, one.label.id
    for handed in (
        one.handed.model_copy(update={"label": "e30="}),
        one.handed.model_copy(update={"label": "not base64"}),
        one.handed.model_copy(update={"key": "\u00e4"}),
    ):
        with pytest.raises(NotKept, match="malformed"):
            keep.take(who, name, handed)
    with pytest.raises(NotKept, match="malformed"):
        keep.take(who, "f" * 32, one.handed)
