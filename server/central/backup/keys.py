"""`backup-keys`: what opens the backups of the records, copied to another place than those."""

import argparse
import shutil
import sys
from pathlib import Path

from models.clock import Clock, SystemClock
from resources.texts import t
from server.central.config import Config, read_config
from server.central.founding import write_secret
from server.central.trouble import CommandTrouble, ExitCode

KEY_DATABASE = "keys.sqlite3"
_SUFFIXES = frozenset({".key", ".pub", ".crt", ".toml", ".successions", ".secret"})


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `backup-keys`."""
    parser = commands.add_parser("backup-keys", help=t("backup.help_keys"))
    parser.add_argument("--to", type=Path, required=True, help=t("backup.help_keys_to"))
    parser.add_argument("--folder", type=Path, required=True, help=t("server.help_folder"))
    parser.set_defaults(run=back_up)


def back_up(options: argparse.Namespace) -> int:
    """Copy the keys; the server may be running."""
    config = read_config(options.folder)
    made, whole = copy_all(config, options.to, SystemClock())
    sys.stdout.write(t("backup.keys_made", folder=made) + "\n")
    if not whole:
        sys.stderr.write(t("backup.keys_elsewhere") + "\n")
    return ExitCode.DONE


def copy_all(config: Config, into: Path, clock: Clock) -> tuple[Path, bool]:
    """Copy configuration, keys, certificates and the key database into a new folder; gives that folder, and
    whether the key database is in it: one in PostgreSQL is backed up by its own means.

    Raises CommandTrouble, also where backups of the records lie in the same place.
    """
    from server.central.storage.backup import KeysNotCopied, copy_keys

    folder = into / f"xinqiao-keys-{clock.now():%Y%m%dT%H%M%S}Z"
    if any(into.glob("*.backup")):
        raise CommandTrouble(ExitCode.USAGE, "keys_beside_records", folder=into)
    try:
        folder.mkdir(mode=0o700, parents=True)
        for path in sorted(config.folder.iterdir()):
            if path.is_file() and path.suffix in _SUFFIXES:
                write_secret(folder / path.name, path.read_bytes())
        write_secret(folder / KEY_DATABASE, b"")
        whole = copy_keys(config.keys, config.folder, folder / KEY_DATABASE)
    except (OSError, KeysNotCopied) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise CommandTrouble(ExitCode.CONFIG, "folder_unwritable", folder=into, why=error) from error
    if not whole:
        (folder / KEY_DATABASE).unlink()
    return folder, whole
