"""Why the key of the local database could not be had; nothing is ever made anew for it."""

from pathlib import Path

from console.session.secret_store import Trouble


class VaultError(Exception):
    """`code` is a problem code, `path` the file it is about."""

    code = "vault"

    def __init__(self, path: Path) -> None:
        super().__init__(f"{self.code}: {path}")
        self.path = path


class WrongPassword(VaultError):
    """The password does not open the envelope."""

    code = "wrong_password"


class EnvelopeBroken(VaultError):
    """The envelope is not what was written, or of a newer program."""

    code = "envelope_broken"


class EnvelopeMissing(VaultError):
    """There is a database without its envelope."""

    code = "envelope_missing"


class SecretChanged(VaultError):
    """The workstation's secret is another one than that the envelope was sealed with."""

    code = "secret_changed"


class RecoveryMissing(VaultError):
    """There is no envelope for the recovery key."""

    code = "recovery_envelope_missing"


class RecoveryElsewhere(VaultError):
    """The shares are of another recovery key than that the envelope was sealed to."""

    code = "recovery_elsewhere"


class SharesWrong(VaultError):
    """The words are no two shares of one key."""

    code = "recovery_shares"


class AccessWithdrawn(VaultError):
    """The envelopes were wiped: the operator's access was withdrawn at the server."""

    code = "access_withdrawn"


class SecretUnavailable(VaultError):
    """The secret store does not give the secret that the envelope needs; `trouble` says why."""

    def __init__(self, path: Path, trouble: Trouble) -> None:
        self.trouble = trouble
        self.code = f"secret_{trouble}"
        super().__init__(path)
