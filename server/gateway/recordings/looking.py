"""The examination of the folders between which the gateway carries recordings, by its own account."""

import getpass
import os
import shutil
from pathlib import Path

from models.ids import new_id
from server.gateway.exchange.examination import Report, Subject
from server.gateway.settings import RecordingsSettings

_LEAST_BYTES = 1 << 30
_ROOT = 0


def look_at_folders(told: RecordingsSettings, written_in: str, report: Report) -> None:
    """Whether recordings can be taken out of one folder and laid into the other; leaves nothing behind.

    `written_in` is where the exchange itself says that it records, "" where it did not say.
    """
    report.looked_at(Subject.FOLDERS)
    if os.name == "posix" and os.geteuid() == _ROOT:
        report.found(Subject.FOLDERS, "examined_by_root", grave=False)
    _look_at_plain(told.plain, written_in, report)
    _look_at_shelf(told.locked, report)


def _look_at_plain(folder: Path, written_in: str, report: Report) -> None:
    if not folder.is_dir():
        report.found(Subject.FOLDERS, "folder_absent", folder=str(folder))
        return
    if written_in and Path(written_in).is_dir() and not folder.samefile(written_in):
        report.found(Subject.FOLDERS, "folder_elsewhere", folder=str(folder), exchange=written_in)
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        report.found(Subject.FOLDERS, "folder_closed", folder=str(folder), user=getpass.getuser())


def _look_at_shelf(folder: Path, report: Report) -> None:
    trial = folder / f"{new_id()}.trial"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        trial.write_bytes(b"")
        trial.unlink()
        free = shutil.disk_usage(folder).free
    except OSError:
        report.found(Subject.FOLDERS, "shelf_closed", folder=str(folder), user=getpass.getuser())
        return
    if free < _LEAST_BYTES:
        report.found(Subject.FOLDERS, "shelf_space", folder=str(folder), free=f"{free / 1e6:.0f}")
