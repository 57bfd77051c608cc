"""Another receipt key takes the place of the present one, and both sign that it is so."""

import json
from pathlib import Path

from models.clock import Clock
from models.codec import to_document
from server.central.certificates import ticket_pair
from server.central.config import read_config
from server.central.founding import write_secret
from server.central.keys import RECEIPTS_KEY, RECEIPTS_PUBLIC, SUCCESSIONS
from server.central.trace.signing import ReceiptKey
from server.central.trouble import CommandTrouble, ExitCode

_FRESH = ".fresh"


def renew_receipts(folder: Path, clock: Clock) -> Path:
    """Write a new pair and how it follows the former; gives the public key's file. Raises CommandTrouble.

    The former private key is gone then. The server signs with the new one from its next start.
    """
    keys = read_config(folder).settings().keys
    former, pair = ReceiptKey(keys.receipts.private), ticket_pair()
    followed = former.followed_by(ReceiptKey(pair.private), clock.now())
    told = json.dumps([to_document(one) for one in (*keys.successions, followed)], indent=1).encode()
    try:
        # The way to the new key first: without it the new key would be a stranger's.
        for name, content in (
            (SUCCESSIONS, told),
            (RECEIPTS_KEY, pair.private),
            (RECEIPTS_PUBLIC, pair.public),
        ):
            (folder / (name + _FRESH)).unlink(missing_ok=True)
            write_secret(folder / (name + _FRESH), content).replace(folder / name)
    except OSError as error:
        raise CommandTrouble(
            ExitCode.CONFIG, "folder_unwritable", folder=folder, why=error.strerror
        ) from error
    return folder / RECEIPTS_PUBLIC
