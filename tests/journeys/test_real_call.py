"""One call on a real exchange: telephones with tones, PostgreSQL, and the console on a display of its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3

from console.session.keys import open_vault
from console.session.secret_store import KeyringSecretStore
from console.storage.opening import open_storage
from models.clock import SystemClock
from models.notes.note import Note
from models.people.operator import Role
from models.risk.level import Level
from tests.journeys import journey
from tests.support.display import Display
from tests.support.exchange import Exchange
from tests.support.hotline import PASSWORD, SITE, Hotline, found_hotline
from tests.support.parties import Party
from tests.support.secretstore import SecretStore
from tests.support.tones import CALLER, OPERATOR, POLICE
from tests.support.window import RobotKeyboard, running_console, until

pytestmark = [
    pytest.mark.exchange,
    pytest.mark.postgres,
    pytest.mark.display,
    pytest.mark.secretstore,
]

WRITER, LEAD = "zhang", "li"
PICTURES = Path(__file__).resolve().parents[2] / "build/journey"


@dataclass(frozen=True)
class Site:
    """Everything of a hotline that runs without a person, and where it is."""

    hotline: Hotline
    exchange: Exchange
    folder: Path
    urls: dict[str, str]

    def settings(self, seat: str, name: str) -> dict[str, str]:
        """What the console at a seat must know."""
        return {**self.urls, "seat": seat, "site": SITE, "data": str(self.folder / name)}

    def waits(self, seat: str) -> bool:
        """True if somebody is signed in at a seat that the exchange's own queue would let ring."""
        shown = self.exchange.ask("queue show hotline").splitlines()
        paused = any(f"/{seat}@" in line and "paused" in line for line in shown)
        return not paused and f"XINQIAO_CONSOLE_{seat}=1" in self.exchange.ask("dialplan show globals")


@pytest.fixture
def site(exchange: Exchange, postgres_database: str, tmp_path: Path) -> Iterator[Site]:
    hotline = found_hotline(tmp_path / "hotline", postgres_database)
    hotline.add_operator(WRITER)
    hotline.add_operator(LEAD, Role.LEAD, Role.OPERATOR)
    hotline.join(exchange)
    with ExitStack() as running:
        urls = {name: running.enter_context(hotline.running(name)) for name in ("server", "gateway")}
        yield Site(hotline, exchange, tmp_path / "workstations", urls)


@dataclass(frozen=True)
class Telephones:
    caller: Party
    operator: Party
    police: Party


class Pasting(RobotKeyboard):
    """Has the window give back each time what was pasted: it fetches words when it gets to it."""

    def write(self, text: str) -> None:
        """Write words in the place of what stands there; when this comes back, they stand there."""
        super().write(text)
        self.press("Ctrl+A", "Ctrl+C")
        until(lambda: "text/plain" in self.offered())


@pytest.fixture
def telephones(caller: Party, operator_phone: Party, police: Party) -> Telephones:
    return Telephones(caller, operator_phone, police)


def test_a_call_from_ring_to_record(
    site: Site,
    telephones: Telephones,
    display: Display,
    secret_store: SecretStore,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The keys of the local files are in this store; the test opens one as the console does.
    bus = secret_store.environment()["DBUS_SESSION_BUS_ADDRESS"]
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)
    keys = RobotKeyboard(display)
    with running_console(display, site.settings("1001", WRITER), WRITER) as console:
        keys.focus(console)
        keys.picture(PICTURES / "01-sign-in.png")
        take_call(site, telephones, keys)
        write_and_assess(site, Pasting(display))
        three_talk(telephones, keys)
        end_and_finish(site, telephones, keys)
        assert console.poll() is None
    journey.assert_record(*(site.hotline.records(kind) for kind in journey.KINDS))
    assert_unreadable(site.folder / WRITER / f"{WRITER}.db")
    with running_console(display, site.settings("1003", LEAD), LEAD) as console:
        keys.focus(console)
        assert_lead_reads(site, keys)
    for name in (WRITER, LEAD):
        assert (site.folder / name / "console.log").read_text() == ""


