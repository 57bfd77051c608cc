"""`backup` and `restore`: all records in one file, checked, and back again."""

import argparse
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from models.clock import Clock, SystemClock
from models.trace.entry import Act, Happening
from resources.texts import t
from server.central.config import read_config
from server.central.trouble import CommandTrouble, ExitCode

if TYPE_CHECKING:
    from server.central.config import Config
    from server.central.storage.engine import Database

SUFFIX = ".backup"
_OWNER_ONLY = 0o600
_CHUNK = 1 << 20


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `backup` and `restore`."""
    backup = commands.add_parser("backup", help=t("backup.help"))
    backup.add_argument("--to", type=Path, required=True, help=t("backup.help_to"))
    backup.set_defaults(run=back_up)
    restore = commands.add_parser("restore", help=t("backup.help_restore"))
    restore.add_argument("--from", dest="file", type=Path, required=True, help=t("backup.help_from"))
    restore.add_argument("--into", default="", help=t("backup.help_into"))
    restore.add_argument("--overwrite", action="store_true", help=t("backup.help_overwrite"))
    restore.set_defaults(run=restore_all)
    for parser in (backup, restore):
        parser.add_argument("--folder", type=Path, required=True, help=t("server.help_folder"))


def back_up(options: argparse.Namespace) -> int:
    """Write a backup and read it again; the server may be running."""
    clock = SystemClock()
    with _opened(read_config(options.folder)) as engine:
        path = make_backup(engine, options.to, clock)
    sys.stdout.write(f"{path}\n{t('backup.made', file=path)}\n")
    return ExitCode.DONE


def make_backup(engine: "Database", folder: Path, clock: Clock) -> Path:
    """A checked backup in a folder, beside it its checksum. Raises CommandTrouble."""
    from server.central.storage.backup import BackupBroken, check_backup, note_backup, write_backup
    from server.central.storage.engine import writing
    from server.central.storage.recording import SERVER, record_alone

    now = clock.now()
    path = folder / f"xinqiao-{now:%Y%m%dT%H%M%S}Z{SUFFIX}"
    partial = path.with_suffix(".part")
    record_alone(engine, now, [(SERVER, Happening(Act.COPIED, "database", where="command"))])
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY))
        write_backup(engine, partial)
        check_backup(partial)
        _settle(partial)
        _write_checksum(path, _checksum(partial))
        partial.rename(path)
        _settle(folder)
    except OSError as error:
        raise CommandTrouble(
            ExitCode.CONFIG, "folder_unwritable", folder=folder, why=error.strerror
        ) from error
    except BackupBroken as broken:
        raise CommandTrouble(ExitCode.DATABASE, "backup_unlike", file=path, why=broken) from broken
    finally:
        partial.unlink(missing_ok=True)
    with writing(engine) as transaction:
        note_backup(transaction, now)
    return path


def restore_all(options: argparse.Namespace) -> int:
    """Put a backup in the place of the database; the server must not be running."""
    from server.central.storage.restored import is_in_use

    config = read_config(options.folder)
    if options.into:
        config = replace(config, database=options.into)
    check_file(options.file)
    with _sealed(config) as target:
        if is_in_use(target) and not options.overwrite:
            raise CommandTrouble(ExitCode.DATABASE, "restore_in_use", database=_without_password(target))
        restore(config, options.file, target)
    sys.stdout.write(t("backup.restored", file=options.file) + "\n")
    return ExitCode.DONE


def check_file(path: Path) -> None:
    """Compare a backup with its checksum and with what it says of itself. Raises CommandTrouble."""
    from server.central.storage.backup import BackupBroken, check_backup

    try:
        expected = _beside(path).read_text().split()[0]
        if _checksum(path) != expected:
            raise BackupBroken("checksum")
        check_backup(path)
    except (OSError, IndexError) as error:
        raise CommandTrouble(ExitCode.CONFIG, "file_unreadable", file=_beside(path), why=error) from error
    except BackupBroken as broken:
        raise CommandTrouble(ExitCode.DATABASE, "backup_broken", file=path, why=broken) from broken


def restore(config: "Config", path: Path, target: "Database") -> None:
    """Bring a copy of the backup up to the present schema, and put that back."""
    from server.central.serving import database_trouble
    from server.central.storage.engine import DatabaseTrouble
    from server.central.storage.recording import SERVER, record_alone
    from server.central.storage.restored import put_back
    from server.central.storage.schema import make_database

    with tempfile.TemporaryDirectory(dir=config.folder) as folder:
        copy = Path(folder) / "restoring.sqlite3"
        shutil.copyfile(path, copy)
        with _sealed(replace(config, database=f"sqlite:///{copy}")) as backup:
            try:
                make_database(backup, practice=config.practice)
            except DatabaseTrouble as trouble:
                raise database_trouble(trouble) from trouble
            put_back(backup, target)
    now = SystemClock().now()
    record_alone(target, now, [(SERVER, Happening(Act.RECOVERED, "database", where="command"))])


@contextmanager
def _opened(config: "Config") -> "Iterator[Database]":
    from server.central.serving import open_made_database

    engine = open_made_database(config)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _sealed(config: "Config") -> "Iterator[Database]":
    """The database of a configuration, whatever is in it."""
    from server.central.serving import open_sealed_database

    engine = open_sealed_database(config)
    try:
        yield engine
    finally:
        engine.dispose()


def _without_password(engine: "Database") -> str:
    return engine.url.render_as_string(hide_password=True)


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _write_checksum(path: Path, checksum: str) -> None:
    """As `sha256sum -c` reads it."""
    _beside(path).write_text(f"{checksum}  {path.name}\n")
    _settle(_beside(path))


def _checksum(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _settle(path: Path) -> None:
    """On the disk before anybody believes in it; a folder can be settled on Linux alone."""
    if path.is_dir() and sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
