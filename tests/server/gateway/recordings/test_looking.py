"""The doctor's look at the gateway's own folders of recordings, broken one after the other."""

import os
import shutil
from pathlib import Path

import pytest

from resources.texts import t, use_language
from server.gateway.exchange.examination import Finding, Report, Subject
from server.gateway.recordings.looking import look_at_folders
from server.gateway.settings import RecordingsSettings

Usage = type(shutil.disk_usage("/"))


@pytest.fixture
def told(tmp_path: Path) -> RecordingsSettings:
    plain = tmp_path / "monitor"
    plain.mkdir()
    return RecordingsSettings(plain, tmp_path / "locked", b"")


def found(told: RecordingsSettings, written_in: str = "") -> list[Finding]:
    """What stops the gateway; that tests may run as root is left out."""
    report = Report()
    look_at_folders(told, written_in, report)
    examined = report.examined()
    assert examined.looked_at == (Subject.FOLDERS,)
    graves = [one for one in examined.findings if one.code != "examined_by_root"]
    for language in ("en", "zh_CN"):
        use_language(language)
        assert all(t(f"doctor.{one.code}", **one.params) for one in examined.findings)
    return graves


def test_nothing_is_wrong_and_nothing_stays(told: RecordingsSettings) -> None:
    assert found(told, str(told.plain)) == []
    assert list(told.locked.iterdir()) == []


def test_a_folder_that_is_not_there(told: RecordingsSettings) -> None:
    told.plain.rmdir()
    (one,) = found(told)
    assert (one.code, one.grave, one.params) == ("folder_absent", True, {"folder": str(told.plain)})


def test_an_exchange_that_records_elsewhere(told: RecordingsSettings, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (one,) = found(told, str(tmp_path / "other"))
    assert one.code == "folder_elsewhere"
    assert found(told, "/on/another/machine") == []


def test_a_folder_that_is_somebody_elses(told: RecordingsSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path, _mode: int) -> bool:
        return path != told.plain

    monkeypatch.setattr(os, "access", refused)
    (one,) = found(told)
    assert one.code == "folder_closed"
    assert one.params["folder"] == str(told.plain)


def test_a_shelf_that_cannot_be_written(told: RecordingsSettings) -> None:
    told.locked.write_text("a file where the folder should be")
    (one,) = found(told)
    assert one.code == "shelf_closed"


def test_a_shelf_that_is_full(told: RecordingsSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10, 9, 5_000_000))
    (one,) = found(told)
    assert (one.code, one.params["free"]) == ("shelf_space", "5")
