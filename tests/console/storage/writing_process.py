"""A program that saves drafts as fast as it can and says each time what is saved."""

import sys
from pathlib import Path

from tests.console.storage.acts import draft, note_opened, opened


def main() -> None:
    path, start = Path(sys.argv[1]), int(sys.argv[2])
    storage = opened(path)
    storage.perform([note_opened("n")])
    number = start
    while True:
        number += 1
        storage.perform([draft("n", f"{number} " + "字" * 2000)])
        if number % 7 == 0:
            storage.next_push(10)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
