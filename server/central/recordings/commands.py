"""`recordings`: keys for a server that has none, and whether everything that was kept is there."""

import argparse
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from resources.texts import t
from server.central.trouble import CommandTrouble, ExitCode

if TYPE_CHECKING:
    from server.central.recordings.store import Store
    from server.central.storage.engine import Database


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `recordings key` and `recordings check`."""
    parser = commands.add_parser("recordings", help=t("recordings.help"))
    below = parser.add_subparsers(dest="act", required=True)
    for act, run in (("key", add_key), ("check", check)):
        one = below.add_parser(act, help=t(f"recordings.help_{act}"))
        one.add_argument("--folder", type=Path, required=True, help=t("server.help_folder"))
        one.set_defaults(run=run)


def add_key(options: argparse.Namespace) -> int:
    """Make the keys for recordings of a server that an earlier program founded."""
    from server.central.founding import add_recordings

    for path in add_recordings(options.folder):
        sys.stdout.write(f"{path}\n")
    sys.stdout.write(t("recordings.key_added") + "\n")
    return ExitCode.DONE


def check(options: argparse.Namespace) -> int:
    """Look whether each recording is there, whole, and known; what is not known is taken in again."""
    from server.central.config import read_config
    from server.central.recordings.store import Store
    from server.central.serving import open_made_database

    config = read_config(options.folder)
    keeping = config.keeping()
    if keeping is None:
        raise CommandTrouble(ExitCode.CONFIG, "recordings_missing", folder=options.folder)
    engine = open_made_database(config)
    try:
        wrong = list(_looked_at(engine, Store(keeping.folder)))
    finally:
        engine.dispose()
    for line in wrong:
        sys.stdout.write(line + "\n")
    sys.stdout.write(t("recordings.checked", n=len(wrong)) + "\n")
    return ExitCode.DATABASE if wrong else ExitCode.DONE


def _looked_at(engine: "Database", store: "Store") -> Iterator[str]:
    from server.central.recordings.keeping import index_of
    from server.central.storage.engine import reading, sealing_of, written
    from server.central.storage.recordings import add_recording, all_recordings
    from server.recordings.locking import Broken

    with reading(engine) as transaction:
        known = {kept.label.id: kept for kept in all_recordings(transaction)}
    there = set(store.names())
    for name in sorted({*known, *there}):
        kept = known.get(name)
        try:
            file = store.find(name)
        except Broken:
            yield t("recordings.damaged", id=name)
            continue
        erased = kept.erased if kept else file is not None and not sealing_of(engine).has(file.sealed.seal)
        if erased:
            store.remove(name)
        elif file is None:
            yield t("recordings.missing", id=name, call=kept.label.call if kept else "")
        elif kept is None:
            written(engine, partial(add_recording, kept=index_of(file)))
            yield t("recordings.found", id=name, call=file.label.call)
        elif kept.digest != file.digest:
            yield t("recordings.damaged", id=name)
