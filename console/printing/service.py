"""A record as a file in a folder that somebody chose: made beside the work, complete or not at all."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from console.runtime.pool import Pool
from console.runtime.store import Store
from models.ids import new_id
from models.notes.printing import PrintReason
from models.trace.entry import Act, Happening

Paint = Callable[[Path], None]
"""Writes the pages into a file; raises OSError where it cannot."""
_MOST = 99


@dataclass(frozen=True, slots=True)
class Printed:
    """How far the last one came: `file` is where it lies, `fault` why there is none (folder, disk, other)."""

    note: str = ""
    under_way: bool = False
    file: str = ""
    fault: str = ""


class PrintingService:
    """Lives on the io thread; the pages are made in the pool."""

    def __init__(self, pool: Pool, saw: Callable[[Happening], None]) -> None:
        self._pool = pool
        self._saw = saw
        self.printed: Store[Printed] = Store(Printed())

    async def make(self, note: str, name: str, folder: str, reason: PrintReason, paint: Paint) -> None:
        """Write a note's pages into a folder under a name; who did so and why goes into the trace first.

        What stands there stays: another file of that name gets a number.
        """
        if self.printed.value.under_way:
            return
        self.printed.publish(Printed(note, under_way=True))
        self._saw(Happening(Act.COPIED, "note", note, where="pdf", reason=reason.value))
        try:
            file = await self._pool.run(lambda: _written(_named(folder), name, paint))
        except NotADirectoryError:
            self.printed.publish(Printed(note, fault="folder"))
        except OSError:
            self.printed.publish(Printed(note, fault="disk"))
        except Exception:
            # A bug keeps nobody from trying again.
            self.printed.publish(Printed(note, fault="other"))
            raise
        else:
            self.printed.publish(Printed(note, file=str(file)))

    def on_paper(self, note: str, reason: PrintReason) -> None:
        """A note goes to a printer: who did so and why goes into the trace."""
        self._saw(Happening(Act.COPIED, "note", note, where="printer", reason=reason.value))


def _named(folder: str) -> Path:
    try:
        return Path(folder).expanduser()
    except RuntimeError as unknown:
        # Of somebody who is not known here.
        raise NotADirectoryError(folder) from unknown


def _written(folder: Path, name: str, paint: Paint) -> Path:
    """Where the pages lie. In the folder itself until they are complete: nothing stays elsewhere."""
    if not folder.is_dir():
        raise NotADirectoryError(folder)
    begun = folder / f".{new_id()}.part"
    try:
        # Nobody else on this machine reads it while it is being made.
        os.close(os.open(begun, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        paint(begun)
        if not begun.stat().st_size:
            raise OSError(begun)
        target = _free(folder, name)
        begun.replace(target)
    finally:
        begun.unlink(missing_ok=True)
    return target


def _free(folder: Path, name: str) -> Path:
    for number in range(1, _MOST):
        file = folder / (f"{name}.pdf" if number == 1 else f"{name}-{number}.pdf")
        if not file.exists():
            return file
    raise FileExistsError(name)
