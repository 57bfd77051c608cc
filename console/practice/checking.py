"""`xinqiao practice check FILE`: is a script usable, and if not, what is wrong where, all of it."""

import sys
from collections.abc import Sequence
from pathlib import Path

from resources.practice import scripts
from resources.reading import ResourceError, read_table
from resources.texts import t

EXIT_BROKEN = 8
EXIT_USAGE = 2


def check(files: Sequence[Path]) -> int:
    """Say of each file whether it can be used; the exit code."""
    if not files:
        sys.stderr.write(t("practice.check_nothing") + "\n")
        return EXIT_USAGE
    return max(_check(file) for file in files)


def _check(file: Path) -> int:
    faults: list[ResourceError] = []
    try:
        script = scripts.read(read_table(file, faults))
    except ResourceError as error:
        faults.append(error)
    for fault in sorted(faults, key=lambda one: one.line):
        place = {"file": fault.file, "line": fault.line, "field": fault.field, "cause": fault.cause}
        sys.stderr.write(t("practice.check_broken", **place) + "\n")
    if faults:
        return EXIT_BROKEN
    lines = sum(len(scene.lines) for scene in script.scenes)
    sys.stdout.write(t("practice.check_fine", file=file, calls=len(script.scenes), lines=lines) + "\n")
    return 0
