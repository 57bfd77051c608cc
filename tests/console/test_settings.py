"""A broken settings file is named with the field and what is wrong; nothing is guessed."""

from pathlib import Path

import pytest

from console.settings import Settings, SettingsError, load


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "console.toml", {}) == Settings()


def test_the_command_line_has_the_last_word(tmp_path: Path) -> None:
    path = tmp_path / "console.toml"
    path.write_text('seat = "1001"\nserver = "https://12356.example"\n')
    settings = load(path, {"seat": "1002", "server": None})
    assert (settings.seat, settings.server) == ("1002", "https://12356.example")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('seats = "1001"', "seats"),
        ("seat = 1001", "seat"),
        ('language = "fr"', "language"),
        ('theme = "purple"', "theme"),
        ("practice = true", "practice"),
        ("seat = ", "Invalid value"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_file(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "console.toml"
    path.write_text(content)
    with pytest.raises(SettingsError) as wrong:
        load(path, {})
    assert str(path) in str(wrong.value)
    assert told in str(wrong.value)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "console.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"console\.toml"):
        load(path, {})
