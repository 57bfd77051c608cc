"""`xinqiao enrol` and `xinqiao recovery`: what the hotline's IT does once at a terminal."""

import argparse
import asyncio
import base64
import sys
from collections.abc import Callable
from getpass import getpass
from pathlib import Path

from platformdirs import user_config_path, user_data_path

from console.session import recovery
from console.session.endpoint import EndpointError, endpoint
from console.session.enrolling import EnrolmentRefused, enrol
from console.session.files import OperatorFiles, write_private
from console.session.keys import recover, seal_anew
from console.session.secret_store import KeyringSecretStore
from console.session.station import IDENTITY_FILE, StationError
from console.session.vault_errors import VaultError
from console.settings import Settings, SettingsError, load
from resources.texts import t

EXIT_FAILED = 4
RECOVERY_FILE = "recovery.pub"
_SHORTEST_PASSWORD = 8
_KNOWN_TROUBLE = (SettingsError, EndpointError, EnrolmentRefused, VaultError, StationError, OSError)


class _Refused(Exception):
    pass


def enrol_workstation(options: argparse.Namespace) -> int:
    """Make this machine one of the hotline's workstations."""
    from console.sync.accounts import Accounts
    from console.sync.api import ServerApi

    async def asked(settings: Settings) -> str:
        api = ServerApi(endpoint(settings.server, settings.ca, settings.proxy), "xinqiao")
        try:
            store = KeyringSecretStore()
            folder = _folder(settings)
            known = await enrol(folder, store, Accounts(api), options.code, options.name)
            return known.workstation
        finally:
            await api.close()

    def work() -> None:
        settings = _settings(options)
        _say(t("session.cli_enrolled", id=asyncio.run(asked(settings)), folder=str(_folder(settings))))
        if (_folder(settings) / IDENTITY_FILE).exists():
            _say(_sentences("identity_in_file"))

    return _done(work)


def make_recovery(options: argparse.Namespace) -> int:
    """Make the hotline's recovery key: the public half for the server, the private one in words, once."""

    def work() -> None:
        path: Path = options.folder / RECOVERY_FILE
        if path.exists():
            raise _Refused(t("session.cli_recovery_there", path=str(path)))
        made = recovery.make()
        write_private(path, base64.b64encode(made.public) + b"\n")
        _say(t("session.cli_recovery_made", path=str(path), name=recovery.name_of(made.public)))
        for number, share in enumerate(made.shares, 1):
            _say("\n" + t("session.cli_share", n=number) + f"\n{share}")

    return _done(work)


def open_by_recovery(options: argparse.Namespace) -> int:
    """Give an operator a new password for the same database, with two shares of the recovery key."""

    def work() -> None:
        files = OperatorFiles(_folder(_settings(options)), options.operator)
        ask = _from_stdin if options.stdin else getpass
        shares = [ask(t("session.cli_ask_share", n=number)) for number in (1, 2)]
        vault = recover(files.folder, options.operator, shares)
        password = ask(t("session.cli_ask_password"))
        if len(password) < _SHORTEST_PASSWORD:
            raise _Refused(t("server.password_short", least=_SHORTEST_PASSWORD))
        if password != ask(t("server.password_again")):
            raise _Refused(t("server.password_unlike"))
        seal_anew(vault, options.operator, password, KeyringSecretStore())
        _say(t("session.cli_recovered", operator=options.operator))

    return _done(work)


def _done(work: Callable[[], None]) -> int:
    try:
        work()
    except (*_KNOWN_TROUBLE, _Refused) as trouble:
        sys.stderr.write(f"{_sentence(trouble)}\n")
        return EXIT_FAILED
    return 0


def _sentence(trouble: Exception) -> str:
    match trouble:
        case VaultError():
            return _sentences(trouble.code, path=str(trouble.path))
        case EndpointError():
            return _sentences("endpoint", value=trouble.value)
        case StationError():
            return _sentences(trouble.code)
        case EnrolmentRefused(code="enrolment_broken" | "identity_unavailable"):
            return _sentences(trouble.code)
        case EnrolmentRefused():
            return t(f"session.cli_enrol_{trouble.code}", **trouble.params)
        case _:
            return str(trouble)


def _settings(options: argparse.Namespace) -> Settings:
    given = {name: getattr(options, name, None) for name in ("server", "ca", "proxy", "data")}
    return load(options.config or user_config_path("xinqiao") / "console.toml", given)


def _folder(settings: Settings) -> Path:
    return Path(settings.data) if settings.data else user_data_path("xinqiao")


def _from_stdin(_question: str) -> str:
    return sys.stdin.readline().rstrip("\n")


def _sentences(code: str, **params: str) -> str:
    return f"{t(f'problems.{code}_what', **params)} · {t(f'problems.{code}_do', **params)}"


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
