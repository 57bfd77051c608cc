"""A console whose key needs the secret store of the system: signs in, writes, tells what is there."""

import asyncio
import json
import sys
from pathlib import Path

from console.session.secret_store import KeyringSecretStore
from console.session.service import SignInRefused
from models.notes.note import Note
from tests.console.stand import Place, at_work
from tests.faults.shifts import drained, notes_here, wrote


async def work(folder: Path, server: str, operator: str, words: str) -> dict[str, object]:
    """Sign in and write; what is there afterwards, or why nobody came in."""
    place = Place(folder, server, secrets=KeyringSecretStore())
    try:
        async with at_work(place, operator) as (seat, station):
            if words:
                await wrote(station, words)
            await drained(seat)
            notes: list[Note] = await notes_here(seat)
            problems = [one.code for one in seat.problems.store.value]
            texts = sorted(str(note.body.values["complaint"]) for note in notes)
            return {"texts": texts, "problems": problems}
    except SignInRefused as refusal:
        return {"refused": refusal.code}


def main() -> None:
    folder, server, operator, words = sys.argv[1:]
    sys.stdout.write(json.dumps(asyncio.run(work(Path(folder), server, operator, words))) + "\n")


if __name__ == "__main__":
    main()
