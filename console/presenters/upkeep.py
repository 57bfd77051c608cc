"""The backup of this workstation, between its form and the upkeep of the database."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QStorageInfo

from console.presenters.bars import problem_sentence
from console.presenters.bridge import Bridge
from console.presenters.window import Parts
from console.seat import Seat
from console.upkeep.service import Saving, Stage
from console.workstation import Workstation
from resources.texts import t
from widgets.upkeep.view import BackupView

_PLUGGED_IN = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


class UpkeepPresenter:
    """Offers plugged-in drives, begins a backup, and tells how it ended."""

    def __init__(self, bridge: Bridge, seat: Seat, station: Workstation, parts: Parts) -> None:
        self._bridge = bridge
        self._station = station
        self._upkeep = seat.upkeep
        self._form = parts.backup
        parts.window.backup_opened.connect(lambda: self._form.show_drives(_drives()))
        self._form.back_up_wanted.connect(self._back_up)
        bridge.show(self._upkeep.saving, self._show)

    def _back_up(self, folder: str) -> None:
        work = partial(self._upkeep.back_up, Path(folder))
        self._bridge.wish(lambda: self._station.spawn(work()))

    def _show(self, saving: Saving) -> None:
        path = str(saving.path or "")
        match saving.stage:
            case Stage.NONE:
                view = BackupView()
            case Stage.DONE:
                view = BackupView(t("upkeep.backed_up", path=path), "good")
            case Stage.FAILED:
                view = BackupView(problem_sentence(saving.why, path=path), "care")
            case stage:
                view = BackupView(t(f"upkeep.stage_{stage}"), under_way=True)
        self._form.show_backup(view)


def _drives() -> tuple[tuple[str, str], ...]:
    """What can be written to and is not the system's own disk."""
    found = []
    for one in QStorageInfo.mountedVolumes():
        root = one.rootPath()
        usable = one.isValid() and one.isReady() and not one.isReadOnly() and not one.isRoot()
        if usable and (root[1:2] == ":" or root.startswith(_PLUGGED_IN)):
            found.append((root, one.displayName() or root))
    return tuple(found)
