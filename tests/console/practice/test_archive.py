"""Sheets are kept by operator, newest first, and read back as they were written."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from console.practice.archive import Archive, Kept
from models.practice.play import begin
from models.practice.sheet import compare
from resources.practice.scripts import shipped

BEGUN = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)


def kept(operator: str, minutes: int) -> Kept:
    return Kept(BEGUN + timedelta(minutes=minutes), operator, "练习员", compare(begin(shipped()[0])))


def test_what_is_kept_is_listed_by_operator_newest_first(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    first, second, other = kept("a", 1), kept("a", 2), kept("b", 3)
    for one in (second, first, other):
        archive.keep(one)
    assert archive.list("a") == (second, first)
    assert archive.list() == (other, second, first)
    assert archive.list("nobody") == ()


def test_a_broken_file_hides_no_other(tmp_path: Path) -> None:
    archive, one = Archive(tmp_path), kept("a", 1)
    archive.keep(one)
    (tmp_path / "sheets" / "a" / "broken.json").write_text("{", encoding="utf-8")
    assert archive.list("a") == (one,)


def test_a_sheet_outlives_another_version_of_its_script(tmp_path: Path) -> None:
    archive, one = Archive(tmp_path), kept("a", 1)
    old = replace(one, sheet=replace(one.sheet, script="gone", version=0))
    archive.keep(old)
    assert archive.list("a")[0].sheet == old.sheet
