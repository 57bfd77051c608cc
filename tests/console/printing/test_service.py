"""A record as a file: complete in its folder or not there at all, and in the trace in any case."""

import asyncio
from pathlib import Path

import pytest

from console.printing.service import Paint, Printed, PrintingService
from console.runtime.pool import Pool
from models.notes.printing import PrintReason
from models.trace.entry import Act, Happening


def write(file: Path) -> None:
    file.write_bytes(b"%PDF pages")


def printed(folder: Path, paint: Paint = write, times: int = 1) -> tuple[Printed, list[Happening]]:
    seen: list[Happening] = []

    async def make() -> Printed:
        pool = Pool()
        service = PrintingService(pool, seen.append)
        for _ in range(times):
            await service.make("n1", "record", str(folder), PrintReason.LEGAL, paint)
        pool.stop()
        return service.printed.value

    return asyncio.run(make()), seen


def test_the_file_is_complete_and_for_nobody_else(tmp_path: Path) -> None:
    told, seen = printed(tmp_path)
    assert told == Printed("n1", file=str(tmp_path / "record.pdf"))
    assert (tmp_path / "record.pdf").read_bytes() == b"%PDF pages"
    assert (tmp_path / "record.pdf").stat().st_mode & 0o077 == 0
    assert [one.name for one in tmp_path.iterdir()] == ["record.pdf"]
    assert seen == [Happening(Act.COPIED, "note", "n1", where="pdf", reason="legal")]


def test_another_file_of_the_same_name_stays(tmp_path: Path) -> None:
    (tmp_path / "record.pdf").write_bytes(b"older")
    told, _ = printed(tmp_path, times=2)
    assert told.file == str(tmp_path / "record-3.pdf")
    assert (tmp_path / "record.pdf").read_bytes() == b"older"


def half(file: Path) -> None:
    file.write_bytes(b"%PDF ha")
    raise OSError(28, "No space left on device")


def nothing(_file: Path) -> None:
    pass


@pytest.mark.parametrize("paint", [half, nothing])
def test_what_is_not_complete_is_not_left(tmp_path: Path, paint: Paint) -> None:
    told, seen = printed(tmp_path, paint)
    assert told == Printed("n1", fault="disk")
    assert list(tmp_path.iterdir()) == []
    assert len(seen) == 1, "that somebody tried is in the trace"


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    assert printed(tmp_path / "gone")[0] == Printed("n1", fault="folder")
    assert printed(tmp_path / "gone")[0].file == ""


def test_what_goes_to_a_printer_is_in_the_trace() -> None:
    seen: list[Happening] = []
    pool = Pool()
    PrintingService(pool, seen.append).on_paper("n1", PrintReason.RESCUE)
    pool.stop()
    assert seen == [Happening(Act.COPIED, "note", "n1", where="printer", reason="rescue")]


def test_a_home_of_somebody_unknown_is_no_folder(tmp_path: Path) -> None:
    told, _ = printed(Path("~nobody-of-that-name") / tmp_path.name)
    assert told == Printed("n1", fault="folder")


def test_a_folder_that_vanishes_meanwhile_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "drive"
    folder.mkdir()

    def pulled_out(file: Path) -> None:
        file.write_bytes(b"%PDF pages")
        file.unlink()
        folder.rmdir()

    told, _ = printed(folder, pulled_out)
    assert told == Printed("n1", fault="disk")


def test_a_bug_keeps_nobody_from_trying_again(tmp_path: Path) -> None:
    def broken(_file: Path) -> None:
        raise RuntimeError("a bug")

    async def make() -> Printed:
        pool = Pool()
        service = PrintingService(pool, lambda _seen: None)
        with pytest.raises(RuntimeError):
            await service.make("n1", "record", str(tmp_path), PrintReason.LEGAL, broken)
        assert service.printed.value == Printed("n1", fault="other")
        await service.make("n1", "record", str(tmp_path), PrintReason.LEGAL, write)
        pool.stop()
        return service.printed.value

    assert asyncio.run(make()).file
    assert [one.name for one in tmp_path.iterdir()] == ["record.pdf"]
