"""The console outside practice: settings, one instance a seat, the window."""

import argparse
import logging
import sys
from pathlib import Path

from platformdirs import user_config_path, user_data_path

from console.session.endpoint import Endpoints
from console.session.secret_store import KeyringSecretStore
from console.settings import Settings, SettingsError, load
from models.clock import SystemClock

EXIT_SETTINGS = 3
EXIT_RUNNING = 6
_FROM_COMMAND_LINE = ("server", "gateway", "seat", "ca", "proxy", "data", "resources", "language", "theme")


def work(options: argparse.Namespace) -> int:
    """Run the console; its exit code."""
    path = options.config or user_config_path("xinqiao") / "console.toml"
    try:
        settings = load(path, {name: getattr(options, name) for name in _FROM_COMMAND_LINE})
    except SettingsError as wrong:
        sys.stderr.write(f"{wrong}\n")
        return EXIT_SETTINGS
    return open_console(settings, Endpoints(settings.server, settings.gateway), options.operator)


def preview_form(options: argparse.Namespace) -> int:
    """Show a form file as operators will see it; its exit code."""
    from console.presenters.form_preview import preview

    return preview(options)


def open_console(settings: Settings, places: Endpoints, operator: str) -> int:
    """Open the window of a seat; if it is open already, that one comes forward."""
    from dataclasses import replace

    from console.presenters.lean import lean

    lean()
    from console.app import App, Given
    from console.presenters.instance import Instance
    from resources.reading import ResourceError

    data = Path(settings.data) if settings.data else user_data_path("xinqiao")
    try:
        data.mkdir(parents=True, exist_ok=True)
        keep_log(data)
        app = App(
            replace(settings, data=str(data)),
            lambda: places,
            KeyringSecretStore(),
            SystemClock(),
            Given(operator=operator),
        )
    except (OSError, ResourceError) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return EXIT_SETTINGS
    instance = Instance(data, settings.seat)
    if not instance.alone():
        app.stop()
        return EXIT_RUNNING
    instance.called.connect(app.come_forward)
    return app.run()


def keep_log(folder: Path) -> None:
    """Write a log beside the data: ids only, never content."""
    logging.basicConfig(
        filename=folder / "console.log",
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
