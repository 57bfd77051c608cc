"""Tell stories: `python -m tests.faults.simulation 0 200`, or one again: `… 4711 4712`.

Prints a JSON line for each broken invariant and the number of stories at the end; 1 if any was broken.
"""

import json
import logging
import sys
import tempfile
from pathlib import Path

from server.logs import start_logs
from tests.faults.broken import Broken
from tests.faults.simulation.story import tell

# Everything that is written is thrown away: memory serves where the system has a folder of it.
FAST = next((str(path) for path in (Path("/dev/shm"),) if path.is_dir()), None)


def tell_all(seeds: range) -> int:
    """Tell the stories of these seeds; gives how many broke an invariant."""
    # Lines of the server go to the log, not among the words of this program.
    start_logs(logging.WARNING)
    logging.disable()
    broken = 0
    for seed in seeds:
        with tempfile.TemporaryDirectory(dir=FAST) as folder:
            try:
                tell(seed, Path(folder))
            except Broken as cause:
                broken += 1
                _say(seed=seed, check=cause.check, what=str(cause))
    return broken


def _say(**what: object) -> None:
    sys.stdout.write(json.dumps(what, ensure_ascii=False) + "\n")


def main() -> int:
    """Tell the stories from one seed up to another."""
    first, end = map(int, sys.argv[1:])
    broken = tell_all(range(first, end))
    _say(told=end - first)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
