"""Starts the program of the telephone: `xinqiao softphone run`, which the console calls by itself."""

import argparse
import logging
import os
import sys
from importlib.util import find_spec
from pathlib import Path

_FLAGS = (
    # No window, no pictures: a process less, and no driver that could fail.
    "--disable-gpu",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
)
EXIT_TAKEN = 6


def installed() -> bool:
    """Whether the optional part is there: a look for it, nothing is loaded."""
    return find_spec("PySide6.QtWebEngineCore") is not None


def socket_name(folder: Path) -> str:
    """Where console and telephone of this workstation meet."""
    if sys.platform == "win32":
        import hashlib

        return f"xinqiao-phone-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]}"
    # Not in a folder where anybody may put a socket of that name first: a password is said there.
    return str(folder.resolve() / "phone")


def run(options: argparse.Namespace) -> int:
    """Be the telephone until told to leave; the exit code."""
    logging.basicConfig(
        filename=options.data / "softphone.log",
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    given = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "")
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = " ".join((*_FLAGS, given)).strip()
    from PySide6.QtGui import QGuiApplication

    from console.softphone.page import PhonePage, register_scheme
    from console.softphone.program import PhoneProgram

    register_scheme()
    application = QGuiApplication(sys.argv[:1])
    page = PhonePage(options.exchange, options.ca.read_bytes() if options.ca else b"")
    program = PhoneProgram(page, socket_name(options.data))
    program.ended.connect(application.quit)
    if not program.start():
        return EXIT_TAKEN
    code = application.exec()
    program.close()
    return code
