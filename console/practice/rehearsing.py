"""Scripted callers brought into the window of practice."""

from functools import partial
from pathlib import Path

from console.app import App
from console.practice.archive import Archive
from console.practice.hub import Hub
from console.practice.presenter import PracticePresenter
from console.practice.stage import Stage
from models.clock import SystemClock
from resources.practice import scripts

OWN = "scripts"
"""The folder inside the practice folder with a hotline's own scripts."""


def rehearse(app: App, hub: Hub, folder: Path, pace: float = 1.0) -> PracticePresenter:
    """Let scripts be played in this window; `pace`: how long a second of a script really lasts."""
    clock = SystemClock()
    stage = Stage(hub, clock, app.hotline.ladder, pace)
    own, broken = scripts.own(folder / OWN)
    known = {script.id: script for script in (*scripts.shipped(), *own)}
    presenter = PracticePresenter(stage, tuple(known.values()), broken, Archive(folder), app.hotline, clock)
    hub.rang = partial(app.io.call, stage.rang)
    app.companions.append(presenter)
    return presenter
