"""A console without a window: somebody types through the real services and it syncs, until it is killed.

The parent imports everything once and forks a console for each line it hears; each tells, line by line,
what was typed and what the screen would call saved.
"""

import asyncio
import json
import os
import sys
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from console.notes.service import Desk
from console.runtime.waiting import wait_for
from console.seat import Seat
from console.storage.opening import fetch
from console.sync import accounts, api
from console.workstation import Workstation
from models.risk.quick_screen import AskState, Item
from models.wire import session, sync
from tests.console.stand import Place, all_sent, signed_in, until

FINAL = "final"
HANG_SECONDS = 900.0
"""A thousand consoles leave much to push and pull, and the pump rests a minute after a failure."""
_IMPORTED = (accounts, api, session, sync)


class Typist:
    """Writes notes one after the other; every text begins with a number that only grows."""

    def __init__(self, station: Workstation, random: Random, number: int) -> None:
        self._station = station
        self._random = random
        self._number = number

    async def write(self) -> None:
        """Type until killed."""
        notes, station = self._station.notes, self._station
        notes.desk.watch(self._tell_saved)
        while True:
            if notes.desk.value.note is None:
                call = station.calls.open_by_hand("13800008000")
                await until(notes.desk, partial(_is_about, call.id), HANG_SECONDS)
            self._type()
            await wait_for(asyncio.Event(), self._random.choice((0.0, 0.005, 0.02, 0.1)))

    def _type(self) -> None:
        notes, station = self._station.notes, self._station
        self._number += 1
        notes.edit("complaint", f"{self._number} " + "说不下去了" * self._random.randrange(200))
        tell(typed=self._number)
        match self._random.randrange(12):
            case 0 | 1 | 2:
                notes.leave()
            case 3 | 4:
                notes.choose_category(self._random.choice(("C1", "C2", "C3")))
            case 5:
                line = notes.add_log_line()
                if line is not None:
                    notes.edit_log(line.id, f"第 {self._number} 行")
            case 6:
                station.risk.answer(Item.PLAN_72H, self._random.choice(tuple(AskState)))
            case 7:
                note = notes.desk.value.note
                station.finish_note("")
                if note is not None:
                    station.calls.close_by_hand(note.call)

    def _tell_saved(self, desk: Desk) -> None:
        if desk.note is None or desk.saved_at is None:
            return
        text = str(desk.note.body.values.get("complaint", ""))
        if text:
            tell(note=desk.note.id, saved=int(text.partition(" ")[0]))


def _is_about(call: str, desk: Desk) -> bool:
    return desk.note is not None and desk.note.call == call


def tell(**told: Any) -> None:
    """One line for whoever is going to kill this program."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


async def work(wish: dict[str, Any]) -> None:
    """Sign in and type; the final one only sends what is left."""
    seat = Place(Path(wish["folder"]), wish["server"]).seat()
    try:
        station = await signed_in(seat, wish["operator"])
        seat.sync.watch(lambda reach: tell(waiting=reach.waiting))
        if wish["seed"] == FINAL:
            await _all_sent(seat)
        else:
            await Typist(station, Random(wish["seed"]), wish["number"]).write()
    finally:
        await seat.stop()


async def _all_sent(seat: Seat) -> None:
    await all_sent(seat, HANG_SECONDS)
    tell(problems=[one.code for one in seat.problems.store.value])


def main() -> None:
    fetch()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            # What it raises ends this process with a code of its own; the parent is not part of it.
            asyncio.run(work(json.loads(line)))
            return
        tell(pid=child)
        _, status = os.waitpid(child, 0)
        tell(ended=status)


if __name__ == "__main__":
    main()
