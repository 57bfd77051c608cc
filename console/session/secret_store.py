"""The secret of this workstation for one operator, kept by the operating system."""

import base64
import binascii
import sys
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_SERVICE = "xinqiao"
# By name: looking for all that `keyring` can find takes in stores that keep secrets in clear or nowhere,
# and loads every one of them, Qt included.
_STORES = {
    "linux": (("SecretService", "Keyring"), ("kwallet", "DBusKeyring")),
    "win32": (("Windows", "WinVaultKeyring"),),
    "darwin": (("macOS", "Keyring"),),
}


class Trouble(StrEnum):
    """Why a secret store gave nothing: there is none; it has no such secret; it is locked; it said no."""

    ABSENT = "absent"
    EMPTY = "empty"
    LOCKED = "locked"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Found:
    """The secret."""

    secret: bytes


class SecretStore(Protocol):
    """Keeps short secrets by name. Calls may block on D-Bus or on a question to the user."""

    def read(self, name: str) -> Found | Trouble:
        """The secret of that name."""
        ...

    def write(self, name: str, secret: bytes) -> Trouble | None:
        """Keep a secret; None when it is kept."""
        ...


class NoSecretStore:
    """A machine without a secret store."""

    def read(self, name: str) -> Found | Trouble:
        """Nothing."""
        del name
        return Trouble.ABSENT

    def write(self, name: str, secret: bytes) -> Trouble | None:
        """Nowhere."""
        del name, secret
        return Trouble.ABSENT


class KeyringSecretStore:
    """The store of the operating system, through the library `keyring`, which is imported when first used."""

    def read(self, name: str) -> Found | Trouble:
        """The secret of that name. A store that holds something else under the name counts as empty."""
        keyring = _backend()
        if keyring is None:
            return Trouble.ABSENT
        try:
            text = keyring.get_password(_SERVICE, name)
            return Trouble.EMPTY if text is None else Found(base64.b64decode(text, validate=True))
        except binascii.Error:
            return Trouble.EMPTY
        except _errors() as error:
            return _trouble(error)

    def write(self, name: str, secret: bytes) -> Trouble | None:
        """Keep a secret; None when it is kept."""
        keyring = _backend()
        if keyring is None:
            return Trouble.ABSENT
        try:
            keyring.set_password(_SERVICE, name, base64.b64encode(secret).decode())
        except _errors() as error:
            return _trouble(error)
        return None


def _backend() -> "KeyringBackend | None":
    """The store of the operating system that answers, None where there is none."""
    for module, name in _STORES.get(sys.platform, ()):
        kind: type[KeyringBackend] = getattr(import_module(f"keyring.backends.{module}"), name)
        if kind.viable:
            return kind()
    return None


def _errors() -> tuple[type[Exception], ...]:
    from keyring.errors import KeyringError

    try:
        from secretstorage.exceptions import SecretStorageException
    except ImportError:
        return (KeyringError, OSError)
    return (KeyringError, SecretStorageException, OSError)


def _trouble(error: Exception) -> Trouble:
    names = {type(one).__name__ for one in (error, error.__cause__) if one is not None}
    if names & {"KeyringLocked", "LockedException"}:
        return Trouble.LOCKED
    if names & {"NoKeyringError", "SecretServiceNotAvailableException"}:
        return Trouble.ABSENT
    return Trouble.DENIED
