"""How many keys whole calls take besides the free text, at a desk that is worked by keys alone."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from console.app import App, Given
from console.session.endpoint import Endpoints
from console.session.secret_store import NoSecretStore
from console.settings import Settings
from models.clock import SystemClock
from tests.bench.desk import until
from tests.bench.stand import OPERATOR, SEAT
from tests.journeys.keyed import Keyed
from tests.support.gateway import gateway_in_thread
from tests.support.hotline import PASSWORD, SITE, found_hotline


def measure() -> Iterator[tuple[str, float, str]]:
    """The counts of a plan within 72 hours, and of a wrong number."""
    with _desk() as desk:
        yield "keys_s5_call", desk.wrong_number("13834400002"), "keys"
    with _desk() as desk:
        yield "keys_r4_call", desk.plan_within_72_hours("13834400001"), "keys"


@contextmanager
def _desk() -> Iterator[Keyed]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        hotline = found_hotline(Path(folder) / "hotline")
        hotline.add_operator(OPERATOR)
        server = running.enter_context(hotline.running("server"))
        line = running.enter_context(gateway_in_thread(SITE, public_key=hotline.public_key))
        settings = Settings(seat=SEAT, site=SITE, data=str(Path(folder) / "workstation"))
        given = Given(OPERATOR, lambda: PASSWORD)
        app = App(settings, lambda: Endpoints(server, line.url), NoSecretStore(), SystemClock(), given)
        app.start()
        try:
            until(app, lambda: app.station is not None and app.station.shifts.view.value.mine)
            app.window.activateWindow()
            until(app, lambda: QGuiApplication.focusWindow() is app.window.windowHandle())

            def waited(condition: Callable[[], object]) -> object:
                return until(app, condition)

            desk = Keyed(app, line, waited)
            desk.keys.press("F6")
            desk.keys.pressed.clear()
            yield desk
        finally:
            app.window.let_close()
            app.stop()
