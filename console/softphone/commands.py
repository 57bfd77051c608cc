"""`xinqiao softphone`: the password of a seat's telephone, and the telephone itself."""

import argparse
import sys
from getpass import getpass

from platformdirs import user_config_path

from console.session.secret_store import KeyringSecretStore, SecretStore
from console.settings import SettingsError, load
from console.softphone.account import AccountError, keep_password
from resources.texts import t

EXIT_FAILED = 4


def softphone(options: argparse.Namespace) -> int:
    """Run one of the two; the exit code."""
    if options.softphone_command == "run":
        from console.softphone.start import run

        return run(options)
    return set_password(options, KeyringSecretStore())


def set_password(options: argparse.Namespace, store: SecretStore) -> int:
    """Keep the password of this seat's telephone in the secret store of this account."""
    try:
        path = options.config or user_config_path("xinqiao") / "console.toml"
        settings = load(path, {"seat": options.seat})
        seat = settings.seat
        asked = sys.stdin.readline().rstrip("\n") if options.stdin else getpass(t("softphone.ask", seat=seat))
        keep_password(settings.softphone, seat, asked, store)
    except AccountError as wrong:
        sys.stderr.write(f"{t(f'problems.{wrong.code}_what')} · {t(f'problems.{wrong.code}_do')}\n")
        return EXIT_FAILED
    except SettingsError as wrong:
        sys.stderr.write(f"{wrong}\n")
        return EXIT_FAILED
    sys.stdout.write(t("softphone.kept", seat=seat) + "\n")
    return 0
