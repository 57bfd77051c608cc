"""The key of the local database: random, in one envelope by password and secret, in one for recovery."""

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from console.session import recovery
from console.session.envelope import Cost, Envelope, fingerprint, read, seal, unseal, write
from console.session.files import OperatorFiles, sync_folder, write_private
from console.session.secret_store import Found, SecretStore, Trouble
from console.session.vault_errors import (
    AccessWithdrawn,
    EnvelopeBroken,
    EnvelopeMissing,
    RecoveryMissing,
    SecretChanged,
    SecretUnavailable,
)

_HALF_SEALED = "secret_store_missing"
_BYTES = 32
_DATABASE_FILES = ("", "-wal", "-shm")
_NO_SECRET = b""


@dataclass(frozen=True, slots=True)
class Vault:
    """The database file of an operator, its raw 256-bit key, and what is wrong with its protection."""

    database: Path
    key: bytes
    problems: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Vault({self.database})"


def open_vault(
    folder: Path, operator: str, password: str, store: SecretStore, cost: Cost | None = None
) -> Vault:
    """The operator's key; made, with its envelope, only where neither envelope nor database exists.

    Blocks: belongs in the worker pool. `cost` is for a new envelope. Raises VaultError (WrongPassword,
    EnvelopeBroken, EnvelopeMissing, AccessWithdrawn, SecretChanged, SecretUnavailable) and OSError.
    """
    files = OperatorFiles(folder, operator)
    database, path = files.database, files.envelope
    if path.exists():
        envelope = read(path)
        key = unseal(envelope, password, _secret_for(envelope, store, path), path)
        return _vault(database, key, envelope)
    if files.withdrawn.exists():
        raise AccessWithdrawn(files.withdrawn)
    if database.exists() or files.recovery.exists():
        raise EnvelopeMissing(path)
    return _sealed(files, secrets.token_bytes(_BYTES), password, store, cost)


def rewrap(vault: Vault, operator: str, password: str, store: SecretStore, cost: Cost | None = None) -> Vault:
    """Seal the same key with another password; the former envelope counts until the new one is on disk.

    One that needed a workstation secret is never followed by one that does without. Blocks. Raises
    SecretUnavailable, EnvelopeBroken and OSError.
    """
    files = OperatorFiles(vault.database.parent, operator)
    if files.envelope.exists() and read(files.envelope).secret:
        found = store.read(_name(operator))
        if not isinstance(found, Found):
            raise SecretUnavailable(files.envelope, found)
    return _sealed(files, vault.key, password, store, cost)


def seal_anew(vault: Vault, operator: str, password: str, store: SecretStore) -> Vault:
    """Seal a recovered key with a password and whatever secret store there is now.

    Blocks. Raises SecretUnavailable and OSError.
    """
    files = OperatorFiles(vault.database.parent, operator)
    return _sealed(files, vault.key, password, store, None)


def keep_for_recovery(vault: Vault, operator: str, public: bytes) -> None:
    """Seal the key to the hotline's recovery key (raw X25519) too; one sealed to it already stays.

    Raises ValueError where that is no key, and OSError.
    """
    path = OperatorFiles(vault.database.parent, operator).recovery
    try:
        if recovery.read(path).fits(vault.key, public):
            return
    except (EnvelopeBroken, OSError):
        # None yet, or one that helps nobody.
        pass
    recovery.write(path, recovery.seal(vault.key, operator, public))


def recover(folder: Path, operator: str, shares: Sequence[str]) -> Vault:
    """The key by two shares of the recovery key, without password and secret.

    Raises RecoveryMissing, EnvelopeBroken, RecoveryElsewhere, SharesWrong and OSError.
    """
    files = OperatorFiles(folder, operator)
    if not files.recovery.exists():
        raise RecoveryMissing(files.recovery)
    key = recovery.unseal(recovery.read(files.recovery), shares, files.recovery)
    return Vault(files.database, key)


def wipe(folder: Path, operator: str) -> None:
    """Remove both envelopes and the profile of an operator whose access was withdrawn: nobody opens the
    database any more. Call it only when everything was sent.
    """
    files = OperatorFiles(folder, operator)
    write_private(files.withdrawn, b"")
    for path in (files.envelope, files.recovery, files.profile):
        if path.exists():
            _overwrite(path)
            path.unlink()
    sync_folder(folder)


def admit_again(folder: Path, operator: str) -> None:
    """The server lets an operator in again: the database that nobody can open is set aside.

    Does nothing where access was not withdrawn.
    """
    files = OperatorFiles(folder, operator)
    if not files.withdrawn.exists():
        return
    if not files.envelope.exists():
        files.recovery.unlink(missing_ok=True)
        for suffix in _DATABASE_FILES:
            path = files.database.with_name(files.database.name + suffix)
            if path.exists():
                path.replace(path.with_name(f"{path.name}.unreadable"))
    files.withdrawn.unlink()
    sync_folder(folder)


def _overwrite(path: Path) -> None:
    """Write over a file in its place; a disk or file system that copies may keep the former all the same."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(size))
        file.flush()
        os.fsync(file.fileno())


def _sealed(files: OperatorFiles, key: bytes, password: str, store: SecretStore, cost: Cost | None) -> Vault:
    secret = _first_secret(files.operator, store, files.envelope)
    envelope = seal(key, files.operator, password, secret, cost or Cost())
    write(files.envelope, envelope)
    return _vault(files.database, key, envelope)


def _vault(database: Path, key: bytes, envelope: Envelope) -> Vault:
    return Vault(database, key, () if envelope.secret else (_HALF_SEALED,))


def _secret_for(envelope: Envelope, store: SecretStore, path: Path) -> bytes:
    if not envelope.secret:
        return _NO_SECRET
    match store.read(_name(envelope.operator)):
        case Found(secret):
            if fingerprint(secret) != envelope.secret:
                raise SecretChanged(path)
            return secret
        case trouble:
            raise SecretUnavailable(path, trouble)


def _first_secret(operator: str, store: SecretStore, path: Path) -> bytes:
    """The workstation secret for a new envelope; one that is there already is never replaced."""
    match store.read(_name(operator)):
        case Found(secret):
            return secret
        case Trouble.ABSENT:
            return _NO_SECRET
        case Trouble.EMPTY:
            secret = secrets.token_bytes(_BYTES)
            refusal = store.write(_name(operator), secret)
            if refusal is None:
                return secret
            raise SecretUnavailable(path, refusal)
        case trouble:
            raise SecretUnavailable(path, trouble)


def _name(operator: str) -> str:
    return f"workstation secret of {operator}"
