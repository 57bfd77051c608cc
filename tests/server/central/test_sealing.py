"""Nothing of what was said or who called lies readable in the database; a destroyed key ends it."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Engine, create_engine, make_url, select, text

from models.clock import ManualClock
from models.ids import new_id
from models.operation import Outcome
from models.people.operator import Role
from server.central.sealing.pages import KEYS_A_PAGE, Destroyed, Master, Unsealable
from server.central.sealing.sealing import KEPT_SECONDS, PAGES_KEPT, Sealing
from server.central.storage.engine import DatabaseTrouble, open_engine, sealed_with, sealing_of
from server.central.storage.keys import open_sealing
from server.central.storage.schema import make_database, open_database
from server.central.storage.tables import record
from tests.server.central.hotline import Case, Hotline
from tests.support.sealed import MASTER, keys_address

_WORDS = "失业三个月，今晚独自到桥边"
_NUMBER = "13912345678"


@pytest.fixture
def sealing(tmp_path: Path) -> Iterator[Sealing]:
    made = _sealing(tmp_path)
    yield made
    made.close()


def _sealing(folder: Path, master: Master = MASTER, clock: ManualClock | None = None) -> Sealing:
    return open_sealing(open_engine(f"sqlite:///{folder}/keys"), master, clock or ManualClock())


def _told(hotline: Hotline) -> Case:
    """A call with everything that may be said in it, some of it wrongly."""
    desk = hotline.seat()
    case = Case(desk, number=_NUMBER)
    odd = desk.act("note.open", new_id(), {"call": _WORDS[:20], "opened_at": _WORDS})
    bad = desk.act("referral.advance", case.referral, {"step": _WORDS})
    held = desk.act("note.draft.put", new_id(), {"category": "C3", "values": {"complaint": _WORDS}})
    thief = hotline.seat()
    desk.push(case.add(), case.open(), case.draft(_WORDS, 1, category=_WORDS[:6]), case.answer("acting"))
    desk.push(case.refer(), odd, bad, held, case.draft(_WORDS, 1))
    thief.push(thief.act("note.draft.put", case.note, {"category": "", "values": {"complaint": _WORDS}}, 2))
    return case


def bytes_of(engine: Engine, folder: Path) -> bytes:
    """Everything that the database is made of: its files, or every row as text."""
    if engine.dialect.name == "sqlite":
        return b"".join(path.read_bytes() for path in folder.glob("central.sqlite3*"))
    with engine.connect() as connection:
        tables = connection.scalars(
            text("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        ).all()
        rows = [
            row for name in tables for row in connection.scalars(text(f'SELECT t::text FROM "{name}" AS t'))
        ]
    # A row as text shows bytes as hexadecimal digits.
    return "\n".join(rows).encode() + b"".join(
        bytes.fromhex(part) for row in rows for part in _hexadecimal(row)
    )


def _hexadecimal(row: str) -> list[str]:
    return [part.split('"')[0].split(",")[0].rstrip(")") for part in row.split("\\\\x")[1:]]


def test_neither_words_nor_numbers_are_in_the_database(hotline: Hotline, tmp_path: Path) -> None:
    case = _told(hotline)
    everything = bytes_of(hotline.engine, tmp_path)
    with hotline.engine.connect() as connection:
        sealed = connection.scalars(select(record.c.content).where(record.c.call == case.call)).all()
    assert all(bytes(content or b"?") in everything for content in sealed), "we look where it would be"
    for secret in (
        _WORDS,
        _WORDS[:6],
        _NUMBER,
        "太原",
        "需要出警",
        hotline.desks.identity.caller_secret.hex(),
    ):
        assert secret.encode() not in everything, secret
    assert hotline.desks.identity.caller_secret not in everything
    assert case.at.pull_all().has(f"op:{case.at.who}", "note", case.note)["versions"]


def test_codes_stay_readable_for_figures(hotline: Hotline) -> None:
    desk = hotline.seat()
    case = Case(desk, number=_NUMBER)
    values = {"problem_main": "P11", "problem_more": ["P12", _WORDS], "sex": _WORDS, "complaint": _WORDS}
    draft = desk.act("note.draft.put", case.note, {"category": "C3", "values": values}, 1)
    desk.push(case.add(), case.open(), draft, case.answer("acting"), case.refer(), case.finish())
    with hotline.engine.connect() as connection:
        found = connection.execute(select(record.c.type, record.c.coded))
        coded = {row.type: row.coded for row in found}
    note = coded["note"]
    assert (note["category"], note["state"]) == ("C3", "finished")
    assert note["values"] == {"problem_main": "P11", "problem_more": ["P12"]}
    assert note["finished_at"]
    assert coded["call"]["direction"] == "in"
    assert coded["risk"]["answers"] == {"acting": "yes"}
    assert coded["referral"]["steps"][0][0] == "proposed"
    assert coded["referral"]["legal_basis"] == "emergency"
    assert _NUMBER not in str(coded)
    assert _WORDS not in str(coded)


def test_one_key_seals_the_whole_story_of_a_call_and_another_one_each_other(hotline: Hotline) -> None:
    desk = hotline.seat()
    case, other = Case(desk), Case(desk)
    desk.push(case.add(), case.open())
    desk.push(case.answer("acting"), other.add())
    desk.push(case.refer(), case.draft("一", 1))
    with hotline.engine.connect() as connection:
        seals = {
            (kind, call): seal
            for kind, call, seal in connection.execute(select(record.c.type, record.c.call, record.c.seal))
        }
    story = {seal for (_, call), seal in seals.items() if call == case.call}
    assert len(story) == 1
    assert seals["call", other.call] not in story
    acts = dict(hotline.stored("entity_id", "seal"))
    assert {acts[one] for one in (case.call, case.note, case.risk, case.referral)} == story


def test_what_was_sealed_with_a_destroyed_key_is_gone_and_stops_nobody(hotline: Hotline) -> None:
    case = _told(hotline)
    desk = case.at
    other = Case(desk)
    desk.push(other.open(), other.draft("好", 1))
    with hotline.engine.connect() as connection:
        seals = connection.scalars(select(record.c.seal).where(record.c.call == case.call)).all()
    sealing_of(hotline.engine).destroy(set(seals))
    desk.cursor, desk.drawer = {}, {}
    own = f"op:{desk.who}"
    while desk.pull().more:
        pass
    assert desk.has(own, "note", case.note) is None
    assert desk.has(own, "note", other.note)["body"]["values"] == {"complaint": "好"}
    answer = desk.push(case.draft("迟到", 9), case.add(), case.answer("plan"), other.draft("更好", 2))
    assert answer.results[-1].st is Outcome.APPLIED
    assert Outcome.APPLIED not in [one.st for one in answer.results[:2]]


def test_two_processes_read_what_each_other_sealed(hotline: Hotline, database: str) -> None:
    case = _told(hotline)
    sealing = open_sealing(open_engine(keys_address(database)), MASTER, ManualClock())
    second = sealed_with(open_engine(database), sealing)
    other = Hotline(second, site=hotline.site, clock=hotline.clock)
    reader = other.seat(Role.LEAD)
    assert reader.pull_all().has(f"alert:{hotline.site}", "call", case.call)["number"] == _NUMBER
    second.dispose()


@pytest.mark.parametrize(
    ("master", "fresh_keys", "code"), [(Master(bytes(32)), False, "master"), (MASTER, True, "keys")]
)
def test_without_the_keys_that_belong_to_it_a_database_is_not_opened(
    hotline: Hotline, database: str, master: Master, fresh_keys: bool, code: str
) -> None:
    _told(hotline)
    with TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/keys" if fresh_keys else keys_address(database)
        with pytest.raises(DatabaseTrouble) as trouble:
            _open(database, address, master)
    assert trouble.value.code == code


def _open(database: str, keys: str, master: Master) -> None:
    sealing = open_sealing(open_engine(keys), master, ManualClock())
    engine = sealed_with(open_engine(database), sealing)
    try:
        open_database(engine, practice=False)
    finally:
        engine.dispose()


def test_a_key_opens_only_what_it_sealed_under_the_same_name(sealing: Sealing) -> None:
    one, other = sealing.new_keys(2)
    sealed = sealing.seal(one, "note/1", b"words")
    assert sealing.unseal(one, "note/1", sealed) == b"words"
    assert sealing.seal(one, "note/1", b"words") != sealed
    for key, name, content in (
        (other, "note/1", sealed),
        (one, "note/2", sealed),
        (one, "note/1", sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (one, "note/1", b""),
        (9**9, "note/1", sealed),
    ):
        with pytest.raises(Unsealable):
            sealing.unseal(key, name, content)


def test_destroyed_keys_are_in_no_file_and_unknown_to_every_process_soon(tmp_path: Path) -> None:
    clock = ManualClock()
    first, second = _sealing(tmp_path, clock=clock), _sealing(tmp_path, clock=clock)
    gone, kept = first.new_keys(2)
    sealed = {key: first.seal(key, "x", b"words") for key in (gone, kept)}
    assert second.unseal(gone, "x", sealed[gone]) == b"words"
    before = _pages(tmp_path)
    first.destroy([gone])
    assert not first.has(gone)
    with pytest.raises(Destroyed):
        first.unseal(gone, "x", sealed[gone])
    clock.forward(KEPT_SECONDS)
    with pytest.raises(Destroyed):
        second.unseal(gone, "x", sealed[gone])
    assert second.unseal(kept, "x", sealed[kept]) == b"words"
    (wrapped,) = before - _pages(tmp_path)
    files = b"".join(path.read_bytes() for path in tmp_path.glob("keys*"))
    assert wrapped not in files
    assert all(page in files for page in before - {wrapped})
    first.close()
    second.close()


def _pages(folder: Path) -> set[bytes]:
    engine = create_engine(f"sqlite:///{folder}/keys")
    with engine.connect() as connection:
        found = {bytes(row) for row in connection.scalars(text("SELECT wrapped FROM key_page"))}
    engine.dispose()
    return found


def test_more_keys_than_are_kept_in_memory_all_open_again(sealing: Sealing) -> None:
    keys = sealing.new_keys((PAGES_KEPT + 4) * KEYS_A_PAGE)
    assert len(set(keys)) == len(keys)
    some = keys[:: KEYS_A_PAGE // 2]
    sealed = {key: sealing.seal(key, "x", str(key).encode()) for key in some}
    sealing.look_up(some[:50])
    assert all(sealing.unseal(key, "x", content) == str(key).encode() for key, content in sealed.items())


def test_keys_lie_outside_the_database(hotline: Hotline, database: str) -> None:
    _told(hotline)
    assert make_url(keys_address(database)).database != make_url(database).database
    assert make_database(hotline.engine, practice=False) == hotline.desks.identity
    with hotline.engine.connect() as connection:
        names = hotline.engine.dialect.get_table_names(connection)
    assert "key_page" not in names
