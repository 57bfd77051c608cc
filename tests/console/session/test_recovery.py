"""A lost password is no lost record: two of the three who keep the recovery key open the same key again."""

import itertools
import json
from pathlib import Path

import pytest

from console.session import recovery
from console.session.envelope import Cost
from console.session.keys import admit_again, keep_for_recovery, open_vault, recover, rewrap, wipe
from console.session.secret_store import NoSecretStore
from console.session.vault_errors import (
    AccessWithdrawn,
    EnvelopeBroken,
    EnvelopeMissing,
    RecoveryElsewhere,
    RecoveryMissing,
    SharesWrong,
    WrongPassword,
)
from console.storage.opening import open_storage
from models.clock import SystemClock

QUICK = Cost(passes=1, memory=64, lanes=1)
NAME = "张医生/1"
STORE = NoSecretStore()
KEY = recovery.make()


def made(folder: Path) -> bytes:
    """An operator's files: database, both envelopes; gives the key."""
    vault = open_vault(folder, NAME, "旧口令", STORE, QUICK)
    open_storage(vault.database, vault.key, NAME, SystemClock()).close()
    keep_for_recovery(vault, NAME, KEY.public)
    return vault.key


@pytest.mark.parametrize("pair", list(itertools.combinations(range(3), 2)))
def test_any_two_shares_open_the_same_key(tmp_path: Path, pair: tuple[int, int]) -> None:
    key = made(tmp_path)
    assert recover(tmp_path, NAME, [KEY.shares[one] for one in pair]).key == key


def test_the_words_may_be_typed_with_any_spaces_and_capitals(tmp_path: Path) -> None:
    key = made(tmp_path)
    typed = ["  " + share.upper().replace(" ", "\n ") for share in KEY.shares[:2]]
    assert recover(tmp_path, NAME, typed).key == key


@pytest.mark.parametrize(
    "shares",
    [
        KEY.shares[:1],
        (KEY.shares[0], KEY.shares[0]),
        (KEY.shares[0], KEY.shares[1].rsplit(" ", 1)[0] + " academic"),
        ("no", "words"),
        ("", ""),
        (),
    ],
)
def test_less_than_two_whole_shares_open_nothing(tmp_path: Path, shares: tuple[str, ...]) -> None:
    made(tmp_path)
    with pytest.raises(SharesWrong):
        recover(tmp_path, NAME, shares)


def test_the_shares_of_another_key_are_told_apart_from_wrong_words(tmp_path: Path) -> None:
    made(tmp_path)
    with pytest.raises(RecoveryElsewhere):
        recover(tmp_path, NAME, recovery.make().shares[:2])


def test_a_new_password_opens_the_same_database_and_the_old_one_does_not(tmp_path: Path) -> None:
    key = made(tmp_path)
    rewrap(recover(tmp_path, NAME, KEY.shares[1:]), NAME, "新口令", STORE, QUICK)
    again = open_vault(tmp_path, NAME, "新口令", STORE)
    assert again.key == key
    open_storage(again.database, again.key, NAME, SystemClock()).close()
    with pytest.raises(WrongPassword):
        open_vault(tmp_path, NAME, "旧口令", STORE)


def test_without_a_password_envelope_recovery_still_opens_and_no_key_is_made_anew(tmp_path: Path) -> None:
    key = made(tmp_path)
    (tmp_path / "%E5%BC%A0%E5%8C%BB%E7%94%9F%2F1.key").unlink()
    with pytest.raises(EnvelopeMissing):
        open_vault(tmp_path, NAME, "旧口令", STORE, QUICK)
    assert recover(tmp_path, NAME, KEY.shares[:2]).key == key


def test_a_workstation_that_never_heard_of_a_recovery_key_says_so(tmp_path: Path) -> None:
    open_vault(tmp_path, NAME, "旧口令", STORE, QUICK)
    with pytest.raises(RecoveryMissing):
        recover(tmp_path, NAME, KEY.shares[:2])


def test_a_new_recovery_key_takes_the_place_of_the_former(tmp_path: Path) -> None:
    key = made(tmp_path)
    vault = open_vault(tmp_path, NAME, "旧口令", STORE)
    (path,) = tmp_path.glob("*.recovery")
    before = path.read_bytes()
    keep_for_recovery(vault, NAME, KEY.public)
    assert path.read_bytes() == before, "what is there already is left alone"
    other = recovery.make()
    keep_for_recovery(vault, NAME, other.public)
    assert recover(tmp_path, NAME, other.shares[:2]).key == key
    with pytest.raises(RecoveryElsewhere):
        recover(tmp_path, NAME, KEY.shares[:2])


def test_what_is_no_key_is_not_sealed_to(tmp_path: Path) -> None:
    vault = open_vault(tmp_path, NAME, "旧口令", STORE, QUICK)
    with pytest.raises(ValueError, match="32"):
        keep_for_recovery(vault, NAME, b"short")
    assert not list(tmp_path.glob("*.recovery"))


@pytest.mark.parametrize("damage", [b"", b"{}", b"[]", b"\xff", b"null", b'{"version": 2}'])
def test_a_destroyed_envelope_is_no_wrong_share_and_is_made_anew_at_the_next_sign_in(
    tmp_path: Path, damage: bytes
) -> None:
    key = made(tmp_path)
    (path,) = tmp_path.glob("*.recovery")
    path.write_bytes(damage)
    with pytest.raises(EnvelopeBroken):
        recover(tmp_path, NAME, KEY.shares[:2])
    keep_for_recovery(open_vault(tmp_path, NAME, "旧口令", STORE), NAME, KEY.public)
    assert recover(tmp_path, NAME, KEY.shares[:2]).key == key


def test_the_envelope_of_one_operator_is_none_of_another(tmp_path: Path) -> None:
    made(tmp_path)
    (path,) = tmp_path.glob("*.recovery")
    content = json.loads(path.read_bytes())
    path.write_text(json.dumps({**content, "operator": "李"}))
    with pytest.raises(EnvelopeBroken):
        recover(tmp_path, NAME, KEY.shares[:2])


def test_neither_key_stands_in_any_file(tmp_path: Path) -> None:
    key = made(tmp_path)
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        assert key not in content
        assert key.hex().encode() not in content
        assert KEY.shares[0].encode() not in content
    assert KEY.shares[0] not in repr(KEY)


def test_after_a_wipe_nobody_opens_the_database_any_more(tmp_path: Path) -> None:
    made(tmp_path)
    wipe(tmp_path, NAME)
    with pytest.raises(AccessWithdrawn):
        open_vault(tmp_path, NAME, "旧口令", STORE, QUICK)
    with pytest.raises(RecoveryMissing):
        recover(tmp_path, NAME, KEY.shares[:2])
    assert [one.suffix for one in sorted(tmp_path.iterdir())] == [".db", ".withdrawn"]


def test_who_is_admitted_again_begins_with_an_empty_database(tmp_path: Path) -> None:
    key = made(tmp_path)
    admit_again(tmp_path, NAME)
    assert open_vault(tmp_path, NAME, "旧口令", STORE).key == key, "nothing was withdrawn"
    wipe(tmp_path, NAME)
    admit_again(tmp_path, NAME)
    vault = open_vault(tmp_path, NAME, "旧口令", STORE, QUICK)
    assert vault.key != key
    assert not vault.database.exists()
