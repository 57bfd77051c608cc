"""`xinqiao backup` and `xinqiao restore`: the local database of an operator on another disk and back."""

import argparse
import shutil
import sys
from getpass import getpass
from pathlib import Path
from urllib.parse import unquote

from platformdirs import user_config_path, user_data_path

from console.session.files import OperatorFiles, beside
from console.session.keys import Vault, open_vault, recover
from console.session.secret_store import KeyringSecretStore
from console.session.vault_errors import VaultError, WrongPassword
from console.settings import SettingsError, load
from console.storage.backup import BackupFailed
from console.storage.backup import back_up as copy_database
from console.storage.entering import Place
from console.storage.errors import StorageError, Unreadable
from console.storage.rebuilding import Rebuilt
from console.storage.restoring import InUse, restore
from models.clock import SystemClock
from resources.texts import t

EXIT_FAILED = 4
_KNOWN_TROUBLE = (StorageError, BackupFailed, VaultError)


def back_up(options: argparse.Namespace) -> int:
    """Copy an operator's database and envelopes into a folder; the console may be running."""
    try:
        files = OperatorFiles(_folder(options), options.operator)
        vault = _opened(files, options)
        copy = copy_database(vault.database, vault.key, beside(files), options.to, SystemClock().now())
    except (*_KNOWN_TROUBLE, SettingsError, OSError) as trouble:
        return _failed(trouble)
    return _said(t("upkeep.backed_up", path=str(copy)))


def bring_back(options: argparse.Namespace) -> int:
    """Put a backup in the place of an operator's database; what only the present one holds is kept too."""
    operator = options.operator or unquote(options.backup.stem)
    try:
        files = OperatorFiles(_folder(options), operator)
        saved = OperatorFiles(options.backup.parent, operator)
        own = files if files.envelope.exists() else saved
        vault = _opened(own, options)
        if own is saved:
            for kept, path in zip(beside(saved), beside(files), strict=True):
                if kept.exists() and not path.exists():
                    shutil.copyfile(kept, path)
        told = _restored(options, saved, Place(files.database, vault.key, operator, False))
    except InUse as busy:
        return _failed(busy)
    except (*_KNOWN_TROUBLE, SettingsError, OSError) as trouble:
        return _failed(trouble)
    counts = {"records": str(told.records), "unsent": str(told.unsent)}
    return _said(t("upkeep.restored", path=str(told.aside), **counts))


def _restored(options: argparse.Namespace, saved: OperatorFiles, place: Place) -> Rebuilt:
    """Restore by the key of this workstation; a backup of another key is opened by its own envelope."""
    if options.shares:
        shares = [_asked(options, t("session.cli_ask_share", n=n)) for n in (1, 2)]
        return restore(
            options.backup, place, SystemClock(), recover(saved.folder, saved.operator, shares).key
        )
    try:
        return restore(options.backup, place, SystemClock())
    except Unreadable:
        if not saved.envelope.exists():
            raise
    # The password of the day of the backup, which may be another one than today's.
    password = _asked(options, t("upkeep.password_then", operator=saved.operator))
    vault = open_vault(saved.folder, saved.operator, password, KeyringSecretStore())
    return restore(options.backup, place, SystemClock(), vault.key)


def _folder(options: argparse.Namespace) -> Path:
    settings = load(options.config or user_config_path("xinqiao") / "console.toml", {"data": options.data})
    return Path(settings.data) if settings.data else user_data_path("xinqiao")


def _opened(files: OperatorFiles, options: argparse.Namespace) -> Vault:
    if not files.envelope.exists():
        # An envelope is made at a sign-in, never here.
        raise FileNotFoundError(files.envelope)
    password = _asked(options, t("upkeep.password", operator=files.operator))
    return open_vault(files.folder, files.operator, password, KeyringSecretStore())


def _asked(options: argparse.Namespace, question: str) -> str:
    return sys.stdin.readline().rstrip("\n") if options.password_stdin else getpass(question)


def _said(text: str) -> int:
    sys.stdout.write(f"{text}\n")
    return 0


def _failed(trouble: Exception) -> int:
    match trouble:
        case InUse():
            text = t("upkeep.in_use", path=str(trouble))
        case WrongPassword():
            text = _sentences("sign_in_refused")
        case StorageError() | BackupFailed() | VaultError():
            text = _sentences(trouble.code, path=str(trouble.path))
        case _:
            text = str(trouble)
    sys.stderr.write(f"{text}\n")
    return EXIT_FAILED


def _sentences(code: str, **params: str) -> str:
    return f"{t(f'problems.{code}_what', **params)} · {t(f'problems.{code}_do', **params)}"
