"""By what persons are found stays in step with the records, also in a database that was made anew."""

from pathlib import Path

from sqlalchemy import select

from console.storage.linking import link_all
from console.storage.records import Key, read, write
from console.storage.storage import Storage
from console.storage.tables import person_link
from tests.console.people.desk import NUMBER, PeopleDesk


def links(storage: Storage) -> set[tuple[str, str]]:
    with storage._transaction() as connection:
        return {(row.kind, row.value) for row in connection.execute(select(person_link))}


def gone(storage: Storage, key: Key) -> None:
    with storage._transaction() as connection:
        stored = read(connection, key)
        stored.gone, stored.pending = True, 0
        write(connection, stored)


def test_links_follow_a_person_and_go_with_them(tmp_path: Path) -> None:
    desk = PeopleDesk(tmp_path)
    key = desk.people.caller_of(NUMBER)
    desk.act("person.add", "p", site="jinzhong", alias="小雨", code_word="ＡＢc")
    desk.act("person.tie", "p", caller=key)
    desk.act("case.add", "k", site="jinzhong", person="p")
    before = links(desk.storage)
    assert before == {("name", "小雨"), ("name", "abc"), ("caller", key), ("of", "p")}
    with desk.storage._transaction() as connection:
        link_all(connection)
    assert links(desk.storage) == before
    gone(desk.storage, ("person", "p"))
    assert links(desk.storage) == {("of", "p")}
    gone(desk.storage, ("case", "k"))
    assert links(desk.storage) == set()
    desk.close()
