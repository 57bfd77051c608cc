"""Who the telephone inside the console is at the exchange; its password is in the secret store."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from console.session.secret_store import Found, SecretStore, Trouble
from models.softphone.orders import Account


class AccountError(Exception):
    """`code` is a problem code: softphone_address, softphone_password, softphone_password_locked."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def account(address: str, seat: str, store: SecretStore) -> Account:
    """The account of a seat at the exchange that listens at `address`. Blocks. Raises AccountError."""
    if not seat or not _is_safe(address):
        raise AccountError("softphone_address")
    match store.read(_name(address, seat)):
        case Found(secret):
            try:
                return Account(address, seat, secret.decode())
            except UnicodeDecodeError:
                # Nothing that this program wrote; the password itself stays out of the trace of an error.
                raise AccountError("softphone_password") from None
        case Trouble.LOCKED | Trouble.DENIED:
            raise AccountError("softphone_password_locked")
        case _:
            raise AccountError("softphone_password")


def keep_password(address: str, seat: str, password: str, store: SecretStore) -> None:
    """Keep the password of a seat's telephone. Blocks. Raises AccountError where it cannot be kept."""
    if not seat or not _is_safe(address):
        raise AccountError("softphone_address")
    refusal = store.write(_name(address, seat), password.encode())
    if refusal is Trouble.ABSENT:
        raise AccountError("secret_store_missing")
    if refusal is not None:
        raise AccountError("softphone_password_locked")


def _is_safe(address: str) -> bool:
    """Encrypted, or not leaving this machine: a password and voices go there."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme == "wss":
        return bool(host)
    return parts.scheme == "ws" and (host == "localhost" or _is_loopback(host))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _name(address: str, seat: str) -> str:
    return f"softphone {seat} {urlsplit(address).hostname}"
