"""A whole hotline at a real exchange of its own, in order, so that one thing after another can be broken."""

import asyncio
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from models.clock import Clock, SystemClock
from server.gateway.exchange.asterisk_examination import AsteriskExamination
from server.gateway.exchange.examination import Examined
from server.gateway.settings import AsteriskSettings
from tests.exchange.asterisk_stage import settings
from tests.support import tones
from tests.support.exchange import Exchange, Plan, write_sound
from tests.support.parties import party, police_line, seat_line

SEATS = ("1001", "1002", "1003", "1004")
PROMPT_SECONDS = 3


class Whole:
    """All telephones are registered, the trunk is there, music and recordings have their places."""

    def __init__(self, real: Exchange, stack: ExitStack) -> None:
        self.real = real
        self.phones = {seat: stack.enter_context(party(real, seat_line(real, seat))) for seat in SEATS}
        stack.enter_context(party(real, police_line(real)))
        self.recordings = real.folder / "spool/monitor"

    @property
    def settings(self) -> AsteriskSettings:
        return settings(self.real)

    def examined(self, told: AsteriskSettings | None = None, clock: Clock | None = None) -> Examined:
        """What the examination finds, told of the exchange so."""
        asked = AsteriskExamination(told or self.settings, clock or SystemClock())
        return asyncio.run(asked.examine())

    def queue(self) -> str:
        """The queue and its seats as the exchange shows them, without what time alone changes."""
        return re.sub(r"\d+ secs", "", self.real.ask("queue show hotline"))

    @contextmanager
    def changed(self, name: str, *changes: tuple[str, str], then: str) -> Iterator[None]:
        """A file of the configuration is another one, and the exchange took it over by this command."""
        path = self.real.folder / "etc" / name
        before = path.read_text()
        text = before
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text)
        self.real.ask(then)
        try:
            yield
        finally:
            path.write_text(before)
            self.real.ask(then)


@contextmanager
def whole() -> Iterator[Whole]:
    """A hotline where nothing is wrong."""
    real = Exchange(Plan.on_free_ports())
    with ExitStack() as stack:
        stack.callback(real.stop)
        (real.folder / "spool/monitor").mkdir(mode=0o700)
        _prompts(real)
        real.start()
        yield Whole(real, stack)


def _prompts(real: Exchange) -> None:
    """Sounds as an exchange has that was not told to be quiet."""
    shared, own = real.root / "usr/share/asterisk", real.folder / "data"
    own.mkdir()
    for one in shared.iterdir():
        if one.name != "sounds":
            (own / one.name).symlink_to(one)
    sounds = own / "sounds/en"
    sounds.mkdir(parents=True)
    write_sound(sounds / "conf-onlyperson.wav", tones.NOTICE, PROMPT_SECONDS)
    configuration = real.folder / "etc/asterisk.conf"
    configuration.write_text(configuration.read_text().replace(str(shared), str(own)))


@contextmanager
def gone(path: Path) -> Iterator[None]:
    """A folder whose disk is not mounted: a link to nowhere stands in its place."""
    aside = path.with_name("aside")
    shutil.move(path, aside)
    path.symlink_to(path.with_name("not-mounted") / "there")
    try:
        yield
    finally:
        path.unlink()
        shutil.move(aside, path)
