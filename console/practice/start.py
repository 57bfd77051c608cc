"""`xinqiao practice`: a console signed in as a practice operator over its own server and exchange."""

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from console.practice.hub import Hub
from console.session.secret_store import KeyringSecretStore
from console.settings import Settings
from console.start import keep_log
from models.clock import SystemClock


@dataclass(frozen=True, slots=True)
class PracticeRole:
    """Who practises, at which seat."""

    operator: str
    seat: str


ROLES = {"operator": PracticeRole("practice", "1001"), "lead": PracticeRole("lead", "1003")}


def practise(options: argparse.Namespace) -> int:
    """Practise with a window, or off screen where there is no display, or check scripts; the exit code."""
    if options.act == "check":
        from console.practice.checking import check

        return check(options.files)
    hub = Hub(options.folder, options.language or "zh_CN")
    hub.start()
    try:
        return _with(hub, options)
    finally:
        hub.stop()


def has_display() -> bool:
    """True where a window can be shown."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _with(hub: Hub, options: argparse.Namespace) -> int:
    role = ROLES[options.role]
    data = options.folder / "workstation" / role.operator
    data.mkdir(parents=True, exist_ok=True)
    keep_log(data)
    settings = Settings(
        seat=role.seat,
        language=options.language or "zh_CN",
        theme=options.theme or "light",
        data=str(data),
        practice=True,
    )
    demo: Path | None = options.demo or (None if has_display() else Path("build/demo"))
    if demo is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from console.presenters.lean import lean

    lean()
    from console.app import App, Given
    from console.practice.rehearsing import rehearse

    given = Given(operator=role.operator, password=hub.password)
    app = App(settings, hub.endpoints, KeyringSecretStore(), SystemClock(), given)
    practice = rehearse(app, hub, options.folder)
    from console.practice.demo import play

    try:
        return app.run() if demo is None else play(app, practice, demo, options.size)
    finally:
        practice.close()