def take_call(site: Site, telephones: Telephones, keys: RobotKeyboard) -> None:
    """Sign in, be ready, let the caller ring through the queue, answer."""
    keys.write(PASSWORD)
    keys.press("Return")

    def ready() -> bool:
        # While the window still changes to the desk nobody hears this key; on it, it says the same again.
        keys.press("F6")
        return site.waits("1001")

    until(ready)
    keys.picture(PICTURES / "02-ready.png")
    telephones.caller.dial("12356")
    until(lambda: "Local/1001@xinqiao-seat" in site.exchange.ask("core show channels concise"))

    def answered() -> bool:
        # What the exchange has said the window may still have to paint; a picture takes longer than that.
        if not telephones.operator.told("incoming") + telephones.operator.told("talking"):
            keys.picture(PICTURES / "03-ringing.png")
            keys.press("F2")
        return bool(telephones.operator.told("talking"))

    until(answered)
    telephones.operator.wait_hears(CALLER)
    telephones.caller.wait_hears(OPERATOR)
    until(lambda: site.hotline.records("note"))


def write_and_assess(site: Site, keys: RobotKeyboard) -> None:
    """The note through its widgets, and the quick screen until the server knows both answers."""

    def written(look: Callable[[Any], object]) -> Callable[[], bool]:
        return lambda: any(look(note["body"]) for note in site.hotline.records("note"))

    journey.write_note(keys)
    until(written(lambda body: any(line["text"] == journey.LOG_LINE for line in body["log"])))
    keys.picture(PICTURES / "04-talking.png")
    journey.screen(keys)
    until(lambda: any(len(risk["answers"]) == 2 for risk in site.hotline.records("risk")))
    keys.picture(PICTURES / "05-r4.png")


def three_talk(telephones: Telephones, keys: RobotKeyboard) -> None:
    """One key brings in the police; each of the three hears exactly the other two."""
    keys.press("F8")
    keys.picture(PICTURES / "06-referral.png")
    keys.press("1")
    telephones.police.answer()
    telephones.police.wait_hears(CALLER, OPERATOR)
    telephones.caller.wait_hears(OPERATOR, POLICE)
    telephones.operator.wait_hears(CALLER, POLICE)
    keys.picture(PICTURES / "07-three-way.png")


def end_and_finish(site: Site, telephones: Telephones, keys: RobotKeyboard) -> None:
    """Hang up, hand the note in, and wait until the server has all of it."""
    keys.press("Ctrl+F2")
    telephones.caller.wait_for("closed")
    telephones.police.wait_for("closed")
    until(lambda: all(call["ended_at"] for call in site.hotline.records("call")))
    journey.finish(keys)
    until(lambda: any(note["state"] == "finished" for note in site.hotline.records("note")))
    keys.press("F9")
    keys.picture(PICTURES / "08-finished.png")


def assert_unreadable(database: Path) -> None:
    """Without its key the file does not open, and no word of the call stands in it or beside it."""
    connection = sqlcipher3.connect(str(database))
    try:
        with pytest.raises(sqlcipher3.DatabaseError):
            connection.execute("SELECT count(*) FROM sqlite_master")
    finally:
        connection.close()
    kept = b"".join(path.read_bytes() for path in database.parent.iterdir() if path.is_file())
    for word in (*journey.WORDS, journey.CALLER_NUMBER):
        assert word.encode() not in kept


def assert_lead_reads(site: Site, keys: RobotKeyboard) -> None:
    """The lead's console has the card and, of an R4, every word; the picture shows them on the desk."""
    keys.write(PASSWORD)
    keys.press("Return")
    # The file is made last, after envelope and profile.
    until((site.folder / LEAD / f"{LEAD}.db").exists)
    vault = open_vault(site.folder / LEAD, LEAD, PASSWORD, KeyringSecretStore())
    assert vault.problems == ()
    clock = SystemClock()
    storage = open_storage(vault.database, vault.key, LEAD, clock)
    now = clock.now()
    try:
        until(lambda: storage.cards(now - journey.SHIFT, now + journey.SHIFT)[0])
        ((card,), _) = storage.cards(now - journey.SHIFT, now + journey.SHIFT)
        assert (card.author, card.level, card.category) == (WRITER, Level.R4, journey.CATEGORY)
        until(lambda: _notes(storage.of_call(card.call)))
        (note,) = _notes(storage.of_call(card.call))
        assert note.body.values["complaint"] == journey.COMPLAINT
        assert [line.text for line in note.body.log] == [journey.LOG_LINE]
    finally:
        storage.close()
    keys.press("F10", "Tab", "Return")
    keys.picture(PICTURES / "09-lead.png")


def _notes(records: tuple[Any, ...]) -> list[Note]:
    return [record.entity for record in records if isinstance(record.entity, Note)]
