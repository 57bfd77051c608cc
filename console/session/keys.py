"""The key of the local database: random, in an envelope that password and workstation secret open."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from console.session.envelope import Cost, Envelope, fingerprint, read, seal, unseal, write
from console.session.secret_store import Found, SecretStore, Trouble
from console.session.vault_errors import EnvelopeMissing, SecretChanged, SecretUnavailable

_HALF_SEALED = "secret_store_missing"
_BYTES = 32
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
    EnvelopeBroken, EnvelopeMissing, SecretChanged, SecretUnavailable) and OSError.
    """
    database, path = _files(folder, operator)
    if path.exists():
        envelope = read(path)
        key = unseal(envelope, password, _secret_for(envelope, store, path), path)
        return _vault(database, key, envelope)
    if database.exists():
        raise EnvelopeMissing(path)
    secret = _first_secret(operator, store, path)
    key = secrets.token_bytes(_BYTES)
    envelope = seal(key, operator, password, secret, cost or Cost())
    write(path, envelope)
    return _vault(database, key, envelope)


def _files(folder: Path, operator: str) -> tuple[Path, Path]:
    name = quote(operator, safe="")
    return folder / f"{name}.db", folder / f"{name}.key"


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
