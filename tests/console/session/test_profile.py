from datetime import UTC, datetime
from pathlib import Path

from console.session.profile import Profile, load, save
from tests.console.desk import IDENTITY

KEY = bytes(range(32))
PROFILE = Profile(IDENTITY.operator, "ticket-geheim", datetime(2026, 1, 1, tzinfo=UTC), "c2VjcmV0")


def test_a_profile_comes_back_and_is_not_to_be_read_without_the_key(tmp_path: Path) -> None:
    path = tmp_path / "zhang.profile"
    save(path, KEY, PROFILE)
    save(path, KEY, PROFILE)
    assert load(path, KEY) == PROFILE
    assert b"ticket-geheim" not in path.read_bytes()
    assert [one.name for one in tmp_path.iterdir()] == ["zhang.profile"]


def test_another_key_or_a_damaged_file_is_no_profile(tmp_path: Path) -> None:
    path = tmp_path / "zhang.profile"
    assert load(path, KEY) is None
    save(path, KEY, PROFILE)
    assert load(path, KEY[::-1]) is None
    path.write_bytes(path.read_bytes()[:-3])
    assert load(path, KEY) is None
