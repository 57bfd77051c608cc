"""The hotline's own data: what is broken is named, what is not confirmed says so."""

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.app import App
from resources import sites
from resources.texts import t
from tests.console.app.conftest import PATIENCE_MS, Start
from tests.support.hotline import SITE


def test_a_broken_file_is_named_while_its_last_good_copy_is_used(
    start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    own = tmp_path / "own" / "sites" / f"{SITE}.toml"
    own.parent.mkdir(parents=True)
    good = sites.shipped(SITE).read_text(encoding="utf-8").replace("晋中", "练习晋中", 1)
    own.write_text(good, encoding="utf-8")
    first = start(resources=str(tmp_path / "own"))
    name = first.hotline.site.name_zh
    assert not first.hotline.broken
    own.write_text(good.replace("\ncity = ", "\ncities = ", 1), encoding="utf-8")
    second = start(resources=str(tmp_path / "own"))
    assert second.hotline.site.name_zh == name

    problems = second.seat.problems.store
    qtbot.waitUntil(lambda: len(problems.value) == 1, timeout=PATIENCE_MS)
    (problem,) = problems.value
    assert problem.code == "resource_broken"
    assert problem.params["file"] == str(own)
    assert int(problem.params["line"]) > 0


def test_an_unconfirmed_greeting_says_so(signed_in: App, qtbot: QtBot) -> None:
    assert not signed_in.hotline.site.greeting_confirmed
    signed_in.parts.calls.toggle_greeting()

    def words() -> list[str]:
        return [label.text() for label in signed_in.parts.calls.findChildren(QLabel)]

    qtbot.waitUntil(lambda: any(t("calls.greeting_unconfirmed") in one for one in words()))
