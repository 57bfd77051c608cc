"""A console that writes notes until its disk is full, and goes on trying; it tells what is saved."""

import resource
import signal
import sys
from pathlib import Path

from console.runtime.journal import DiskTrouble
from tests.console.storage.acts import draft, note_opened, opened

TRIES = 5


def main() -> None:
    path, limit = Path(sys.argv[1]), int(sys.argv[2])
    storage = opened(path)
    if limit:
        # The kernel's refusal as an error, not as the end of the program.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    number, refused = 0, 0
    while refused < TRIES:
        number += 1
        try:
            storage.perform([note_opened(f"n{number}"), draft(f"n{number}", f"{number} " + "字" * 3000)])
        except DiskTrouble as trouble:
            refused, code = refused + 1, trouble.code
        else:
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{code}\n")
    try:
        storage.close()
    except DiskTrouble:
        # The log cannot be folded in; the next start does it.
        return


if __name__ == "__main__":
    main()
