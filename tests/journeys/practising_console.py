"""A window of practice in a program of its own: one caller to the sheet whenever a line comes in."""

import sys
from pathlib import Path

from console.app import App, Given
from console.practice.hub import Hub
from console.practice.rehearsing import rehearse
from console.session.secret_store import NoSecretStore
from console.settings import Settings
from models.clock import SystemClock
from resources.practice.scripts import shipped
from tests.journeys.practising import Practitioner, until
from tests.journeys.typing_console import tell
from widgets.main_window import Page
from widgets.session.practice import PracticeMark

PACE = 0.1


def main() -> None:
    """Run: folder of practice."""
    folder = Path(sys.argv[1])
    hub = Hub(folder)
    hub.start()
    settings = Settings(seat="1001", data=str(folder / "workstation"), practice=True)
    app = App(settings, hub.endpoints, NoSecretStore(), SystemClock(), Given("practice", hub.password))
    practice = rehearse(app, hub, folder, PACE)
    app.start()
    try:
        app.window.activateWindow()
        until(app.window.isActiveWindow, "active")
        until(lambda: app.window.page is Page.DESK, "signed in")
        until(practice.chooser.isVisible, "chooser")
        tell(ready=hub.endpoints().server)
        known = {script.id: script for script in shipped()}
        for line in sys.stdin:
            play(Practitioner(app, practice, folder, "zh_CN"), known[line.strip()].id)
    finally:
        app.window.let_close()
        app.stop()
        practice.close()
        hub.stop()


def play(practitioner: Practitioner, script: str) -> None:
    """The whole call, and what came of it."""
    sheet = practitioner.carefully(next(one for one in shipped() if one.id == script))
    station = practitioner.station
    until(lambda: station.standing.outstanding.value.count == 0, "handed over")
    tell(
        level=sheet.level.chosen,
        as_key=sheet.level.outcome,
        calls=" ".join(card.call.id for card in station.records.records.value if card.call),
        marked=bool(practitioner.app.window.findChildren(PracticeMark)),
    )


if __name__ == "__main__":
    main()
