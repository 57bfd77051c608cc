"""`xinqiao forms`: check a hotline's own files, sign its packs, make the key for that."""

import argparse
import os
import sys
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Sequence
from pathlib import Path

from resources import packs, sites
from resources.checking import check_file
from resources.reading import ResourceError
from resources.texts import t, use_language

EXIT_WRONG = 1
EXIT_FAILED = 4
_KEY_BYTES = 32


def forms(options: argparse.Namespace) -> int:
    """Run one of the acts; 0 where all is well, 1 where a file has faults, 4 where it could not be done."""
    use_language(options.language or "zh_CN")
    try:
        if options.forms_command == "key":
            return _make_key(options.file)
        return _check(options) if options.forms_command == "check" else _sign(options.folder, options.key)
    except ResourceError as error:
        sys.stderr.write(f"{worded(error)}\n")
        return EXIT_WRONG
    except (OSError, ValueError, Error) as cause:
        sys.stderr.write(f"{t('forms.failed', cause=str(cause))}\n")
        return EXIT_FAILED


def worded(error: ResourceError) -> str:
    """One line about one fault: file, line, field and cause."""
    key = "forms.fault_field" if error.field else "forms.fault"
    return t(key, file=str(error.file), line=error.line, field=error.field, cause=error.cause)


def _check(options: argparse.Namespace) -> int:
    wrong = _say(check_file(options.site)) if options.site else 0
    if wrong:
        return EXIT_WRONG
    keys = sites.load(options.site).pack_keys if options.site else ()
    for path in options.file:
        faults = check_file(path, keys)
        wrong += _say(faults)
        if not faults:
            sys.stdout.write(f"{t('forms.fine', file=str(path))}\n")
    return EXIT_WRONG if wrong else 0


def _say(faults: Sequence[ResourceError]) -> int:
    for fault in faults:
        sys.stdout.write(f"{worded(fault)}\n")
    return len(faults)


def _sign(folder: Path, key: Path) -> int:
    faults = check_file(folder)
    if faults:
        sys.stderr.write("".join(f"{worded(fault)}\n" for fault in faults))
        return EXIT_WRONG
    names = packs.sign(folder, _private(key))
    sys.stdout.write(f"{t('forms.signed', folder=str(folder), n=len(names))}\n")
    return 0


def _private(path: Path) -> bytes:
    key = b64decode(path.read_bytes().strip(), validate=True)
    if len(key) != _KEY_BYTES:
        raise ValueError(t("forms.no_key", file=str(path)))
    return key


def _make_key(path: Path) -> int:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    # A key that is there already is never written over: what it signed would be nobody's.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(b64encode(key.private_bytes_raw()) + b"\n")
    public = b64encode(key.public_key().public_bytes_raw()).decode()
    sys.stdout.write(f"{t('forms.key_made', file=str(path), public=public)}\n")
    return 0
