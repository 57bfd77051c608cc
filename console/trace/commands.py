"""`xinqiao audit verify --operator`: the trace in an operator's file at this workstation."""

import argparse
import base64
import sys
from getpass import getpass
from pathlib import Path

from platformdirs import user_config_path, user_data_path

from console.session.files import OperatorFiles
from console.session.keys import open_vault
from console.session.secret_store import KeyringSecretStore
from console.session.vault_errors import VaultError, WrongPassword
from console.settings import SettingsError, load
from console.storage.errors import StorageError
from console.storage.trace_values import CheckedChain
from resources.texts import t

EXIT_FAILED = 4
EXIT_BROKEN = 6


def verify_trace(options: argparse.Namespace) -> int:
    """Check the chains in the file against themselves and the server's receipts; 6 where one is broken."""
    from console.storage.trace_checking import check_trace

    try:
        files = OperatorFiles(_folder(options), options.operator)
        if not files.envelope.exists():
            # An envelope is made at a sign-in, never here.
            raise FileNotFoundError(files.envelope)
        key = _public_key(options.key) if options.key else ""
        asked = t("upkeep.password", operator=options.operator)
        password = sys.stdin.readline().rstrip("\r\n") if options.password_stdin else getpass(asked)
        vault = open_vault(files.folder, options.operator, password, KeyringSecretStore())
        chains = check_trace(vault.database, vault.key, key)
    except (SettingsError, StorageError, VaultError, OSError, ValueError) as trouble:
        return _failed(trouble)
    for line in _told(chains):
        sys.stdout.write(f"{line}\n")
    return EXIT_BROKEN if any(chain.broken for chain in chains) else 0


def _told(chains: tuple[CheckedChain, ...]) -> list[str]:
    entries = sum(chain.entries for chain in chains)
    waiting = sum(max(0, chain.last - chain.vouched) for chain in chains)
    lines = [t("audit.local", chains=len(chains), entries=entries, waiting=waiting)]
    for chain in chains:
        if chain.broken:
            why = t(f"audit.fault_{chain.broken.why.value}")
            lines.append(t("audit.broken", name=chain.epoch, n=chain.broken.n, why=why))
    return lines if len(lines) > 1 else [*lines, t("audit.whole")]


def _folder(options: argparse.Namespace) -> Path:
    settings = load(options.config or user_config_path("xinqiao") / "console.toml", {"data": options.data})
    return Path(settings.data) if settings.data else user_data_path("xinqiao")


def _public_key(path: Path) -> str:
    """The server's key in a PEM file, as receipts name it. Raises ValueError, OSError."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    key = load_pem_public_key(path.read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError(t("audit.no_key", path=path))
    return base64.b64encode(key.public_bytes_raw()).decode()


def _failed(trouble: Exception) -> int:
    code = "sign_in_refused" if isinstance(trouble, WrongPassword) else getattr(trouble, "code", "")
    if code:
        path = str(getattr(trouble, "path", ""))
        text = f"{t(f'problems.{code}_what', path=path)} · {t(f'problems.{code}_do', path=path)}"
    else:
        text = str(trouble)
    sys.stderr.write(f"{text}\n")
    return EXIT_FAILED
