"""A console that saves, sends and hears answers, and says each time what is saved."""

import sys
from pathlib import Path

from tests.console.storage.acts import confirm, draft, note_opened, opened, pushed


def main() -> None:
    path, saves, synchronous, pages = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
    storage = opened(path)
    # Under the engine, which would begin a transaction; after how many pages the log is folded in.
    connection = storage._engine.raw_connection()
    for setting in (f"synchronous = {synchronous}", f"wal_autocheckpoint = {pages}"):
        connection.cursor().execute(f"PRAGMA {setting}")
    connection.close()
    storage.perform([note_opened("n")])
    for number in range(1, saves + 1):
        storage.perform([draft("n", f"{number} " + "字" * 900)])
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        if number % 5 == 0:
            batch = pushed(storage, 10)
            if number % 10 == 0:
                confirm(storage, batch)
    storage.close()


if __name__ == "__main__":
    main()
